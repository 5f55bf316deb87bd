"""Facts about a kind of tool that the résumé doesn't name, by what it names of the kind."""

from bot.answers.answer import Answer
from bot.answers.facts.asked import Asked, Item
from bot.answers.facts.skills import most_telling_first
from bot.questions.cues import cues
from bot.questions.kinds import names_tool, tool_kinds
from bot.questions.question import MentionKind
from bot.words import fold, holds_phrase, words

_MOST_HELD = 500  # lines with a name, which are looked at
_IDLE = ("any_skill", "uses")  # kinds of cues that say nothing of which kind of tool is meant
_INTENTS = frozenset({"skill_check", "skill_list", "skill_use", "detail"})


def of_kind(asked: Asked) -> Answer | None:
    """What the résumé names of the one kind of tool that all of the question is for: "Has she used
    a CRM?", "Which relational databases does he know?".
    """
    question = asked.question
    shape = cues(question.language)
    asks = question.yes_no or shape.has("which", question.text) or not question.goes_on
    others = [m for m in question.mentions if m.kind is not MentionKind.SKILL]
    if question.intent not in _INTENTS or not asks or others or question.period or question.count:
        return None
    kind = next((kind for kind in tool_kinds() if _names(kind.names, asked)), None)
    if kind is None:
        return None
    items = [item for member in kind.members if (item := _held(asked, member))]
    key, slot = ("affirm", "what") if question.yes_no else ("list", "list")
    return asked.listing(key, slot, items)


def _names(names: tuple[str, ...], asked: Asked) -> bool:
    """Whether one of the names has every word that carries the question, and the résumé lacks one
    of them: what it names itself is told as it stands there.
    """
    question = asked.question
    shape = cues(question.language)
    carrying = [
        term
        for term in question.terms
        if not term.plain and not any(shape.has(kind, term.word) for kind in _IDLE)
    ]
    return any(
        holds_phrase(question.text, name)
        and {fold(term.word) for term in carrying} <= {fold(word.text) for word in words(name)}
        and not all(term.known for term in carrying)
        for name in names
    )


def _held(asked: Asked, member: str) -> Item | None:
    """The name with a line that holds it, one of a job or project before others."""
    cut = asked.passages.cut(member)
    ids = set.intersection(*(asked.passages.holding_itself(term) for term in cut)) if cut else set()
    lines = most_telling_first(
        line
        for line in asked.passages.passages(sorted(ids)[:_MOST_HELD])
        if names_tool(line.text, member)
    )
    return (member, (lines[0].id,)) if lines else None
