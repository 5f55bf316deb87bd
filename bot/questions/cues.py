"""Cues: the small words that shape a question, from `cues.yaml`."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.data import load_yaml
from bot.words import fold, words

# Kinds of cues whose words carry the question all the same.
_NOUNS = {
    *("organisation_nouns", "any_employer", "school_nouns", "title_nouns", "site_nouns"),
    *("handles", "people"),
}
_OF_PLACES = {"postal_codes", "streets", "regions", "countries", "addresses"}
_CARRYING = frozenset(
    {
        *_NOUNS,
        *_OF_PLACES,
        "changes",
        "areas",
        "towns",
        "gives",
        "by_whom",
        "idle",
        "figures",
        "unordered",
        "determiners",
        "any_skill",
        "below",
        "above",
        "levelled",
        "skilled",
        "employment",
        "project_nouns",
        "makes",
        "parts",
        "at_hand",
        "calendar",
        "papers",
        "promotions",
        "uses",
        "abroad",
        "beginnings",
        "seeks",
        "meanwhile",
    }
)
# Kinds of cues whose longer ones say nothing beyond the cue in any of their words.
_WORDING = frozenset(
    {"first", "last", "current", "longest", "shortest", "count", "duration", "when", "excluding"}
)


_CACHED = 4096  # answers about a text, of which one question wants the same many times


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """The cues of one language, each a tuple of folded words; Chinese ones are one string."""

    table: dict[str, tuple[tuple[str, ...], ...]]

    def is_plain(self, folded: str) -> bool:
        """Whether the folded word says nothing about what is asked: "candidate", "first"."""
        return _is_plain(self, folded)

    def single(self, kind: str) -> frozenset[str]:
        """The cues of the kind that are one word, folded."""
        return _single(self, kind)

    def has(self, kind: str, text: str) -> bool:
        """Whether the text holds a cue of the kind."""
        return self.find(kind, text) is not None

    def find(self, kind: str, text: str) -> int | None:
        """Offset of the first cue of the kind in the text; None if there is none."""
        return _find(self, kind, text)

    def refers(self, text: str) -> bool:
        """Whether a pronoun of the text points at what was said before; that of "is there" and
        "this candidate" doesn't.
        """
        # "Which IT systems?" has a name, no pronoun.
        pronouns = self.table["pronouns"]
        spoken = " ".join(
            word.text
            for word in words(text)
            if not (len(word.text) > 1 and word.text.isupper() and (fold(word.text),) in pronouns)
        )
        return self.has("pronouns", self.without("idle", spoken))

    def without(self, kind: str, text: str) -> str:
        """The folded words of the text but for the cues of the kind."""
        left = f" {' '.join(fold(word.text) for word in words(text))} "
        for cue in sorted(self.table[kind], key=len, reverse=True):
            left = left.replace(cue[0] if _is_unspaced(cue[0]) else f" {' '.join(cue)} ", " ")
        return left

    def behind(self, kind: str, text: str) -> str:
        """The text without a cue of the kind of one word that it begins with."""
        asked = words(text)
        opens = bool(asked) and (fold(asked[0].text),) in self.table[kind]
        return text[asked[0].end :] if opens else text

    def opens(self, kind: str, text: str) -> bool:
        """Whether the text begins with a cue of the kind."""
        asked = words(text)
        return bool(asked) and self.find(kind, text) == asked[0].start

    def closes(self, kind: str, text: str) -> bool:
        """Whether the text ends with a cue of the kind."""
        folded = [fold(word.text) for word in words(text)]
        plain = fold(text).rstrip("?？。. ")
        return any(
            plain.endswith(cue[0]) if _is_unspaced(cue[0]) else tuple(folded[-len(cue) :]) == cue
            for cue in self.table[kind]
        )


@cache
def _single(shape: Cues, kind: str) -> frozenset[str]:
    return frozenset(cue[0] for cue in shape.table[kind] if len(cue) == 1)


@lru_cache(maxsize=_CACHED)
def _is_plain(shape: Cues, folded: str) -> bool:
    # "Present employer" says no more than "current", "employer" alone does.
    noun = any(folded in shape.single(kind) for kind in _NOUNS)
    return any(
        (folded,) == cue or (len(cue) > 1 and folded in cue and kind in _WORDING and not noun)
        for kind, written in shape.table.items()
        for cue in written
        if kind not in _CARRYING
    )


@lru_cache(maxsize=_CACHED)
def _find(shape: Cues, kind: str, text: str) -> int | None:
    asked = words(text)
    folded = tuple(fold(word.text) for word in asked)
    places: dict[str, list[int]] = {}
    for i, word in enumerate(folded):
        places.setdefault(word, []).append(i)
    plain = fold(text)
    found = []
    for cue in shape.table[kind]:
        if not cue[0].isascii() and _is_unspaced(cue[0]):
            at = plain.find(cue[0])
            found += [at] if at >= 0 else []
            continue
        for i in places.get(cue[0], ()):
            if folded[i : i + len(cue)] == cue:
                found.append(asked[i].start)
                break
    return min(found, default=None)


@cache
def cues(language: str) -> Cues:
    """The cues of a language; English ones for a language the data doesn't know."""
    known = load_yaml("cues")
    table = known[language if isinstance(known.get(language), dict) else "en"]
    return Cues(
        {
            kind: tuple(tuple(fold(word.text) for word in words(str(cue))) for cue in written)
            for kind, written in table.items()
        }
    )


def tells(what: str, text: str) -> bool:
    """Whether a text of the résumé tells of years, reasons, numbers … (`*_told` in the data)."""
    return bool(_told(what).search(text))


@cache
def _told(what: str) -> re.Pattern[str]:
    return re.compile("|".join(load_yaml("cues")[f"{what}_told"]), re.IGNORECASE)


def _is_unspaced(word: str) -> bool:
    return any("\u3040" <= char <= "\u9fff" for char in word)
