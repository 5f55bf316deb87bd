"""The command line, each command as a process of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pytest

import bot
from bot.cli import main
from bot.replies.reply import Reply
from tests.conftest import ROOT, get, running

RESUME = "# Ada Example\n\n## Work\n\n* 2019 - 2021, Acme\n* 2017 - 2019, Initech\n"
COMMANDS = ("build", "serve", "ask", "eval")


def run(
    *arguments: str | Path | bytes, cwd: Path, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `resume-bot` with arguments in a folder; `settings` are environment variables."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(settings or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def succeeded(done: subprocess.CompletedProcess[str]) -> str:
    """The output of a command that had nothing to complain of."""
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def failed(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr of a command that failed."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("resume-bot: ")
    return lines[0].removeprefix("resume-bot: ")


def misused(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that was called wrongly says, below its usage."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    said = done.stderr.splitlines()[-1]
    assert said.startswith("Error: ")
    return said.removeprefix("Error: ")


@pytest.fixture
def place(tmp_path: Path, new_index: Callable[[], Path]) -> Path:
    """A folder with a small `corpus`, and an `index` that holds the models only."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "resume.md").write_text(RESUME, encoding="utf-8")
    new_index().rename(tmp_path / "index")
    return tmp_path


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with a small `corpus` and no index."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "resume.md").write_text(RESUME, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ready(tmp_path: Path, seed_index: Path) -> Path:
    """A folder in which `index` is the one over the project's résumé. Not to be changed."""
    (tmp_path / "index").symlink_to(seed_index, target_is_directory=True)
    return tmp_path


# --- build ----------------------------------------------------------------------------------------


def test_build_tells_what_it_did_and_embeds_only_what_changed(place: Path) -> None:
    (place / "corpus" / "photo.png").write_bytes(b"\x89PNG")
    first = succeeded(run("build", cwd=place))
    read = re.search(r"^read resume\.md: (\d+) passages, 2 entries$", first, re.MULTILINE)
    assert read is not None, first
    count = int(read[1])
    assert count >= 3
    assert "skipped photo.png: " in first
    assert f"embedded {count} of {count} passages" in first
    published = re.search(r"^published index ([0-9a-f]{8}) in index \((.+)\)$", first, re.MULTILINE)
    assert published is not None, first
    steps = published[2].split(", ")
    assert [step.split(" ")[0] for step in steps] == ["read", "models", "embed", "write"]
    assert all(re.fullmatch(r"\w+ \d+\.\d\d s", step) for step in steps)

    again = succeeded(run("build", cwd=place))
    assert f"embedded 0 of {count} passages" in again
    assert f"published index {published[1]} in" in again

    resume = place / "corpus" / "resume.md"
    resume.write_text(RESUME.replace("Initech", "Initrode"), encoding="utf-8")
    changed = succeeded(run("build", cwd=place))
    assert f"embedded 1 of {count} passages" in changed
    assert f"published index {published[1]} in" not in changed
    answer = succeeded(run("ask", "Where did she work in 2018?", cwd=place))
    assert "Initrode" in answer


def test_build_takes_the_folders_named(place: Path) -> None:
    (place / "corpus").rename(place / "papers")
    (place / "index").rename(place / "built")
    succeeded(run("build", "--corpus", "papers", "--index", "built", cwd=place))
    assert (place / "built" / "manifest.json").is_file()
    assert not (place / "index").exists()


def no_corpus(folder: Path) -> None:
    shutil.rmtree(folder)


def empty(folder: Path) -> None:
    (folder / "resume.md").unlink()


def a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text(RESUME, encoding="utf-8")


def written(content: bytes) -> Callable[[Path], None]:
    """Fills the résumé."""

    def write(folder: Path) -> None:
        (folder / "resume.md").write_bytes(content)

    return write


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (no_corpus, "corpus: doesn't exist; "),
        (empty, "corpus: no résumé is there; "),
        (a_file, "corpus: is not a folder; "),
        (written(b""), "resume.md: holds no text; "),
        (written(b" \n\n"), "resume.md: holds no text; "),
        (written(b"\x7fELF\x02\x01\x01\0\0"), "resume.md:1: not a text file"),
        (written(b"# Ada\n\n\xff\xd8\xff"), "resume.md:3: not UTF-8 text (byte 0xff); "),
        (written(b"---\nname: Ada\ntitle: a: b\n---\n# Ada\n"), "resume.md:3: the front matter"),
    ],
)
def test_a_bad_corpus_is_refused(bare: Path, spoil: Callable[[Path], None], says: str) -> None:
    spoil(bare / "corpus")
    assert says in failed(run("build", cwd=bare))
    assert not (bare / "index" / "manifest.json").exists()


