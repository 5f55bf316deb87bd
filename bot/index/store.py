"""The passage store: documents, passages and their words in one SQLite file.

Word search is SQLite's own FTS5 with its BM25 (Robertson & Zaragoza 2009); the terms are cut
by `bot.words`, so that questions and passages are cut alike.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from bot.documents import Document, Kind
from bot.passages import Passage
from bot.profile.profile import Profile
from bot.words import fold, terms, words

FILE = "passages.db"
_SCHEMA = """
create table documents (source text primary key, language text, text text, document text);
create table profile (profile text);
create table passages (
    id integer primary key, source text, kind text, start integer, end integer, line integer,
    page integer, section text, text text, context text, lead integer, entry integer,
    field text);
create index passages_by_entry on passages (entry);
create index passages_by_lead on passages (lead);
create index passages_by_place on passages (source, start);
create virtual table words using fts5 (
    body, context, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '+#'");
create virtual table vocabulary using fts5vocab (words, row);
"""
_COLUMNS = "id, source, kind, start, end, line, page, section, text, context, lead, entry, field"
# A word of the passage itself says more than one of the section or entry it stands in.
_RANK = "bm25(words, 1.0, 0.5)"
_LONGEST_TITLE = 8  # words; a longer one is no title


def write_store(
    folder: Path, documents: Sequence[Document], profile: Profile, passages: Sequence[Passage]
) -> None:
    """Write the store into `folder`, where there is none yet."""
    languages = {document.source: document.language for document in documents}
    db = sqlite3.connect(folder / FILE)
    with db:
        db.executescript(_SCHEMA)
        db.execute("insert into profile values (?)", (_profile_json().dump_json(profile).decode(),))
        db.executemany(
            "insert into documents values (?, ?, ?, ?)",
            (
                (
                    document.source,
                    document.language,
                    document.text,
                    _document_json().dump_json(document).decode(),
                )
                for document in documents
            ),
        )
        db.executemany(
            f"insert into passages ({_COLUMNS}) values (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    *(p.id, p.source, p.kind, p.start, p.end, p.line, p.page),
                    json.dumps(p.section, ensure_ascii=False),
                    *(p.text, p.context, p.lead, p.entry, p.field),
                )
                for p in passages
            ),
        )
        db.executemany(
            "insert into words (rowid, body, context) values (?, ?, ?)",
            (
                (
                    p.id,
                    " ".join(terms(p.text, languages[p.source])),
                    " ".join(terms(p.context, languages[p.source])),
                )
                for p in passages
            ),
        )
    db.execute("insert into words (words) values ('optimize')")
    db.commit()
    db.execute("vacuum")
    db.close()


class PassageStore:
    """Reads a store. Safe to call from several threads; nothing is held in memory."""

    def __init__(self, folder: Path) -> None:
        # A published file never changes, so SQLite need not look for locks or a journal.
        uri = f"{(folder / FILE).absolute().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def __len__(self) -> int:
        count: int = self._db.execute("select count(*) from passages").fetchone()[0]
        return count

    def documents(self) -> list[Document]:
        """All documents, by their source's name."""
        rows = self._db.execute("select document from documents order by source")
        return [_document_json().validate_json(row[0]) for row in rows]

    def profile(self) -> Profile:
        """What was understood of the documents."""
        row = self._db.execute("select profile from profile").fetchone()
        return _profile_json().validate_json(row[0])

    def languages(self) -> list[str]:
        """The languages of the documents, as ISO 639-1 codes, the most frequent first."""
        rows = self._db.execute(
            "select language from documents group by language order by count(*) desc, language"
        )
        return [row[0] for row in rows]

    def passages(self, ids: Iterable[int]) -> list[Passage]:
        """The passages with these ids, in the order given."""
        wanted = list(ids)
        # One value, since a statement may have only so many.
        rows = self._select("where id in (select value from json_each(?))", [json.dumps(wanted)])
        found = {passage.id: passage for passage in rows}
        return [found[i] for i in wanted]

    def at(self, source: str, offset: int) -> int | None:
        """Id of the passage that holds the code point at `offset` of a source, if one does."""
        row = self._db.execute(
            "select id from passages where source = ? and start <= ? and end > ?",
            (source, offset, offset),
        ).fetchone()
        return int(row[0]) if row else None

    def between(self, source: str, start: int, end: int) -> list[Passage]:
        """The passages that share a code point with a stretch of a source, in reading order."""
        return self._select(
            "where source = ? and start < ? and end > ? order by id", [source, end, start]
        )

    def title_of(self, passage: Passage) -> str:
        """The title of the passage's entry, if the passage doesn't say it itself; else ""."""
        if passage.entry is None:
            return ""
        title = self.of_entry(passage.entry)[0]
        named = [fold(word.text) for word in words(title.text)]
        said = {fold(word.text) for word in words(passage.text)}
        if title.id == passage.id or len(named) > _LONGEST_TITLE or said.issuperset(named):
            return ""
        return title.text

    def cut(self, text: str) -> list[str]:
        """The index terms of a text, in the language of most documents."""
        return terms(text, self.languages()[0])

    def quote(self, source: str, start: int, end: int) -> str:
        """The source's text from `start` to `end`, in code points."""
        row = self._db.execute(
            "select substr(text, ?, ?) from documents where source = ?",
            (start + 1, end - start, source),
        ).fetchone()
        return str(row[0])

    def of_entry(self, entry: int) -> list[Passage]:
        """The passages of an entry in reading order, its title first."""
        return self._select("where entry = ? order by id", [entry])

    def introduced_by(self, lead: int) -> list[Passage]:
        """The passages that `lead` introduces, in reading order."""
        return self._select("where lead = ? order by id", [lead])

    def of_source(self, source: str) -> list[Passage]:
        """The passages of a source, in reading order."""
        return self._select("where source = ? order by id", [source])

    def texts(self) -> Iterator[str]:
        """The text of every passage."""
        return (row[0] for row in self._db.execute("select text from passages"))

    def all(self) -> list[Passage]:
        """Every passage in reading order."""
        return self._select("order by id", [])

    def dated(self) -> list[Passage]:
        """The passages with a year in them, in reading order."""
        return self._select("where text glob '*[12][0-9][0-9][0-9]*' order by id", [])

    def search(self, groups: Sequence[Sequence[str]], most: int) -> list[tuple[int, float]]:
        """Passages that hold some of the terms, best first: (id, BM25 score, higher is better).

        Each group holds terms that mean the same.
        """
        wanted = _any(term for group in groups for term in group)
        if not wanted:
            return []
        rows = self._db.execute(
            f"select rowid, -{_RANK} from words where words match ? order by {_RANK}, rowid"
            " limit ?",
            (wanted, most),
        )
        return [(int(row[0]), float(row[1])) for row in rows]

    def holding(self, term: str) -> set[int]:
        """Ids of the passages that hold the term, in themselves or in where they stand."""
        return self._matching(f'"{term}"')

    def number_holding(self, terms: Sequence[str]) -> int:
        """How many passages hold one of the terms as `holding` does."""
        row = self._db.execute("select count(*) from words where words match ?", (_any(terms),))
        return int(row.fetchone()[0])

    def which_hold(self, terms: Sequence[str], ids: Sequence[int]) -> set[int]:
        """Those of the passages that hold one of the terms as `holding` does."""
        rows = self._db.execute(
            "select rowid from words where words match ?"
            " and rowid in (select value from json_each(?))",
            (_any(terms), json.dumps(list(ids))),
        )
        return {int(row[0]) for row in rows}

    def holding_itself(self, term: str) -> set[int]:
        """Ids of the passages that hold the term in themselves."""
        return self._matching(f'body : "{term}"')

    def vocabulary(self) -> dict[str, int]:
        """Every term of the corpus with the number of passages that hold it."""
        return dict(self._db.execute("select term, doc from vocabulary"))

    def _matching(self, expression: str) -> set[int]:
        rows = self._db.execute("select rowid from words where words match ?", (expression,))
        return {int(row[0]) for row in rows}

    def _select(self, clause: str, values: Sequence[object]) -> list[Passage]:
        rows = self._db.execute(f"select {_COLUMNS} from passages {clause}", values)
        return [
            Passage(
                id=row[0],
                source=row[1],
                kind=Kind(row[2]),
                start=row[3],
                end=row[4],
                line=row[5],
                page=row[6],
                section=tuple(json.loads(row[7])),
                text=row[8],
                context=row[9],
                lead=row[10],
                entry=row[11],
                field=row[12],
            )
            for row in rows
        ]


def _any(terms: Iterable[str]) -> str:
    """The expression for passages that hold one of the terms."""
    return " OR ".join(f'"{term}"' for term in terms)


@cache
def _document_json() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _profile_json() -> TypeAdapter[Profile]:
    return TypeAdapter(Profile)
