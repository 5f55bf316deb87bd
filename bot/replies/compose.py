"""From an Answer to a Reply: numbered citations, and the text that points at them."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from bot.answers.answer import Answer, Statement
from bot.index.store import PassageStore
from bot.passages import Passage
from bot.replies.reply import Citation, Reply


def compose(
    asked: str,
    answer: Answer,
    passages: PassageStore,
    *,
    index: str,
    suggestions: Sequence[str],
    took_ms: float,
) -> Reply:
    """The reply; every proof becomes a citation, numbered in the order of the text."""
    found = answer.outcome.found
    numbers: dict[int, int] = {}
    text = "".join(_cited(statement, numbers) for statement in answer.statements)
    return Reply(
        question=asked,
        answer=text,
        found=found,
        outcome=answer.outcome,
        citations=_citations(passages, list(numbers)),
        related=[] if found else _citations(passages, answer.related),
        suggestions=list(suggestions),
        answered_by=answer.answered_by,
        index=index,
        took_ms=round(took_ms, 1),
    )


def _cited(statement: Statement, numbers: dict[int, int]) -> str:
    """The statement with the marks of its citations."""
    marks = [f"[{numbers.setdefault(i, len(numbers) + 1)}]" for i in statement.proof]
    return statement.text + "".join(f" {mark}" for mark in marks)


def _citations(store: PassageStore, ids: Sequence[int]) -> list[Citation]:
    return [
        _citation(number, passage, store.quote(passage.source, passage.start, passage.end))
        for number, passage in enumerate(store.passages(ids), start=1)
    ]


def _citation(number: int, passage: Passage, quoted: str) -> Citation:
    place = {"source": passage.source, "start": passage.start, "end": passage.end}
    return Citation(
        id=number,
        quote=quoted,
        source=passage.source,
        section=list(passage.section),
        start=passage.start,
        end=passage.end,
        line=passage.line,
        page=passage.page,
        path=passage.field,
        url=f"/resume?{urlencode(place, quote_via=quote)}#cite",
    )