def test_an_index_that_cannot_be_written_is_refused(bare: Path) -> None:
    (bare / "index").write_text("in the way", encoding="utf-8")
    assert failed(run("build", cwd=bare)).startswith("index: can't be written")
    assert (bare / "index").read_text(encoding="utf-8") == "in the way"


def test_a_model_that_is_nowhere_is_refused(bare: Path) -> None:
    settings = {"RESUME_BOT_ENCODER": "nobody/nothing", "HF_HUB_OFFLINE": "1"}
    said = failed(run("build", cwd=bare, settings=settings))
    assert said.startswith("model 'nobody/nothing': ")


# --- ask ------------------------------------------------------------------------------------------


def test_ask_answers_with_footnotes(ready: Path) -> None:
    answer, footnotes = succeeded(run("ask", "Where did he study?", cwd=ready)).split("\n\n")
    assert "South China Agricultural University" in answer
    assert "[1]" in answer
    assert footnotes == (
        '[1] "bachelor, South China Agricultural University" — resume.md, Education, line 17\n'
    )


def test_ask_json_is_the_reply_with_exact_citations(ready: Path) -> None:
    question = "Which projects did he do at KuGou Music?"
    printed = succeeded(run("ask", question, "--json", cwd=ready))
    assert set(json.loads(printed)) == {
        *("question", "answer", "found", "outcome", "citations", "related", "suggestions"),
        *("answered_by", "index", "took_ms", "id"),
    }
    reply = Reply.model_validate_json(printed)
    assert (reply.question, reply.found, reply.outcome) == (question, True, "answered")
    assert "GoKv" in reply.answer
    assert len(reply.citations) >= 3
    text = (ROOT / "corpus" / "resume.md").read_bytes().decode("utf-8")
    for citation in reply.citations:
        assert citation.source == "resume.md"
        assert text[citation.start : citation.end] == citation.quote
        assert text.count("\n", 0, citation.start) + 1 == citation.line
        assert f"[{citation.id}]" in reply.answer


def test_ask_without_an_answer_succeeds(ready: Path) -> None:
    reply = json.loads(succeeded(run("ask", "Is he a licensed pilot?", "--json", cwd=ready)))
    assert (reply["found"], reply["outcome"], reply["citations"]) == (False, "not_stated", [])


def test_the_same_question_gets_the_same_reply_from_every_process(ready: Path) -> None:
    """Also where the order of sets is another."""
    for question in ("What does he know?", "Which projects were written in golang?"):
        replies = [
            json.loads(
                succeeded(
                    run("ask", question, "--json", cwd=ready, settings={"PYTHONHASHSEED": seed})
                )
            )
            for seed in ("1", "2", "3")
        ]
        assert [reply | {"took_ms": 0} for reply in replies] == [replies[0] | {"took_ms": 0}] * 3


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("a" * 1001, "1,000"),
        ("Where\x1b[31m?", "U+001B"),
        ("Where\x7f?", "U+007F"),
        ("Where\u0085?", "U+0085"),
        (b"Where \xff\xfe?", "UTF-8"),
    ],
)
def test_a_question_that_is_none_is_wrong_usage(
    ready: Path, question: str | bytes, says: str
) -> None:
    assert says in misused(run("ask", question, cwd=ready))


@pytest.mark.parametrize("question", ["a" * 1000, "🙂" * 1000, "Where\tdid he\r\nstudy?"])
def test_a_strange_question_is_still_one(ready: Path, question: str) -> None:
    printed = json.loads(succeeded(run("ask", question, "--json", cwd=ready)))
    assert printed["question"] == question


# --- eval -----------------------------------------------------------------------------------------

ROWS = (
    {
        "id": "study",
        "kind": "fact",
        "q": "Where did he study?",
        "history": [],
        "answerable": True,
        "gold": [["south china agricultural university"]],
        "evidence": [["bachelor, South China Agricultural University"]],
        "also_ok": [],
        "forbid": [],
    },
    {
        "id": "wrong-on-purpose",
        "kind": "span",
        "q": "Where did he study?",
        "history": [],
        "answerable": True,
        "gold": [["oxford"]],
        "evidence": [["bachelor, South China Agricultural University"]],
        "also_ok": [],
        "forbid": [],
    },
)


