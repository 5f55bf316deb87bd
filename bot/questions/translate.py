"""Translation: a question word by word in English, by the wordings in `glossary.yaml`.

It is for matching against English wordings, not for reading: the words keep their order.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from bot.data import load_yaml
from bot.words import DEFAULT_LANGUAGE, fold, function_words, stem, words

# What stays as it is: quotations, addresses, names with a sign inside (Node.js, a_b).
_FIXED = re.compile(
    r"""[„“"”][^„“"”]{1,80}[“"”]|«[^«»]{1,80}»|《[^》]{1,80}》|「[^」]{1,80}」"""
    r"""|\b(?:https?://|www\.)\S+"""
    r"""|(?<![A-Za-z0-9._@+-])[A-Za-z0-9][A-Za-z0-9-]*(?:[._@+][A-Za-z0-9-]+)+"""
)
_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_SENTENCE_END = re.compile(r"[.?!:;¿¡？！。：；\n]")
_JOINED = re.compile(r"[\s&\-‐‑'’]*")  # what may stand between the words of one name
_LOST = re.compile(r"[\s¿¡\-‐‑'’]+")
_SIGNS = str.maketrans("？！，。：；、（）", "?!,.:;,()")
_SHORTEST_STEM = 4  # letters; shorter stems belong to too many words
_SHORTEST_PART = 4  # letters of a noun in a compound
_SHORTEST_KNOWN_TAIL = 6  # letters of a compound's end that is known, of an unknown beginning
_LONGEST_COMPOUND = 60
_ENDINGS = ("n", "en", "e", "s", "es", "er", "ern")  # of a noun at a compound's end
_LINKS = ("", "and")  # English of what may be a character of a name


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    folded: str  # empty for what stays as it is
    lower: str = ""  # with its accents


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of the text and its English; None if it stays as it is."""

    start: int
    end: int
    english: str | None


@dataclass(frozen=True, slots=True)
class _Glossary:
    language: str
    accented: Mapping[tuple[str, ...], str]  # by words as they are written
    exact: Mapping[tuple[str, ...], str]  # by folded words, function words included
    stems: Mapping[tuple[str, ...], str]
    small: frozenset[str]  # folded words that the glossary writes without a capital
    parts: Mapping[str, str]  # of compounds
    joints: tuple[str, ...]  # letters between a compound's parts
    connectors: frozenset[str]  # words inside names
    longest: int  # words of the longest wording; characters in an unspaced script
    variants: Mapping[int, int]  # characters for characters


def to_english(text: str, language: str) -> str:
    """The question word by word in English; itself if it is English or there is no glossary.

    Names, numbers, code words and unknown words stay as they are. Function words without a
    wording of their own are left out.
    """
    if language == DEFAULT_LANGUAGE or language not in load_yaml("glossary"):
        return text
    glossary = _glossary(language)
    tokens = list(_tokens(text))
    return _written(text, list(_units(tokens, glossary, _capitals(text, tokens, glossary))))


def is_known(folded: str, language: str) -> bool:
    """Whether the glossary of the language has the folded word, other than as a small word."""
    return language in load_yaml("glossary") and bool(_glossary(language).exact.get((folded,)))


def _tokens(text: str) -> Iterator[_Token]:
    """The words in order, elided ones apart: "l'" and "entreprise"."""
    at = 0
    for fixed in _FIXED.finditer(text):
        yield from _plain_tokens(text, at, fixed.start())
        yield _Token(fixed.start(), fixed.end(), fixed[0], "")
        at = fixed.end()
    yield from _plain_tokens(text, at, len(text))


def _plain_tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    for word in words(text[start:end]):
        at = start + word.start
        for part in re.finditer(r"[^'’]+", word.text):
            yield _Token(
                at + part.start(), at + part.end(), part[0], fold(part[0]), _lower(part[0])
            )


def _lower(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


@dataclass(frozen=True, slots=True)
class _Capitals:
    """By token: whether its capital is one that the sentence doesn't ask for."""

    alone: Sequence[bool]
    in_name: Sequence[bool]  # among other capitals: "Université Paul Sabatier"
    code: Sequence[bool]  # no word though it looks like one: "C", "SE"


