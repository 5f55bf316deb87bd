"""Building: what is embedded again, what survives, what is refused."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BotError, UnusableIndexError
from bot.index.build import BuildReport
from bot.index.load import load_index
from bot.index.manifest import read_manifest
from tests.conftest import ROOT, build

RESUME = "# Ada Example\n\n## Work\n\n* 2019 - 2021, Acme\n* 2017 - 2019, Initech\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "resume.md").write_text(RESUME, encoding="utf-8")
    return folder


@pytest.fixture
def index(new_index: Callable[[], Path]) -> Path:
    return new_index()


def edit(corpus: Path, old: str, new: str) -> None:
    path = corpus / "resume.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_only_what_changed_is_embedded_again(corpus: Path, index: Path) -> None:
    first = build(corpus, index)
    assert first.embedded == first.passages
    assert build(corpus, index).embedded == 0
    edit(corpus, "Initech", "Initrode")
    assert build(corpus, index).embedded == 1


def test_more_passages_than_a_person_has_are_embedded_without_torch(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.index.build._MANY", 3)
    monkeypatch.setattr("bot.index.models.ReferenceEncoder", None)
    report = build(corpus, index)
    assert report.embedded == report.passages == 4
    loaded = load_index(index)
    texts = [passage.embedded for passage in loaded.passages.all()]
    assert (loaded.vectors.get(list(range(4))) == loaded.encoder.passages(texts)).all()


def test_moved_lines_are_not_embedded_again(corpus: Path, index: Path) -> None:
    build(corpus, index)
    edit(corpus, "# Ada Example\n", "# Ada Example\n\n\n\n")
    changed = build(corpus, index)
    assert changed.embedded == 0
    passage = load_index(index).passages.all()[-1]
    assert passage.line == 9


def test_the_same_corpus_gives_the_same_index(corpus: Path, index: Path) -> None:
    assert build(corpus, index).manifest == build(corpus, index).manifest


def test_vectors_kept_from_the_last_build_are_those_of_their_passages(
    corpus: Path, index: Path
) -> None:
    build(corpus, index)
    edit(corpus, "## Work", "## Hobbies\n\nChess.\n\n## Work")
    build(corpus, index)
    loaded = load_index(index)
    passages = loaded.passages.all()
    fresh = loaded.encoder.passages([passage.embedded for passage in passages])
    kept = loaded.vectors.get([passage.id for passage in passages])
    assert ((fresh * kept).sum(axis=1) > 0.97).all()


def test_the_build_before_stays_until_the_next(corpus: Path, index: Path) -> None:
    builds = [build(corpus, index).manifest.build]
    for old, new in (("Initech", "Umbrella"), ("Umbrella", "Hooli")):
        edit(corpus, old, new)
        builds.append(build(corpus, index).manifest.build)
        assert {path.name for path in (index / "builds").iterdir()} == set(builds[-2:])


def test_an_export_of_another_version_is_made_anew_and_then_removed(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build(corpus, index).manifest
    made: list[Path] = []

    def export(*arguments: object) -> None:
        to = next(value for value in arguments if isinstance(value, Path) and value.name == "new")
        made.append(to)
        shutil.copytree(index / old.encoder.folder, to, dirs_exist_ok=True)

    monkeypatch.setattr("bot.index.models.VERSION", "next")
    monkeypatch.setattr("bot.index.models.export_encoder", export)
    monkeypatch.setattr("bot.index.models.export_reranker", export)
    new = build(corpus, index).manifest
    assert len(made) == 2
    assert new.encoder.folder.endswith("-next")
    assert (index / old.encoder.folder).is_dir()  # a server may be loading it
    edit(corpus, "Initech", "Initrode")
    build(corpus, index)
    used = {path.rpartition("/")[0] for path in new.files if path.startswith("models/")}
    assert {f"models/{path.name}" for path in (index / "models").iterdir()} == used


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("resume.md", b"", "resume.md: holds no text"),
        ("resume.md", b"# Ada\n\xff\xfe", "resume.md:2: not UTF-8 text (byte 0xff)"),
        ("resume.md", b"# Ada\n\0", "resume.md:2: not a text file"),
        ("resume.md", b"---\nname: [a\n---\n# Ada\n", "resume.md:3: the front matter"),
        ("photo.png", b"\x89PNG", "no résumé is there (photo.png can't be read)"),
    ],
)
def test_bad_files_are_refused_and_the_last_index_stays(
    corpus: Path, index: Path, name: str, content: bytes, says: str
) -> None:
    before = build(corpus, index).manifest
    (corpus / "resume.md").unlink()
    (corpus / name).write_bytes(content)
    with pytest.raises(BotError) as caught:
        build(corpus, index)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert load_index(index).manifest == before


def test_a_missing_or_empty_corpus_is_refused(tmp_path: Path, index: Path) -> None:
    with pytest.raises(BotError, match="doesn't exist"):
        build(tmp_path / "nowhere", index)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BotError, match="no résumé is there"):
        build(tmp_path / "empty", index)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(corpus: Path, index: Path) -> None:
    (corpus / "resume.md").chmod(0)
    with pytest.raises(BotError, match="can't be read"):
        build(corpus, index)


def test_a_second_build_at_the_same_time_is_refused(corpus: Path, index: Path) -> None:
    from filelock import FileLock

    with FileLock(index / ".lock"), pytest.raises(BotError, match="another build is running"):
        build(corpus, index)


def files_of(index: Path) -> list[str]:
    manifest = read_manifest(index)
    return ["manifest.json", *manifest.files]


@pytest.mark.parametrize("damage", ["truncated", "flipped", "missing"])
def test_every_damaged_file_is_noticed(corpus: Path, index: Path, damage: str) -> None:
    build(corpus, index)
    for name in files_of(index):
        path = index / name
        whole = path.read_bytes()
        middle = len(whole) // 2
        if damage == "truncated":
            path.write_bytes(whole[:middle])
        elif damage == "flipped":
            path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        else:
            path.unlink()
        with pytest.raises(UnusableIndexError) as caught:
            load_index(index)
        assert path.name in str(caught.value)
        assert "resume-bot build" in str(caught.value)
        path.write_bytes(whole)
    load_index(index)


def test_a_damaged_index_is_mended_by_a_build(
    corpus: Path, index: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file it is. Models are exported anew once; then, as that takes long, what the
    first export gave is given again.
    """
    build(corpus, index)
    for name in {Path(name).parent: name for name in files_of(index)}.values():
        (index / name).write_bytes(b"damaged")
    build(corpus, index)
    load_index(index)

    made: list[str] = []

    def again(role: str) -> Callable[..., None]:
        def export(*given: Any) -> None:
            made.append(role)
            for path in next(models.glob(f"{role}-*")).iterdir():
                if path.name != "SHA256SUMS":
                    shutil.copy(path, given[4])

        return export

    for role in ("encoder", "reranker"):
        monkeypatch.setattr(f"bot.index.models.export_{role}", again(role))
    for name in files_of(index):
        (index / name).write_bytes(b"damaged")
        build(corpus, index)
        load_index(index)
    roles = [Path(name).parent.name.partition("-")[0] for name in files_of(index)]
    assert made == [role for role in roles if role in ("encoder", "reranker")]