def write_rows(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_eval_prints_a_table(ready: Path) -> None:
    write_rows(ready / "a.jsonl", ROWS[:1])
    write_rows(ready / "b.jsonl", ROWS[1:])
    table = succeeded(run("eval", "a.jsonl", "b.jsonl", cwd=ready)).splitlines()
    assert "answered right" in table[0]
    assert [line.split()[:3] for line in table[1:]] == [
        ["fact", "1", "100.0%"],
        ["span", "1", "0.0%"],
        ["all", "2", "50.0%"],
    ]


def test_eval_lists_failures(ready: Path) -> None:
    write_rows(ready / "rows.jsonl", ROWS)
    printed = succeeded(run("eval", "rows.jsonl", "--failures", cwd=ready))
    _, failures = printed.split("\n\n", 1)
    assert failures.startswith("wrong-on-purpose (span)\n")
    assert "the answer lacks any of ['oxford']" in failures
    assert "South China Agricultural University" in failures


def test_eval_json(ready: Path) -> None:
    write_rows(ready / "rows.jsonl", ROWS)
    printed = json.loads(succeeded(run("eval", "rows.jsonl", "--json", cwd=ready)))
    assert (printed["total"]["n"], printed["total"]["right"]) == (2, 0.5)
    assert printed["kinds"]["fact"]["top1_citation"] == 1.0
    assert list(printed["wrong"]) == ["wrong-on-purpose"]


def test_eval_says_which_line_is_bad(ready: Path) -> None:
    rows = [ROWS[0], {**ROWS[1], "answerable": "perhaps"}]
    write_rows(ready / "rows.jsonl", rows)
    said = failed(run("eval", "rows.jsonl", cwd=ready))
    assert said.startswith("rows.jsonl:2: answerable: ")


def test_eval_says_which_file_is_missing(ready: Path) -> None:
    assert failed(run("eval", "nowhere.jsonl", cwd=ready)).startswith(
        "nowhere.jsonl: can't be read"
    )


# --- profile and check ----------------------------------------------------------------------------


def test_profile_prints_what_was_understood(bare: Path) -> None:
    resume = json.loads(succeeded(run("profile", cwd=bare)))
    assert resume["basics"]["name"] == "Ada Example"
    assert [(job["name"], job["startDate"], job["endDate"]) for job in resume["work"]] == [
        ("Acme", "2019", "2021"),
        ("Initech", "2017", "2019"),
    ]


def test_check_says_where_a_reader_could_stumble(bare: Path) -> None:
    assert succeeded(run("check", cwd=bare)) == "nothing found\n"
    wrong = RESUME.replace("2019 - 2021", "2021 - 2019")
    (bare / "corpus" / "resume.md").write_text(wrong, encoding="utf-8")
    printed = succeeded(run("check", cwd=bare))
    assert re.search(r"^resume\.md:5: ", printed, re.MULTILINE), printed


@pytest.mark.parametrize("command", ["profile", "check"])
def test_a_missing_corpus_is_refused(tmp_path: Path, command: str) -> None:
    assert failed(run(command, cwd=tmp_path)).startswith("corpus: doesn't exist; ")


# --- insights -------------------------------------------------------------------------------------


def test_insights_of_what_a_server_was_asked(tmp_path: Path, seed_index: Path) -> None:
    settings = {"RESUME_BOT_FEEDBACK": "true"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESUME_BOT_FEEDBACK", "true")
        with running(seed_index, cwd=tmp_path) as address:
            for question in ("Where+did+he+study", "Is+he+a+licensed+pilot", "where+did+he+study?"):
                get(f"{address}/ask?q={question}")
    printed = json.loads(succeeded(run("insights", "--format", "json", cwd=tmp_path)))
    assert [(one["question"], one["times"]) for one in printed["asked"]] == [
        ("where did he study?", 2),
        ("Is he a licensed pilot", 1),
    ]
    assert printed["unanswered"] == ["Is he a licensed pilot"]
    table = succeeded(run("insights", "--since", "1", cwd=tmp_path, settings=settings))
    assert "Asked (3)" in table
    header = succeeded(run("insights", "--format", "csv", cwd=tmp_path)).splitlines()[0]
    assert header.startswith("question,times,last,outcome,")


def test_insights_without_a_log(tmp_path: Path) -> None:
    said = failed(run("insights", cwd=tmp_path))
    assert said.startswith("data/visitors.db: nothing has been kept")


# --- help, versions, usage ------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_lists_the_commands(tmp_path: Path, flag: str) -> None:
    printed = succeeded(run(flag, cwd=tmp_path))
    listed = re.findall(r"^  (\w+)  +\w", printed.split("Commands:")[1], re.MULTILINE)
    assert sorted(listed) == sorted(main.commands)
    assert set(COMMANDS) <= set(listed)
    assert "--debug" in printed


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("build", ["--corpus", "--index"]),
        ("serve", ["--index", "--host", "--port", "--watch"]),
        ("ask", ["QUESTION", "--json", "--index"]),
        ("eval", ["FILE.jsonl", "--index", "--failures", "--json"]),
    ],
)
def test_help_on_a_command(tmp_path: Path, command: str, options: Sequence[str]) -> None:
    printed = succeeded(run(command, "--help", cwd=tmp_path))
    assert re.match(rf"Usage: .*\b{command}\b", printed)
    for option in [*options, "--help"]:
        assert option in printed


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_and_option_is_explained(tmp_path: Path, command: str) -> None:
    printed = succeeded(run(command, "-h", cwd=tmp_path))
    assert re.match(rf"Usage: .*\b{command}\b", printed)
    assert main.commands[command].get_short_help_str(limit=1000) in " ".join(printed.split())
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{command} {parameter.opts[0]} has no help"