def _capitals(text: str, tokens: Sequence[_Token], glossary: _Glossary) -> _Capitals:
    telling = any(token.text.islower() for token in tokens[1:])
    capital: list[bool] = []
    joined: list[bool] = []
    end = 0
    for token in tokens:
        gap = text[end : token.start]
        opens = not capital or bool(_SENTENCE_END.search(gap))
        joined.append(not opens and bool(_JOINED.fullmatch(gap)))
        capital.append(telling and not opens and bool(token.folded) and token.text[0].isupper())
        end = token.end
    in_name = [False] * len(tokens)
    run: list[int] = []
    for i, token in enumerate(tokens):
        links = bool(run) and joined[i] and token.folded in glossary.connectors
        if (not capital[i] and not links) or not joined[i]:
            _mark(in_name, run, capital)
            run = []
        if capital[i] or (links and run):
            run.append(i)
    _mark(in_name, run, capital)
    code = [
        capital[i]
        and token.text.isupper()
        and (len(token.text) == 1 or token.folded in function_words(glossary.language))
        for i, token in enumerate(tokens)
    ]
    return _Capitals(capital, in_name, code)


def _mark(in_name: list[bool], run: Sequence[int], capital: Sequence[bool]) -> None:
    """Mark a run of words as a name if it has two capitals; connectors at its end are none."""
    last = max((i for i in run if capital[i]), default=-1)
    if sum(capital[i] for i in run) > 1:
        for i in run:
            in_name[i] = i <= last


def _units(tokens: Sequence[_Token], glossary: _Glossary, capitals: _Capitals) -> Iterator[_Unit]:
    unspaced = glossary.language == "zh"
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.folded or (unspaced and capitals.code[at]):
            yield _Unit(token.start, token.end, None)
            at += 1
        elif unspaced:
            yield from _characters(token, glossary)
            at += 1
        else:
            length, english = _look_up(tokens, at, glossary, capitals)
            yield _Unit(token.start, tokens[at + length - 1].end, english)
            at += length


def _look_up(
    tokens: Sequence[_Token], at: int, glossary: _Glossary, capitals: _Capitals
) -> tuple[int, str | None]:
    """How many words from `at` on have one wording, and its English."""
    for length in range(min(glossary.longest, len(tokens) - at), 1, -1):
        part = tokens[at : at + length]
        key = tuple(token.folded for token in part)
        if key in glossary.exact:
            return length, _typed(part, glossary)
        if not any(capitals.in_name[at : at + length]):
            english = glossary.stems.get(_stems(key, glossary.language))
            if english is not None:
                return length, english
    if capitals.code[at]:
        return 1, None
    return 1, _one(tokens[at], glossary, capitals.alone[at], capitals.in_name[at])


def _typed(tokens: Sequence[_Token], glossary: _Glossary) -> str:
    """The English of a wording that is there, by its accents if it was typed with them."""
    english = glossary.accented.get(tuple(token.lower for token in tokens))
    if english is None:
        english = glossary.exact[tuple(token.folded for token in tokens)]
    return english


def _one(token: _Token, glossary: _Glossary, capital: bool, in_name: bool) -> str | None:
    nouns_are_capital = bool(glossary.joints)
    word = token.folded
    if in_name and not nouns_are_capital:
        return None
    if (word,) in glossary.exact:
        written_small = word in glossary.small and word not in function_words(glossary.language)
        if nouns_are_capital and capital and written_small:
            return None  # "Deutsche Bank"
        return _typed([token], glossary)
    if capital and not nouns_are_capital:
        return None
    english = glossary.stems.get(_stems((word,), glossary.language))
    if english is not None or not nouns_are_capital:
        return english
    return _compound(word, token.text, glossary.language)


def _characters(token: _Token, glossary: _Glossary) -> Iterator[_Unit]:
    """The wordings in a run of characters, the longest first; all else stays."""
    if not _CJK.fullmatch(token.text):
        yield _Unit(token.start, token.end, None)
        return
    text = token.text.translate(dict(glossary.variants))
    found: list[tuple[int, str | None]] = []  # length and English, None for unknown
    at = 0
    while at < len(text):
        for length in range(min(glossary.longest, len(text) - at), 0, -1):
            english = glossary.exact.get((text[at : at + length],))
            if english is not None:
                break
        found.append((length, english))
        at += length
    # A small word between unknown characters is part of a name: 和 in 张和平.
    kept = [
        None
        if english in _LINKS
        and length == 1
        and 0 < i < len(found) - 1
        and found[i - 1][1] is None
        and found[i + 1][1] is None
        else english
        for i, (length, english) in enumerate(found)
    ]
    at = token.start
    for unknown, group in groupby(zip(found, kept, strict=True), key=lambda pair: pair[1] is None):
        pairs = list(group)
        if unknown:
            pairs = [((sum(length for (length, _), _ in pairs), None), None)]
        for (length, _), english in pairs:
            yield _Unit(at, at + length, english)
            at += length


