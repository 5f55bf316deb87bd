"""README.md is true: its commands are run, its settings are those there are, its links lead on.

`python -m tests.test_readme --write` writes the table of settings into it.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.cli import main
from bot.config import Settings
from bot.feedback.database import DatabaseLog
from bot.feedback.log import Asked
from tests.conftest import ROOT, get

README = ROOT / "README.md"
SERVER = "http://127.0.0.1:8000"  # as README.md writes it
BLOCK = re.compile(r"(<!-- settings: .*? -->\n).*?(<!-- end of settings -->)", re.DOTALL)

# What each command of README.md prints, in part. For `make` it is what it would run.
PRINTS: dict[str, Sequence[str]] = {
    "make run": ["resume-bot build", "resume-bot serve --watch"],
    "make test": ["pytest"],
    ".venv/bin/resume-bot build": ["embedded 0 of ", "published index "],
    '.venv/bin/resume-bot ask "Where did she study?"': [
        "South China Agricultural University",
        '[1] "bachelor, South China Agricultural University" — resume.md, Education, line 17',
    ],
    ".venv/bin/resume-bot profile": ['"institution": "South China Agricultural University"'],
    ".venv/bin/resume-bot check": ["nothing found"],
    ".venv/bin/resume-bot insights": ["Asked (1)", "Where did she study?", "not_stated"],
    ".venv/bin/resume-bot --help": ["build", "serve", "ask", "eval"],
    f"curl '{SERVER}/ask?q=Where+did+he+study'": [
        '"quote":"bachelor, South China Agricultural University"'
    ],
    f"curl '{SERVER}/ask?q=Where+did+he+study&format=text'": [
        '\n\n[1] "bachelor, South China Agricultural University" — resume.md, Education, line 17'
    ],
    "curl -H 'Content-Type: application/json' "
    '-d \'{"messages": [{"role": "user", "content": "What is GoKv?"}, '
    '{"role": "user", "content": "What was it written in?"}]}\' '
    f"{SERVER}/chat": ['"quote":"written in golang"'],
    "curl -N -H 'Accept: text/event-stream' -H 'Content-Type: application/json' "
    '-d \'{"messages": [{"role": "user", "content": "Where did he study?"}]}\' '
    f"{SERVER}/chat": [
        "event: delta\ndata: ",
        "event: reply\ndata: ",
        '"quote":"bachelor, South China Agricultural University"',
    ],
}


def tokens(path: Path) -> list[Token]:
    parser = MarkdownIt("commonmark").enable("table")
    return parser.parse(path.read_text(encoding="utf-8"))


def commands() -> list[str]:
    """The shell's lines in README.md, continued ones as one, without comments."""
    blocks = [t.content for t in tokens(README) if t.type == "fence" and t.info == "sh"]
    lines = re.sub(r"\s*\\\n\s*", " ", "".join(blocks)).splitlines()
    return [stripped for line in lines if (stripped := re.sub(r"\s+# .*", "", line).strip())]


def test_every_command_is_known_here() -> None:
    assert set(commands()) == set(PRINTS)


@pytest.mark.parametrize("line", [line for line in PRINTS if line.startswith("make ")])
def test_make(line: str) -> None:
    program, *arguments = shlex.split(line)
    done = subprocess.run(
        [program, "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for text in PRINTS[line]:
        assert text in done.stdout


@pytest.mark.parametrize("line", [line for line in PRINTS if line.startswith(".venv/")])
def test_resume_bot(line: str, tmp_path: Path, seed_index: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    shutil.copytree(seed_index, tmp_path / "index")
    log = DatabaseLog("sqlite:///" + str(tmp_path / "data" / "visitors.db"), days=90)
    log.start()
    log.note(Asked("0" * 16, "Where did she study?", "not_stated", "passages", "0a"))
    log.stop()
    program, *arguments = shlex.split(line)
    assert program == ".venv/bin/resume-bot"
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for text in PRINTS[line]:
        assert text in done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl isn't installed")
@pytest.mark.parametrize("line", [line for line in PRINTS if line.startswith("curl ")])
def test_curl(line: str, live_server: str) -> None:
    program, *arguments = shlex.split(line.replace(SERVER, live_server))
    done = subprocess.run(
        [program, "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", *arguments],
        capture_output=True,
        timeout=30,
        check=False,
    )
    printed = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (0, b""), printed
    for text in PRINTS[line]:
        assert text in printed


def test_addresses_are_served(live_server: str) -> None:
    text = README.read_text(encoding="utf-8")
    addresses = set(re.findall(rf"{re.escape(SERVER)}[\w/.?=&+-]*", text))
    plain = {address.rstrip(".") for address in addresses} - {f"{SERVER}/chat"}  # takes POST
    assert len(plain) >= 3
    for address in plain:
        assert get(address.replace(SERVER, live_server))


def test_the_tag_for_the_page_loads_the_widget(live_server: str) -> None:
    [tag] = [t.content for t in tokens(README) if t.type == "fence" and t.info == "html"]
    source = re.search(r'<script src="https://[^/"]+(/[^"]+)" defer></script>', tag)
    assert source is not None, tag
    assert b"attachShadow" in get(live_server + source[1])


def test_commands_in_the_text_exist() -> None:
    codes = [
        child.content
        for token in tokens(README)
        for child in token.children or []
        if child.type == "code_inline" and child.content.startswith("resume-bot ")
    ]
    assert codes
    for code in codes:
        assert code.split()[1] in main.commands, code


# --- settings -------------------------------------------------------------------------------------


def settings_table() -> str:
    """Every setting with its default and what it does, as Markdown."""
    rows = [
        (f"`{name}`", shown(field.default), str(field.description).replace("|", r"\|"))
        for name, field in Settings.model_fields.items()
    ]
    lines = [("setting", "default", "what it is"), ("---", "---", "---"), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def shown(default: Any) -> str:
    if default is None:
        return "none"
    return f"`{json.dumps(default) if isinstance(default, list) else default}`"


def with_settings(text: str) -> str:
    """README's text with the table as it should be."""
    assert len(BLOCK.findall(text)) == 1
    return BLOCK.sub(lambda block: f"{block[1]}\n{settings_table()}\n{block[2]}", text)


def test_settings_are_documented() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_settings(text), "run python -m tests.test_readme --write"


def test_every_setting_has_a_description() -> None:
    assert all(field.description for field in Settings.model_fields.values())


# --- links ----------------------------------------------------------------------------------------


def links(path: Path) -> Iterator[str]:
    """The addresses of the links and pictures of a Markdown file."""
    for token in tokens(path):
        for child in token.children or []:
            if address := child.attrs.get("href") or child.attrs.get("src"):
                yield str(address)


def anchors(path: Path) -> set[str]:
    """The headings of a Markdown file as GitHub makes addresses of them."""
    parsed = tokens(path)
    titles = [
        parsed[i + 1].content for i, token in enumerate(parsed) if token.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    for address in links(ROOT / name):
        if address.startswith(("https://", "http://")):
            continue
        file, _, anchor = address.partition("#")
        target = ROOT / (file or name)
        assert target.exists(), f"{name}: {address}"
        assert not anchor or anchor in anchors(target), f"{name}: {address}"


def test_readme_shows_the_widget() -> None:
    assert "docs/widget.png" in set(links(README))
    assert (ROOT / "docs" / "widget.png").read_bytes().startswith(b"\x89PNG\r\n")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.test_readme --write")
    README.write_text(with_settings(README.read_text(encoding="utf-8")), encoding="utf-8")
