"""Exclusion: what a question doesn't want, and the question without it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.cues import Cues
from bot.questions.mentions import organisation_nouns
from bot.questions.question import Mention
from bot.words import fold, words

_JOINED = 5  # characters between two names of one enumeration: ", or "
_NEAR = 6  # words between the cue and what it is said of
_ENDING = ",;:?!，；：？！。"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A question's text without what it excludes.

    Attributes:
        mentions: what is excluded; their offsets are those of the whole text.
        current: whether the current job is.
    """

    text: str
    mentions: tuple[Mention, ...] = ()
    current: bool = False


def excluded(text: str, mentions: Sequence[Mention], shape: Cues) -> Exclusion:
    """What the text excludes: "besides English", "outside Ireland", "leaving aside the current
    post"; nothing, if it names nothing behind such a cue.
    """
    start = shape.find("excluding", text)
    if start is None:
        return Exclusion(text)
    cue = words(text[start:])[0]
    if text[start + cue.end :].lstrip()[:1] in _ENDING:
        return _excluded_before(text, start, start + cue.end, shape)
    behind = next((i for i in range(start, len(text)) if text[i] in _ENDING), len(text))
    said = words(text[start:behind])
    near = start + said[min(len(said) - 1, _NEAR)].end
    chosen: list[Mention] = []
    for mention in mentions:
        if mention.start < start or mention.end > behind:
            continue
        if (chosen and mention.start - chosen[-1].end > _JOINED) or mention.start > near:
            break
        chosen.append(mention)
    if chosen:
        return Exclusion(text[:start] + text[chosen[-1].end :], tuple(chosen))
    current = shape.find("current", text[start:near])
    if current is None:
        return Exclusion(text)
    nouns = shape.single("title_nouns") | organisation_nouns()
    named = [start + word.end for word in said if word.start > current and fold(word.text) in nouns]
    end = named[0] if named else near
    return Exclusion(text[:start] + text[end:], current=True)


def _excluded_before(text: str, start: int, end: int, shape: Cues) -> Exclusion:
    """What is excluded if the cue stands behind it: "Current job aside, …"."""
    said = words(text[:start])[-_NEAR:]
    before = text[said[0].start : start] if said else ""
    current = shape.find("current", before)
    current = shape.find("at_hand", before) if current is None else current
    if current is None:
        return Exclusion(text)
    return Exclusion(text[: said[0].start + current] + text[end:].lstrip(_ENDING), current=True)
