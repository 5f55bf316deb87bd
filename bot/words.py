"""Words: how text is cut into terms so that a question and a résumé meet.

A term is a word in its compared form: compatibility forms folded (NFKC), lower case, without
diacritics, stemmed. Chinese, Japanese and Korean have no spaces: each character is a term, and
each pair of neighbours (Manning et al., Introduction to Information Retrieval, 2.2.1).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from bot.data import load_yaml

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
# English endings stay on their word; what French elides (l', d') is a word of its own. Signs stay
# where they make the word another one: C++, C#. ".NET" is found as "net".
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:['’](?:s|t|re|ve|ll|d|m)\b)?(?:\+\+|#)?")
_IS_CJK = re.compile(f"[{_CJK}]")
_stemming = Lock()  # a stemmer works on the word in itself
DEFAULT_LANGUAGE = "en"
COLONS = (":", "：")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands: `text[start:end]`."""

    start: int
    end: int
    text: str


def words(text: str) -> list[Word]:
    """The words of a text in order; a run of Chinese characters counts as one."""
    return list(_words(text))


@lru_cache(maxsize=256)  # a question is cut many times while it is answered
def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(text))


def ends_in_colon(text: str) -> bool:
    """Whether the text ends in a colon of any width, as what leads to a list or value does."""
    return text.rstrip().endswith(COLONS)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The word without what writers vary: width, case, diacritics, apostrophe endings."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub("['’](s|re|ve|ll|d|m|t)?$", "", plain.replace("’", "'"))


def folded_words(texts: Iterable[str]) -> frozenset[str]:
    """The folded words of all texts together."""
    found = {word for text in texts for word in _WORD.findall(text)}
    return frozenset(map(fold, found))


def fold_words(text: str) -> str:
    """What titles, names and labels are looked up by: the folded words, one blank between."""
    return " ".join(fold(word.text) for word in words(text))


@lru_cache(maxsize=65_536)
def stem(folded: str, language: str = DEFAULT_LANGUAGE) -> str:
    """The folded word's stem; itself where the language has no stemmer or it bears a sign."""
    if not folded.isalpha() or not folded.isascii():
        return folded
    stemmer = _stemmer(language)
    if stemmer is None:
        return folded
    with _stemming:
        return str(stemmer.stemWord(folded))


def holds_phrase(text: str, phrase: str) -> bool:
    """Whether the words of the phrase stand together in the text, in any case but with their
    diacritics ("thèse" isn't "these"); of a Chinese one, the characters.
    """
    if _IS_CJK.match(phrase):
        return phrase in text
    return f" {_lowered(phrase)} " in f" {_lowered(text)} "


def phrase_in(text: str, phrase: str) -> tuple[int, int] | None:
    """Where the words of the phrase stand together in the text first, in any case."""
    wanted = [fold(word.text) for word in words(phrase)]
    said = words(text)
    folded = [fold(word.text) for word in said]
    for i in range(len(said) - len(wanted) + 1):
        if wanted and folded[i : i + len(wanted)] == wanted:
            return said[i].start, said[i + len(wanted) - 1].end
    return None


@lru_cache(maxsize=1024)
def _lowered(text: str) -> str:
    return " ".join(word.text.casefold() for word in words(text))


def terms(text: str, language: str = DEFAULT_LANGUAGE) -> list[str]:
    """All terms of a text in order, repeated ones and function words included."""
    found: list[str] = []
    for word in words(text):
        if _IS_CJK.match(word.text):
            found += word.text
            found += [word.text[i : i + 2] for i in range(len(word.text) - 1)]
        else:
            found.append(stem(fold(word.text), language))
    return found


def content_terms(text: str, language: str = DEFAULT_LANGUAGE) -> list[str]:
    """The terms that carry meaning: all but function words, each once, in order."""
    small = function_words(language)
    kept = (
        stem(folded, language)
        for word in words(text)
        if not _IS_CJK.match(word.text) and (folded := fold(word.text)) not in small
    )
    chinese = (
        word.text[i : i + 2]
        for word in words(text)
        if _IS_CJK.match(word.text)
        for i in range(max(1, len(word.text) - 1))
    )
    return list(dict.fromkeys([*kept, *(pair for pair in chinese if not set(pair) & small)]))


def guess_language(text: str, languages: Iterable[str] | None = None) -> str:
    """The language whose function words and script are most of the text; English in doubt."""
    counts: dict[str, float] = {}
    folded = [fold(word.text) for word in words(text)]
    plain = text.casefold()
    for language in languages or _languages():
        script = _languages()[language].get("script")
        letters = _languages()[language].get("letters", "")
        small = function_words(language)
        # A letter alone is an abbreviation more often than a word.
        counts[language] = sum(word in small for word in folded if len(word) > 1)
        counts[language] += sum(plain.count(letter) for letter in letters) / 2
        if script:
            # A character says as much as a word does elsewhere in half a dozen letters.
            counts[language] += len(re.findall(f"[{script}]", text)) / 2
    best = max(counts, key=lambda language: (counts[language], language == DEFAULT_LANGUAGE))
    return best if counts[best] else DEFAULT_LANGUAGE


@cache
def function_words(language: str) -> frozenset[str]:
    """The language's small words, folded; empty for a language the data doesn't know."""
    written = _languages().get(language, {}).get("function", "")
    return frozenset(fold(word) for word in written.split())


def _languages() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = load_yaml("languages")
    return known


@cache
def _stemmer(language: str) -> Any:
    from Stemmer import Stemmer

    name = _languages().get(language, {}).get("stemmer")
    return Stemmer(name, 0) if name else None  # `stem` keeps what it found
