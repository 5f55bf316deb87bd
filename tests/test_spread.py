"""Work that is spread over processes."""

import os
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.profile.build import build_profile
from bot.sources import read_corpus
from bot.spread import spread


def _where(thing: int) -> tuple[int, int]:
    return thing, os.getpid()


def test_only_many_things_are_worth_a_process() -> None:
    assert list(spread(_where, range(3))) == [(i, os.getpid()) for i in range(3)]
    many = list(spread(_where, range(300)))
    assert [thing for thing, _ in many] == list(range(300))
    assert os.getpid() not in {process for _, process in many}


def test_many_files_are_read_as_few_are(tmp_path: Path) -> None:
    names = [f"Ada Mor{first}{second}o" for first in "abcdefghijkl" for second in "abcdefghij"]
    texts = [f"# {name}\n\n## Work\n\n### Mason, Acme, 2019\n" for name in names]
    for number, text in enumerate(texts):
        (tmp_path / f"{number:03}.md").write_text(text, encoding="utf-8")
    documents = read_corpus(tmp_path).resumes
    profile = build_profile(documents)
    assert [document.text for document in documents] == texts
    assert [job.entry for job in profile.work] == list(range(120))
    for number in range(1, 120):
        (tmp_path / f"{number:03}.md").unlink()
    assert read_corpus(tmp_path).resumes == documents[:1]


def test_what_is_wrong_with_one_of_many_files_is_said(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number:03}.md").write_bytes(b"\xff" if number == 57 else b"# Ada\n")
    with pytest.raises(SourceError, match=r"057\.md:1: not UTF-8"):
        read_corpus(tmp_path)
