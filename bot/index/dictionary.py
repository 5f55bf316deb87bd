"""The dictionary: the words of the languages that the bot speaks, and how often they occur.

They come from pyspellchecker's lists. Read from there, they would take a fifth of a second and
30 MB in every server; in an SQLite file that is read where it is needed they take neither.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from bot.data import load_yaml

FILE = "dictionary.db"
_CACHED = 4096  # look-ups that are kept


def dictionary_name() -> str:
    """What the dictionary is made from, by name and version."""
    from importlib.metadata import version

    return f"pyspellchecker {version('pyspellchecker')}"


def write_dictionary(folder: Path) -> None:
    """Write the dictionary into `folder`, where there is none yet."""
    from spellchecker import SpellChecker

    db = sqlite3.connect(folder / FILE)
    with db:
        db.execute(
            "create table words (language text, word text, count integer, "
            "primary key (language, word)) without rowid"
        )
        for language in sorted(set(load_yaml("languages")) & set(SpellChecker.languages())):
            counts: Mapping[str, int] = SpellChecker(language=language).word_frequency.dictionary
            rows = ((language, word, count) for word, count in sorted(counts.items()))
            db.executemany("insert into words values (?, ?, ?)", rows)
    db.close()


class Dictionary:
    """Reads a dictionary. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the dictionary that is in `folder`.

        Raises:
            sqlite3.Error: it is none.
        """
        uri = f"{(folder / FILE).absolute().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._db.execute("pragma cache_size = -128")  # KB; the system keeps the file's pages, too
        self._languages = frozenset(
            language
            for language in load_yaml("languages")
            if self._db.execute("select 1 from words where language = ?", (language,)).fetchone()
        )
        self._cached = lru_cache(maxsize=_CACHED)(self._counts)
        self._usual = cache(self._most_usual)

    def speaks(self, language: str) -> bool:
        """Whether it has words of the language, an ISO 639-1 code."""
        return language in self._languages

    def counts(self, words: Sequence[str], language: str) -> Mapping[str, int]:
        """How often those of the words occur that the language has. Not to be changed."""
        return self._cached(tuple(words), language)

    def usual(self, language: str, least: int) -> Sequence[str]:
        """The words that occur at least so often, each once."""
        return self._usual(language, least)

    def _most_usual(self, language: str, least: int) -> Sequence[str]:
        rows = self._db.execute(
            "select word from words where language = ? and count >= ?", (language, least)
        )
        return tuple(row[0] for row in rows)

    def _counts(self, words: tuple[str, ...], language: str) -> dict[str, int]:
        marks = ",".join("?" * len(words))
        return dict(
            self._db.execute(
                f"select word, count from words where language = ? and word in ({marks})",
                (language, *words),
            )
        )
