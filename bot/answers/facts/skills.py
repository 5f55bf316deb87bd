"""Facts about skills: which there are, and whether one is among them."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.answer import Answer, Statement
from bot.answers.facts.asked import MOST_LISTED, Asked, Item
from bot.data import load_yaml
from bot.documents import Kind
from bot.passages import Passage
from bot.profile.profile import Skill, Value
from bot.questions.cues import cues
from bot.questions.question import MentionKind, Term
from bot.words import fold, holds_phrase, words

_LEAST_LANGUAGES = 2  # of a line that tells the programming languages
_MOST_SHOWN = 2  # lines that show a skill


def overview(asked: Asked) -> Answer | None:
    """The skills by group; the groups whose name is asked for, if any is."""
    question, groups = asked.question, asked.profile.skills
    if levelled := _of_level(asked, groups):
        names = (i for g in levelled for i in _items(asked, g, by_name=True))
        return asked.listing("list", "list", names)
    wanted = {form for term in question.terms for form in term.terms}
    named = [
        group
        for group in groups
        if group.name and wanted & set(asked.passages.cut(group.name.text))
    ]
    if asked.asks_for_more and not named:
        return None
    shape = cues(question.language)
    if not named and not all(shape.has("any_skill", term.word) for term in question.head):
        named = _nearest(asked, groups)
    items = (item for group in named or groups for item in _items(asked, group))
    if question.head and not any(group.name for group in groups):
        # "Which databases …?": of a plain list, the line that is nearest.
        every = list(items)
        lines = [proof[0] for _, proof in every if proof]
        nearest = asked.nearest(lines) if lines else None
        return asked.listing("list", "list", [i for i in every if nearest in i[1]] or every)
    return asked.listing("list", "list", items)


def _of_level(asked: Asked, groups: Sequence[Skill]) -> list[Skill]:
    """The groups at the level that is asked for: by its name ("expert"), as the highest or lowest
    that there is, or below or above one.
    """
    ladder: list[list[str]] = load_yaml("cues")["skill_levels"]
    rungs = [(group, rung) for group in groups if (rung := _rung(group.level, ladder)) is not None]
    if not rungs:
        return []
    text, shape = asked.question.text, cues(asked.question.language)
    named = next((i for i, names in enumerate(ladder) if _is_said(text, names)), None)
    if shape.has("highest_level", text):
        best = max(rung for _, rung in rungs)
        return [group for group, rung in rungs if rung == best]
    if shape.has("lowest_level", text):
        worst = min(rung for _, rung in rungs)
        return [group for group, rung in rungs if rung == worst]
    if named is None:
        return []
    if shape.has("below", text):
        return [group for group, rung in rungs if rung < named]
    if shape.has("above", text):
        return [group for group, rung in rungs if rung > named]
    return [group for group, rung in rungs if rung == named]


def _rung(level: Value | None, ladder: Sequence[Sequence[str]]) -> int | None:
    """How high the level is."""
    said = level.text if level else ""
    return next((i for i, names in enumerate(ladder) if _is_said(said, names)), None)


def _is_said(text: str, names: Sequence[str]) -> bool:
    return any(holds_phrase(text, name) for name in names)


def _nearest(asked: Asked, groups: Sequence[Skill]) -> list[Skill]:
    """The group whose line is nearest to the question: "server-side technologies"."""
    by_line = {asked.proof(group.name, *group.keywords)[:1]: group for group in groups}
    lines = [proof[0] for proof in by_line if proof]
    return [by_line[(asked.nearest(lines),)]] if len(lines) > 1 else []


def _items(asked: Asked, group: Skill, *, by_name: bool = False) -> Iterator[Item]:
    """A group of skills as items of a list, proven by its skills or first by its name."""
    if group.name:
        words = ", ".join(word.text for word in group.keywords)
        # In a file with named fields each stands by itself.
        proof = asked.proof(*group.keywords)[:MOST_LISTED]
        if by_name or not proof:
            proof = asked.proof(group.name, *group.keywords)[:_MOST_SHOWN]
        yield f"{group.name.text}: {words}" if words else group.name.text, proof
        return
    # A line may name only some of a group's words: each line proves its own.
    by_line: dict[tuple[int, ...], list[str]] = {}
    for word in group.keywords:
        by_line.setdefault(asked.proof(word), []).append(word.text)
    yield from ((", ".join(words), proof) for proof, words in by_line.items())


def check(asked: Asked) -> Answer | None:
    """Whether a skill is in the résumé: yes with the lines that show it, or that it isn't."""
    question = asked.question
    wanted = [term for term in question.terms if not term.plain and (term.mentioned or term.name)]
    wanted = wanted or question.rest
    if not wanted:
        return None
    if question.named(MentionKind.SPEECH):
        return None
    if level := _level(asked):
        return level
    missing = [term for term in wanted if not term.known]
    if missing and all(term.name for term in missing):
        return asked.not_stated("not_mentioned", what=", ".join(term.word for term in missing))
    if missing:
        return None  # an everyday word may be said otherwise
    shown = _showing(asked, wanted)
    if not shown:
        return None
    statements = [
        Statement((asked.say.say("affirm", what=text) if i == 0 else f"; {text}"), (passage.id,))
        for i, (passage, text) in enumerate(shown)
    ]
    return asked.found((*statements, Statement(".")))


