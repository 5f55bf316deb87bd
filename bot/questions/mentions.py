"""Mentions: what of the résumé a question names, however it is spelled."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.cldr import cldr
from bot.data import load_yaml
from bot.profile.profile import Profile, Value
from bot.questions.cues import cues
from bot.questions.lexicon import Lexicon
from bot.questions.question import Mention, MentionKind, Question
from bot.words import Word, fold, function_words, stem, words

_LONGEST = 6  # words of a mention
_MOST_OF_A_NAME = 0.75  # by letters, of a part that consists of everyday words
_DESCRIBED = 0.8  # how surely an organisation is meant that is described
_OF_A_PART = 0.9  # how surely a place is meant by its town or country alone, a job by one title
_FUZZY_FROM = 5  # letters; shorter names are matched as they stand
_CAPITALISED = frozenset({"de"})  # languages that write every noun with a capital
# Where a stretch could stand for several things, the earlier kind is meant.
_PRIORITY = {kind: i for i, kind in enumerate(MentionKind)}


@dataclass(frozen=True, slots=True)
class _Name:
    kind: MentionKind
    text: str
    share: float  # of the whole name, by letters


_Table = dict[str, dict[_Name, None]]  # joined words → the names that they stand for, in order
_Hit = tuple[int, int, float, Collection[_Name]]  # first word, word after the last, how exact


class Gazetteer:
    """The names of a profile, found in a question by any telling part of them."""

    def __init__(self, profile: Profile, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._keys: _Table = {}
        self._words: _Table = {}  # single words of organisations
        self._heads: set[tuple[str, str]] = set()  # what an organisation is, with its name
        for kind, text in dict.fromkeys(_names(profile)):
            self._add(kind, text)
        for region in profile.regions:
            for name in region.names:
                for place in region.places:
                    tokens = [fold(word.text) for word in words(name)]
                    self._put(self._keys, tokens, _Name(MentionKind.PLACE, place, _OF_A_PART))
        # By first letter and length, so that a near spelling is looked for among few.
        self._fuzzy: dict[tuple[str, int], list[str]] = {}
        for key in self._keys:
            if len(key) >= _FUZZY_FROM:
                self._fuzzy.setdefault((key[0], len(key)), []).append(key)

    def _add(self, kind: MentionKind, text: str) -> None:
        tokens = [fold(word.text) for word in words(text)]
        whole = sum(map(len, tokens))
        if not whole or len(tokens) > 12:
            return
        for first in range(len(tokens)):
            for last in range(first + 1, min(len(tokens), first + _LONGEST) + 1):
                part = tokens[first:last]
                share = sum(map(len, part)) / whole
                of_person = kind is MentionKind.PERSON and all(len(token) > 2 for token in part)
                if share == 1 or of_person or self._is_telling(part, share):
                    self._put(self._keys, part, _Name(kind, text, share))
        if kind is MentionKind.PLACE and "," in text:
            for named in text.split(","):
                region = [fold(word.text) for word in words(named)]
                self._put(self._keys, region, _Name(kind, text, _OF_A_PART))
        if kind is MentionKind.TITLE and "/" in text:  # "CEO/President"
            for named in text.split("/"):
                title = [fold(word.text) for word in words(named)]
                self._put(self._keys, title, _Name(kind, text, _OF_A_PART))
        if kind in (MentionKind.COMPANY, MentionKind.SCHOOL):
            for token in tokens:
                if len(token) < 3 or token in function_words("en"):
                    continue
                self._put(self._words, [token], _Name(kind, text, len(token) / whole))
            self._heads |= {(head, text) for head in _heads_of(tokens)}

    def _put(self, table: _Table, tokens: Sequence[str], name: _Name) -> None:
        for spelled in _spellings("".join(tokens)):
            table.setdefault(spelled, {})[name] = None

    def _is_telling(self, part: Sequence[str], share: float) -> bool:
        """Whether a part of a name stands for it: it holds a word that is no everyday word."""
        if any(len(token) > 2 and not self._lexicon.is_common(token) for token in part):
            return True
        return len(part) > 1 and share >= _MOST_OF_A_NAME

    def find(self, text: str, language: str) -> list[Mention]:
        """The mentions in a question, in order. Several names may share one place."""
        found: list[_Hit] = []
        asked = words(text)
        small = function_words(language)
        for first in range(len(asked)):
            for last in range(first + 1, min(len(asked), first + _LONGEST) + 1):
                part = asked[first:last]
                if fold(part[0].text) in small and not _is_capital(part[0], first):
                    continue
                hit = self._look_up(part, first)
                if hit:
                    exact, names = hit
                    following = fold(asked[last].text) if last < len(asked) else ""
                    found.append((first, last, exact, _of_place(names, following)))
        if language not in _CAPITALISED:
            found += self._capitals(asked)
        for first in range(len(asked) - 1):
            noun = fold(asked[first + 1].text)
            if noun not in organisation_nouns():
                continue
            named: Collection[_Name] = self._words.get(fold(asked[first].text), {})
            if cues(language).has("school_nouns", noun):
                named = [name for name in named if name.kind is MentionKind.SCHOOL] or named
            if named:
                found.append((first, first + 2, 0.9, named))
        found += self._described(asked)
        return list(_resolve(found, asked))

    def _capitals(self, asked: Sequence[Word]) -> Iterable[_Hit]:
        """The organisations of which one everyday word is said, written as a name: "Kestrel"."""
        for position, word in enumerate(asked):
            if _is_capital(word, position) and fold(word.text) not in organisation_nouns():
                names = self._words.get(fold(word.text), {})
                if len({fold(name.text) for name in names}) == 1:
                    yield position, position + 1, _DESCRIBED, names

    def _described(self, asked: Sequence[Word]) -> Iterable[_Hit]:
        """The organisations that stand behind an article without their own names: "the bank",
        if one alone is one; or that are named by two words of theirs: "Linux Center".
        """
        folded = [fold(word.text) for word in asked]
        for first in range(1, len(folded)):
            behind = folded[first - 1] in _articles()
            if not (behind or asked[first].text[0].isupper()):
                continue
            names: Collection[_Name] = self._words.get(folded[first], {})
            last = first + 1
            while last < len(folded) and (both := _common(names, self._words.get(folded[last]))):
                names, last = both, last + 1
            texts = {name.text for name in names}
            whole = last - first > 1 or any((folded[first], t) in self._heads for t in texts)
            whole = whole and (behind or last - first > 1)
            if len({fold(text) for text in texts}) == 1 and whole:
                yield first, last, _DESCRIBED, names

    def _look_up(self, part: Sequence[Word], first: int) -> tuple[float, Collection[_Name]] | None:
        key = "".join(fold(word.text) for word in part)
        names = self._keys.get(key)
        if names:
            everyday = len(part) == 1 and len(key) <= 4 and self._lexicon.is_common(key)
            if everyday and not _is_capital(part[0], first):
                return None  # "go", "rest", "word" are mostly no names
            return 1.0, names
        if len(key) < _FUZZY_FROM or (len(part) == 1 and self._lexicon.is_common(key)):
            return None
        most = 1 if len(key) < 8 else 2
        alike = chain.from_iterable(
            self._fuzzy.get((key[0], length), ())
            for length in range(len(key) - most, len(key) + most + 1)
        )
        near = process.extractOne(key, alike, scorer=OSA.distance, score_cutoff=most)
        if near is None:
            return None
        return 1 - near[1] / len(key), self._keys[near[0]]


def _resolve(found: Iterable[_Hit], asked: Sequence[Word]) -> Iterable[Mention]:
    """Of overlapping stretches the longest, then the closest match; of a stretch's names those
    that were said most fully."""
    taken: set[int] = set()
    kept: list[Mention] = []
    for first, last, exact, names in sorted(
        found, key=lambda hit: (hit[0] - hit[1], -hit[2], hit[0])
    ):
        if taken & set(range(first, last)):
            continue
        taken |= set(range(first, last))
        most = max(name.share for name in names)
        best = [name for name in names if name.share >= most - 0.2]
        kind = min((name.kind for name in best if name.share == most), key=_PRIORITY.__getitem__)
        kept += [
            Mention(
                name.kind, asked[first].start, asked[last - 1].end, name.text, exact * name.share
            )
            for name in best
            if name.kind is kind or name.share == most
        ]
    return sorted(kept, key=lambda mention: (mention.start, _PRIORITY[mention.kind]))


def _of_place(names: Collection[_Name], following: str) -> Collection[_Name]:
    """The places alone, if the word for a language is said of what follows: "her Dutch firm"."""
    if following not in organisation_nouns() and following not in load_yaml("cues")["stays"]:
        return names
    return [name for name in names if name.kind is MentionKind.PLACE] or names


def _common(names: Iterable[_Name], others: Iterable[_Name] | None) -> list[_Name]:
    texts = {name.text for name in others or ()}
    return [name for name in names if name.text in texts]


def _heads_of(tokens: Sequence[str]) -> Iterable[str]:
    """The words of a name that say what it is: "hospital" of "St Mary's Hospital", "diocese" of
    "Diocese of York".
    """
    yield tokens[-1]
    for token, following in pairwise(tokens):
        if any(following in function_words(language) for language in load_yaml("languages")):
            yield token


def _is_capital(word: Word, position: int) -> bool:
    return position > 0 and word.text[0].isupper()


def _names(profile: Profile) -> Iterable[tuple[MentionKind, str]]:
    kinds: list[tuple[MentionKind, Iterable[Value | None]]] = [
        (MentionKind.PERSON, [profile.basics.name]),
        (MentionKind.COMPANY, (job.name for job in profile.positions)),
        (MentionKind.COMPANY, (project.organization for project in profile.projects)),
        (MentionKind.SCHOOL, (study.institution for study in profile.education)),
        (MentionKind.PROJECT, (project.name for project in profile.projects)),
        (MentionKind.TITLE, (job.position for job in profile.positions)),
        (MentionKind.PLACE, profile.places),
        (MentionKind.SPEECH, (speech.language for speech in profile.languages)),
        (MentionKind.SKILL, (word for skill in profile.skills for word in skill.keywords)),
        (
            MentionKind.SKILL,
            (word for entry in [*profile.work, *profile.projects] for word in entry.keywords),
        ),
    ]
    for kind, values in kinds:
        for value in values:
            if value is not None:
                yield kind, value.text
    for names in _speeches():
        for name in names:
            yield MentionKind.SPEECH, name


@cache
def _alias_table() -> dict[str, tuple[str, ...]]:
    """Each joined wording with all joined wordings of its group."""
    table: dict[str, tuple[str, ...]] = {}
    for group in [*load_yaml("aliases"), *_speeches()]:
        joined = dict.fromkeys("".join(fold(w.text) for w in words(name)) for name in group)
        known = [name for one in joined for name in table.get(one, ())]
        whole = tuple(dict.fromkeys([*joined, *known]))
        table |= dict.fromkeys(whole, whole)
    return table


def _spellings(joined: str) -> tuple[str, ...]:
    return _alias_table().get(joined, (joined,))


@cache
def longer_aliases() -> tuple[tuple[str, ...], ...]:
    """The groups of aliases with a name of several words."""
    groups: list[list[str]] = load_yaml("aliases")
    return tuple(tuple(group) for group in groups if any(" " in name for name in group))


def alias_terms(folded: str, language: str) -> tuple[str, ...]:
    """The index terms that mean the folded word: its own first, then its aliases'."""
    names = dict.fromkeys([folded, *_spellings(folded)])
    return tuple(dict.fromkeys(stem(name, language) for name in names))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, spaces, diacritics, an article, or an alias."""
    return not spellings(one).isdisjoint(spellings(other))


@lru_cache(maxsize=131_072)  # an answer may compare the names of all entries with the question's
def spellings(name: str) -> frozenset[str]:
    """What a name is compared by: of two that are the same, some are equal."""
    folded = [fold(word.text) for word in words(name)]
    if len(folded) > 1 and folded[0] in _articles():
        folded = folded[1:]
    return frozenset(_spellings("".join(folded)))


@cache
def _articles() -> frozenset[str]:
    return frozenset(load_yaml("cues")["articles"])


def names_work(question: Question) -> bool:
    """Whether the question holds a common noun for a place of work: "the hospital"."""
    return any(fold(word.text) in organisation_nouns() for word in words(question.text))


@cache
def organisation_nouns() -> frozenset[str]:
    """Common nouns for a place of work, folded, in every language."""
    cues = load_yaml("cues")
    return frozenset(
        fold(noun)
        for language in load_yaml("languages")
        for noun in cues[language]["organisation_nouns"]
    )


@cache
def _speeches() -> tuple[tuple[str, ...], ...]:
    """The world's major languages, each by its names in every language the bot speaks (CLDR)."""
    known = [cldr(language).speeches for language in load_yaml("languages")]
    return tuple(
        tuple(speeches[code] for speeches in known if code in speeches)
        for code in load_yaml("speech")
    )
