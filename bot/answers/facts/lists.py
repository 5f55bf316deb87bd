"""Facts about a list that a line of the résumé introduces: what is in it, how many items it has."""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.answers.facts.asked import Asked
from bot.passages import Passage
from bot.questions.question import Term
from bot.words import ends_in_colon

_LEAST = 2  # items of a list
_MOST_HELD = 500  # lines that are looked at


def listed(asked: Asked) -> Answer | None:
    """The items of the one list that the question counts or asks for, "Which layers does Acme's
    stack have?" of "Implemented layers:". Its line holds what is asked for, its entry all else.
    """
    question = asked.question
    named = [question.counted] if question.counted else list(question.head)
    named = [term for term in named if not term.plain]
    if question.yes_no or not named or not all(term.known for term in named):
        return None
    leads = [lead for lead in _leads(asked, named) if _tells_of_all(asked, lead)]
    if len(leads) != 1:
        return None
    items = asked.passages.introduced_by(leads[0].id)
    if len(items) < _LEAST:
        return None
    told = [(item.text.rstrip(".;,"), (item.id,)) for item in items]
    entries = [e for e in asked.profile.entries if e.entry == leads[0].entry is not None]
    return asked.counted(told, len(items), entries)


def _leads(asked: Asked, named: Sequence[Term]) -> list[Passage]:
    """The lines that introduce something and hold all of the words."""
    lines = [{i for f in term.terms for i in asked.passages.holding_itself(f)} for term in named]
    held = sorted(set.intersection(*lines))[:_MOST_HELD]
    return [passage for passage in asked.passages.passages(held) if ends_in_colon(passage.text)]


def _tells_of_all(asked: Asked, lead: Passage) -> bool:
    """Whether the line, or another of its entry, holds each word that carries the question."""
    own = {lead.id}
    if lead.entry is not None:
        own |= {passage.id for passage in asked.passages.of_entry(lead.entry)}
    return all(
        any(own & asked.passages.holding(form) for form in term.terms)
        for term in asked.question.terms
        if not term.plain and (term.known or term.name)
    )