def _written(text: str, units: Sequence[_Unit]) -> str:
    """The units in English. Between words that stay, what stood there stays."""
    out: list[str] = []
    end = 0
    stayed = False
    for unit in units:
        gap = text[end : unit.start]
        stays = unit.english is None
        out.append(gap if stays and stayed and gap else _LOST.sub(" ", gap) or " ")
        out.append(text[unit.start : unit.end] if unit.english is None else unit.english)
        end, stayed = unit.end, stays
    out.append(_LOST.sub(" ", text[end:]))
    return " ".join("".join(out).translate(_SIGNS).split())


def _stems(folded: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in folded)


@lru_cache(maxsize=4096)
def _compound(folded: str, written: str, language: str) -> str | None:
    """A compound's English by its parts; None if its end is unknown."""
    if not 2 * _SHORTEST_PART <= len(folded) <= _LONGEST_COMPOUND:
        return None
    glossary = _glossary(language)
    known = _split(folded, glossary, {})
    if known:
        return " ".join(known)
    if len(written) != len(folded):
        written = folded
    for cut in range(_SHORTEST_PART, len(folded) - _SHORTEST_KNOWN_TAIL + 1):
        tail = _split(folded[cut:], glossary, {})
        if tail:
            return " ".join([written[:cut], *tail])
    return None


def _split(rest: str, glossary: _Glossary, tried: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The English of the parts that make up `rest`, the longest first part first."""
    if rest in tried:
        return tried[rest]
    tried[rest] = ()
    whole = _part(rest, glossary)
    if whole:
        tried[rest] = (whole,)
        return tried[rest]
    for cut in range(len(rest) - _SHORTEST_PART, 2, -1):
        head = _head(rest[:cut], glossary)
        tail = _split(rest[cut:], glossary, tried) if head else ()
        if tail:
            tried[rest] = (head, *tail)
            break
    return tried[rest]


def _head(part: str, glossary: _Glossary) -> str:
    """The English of a part before others: bare, with a joint, or without its last -e."""
    forms = [part, *(part.removesuffix(joint) for joint in glossary.joints), part + "e"]
    return next((glossary.parts[form] for form in forms if form in glossary.parts), "")


def _part(part: str, glossary: _Glossary) -> str:
    """The English of a last part, inflected or not."""
    forms = [part, *(part.removesuffix(ending) for ending in _ENDINGS)]
    return next((glossary.parts[form] for form in forms if form in glossary.parts), "")


@cache
def _glossary(language: str) -> _Glossary:
    data = load_yaml("glossary")[language]
    exact: dict[tuple[str, ...], str] = {(word,): "" for word in function_words(language)}
    accented: dict[tuple[str, ...], str] = {}
    stems: dict[tuple[str, ...], str] = {}
    parts: dict[str, str] = {}
    small: set[str] = set()
    for wording, english in wordings(language):
        tokens = list(_tokens(wording))
        key = tuple(token.folded for token in tokens)
        accented[tuple(token.lower for token in tokens)] = english
        if not exact.get(key):
            exact[key] = english
        stemmed = _stems(key, language)
        if len(key) > 1 or len(stemmed[0]) >= _SHORTEST_STEM:
            stems.setdefault(stemmed, english)
        if len(key) > 1:
            continue
        if not wording[0].isupper():
            small.add(key[0])
        elif len(key[0]) >= _SHORTEST_PART:
            parts[key[0]] = english
    for wording, english in data.get("parts", {}).items():
        parts |= {fold(form): english for form in _forms(wording)}
    is_unspaced = language == "zh"
    return _Glossary(
        language=language,
        accented=accented,
        exact=exact,
        stems=stems,
        small=frozenset(small),
        parts=parts,
        joints=tuple(data.get("joints", ())),
        connectors=frozenset(fold(word) for word in data.get("connectors", ())),
        longest=max(len(key[0]) if is_unspaced else len(key) for key in exact),
        variants=str.maketrans(data.get("traditional", ""), data.get("simplified", "")),
    )


def wordings(language: str) -> Iterator[tuple[str, str]]:
    """Each wording of the language's glossary with its English."""
    for written, english in load_yaml("glossary")[language]["words"].items():
        for wording in _forms(written):
            yield wording, english


def _forms(written: str) -> list[str]:
    return [form.strip() for form in written.split(",") if form.strip()]
