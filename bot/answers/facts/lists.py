"""Facts about a list that a line of the résumé introduces: how many items it has."""

from bot.answers.answer import Answer
from bot.answers.facts.asked import Asked
from bot.passages import Passage
from bot.words import ends_in_colon

_LEAST = 2  # items of a list


def count(asked: Asked) -> Answer | None:
    """How many items the one list has that the question counts: "How many layers does Acme's stack
    have?" of "Implemented layers:". Its line holds what is counted, its entry all else.
    """
    question = asked.question
    counted = question.counted
    if counted is None or counted.plain or not counted.known or question.yes_no:
        return None
    lines = {i for form in counted.terms for i in asked.passages.holding_itself(form)}
    leads = [
        passage
        for passage in asked.passages.passages(sorted(lines))
        if ends_in_colon(passage.text) and _tells_of_all(asked, passage)
    ]
    if len(leads) != 1:
        return None
    items = asked.passages.introduced_by(leads[0].id)
    if len(items) < _LEAST:
        return None
    told = [(item.text.rstrip(".;,"), (item.id,)) for item in items]
    entries = [e for e in asked.profile.entries if e.entry == leads[0].entry is not None]
    return asked.listing("count", "list", told, entries, n=str(len(items)))


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
