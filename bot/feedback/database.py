"""The log in a database: an SQLite file, or a server that several replicas share."""

import logging
import queue
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from peewee import ImproperlyConfigured, PeeweeException, Table
from playhouse.db_url import connect

from bot.errors import BotError
from bot.feedback.log import Asked, Judged

_log = logging.getLogger(__name__)
_SCHEMA = (
    "create table if not exists asked (reply varchar(16), question text, outcome varchar(20),"
    " answered_by varchar(40), index_id varchar(40), at bigint)",
    "create table if not exists judged (reply varchar(16), helpful integer, comment text,"
    " at bigint)",
    "create index if not exists asked_by_reply on asked (reply)",
    "create index if not exists asked_by_time on asked (at)",
    "create index if not exists judged_by_time on judged (at)",
)
_ASKED = ("reply", "question", "outcome", "answered_by", "index_id", "at")
_JUDGED = ("reply", "helpful", "comment", "at")
_WAITING = 1_000  # entries that wait to be written; what comes on top of them is lost
_KEPT = 50_000  # entries of each kind; a flood of questions must not fill the disk
_HOUSEKEEPING = 3_600.0  # seconds between two removals of what is too old
_DAY = 86_400


class DatabaseLog:
    """A QuestionLog that a thread of its own writes, so that no answer waits for it."""

    def __init__(self, url: str, days: int) -> None:
        """Keep entries for `days` days in the database at `url`, as peewee's `db_url` takes it.

        Nothing is opened before the first entry.

        Raises:
            BotError: there is no such kind of database, or its driver isn't installed.
        """
        self._url = url
        self._days = days
        self._database = _database(url)
        self._queue: queue.Queue[Asked | Judged | None] = queue.Queue(_WAITING)
        self._writer: threading.Thread | None = None
        self._failing = False
        self._cleaned = float("-inf")

    def note(self, entry: Asked | Judged) -> None:
        try:
            self._queue.put_nowait(entry)
        except queue.Full:
            self._fail("too many entries wait to be written")

    def start(self) -> None:
        self._writer = threading.Thread(target=self._write, name="question log", daemon=True)
        self._writer.start()

    def stop(self) -> None:
        if self._writer is not None:
            self._queue.put(None)
            self._writer.join()
            self._writer = None

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            entries, more = [first], True
            while more and not self._queue.empty():
                entry = self._queue.get()
                more = entry is not None
                if entry is not None:
                    entries.append(entry)
            try:
                self._keep(entries)
                self._failing = False
            except Exception as error:  # noqa: BLE001 - answers go on whatever befalls the log
                self._fail(str(error) or type(error).__name__)
            if not more:
                break

    def _fail(self, why: str) -> None:
        """Say so in the log of the server, once until it works again."""
        if not self._failing:
            reason = " ".join(why.split())
            _log.error("%s: questions aren't kept (%s)", shown_url(self._url), reason)
        self._failing = True

    def _keep(self, entries: Sequence[Asked | Judged]) -> None:
        path = sqlite_file(self._url)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        with self._database.connection_context():
            for statement in _SCHEMA:
                self._database.execute_sql(statement)
            with self._database.atomic():
                for entry in entries:
                    self._insert(entry)
            if time.monotonic() - self._cleaned > _HOUSEKEEPING:
                self._clean()
                self._cleaned = time.monotonic()

    def _insert(self, entry: Asked | Judged) -> None:
        asked, judged = _tables(self._database)
        if isinstance(entry, Asked):
            values = (entry.reply, entry.question, entry.outcome, entry.answered_by, entry.index)
            asked.insert(dict(zip(_ASKED, (*values, entry.at), strict=True))).execute()
        elif asked.select(asked.reply).where(asked.reply == entry.reply).limit(1).execute():
            row = (entry.reply, int(entry.helpful), entry.comment, entry.at)
            judged.insert(dict(zip(_JUDGED, row, strict=True))).execute()

    def _clean(self) -> None:
        """Remove what is too old, and the oldest of what is too much."""
        for table in _tables(self._database):
            oldest = int(time.time()) - self._days * _DAY
            newest = table.select(table.at).order_by(table.at.desc()).offset(_KEPT).limit(1)
            for row in newest.execute():
                oldest = max(oldest, row["at"] + 1)
            table.delete().where(table.at < oldest).execute()


def read_log(url: str, since: int) -> tuple[list[Asked], list[Judged]]:
    """What was kept since a time, in seconds since 1970, the oldest first.

    Raises:
        BotError: there is no log, or it can't be read.
    """
    path = sqlite_file(url)
    if path is not None and not path.is_file():
        raise BotError(
            f"{path}: nothing has been kept; visitors' questions come here while "
            "'resume-bot serve' runs with feedback on"
        )
    database = _database(url)
    try:
        with database.connection_context():
            asked, judged = _tables(database)
            questions = asked.select(*(getattr(asked, name) for name in _ASKED))
            judgements = judged.select(*(getattr(judged, name) for name in _JUDGED))
            return (
                [
                    Asked(*row)
                    for row in questions.where(asked.at >= since).order_by(asked.at).tuples()
                ],
                [
                    Judged(row[0], bool(row[1]), row[2], row[3])
                    for row in judgements.where(judged.at >= since).order_by(judged.at).tuples()
                ],
            )
    except PeeweeException as error:
        raise BotError(
            f"{shown_url(url)}: can't be read ({' '.join(str(error).split())})"
        ) from None


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for others."""
    parts = urlsplit(url)
    return Path(parts.path.removeprefix("/")) if parts.scheme == "sqlite" else None


def shown_url(url: str) -> str:
    """The address of a database without the name and password in it."""
    path = sqlite_file(url)
    if path is not None:
        return str(path)
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _database(url: str) -> Any:
    try:
        return connect(url)
    except (RuntimeError, ImproperlyConfigured, ValueError) as error:
        raise BotError(f"setting 'feedback_storage': {' '.join(str(error).split())}") from None


def _tables(database: Any) -> tuple[Any, Any]:
    return Table("asked", _ASKED).bind(database), Table("judged", _JUDGED).bind(database)