def test_an_index_of_another_format_is_refused(corpus: Path, index: Path) -> None:
    manifest = build(corpus, index).manifest
    other = manifest.model_copy(update={"format": 999}).sealed()
    (index / "manifest.json").write_text(other.model_dump_json(), encoding="utf-8")
    with pytest.raises(UnusableIndexError, match="of format 999"):
        load_index(index)


def test_a_copied_index_serves_elsewhere(seed_index: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_index, tmp_path / "copy")
    assert len(load_index(tmp_path / "copy").passages) > 100


def test_kill_at_any_moment_leaves_the_old_index(corpus: Path, index: Path) -> None:
    """Each round edits the corpus, builds in a process of its own and kills it a little later."""
    published = build(corpus, index).manifest.build
    command = [sys.executable, "-m", "bot", "build", "--corpus", str(corpus), "--index", str(index)]
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    whole = time.monotonic() - began
    killed = 0
    rounds = 12
    for i in range(rounds):
        edit(corpus, "# Ada Example", f"# Ada Example\n\nRound {i}.")
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(whole * (0.3 + 0.7 * i / rounds))
            whole = time.monotonic() - began  # the machine has less else to do than before
        except subprocess.TimeoutExpired:
            process.kill()
        killed += process.wait() == -signal.SIGKILL
        manifest = load_index(index).manifest  # whole, be it the old one or the new one
        texts = {passage.text for passage in load_index(index).passages.all()}
        assert (f"Round {i}." in texts) == (manifest.build != published)
        published = manifest.build
    assert killed > rounds // 3, "too few builds were killed before they had ended"
    report: BuildReport = build(corpus, index)
    assert load_index(index).manifest == report.manifest
    assert not list(index.glob(".build-*"))
