"""What the log tells the owner: what was asked, what found no answer, what was disliked."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answers.answer import Outcome
from bot.feedback.log import Asked, Judged

_JOINERS = "\u200c\u200d"  # of scripts and emoji; they can't do any harm
_FORMULA = ("=", "+", "-", "@")  # by which spreadsheets know a formula


@dataclass(frozen=True, slots=True)
class Insight:
    """A question, however its letters and spaces were written, and how it went.

    Attributes:
        question: as it was last written.
        times: how often it was asked.
        last: when it was last asked, ISO 8601, UTC.
        outcome, answered_by: of the last reply to it.
        helpful, unhelpful: how many visitors said so.
        comments: what they said, the oldest first.
    """

    question: str
    times: int
    last: str
    outcome: str
    answered_by: str
    helpful: int
    unhelpful: int
    comments: tuple[str, ...]

    @property
    def unanswered(self) -> bool:
        """Whether it is a question about the candidate that the résumé doesn't answer."""
        return self.outcome == Outcome.NOT_STATED


def insights(asked: Sequence[Asked], judged: Sequence[Judged]) -> list[Insight]:
    """The questions, the most frequent first. Both lists are the oldest first."""
    groups: dict[str, list[Asked]] = {}
    of_reply: dict[str, str] = {}
    for entry in asked:
        key = " ".join(re.findall(r"[\w+#]+", entry.question.casefold())) or entry.question
        groups.setdefault(key, []).append(entry)
        of_reply[entry.reply] = key
    thought: dict[str, list[Judged]] = {}
    for judgement in judged:
        if judgement.reply in of_reply:
            thought.setdefault(of_reply[judgement.reply], []).append(judgement)
    found = [_insight(entries, thought.get(key, [])) for key, entries in groups.items()]
    return sorted(found, key=lambda one: (-one.times, one.question))


def _insight(entries: Sequence[Asked], judged: Sequence[Judged]) -> Insight:
    last = entries[-1]
    return Insight(
        question=last.question,
        times=len(entries),
        last=datetime.fromtimestamp(last.at, UTC).isoformat(timespec="minutes"),
        outcome=last.outcome,
        answered_by=last.answered_by,
        helpful=sum(one.helpful for one in judged),
        unhelpful=sum(not one.helpful for one in judged),
        comments=tuple(one.comment for one in judged if one.comment),
    )


def as_json(found: Sequence[Insight]) -> str:
    """A JSON document with the lists `asked`, `unanswered` and `disliked`."""
    lists = {
        "asked": [asdict(one) for one in found],
        "unanswered": [one.question for one in found if one.unanswered],
        "disliked": [one.question for one in found if one.unhelpful],
    }
    text = json.dumps(lists, ensure_ascii=False, indent=2)
    return "".join(json.dumps(char)[1:-1] if _steers(char) else char for char in text)


def as_csv(found: Sequence[Insight]) -> str:
    """A line for each question, with a header (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(Insight.__slots__)
    for one in found:
        values = {**asdict(one), "comments": " | ".join(one.comments)}
        writer.writerow([_cell(value) for value in values.values()])
    return out.getvalue().removesuffix("\r\n")


def print_table(found: Sequence[Insight], console: Console | None = None) -> None:
    """Three tables for a terminal: asked, without an answer, disliked."""
    console = console or Console(markup=False, highlight=False, emoji=False)
    total = sum(one.times for one in found)
    _print(
        console,
        f"Asked ({total})",
        ("question", "times", "outcome", "by", "good", "bad", "last"),
        (
            (one.question, one.times, one.outcome, one.answered_by, one.helpful, one.unhelpful,
             one.last[:10])
            for one in found
        ),
    )  # fmt: skip
    _print(
        console,
        "Not answered",
        ("question", "times", "last"),
        ((one.question, one.times, one.last[:10]) for one in found if one.unanswered),
    )
    _print(
        console,
        "Disliked",
        ("question", "bad", "comments"),
        ((one.question, one.unhelpful, "\n".join(map(visible, one.comments)))
         for one in found if one.unhelpful),
    )  # fmt: skip


def _print(
    console: Console, title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int]]
) -> None:
    table = Table(title=title, title_justify="left", title_style="bold")
    for head in heads:
        wide = head in ("question", "comments")
        numeric = head in ("times", "good", "bad")
        table.add_column(
            head,
            justify="right" if numeric else "left",
            overflow="fold",
            no_wrap=not wide,
            ratio=1 if wide else None,
        )
    for row in rows:
        table.add_row(*_texts(row))
    if table.row_count:
        console.print(table)
    else:
        console.print(f"{title}: nothing")


def _texts(row: Sequence[str | int]) -> Iterator[Text]:
    for value in row:
        lines = str(value).split("\n") if isinstance(value, str) else [str(value)]
        yield Text("\n".join(map(visible, lines)))


def visible(text: str) -> str:
    """The text on one line, with characters that steer a terminal or the direction of writing
    spelt out."""
    lines = " ".join(text.split())
    return "".join(f"<U+{ord(char):04X}>" if _steers(char) else char for char in lines)


def _steers(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and char not in _JOINERS
        and char != "\n"
    )


def _cell(value: str | int) -> str | int:
    """A value that a spreadsheet takes for a text or number, never for a formula (OWASP, "CSV
    injection")."""
    if isinstance(value, int):
        return value
    text = visible(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