def _level(asked: Asked) -> Answer | None:
    """How well somebody knows the skills that the question names, if it asks for the level."""
    question = asked.question
    nouns = cues(question.language).single("skill_level_nouns")
    if nouns.isdisjoint(fold(word.text) for word in words(question.text)):
        return None
    groups = [
        group
        for group in asked.profile.skills
        if group.level
        and any(asked.is_named(word, MentionKind.SKILL) for word in (*group.keywords, group.name))
    ]
    items = (
        (f"{(g.name or g.keywords[0]).text}: {g.level.text}", asked.proof(g.level, g.name))
        for g in groups
        if g.level
    )
    return asked.listing("list", "list", items)


def _showing(asked: Asked, wanted: list[Term]) -> list[tuple[Passage, str]]:
    """The lines that hold all the words, those of jobs and projects first, the shortest first."""
    ids: set[int] | None = None
    for term in wanted:
        holding = {i for form in term.terms for i in asked.passages.holding_itself(form)}
        ids = holding if ids is None else ids & holding
    passages = asked.passages.passages(sorted(ids or ()))
    shown = []
    for passage in most_telling_first(passages)[:_MOST_SHOWN]:
        text = passage.text.rstrip(".;:")
        title = asked.passages.title_of(passage)
        shown.append((passage, f"{title}: {text}" if title else text))
    return shown


def most_telling_first(passages: Iterable[Passage]) -> list[Passage]:
    """Lines that name a skill, those of jobs and projects first, headings last, the short first."""
    return sorted(passages, key=lambda p: (p.kind is Kind.HEADING, p.entry is None, len(p.text)))


def programming_languages(asked: Asked) -> Answer | None:
    """The line of the skills or the introduction that names most programming languages, or else
    most of the programming tools.
    """
    keywords: list[Value] = [word for group in asked.profile.skills for word in group.keywords]
    counts: dict[int, int] = {}
    for word in keywords:
        for i in asked.proof(word):
            counts[i] = counts.get(i, 0) + 1
    if not counts or asked.question.named(MentionKind.PROJECT):
        return None
    passages = asked.passages.passages(sorted(counts))
    best = max(
        passages,
        key=lambda p: (_languages(asked, p), _tells_programming(asked, p), counts[p.id], -p.id),
    )
    if _languages(asked, best) < _LEAST_LANGUAGES:
        # Each stands by itself, as in a JSON file.
        tools = [word for entry in asked.profile.projects for word in entry.built_with]
        named = {word.text: word for word in [*tools, *keywords] if _is_language(asked, word.text)}
        if len(named) > 1:
            return asked.values(list(named.values()))
    statement = Statement(best.text.rstrip("."), (best.id,))
    return asked.found((statement, Statement(".")))


def _is_language(asked: Asked, name: str) -> bool:
    """Whether it is the name of a programming language."""
    cut = asked.passages.cut(name)
    return any(asked.passages.cut(known) == cut for known in _language_names())


def _language_names() -> list[str]:
    names: list[str] = load_yaml("cues")["programming_languages"]
    return names


def _languages(asked: Asked, passage: Passage) -> int:
    """How many programming languages the passage names."""
    cut = set(asked.passages.cut(passage.text))
    return sum(set(asked.passages.cut(name)) <= cut for name in _language_names())


def _tells_programming(asked: Asked, passage: Passage) -> bool:
    cut = set(asked.passages.cut(f"{passage.context} {passage.text}"))
    return any(
        set(asked.passages.cut(word)) & cut for word in ("programmer", "programming", "coding")
    )
