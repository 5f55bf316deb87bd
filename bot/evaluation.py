"""Evaluation: a bot scored on question files.

A file has one JSON object a line with `id`, `kind`, `q`, `history` (earlier questions),
`answerable`, `gold` (groups of wordings, one of each of which the answer must hold), `evidence`
(groups of snippets of the résumé that the citations should cover), `also_ok` and `forbid`.

An answerable question is right if it was found, the answer holds one wording of every gold group
and none that is forbidden, is at most 60 words long (120 where several things are asked for), and
the citations cover at least half of the evidence groups. Any other question is right if it was
not found and the answer holds nothing forbidden.
"""

import json
import re
import statistics
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bot.errors import BotError
from bot.replies.reply import Message, Reply
from bot.service import Bot

_LETTERS = "a-z0-9\u00c0-\u024f"
_MOST_WORDS, _MOST_WORDS_LONG = 60, 120
_LONG_KINDS = frozenset({"list", "summary", "why", "how"})
_MOST_QUOTE = 400  # characters; a longer quote points at nothing


class Row(BaseModel):
    """A question with what is expected of the answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: str
    q: str
    history: list[str]
    answerable: bool
    gold: list[list[str]]
    evidence: list[list[str]]
    also_ok: list[str]
    forbid: list[str]

    @model_validator(mode="after")
    def _can_be_scored(self) -> Self:
        groups = [*self.gold, *self.evidence]
        if self.answerable and not (self.gold and self.evidence and all(groups)):
            raise ValueError("an answerable question needs gold and evidence")
        return self


@dataclass(frozen=True, slots=True)
class Result:
    """What one answer is worth; `wrong` lists its faults.

    Attributes:
        recall: share of the evidence groups that the citations cover.
        useful: for each citation, whether it covers a snippet worth citing.
        top1: whether the first citation does.
    """

    row: Row
    reply: Reply
    wrong: tuple[str, ...]
    recall: float = 0.0
    useful: tuple[bool, ...] = ()
    top1: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over some results; None where there is nothing to measure."""

    n: int
    right: float | None
    answered_right: float | None
    refused_right: float | None
    citation_recall: float | None
    citation_precision: float | None
    top1_citation: float | None
    false_refusal: float | None
    median_words: float | None


@dataclass(frozen=True)
class Evaluation:
    """All results, in the order of the files."""

    results: list[Result] = field(default_factory=list)

    def as_json(self) -> str:
        """The figures over all and by kind, and the ids of what was wrong, as JSON."""
        return json.dumps(
            {
                "total": asdict(figures(self.results)),
                "kinds": {kind: asdict(figures(rows)) for kind, rows in self._by_kind()},
                "wrong": {r.row.id: list(r.wrong) for r in self.results if r.wrong},
            },
            ensure_ascii=False,
            indent=2,
        )

    def as_table(self, *, failures: bool) -> str:
        """The figures as a table, a line for each kind of question."""
        names = list(Figures.__dataclass_fields__)
        titles = [name.replace("_", " ") for name in names]
        lines = [" " * 13 + "".join(f"{title:>20}" for title in titles)]
        for kind, rows in [*self._by_kind(), ("all", self.results)]:
            cells = (_cell(name, value) for name, value in asdict(figures(rows)).items())
            lines.append(f"{kind:13}" + "".join(f"{cell:>20}" for cell in cells))
        if failures:
            lines += [_failure(result) for result in self.results if result.wrong]
        return "\n".join(lines)

    def _by_kind(self) -> list[tuple[str, list[Result]]]:
        kinds = dict.fromkeys(result.row.kind for result in self.results)
        return [(kind, [r for r in self.results if r.row.kind == kind]) for kind in kinds]


def evaluate_files(bot: Bot, files: Iterable[Path]) -> Evaluation:
    """Put every question of the files to the bot.

    Raises:
        BotError: a file can't be read or isn't of the format.
    """
    rows = [row for file in files for row in read_rows(file)]
    return Evaluation([score(row, converse(bot, row)) for row in rows])


def read_rows(file: Path) -> list[Row]:
    """The rows of a question file.

    Raises:
        BotError: it can't be read, or a line isn't of the format.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BotError(f"{file}: can't be read ({error})") from None
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                rows.append(Row.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"])) or "line"
                raise BotError(f"{file}:{number}: {where}: {first['msg']}") from None
    return rows


def converse(bot: Bot, row: Row) -> Reply:
    """Ask the row's earlier questions in turn, then its own; the last reply."""
    messages: list[Message] = []
    for question in row.history:
        messages.append(Message(role="user", content=question))
        messages.append(Message(role="assistant", content=bot.reply(messages).answer))
    return bot.reply([*messages, Message(role="user", content=row.q)])