def test_version(tmp_path: Path) -> None:
    assert succeeded(run("--version", cwd=tmp_path)) == f"resume-bot, version {bot.__version__}\n"


def test_help_is_not_kept_waiting_by_what_commands_need(tmp_path: Path) -> None:
    code = (
        "import sys, bot.cli\n"
        "heavy = {'numpy', 'fastapi', 'onnxruntime', 'pydantic', 'torch'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["fetch"],
        ["--colour", "build"],
        ["build", "elsewhere"],
        ["build", "--index"],
        ["serve", "--port", "http"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "-1"],
        ["ask"],
        ["ask", "two", "questions"],
        ["eval"],
        ["eval", "rows.jsonl", "--yaml"],
        ["insights", "--format", "xml"],
        ["insights", "--since", "0"],
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: Sequence[str]) -> None:
    misused(run(*arguments, cwd=tmp_path))


def test_a_traceback_only_on_demand(tmp_path: Path) -> None:
    failed(run("ask", "Where?", cwd=tmp_path))
    shown = run("--debug", "ask", "Where?", cwd=tmp_path)
    assert shown.returncode == 1
    assert shown.stderr.startswith("Traceback (most recent call last):\n")
    assert "UnusableIndexError: index/manifest.json: there is no index" in shown.stderr


# --- the index ------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["ask", "Where?"], ["eval", "rows.jsonl"], ["serve"]])
def test_a_missing_index_is_refused(tmp_path: Path, arguments: Sequence[str]) -> None:
    write_rows(tmp_path / "rows.jsonl", ROWS)
    said = failed(run(*arguments, cwd=tmp_path, settings={"RESUME_BOT_PORT": "0"}))
    assert said == "index/manifest.json: there is no index; run 'resume-bot build'"


def test_a_damaged_index_is_refused(tmp_path: Path, seed_index: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(seed_index, index)
    damaged = max(index.glob("builds/*/*"), key=lambda path: path.stat().st_size)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    said = failed(run("ask", "Where?", cwd=tmp_path))
    assert said.startswith(f"{damaged.relative_to(tmp_path)}: damaged")
    assert "resume-bot build" in said
    (index / "manifest.json").write_text("{}", encoding="utf-8")
    assert failed(run("ask", "Where?", cwd=tmp_path)).startswith("index/manifest.json: damaged")


# --- settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "settings", "config", "used"),
    [
        (["--index", "flag"], {"RESUME_BOT_INDEX": "variable"}, "index: file\n", "flag"),
        ([], {"RESUME_BOT_INDEX": "variable"}, "index: file\n", "variable"),
        ([], {}, "index: file\n", "file"),
        ([], {}, "# nothing\n", "index"),
        ([], {}, None, "index"),
    ],
)
def test_flag_beats_variable_beats_file_beats_default(
    tmp_path: Path,
    arguments: Sequence[str],
    settings: dict[str, str],
    config: str | None,
    used: str,
) -> None:
    if config is not None:
        (tmp_path / "bot.yaml").write_text(config, encoding="utf-8")
    said = failed(run("ask", "Where?", *arguments, cwd=tmp_path, settings=settings))
    assert said.startswith(f"{used}/manifest.json: ")


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("colour: red\n", "'colour'"),
        ("port: http\n", "'port'"),
        ("port: 65536\n", "'port'"),
        ("index: a\nhost: b: c\n", "bot.yaml:2:8: "),
        ("allowed_origins: [a\n", "bot.yaml:2:1: "),
        ("just words\n", "bot.yaml"),
        ("- port\n", "bot.yaml"),
        ("8000: port\n", "bot.yaml"),
        (b"host: \xff\n", "bot.yaml"),
        ("host: \x01\n", "bot.yaml"),
    ],
)
def test_a_bad_config_file_is_refused(tmp_path: Path, config: str | bytes, says: str) -> None:
    content = config.encode() if isinstance(config, str) else config
    (tmp_path / "bot.yaml").write_bytes(content)
    said = failed(run("ask", "Where?", cwd=tmp_path))
    assert says in said
    assert "bot.yaml" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RESUME_BOT_PORT", "abc"),
        ("RESUME_BOT_PORT", "65536"),
        ("RESUME_BOT_RATE_LIMIT", ""),
        ("RESUME_BOT_ALLOWED_ORIGINS", "[https://a.example"),
    ],
)
def test_a_bad_variable_is_refused(tmp_path: Path, name: str, value: str) -> None:
    assert name in failed(run("ask", "Where?", cwd=tmp_path, settings={name: value}))
