"""How long the log keeps what, and what it can stand."""

import logging
import time
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.feedback import database
from bot.feedback.database import DatabaseLog, read_log, shown_url
from bot.feedback.log import Asked, Judged

DAY = 86_400


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'visitors.db'}"


def kept(url: str, *entries: Asked | Judged, days: int = 90) -> tuple[list[Asked], list[Judged]]:
    """What the log holds once it has noted these entries and ended."""
    log = DatabaseLog(url, days)
    log.start()
    for entry in entries:
        log.note(entry)
    log.stop()
    return read_log(url, 0)


def asked(number: int, ago: int = 0) -> Asked:
    return Asked(f"{number:016x}", f"question {number}", "answered", "facts", "0a", now() - ago)


def now() -> int:
    return int(time.time())


def test_entries_come_back_as_they_were(url: str) -> None:
    question = asked(1, ago=5)
    judgement = Judged(question.reply, False, "Why 🙂 \u202e 'x\"?", now())
    assert kept(url, question, judgement) == ([question], [judgement])


def test_what_is_too_old_is_removed(url: str) -> None:
    found, _ = kept(url, asked(1, ago=31 * DAY), asked(2, ago=29 * DAY), asked(3), days=30)
    assert [one.question for one in found] == ["question 2", "question 3"]


def test_a_flood_does_not_fill_the_disk(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_KEPT", 3)
    found, _ = kept(url, *(asked(n, ago=10 - n) for n in range(10)))
    assert [one.question for one in found] == ["question 7", "question 8", "question 9"]


def test_only_what_came_since(url: str) -> None:
    kept(url, asked(1, ago=2 * DAY), asked(2))
    assert [one.question for one in read_log(url, now() - DAY)[0]] == ["question 2"]


def test_too_many_at_once_are_lost_and_said_to_be(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "_WAITING", 2)
    log = DatabaseLog(url, 90)
    with caplog.at_level(logging.ERROR):
        for n in range(5):
            log.note(asked(n))
    assert len(caplog.records) == 1
    log.start()
    log.stop()
    assert len(read_log(url, 0)[0]) == 2


def test_two_servers_share_a_log(url: str) -> None:
    logs = [DatabaseLog(url, 90), DatabaseLog(url, 90)]
    for log in logs:
        log.start()
    for n in range(20):
        logs[n % 2].note(asked(n))
    for log in logs:
        log.stop()
    assert {one.question for one in read_log(url, 0)[0]} == {f"question {n}" for n in range(20)}


def test_what_cannot_be_written_as_text_ends_nothing(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    log = DatabaseLog(url, 90)
    log.start()
    with caplog.at_level(logging.ERROR):
        log.note(Asked("0" * 16, "\ud800", "answered", "facts", "0a"))
        log.stop()
    log.start()
    log.note(asked(1))
    log.stop()
    assert [one.question for one in read_log(url, 0)[0]] == ["question 1"]


def test_no_log_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BotError, match="nothing has been kept") as caught:
        read_log(f"sqlite:///{tmp_path / 'none.db'}", 0)
    assert "\n" not in str(caught.value)


def test_a_damaged_log_is_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "visitors.db"
    path.write_bytes(b"no database " * 1000)
    with pytest.raises(BotError, match="can't be read") as caught:
        read_log(f"sqlite:///{path}", 0)
    assert "\n" not in str(caught.value)


def test_passwords_are_not_shown() -> None:
    assert shown_url("postgresql://me:secret@db.example/log") == "postgresql://db.example/log"
    assert shown_url("sqlite:///data/visitors.db") == "data/visitors.db"