def score(row: Row, reply: Reply) -> Result:
    """What one reply is worth."""
    answer = normalise(reply.answer)
    wrong = [f"the answer holds {bad!r}" for bad in row.forbid if _holds_any(answer, [bad])]
    if not row.answerable:
        if reply.found:
            wrong.insert(0, "answered, though the résumé does not say")
        return Result(row, reply, tuple(wrong))
    quotes = [
        normalise(citation.quote) if len(citation.quote) <= _MOST_QUOTE else ""
        for citation in (reply.citations if reply.found else [])
    ]
    snippets = [snippet for group in row.evidence for snippet in group]
    covered = [any(covers(quote, group) for quote in quotes) for group in row.evidence]
    recall = sum(covered) / len(covered)
    if not reply.found:
        return Result(row, reply, ("refused, though the résumé says",), recall)
    wrong += [
        f"the answer lacks any of {group}" for group in row.gold if not _holds_any(answer, group)
    ]
    length = len(reply.answer.split())
    most = _MOST_WORDS_LONG if row.kind in _LONG_KINDS else _MOST_WORDS
    if length > most:
        wrong.append(f"the answer has {length} words; {most} is the most")
    if recall < 0.5:
        wrong.append(f"the citations cover {sum(covered)} of {len(covered)} evidence groups")
    return Result(
        row,
        reply,
        tuple(wrong),
        recall,
        tuple(covers(quote, [*snippets, *row.also_ok]) for quote in quotes),
        bool(quotes) and covers(quotes[0], snippets),
    )


def figures(results: Sequence[Result]) -> Figures:
    """The figures over some results."""
    answerable = [result for result in results if result.row.answerable]
    lengths = [len(r.reply.answer.split()) for r in results if r.reply.found]

    def share(of: Sequence[Result], value: Callable[[Result], float]) -> float | None:
        return statistics.fmean(map(value, of)) if of else None

    useful = [useful for result in answerable for useful in result.useful]
    return Figures(
        n=len(results),
        right=share(results, lambda r: not r.wrong),
        answered_right=share(answerable, lambda r: not r.wrong),
        refused_right=share([r for r in results if not r.row.answerable], lambda r: not r.wrong),
        citation_recall=share(answerable, lambda r: r.recall),
        citation_precision=statistics.fmean(useful) if useful else None,
        top1_citation=share(answerable, lambda r: r.top1),
        false_refusal=share(answerable, lambda r: not r.reply.found),
        median_words=statistics.median(lengths) if lengths else None,
    )


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """The text as it is compared: NFKC, lower case, marks and punctuation to spaces."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"\bc\+\+", "cpp", text)  # so that C++ isn't read as C
    text = re.sub(r"\bc#", "csharp", text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)  # 1,200 is 1200
    text = re.sub(r"(?<!\d)\.|\.(?!\d)", " ", text)  # 4.0 keeps its point
    return " ".join(re.sub(r"[^\w.]|_", " ", text).split())


def _holds(text: str, phrase: str) -> bool:
    before = f"(?<![{_LETTERS}])" if re.match(f"[{_LETTERS}]", phrase) else ""
    after = f"(?![{_LETTERS}])" if re.search(f"[{_LETTERS}]$", phrase) else ""
    return bool(phrase) and bool(re.search(before + re.escape(phrase) + after, text))


def _holds_any(text: str, phrases: Iterable[str]) -> bool:
    return any(_holds(text, normalise(phrase)) for phrase in phrases)


def covers(quote: str, snippets: Iterable[str]) -> bool:
    """Whether the quote has a snippet in it, or is three or more words of one."""
    return any(
        _holds(quote, snippet) or (len(quote.split()) >= 3 and _holds(snippet, quote))
        for snippet in map(normalise, snippets)
    )


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:g}" if name in ("n", "median_words") else f"{value:.1%}"


def _failure(result: Result) -> str:
    lines = [f"\n{result.row.id} ({result.row.kind})"]
    lines += [f"  earlier  {question}" for question in result.row.history]
    lines += [f"  asked    {result.row.q}", f"  answer   {result.reply.answer}"]
    lines += [f"  quote    {citation.quote}" for citation in result.reply.citations]
    return "\n".join([*lines, *(f"  wrong    {fault}" for fault in result.wrong)])
