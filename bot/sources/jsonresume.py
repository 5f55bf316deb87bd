"""JSON Resume v1.0.0 to a Document: checked against its schema, written out to be read.

Each value is a block of its own, so that a quote holds nothing but what the file holds. The
labels and signs between the values are text that no block covers.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from bot.dates import PartialDate
from bot.documents import Document, Kind, Run
from bot.errors import SourceError
from bot.sources.structure import Line, build_document
from bot.sources.writing import Writer

# The values that name an element of a section; the rest of it follows in the file's order.
_HEADS = {
    "work": ("position", "name", "location"),
    "volunteer": ("position", "organization", "location"),
    "education": ("studyType", "area", "institution", "location"),
    "projects": ("name", "entity"),
    "awards": ("title", "awarder"),
    "certificates": ("name", "issuer"),
    "publications": ("name", "publisher"),
    "skills": ("name", "level"),
    "languages": ("language", "fluency"),
    "interests": ("name",),
    "references": ("name",),
    "profiles": ("network", "username"),
}
_TITLE_ONLY = ("skills", "languages", "profiles")  # whose first value alone is the title
_DATES = ("startDate", "endDate", "date", "releaseDate")
_PROSE = ("summary", "description", "reference", "highlights")
_UNREAD = ("$schema", "meta", "image")
_DEEPEST = 8  # objects in one another; the schema has three
_NOT_TEXT = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TYPES = {
    "object": "an object { … }",
    "array": "a list [ … ]",
    "string": "a text in quotes",
    "number": "a number",
    "boolean": "true or false",
}


def read_json_resume(source: str, text: str) -> Document:
    """Read a JSON Resume.

    Raises:
        SourceError: the file isn't JSON, or isn't a JSON Resume; the message names the place.
    """
    resume = _filled(_parse(source, text))
    if not isinstance(resume, dict) or not any(key in _schema()["properties"] for key in resume):
        raise SourceError(
            f"{source}: isn't a JSON Resume (see jsonresume.org/schema); "
            "write it as one, or take it out of the corpus"
        )
    _validate(source, resume)
    writer = _Resume()
    writer.write(resume)
    return build_document(source, writer.text, writer.lines, titles=writer.titles)


def _parse(source: str, text: str) -> Any:
    def refuse(name: str) -> None:
        raise ValueError(f"{name} is not a JSON value")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{source}:{error.lineno}:{error.colno}: not JSON ({error.msg}); mend it there"
        ) from None
    except RecursionError:
        raise SourceError(f"{source}: nested too deep to be a résumé; flatten it") from None
    except ValueError as error:
        raise SourceError(f"{source}: not JSON ({error}); mend it there") from None


def _filled(value: Any, depth: int = 0) -> Any:
    """The value without empty texts and nulls, which people leave for "no value"."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        pairs = ((key, _filled(part, depth + 1)) for key, part in value.items())
        return {key: part for key, part in pairs if part is not None}
    if isinstance(value, list):
        # Nothing is left out of a list, so that paths stay those of the file.
        return [_filled(part, depth + 1) if part else part for part in value]
    return None if isinstance(value, str) and not value.strip() else value


# -- checking


@cache
def _schema() -> dict[str, Any]:
    schema = files("bot.data").joinpath("jsonresume-schema.json").read_text(encoding="utf-8")
    return dict(json.loads(schema))


def _validate(source: str, resume: dict[str, Any]) -> None:
    problems = [*_schema_problems(resume), *_value_problems(resume)]
    if problems:
        more = len(problems) - 1
        also = f" (and {more} more like it)" if more else ""
        raise SourceError(f"{source}: {problems[0]}{also}")


def _schema_problems(resume: dict[str, Any]) -> Iterator[str]:
    import jsonschema

    validator = jsonschema.Draft4Validator(_schema())
    for error in sorted(validator.iter_errors(resume), key=lambda error: str(error.json_path)):
        where = error.json_path.removeprefix("$").removeprefix(".") or "the file"
        match error.validator:
            case "pattern":
                continue  # a date, told below
            case "type":
                expected = _TYPES.get(str(error.validator_value), str(error.validator_value))
                yield f"{where}: {_shown(error.instance)} should be {expected}"
            case "additionalProperties" if where == "the file":
                yield from (_unknown(key) for key in resume if key not in _schema()["properties"])
            case _:
                yield f"{where}: {error.message[:200]}"


def _unknown(key: str) -> str:
    from rapidfuzz import process

    near = process.extractOne(key, list(_schema()["properties"]), score_cutoff=60)
    hint = f"did you mean {near[0]!r}?" if near else "take it out, or put it where it belongs"
    return f"{key[:60]}: no part of JSON Resume; {hint}"


def _value_problems(value: Any, path: str = "") -> Iterator[str]:
    """Dates that are none, and texts that hold what is no text."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _value_problems(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _value_problems(part, f"{path}[{i}]")
    elif isinstance(value, str):
        if _NOT_TEXT.search(path + value):
            yield f"{path!a}: holds a character that is no text; delete it"
        if path.rpartition(".")[2] in _DATES and not _is_date(value):
            goes_on = "; leave it out if it goes on" if path.endswith("endDate") else ""
            yield f"{path}: {_shown(value)} is not a date (YYYY, YYYY-MM or YYYY-MM-DD){goes_on}"


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    try:
        return bool(match and PartialDate(*(int(part) for part in match.groups() if part)))
    except ValueError:
        return False


def _shown(value: Any) -> str:
    shown = repr(value) if isinstance(value, str) else json.dumps(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"


# -- writing


class _Resume(Writer):
    """The text of a résumé.

    Attributes:
        titles: for each entry, what names it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []

    def write(self, resume: dict[str, Any]) -> None:
        basics = resume.get("basics", {})
        if "name" in basics:
            self._values(basics["name"], "basics.name", Kind.HEADING, level=1)
            self.say("\n")
        if "label" in basics:
            self._values(basics["label"], "basics.label")
            self.say("\n")
        rest = {key: value for key, value in basics.items() if key not in ("name", "label")}
        self._object(rest, "basics", entry=None)
        for key, value in resume.items():
            if key == "basics" or key in _UNREAD or not value:
                continue
            self.say("\n")
            title = Run(0, 0, key[:1].upper() + key[1:], field=key)
            self.block(Line(Kind.HEADING, (title,), level=2))
            self.say("\n")
            self._list(value, key) if isinstance(value, list) else self._object({key: value}, "")

    def _list(self, elements: list[Any], path: str) -> None:
        """A section, or another list of objects: each is an entry."""
        name = path.rpartition(".")[2]
        for i, element in enumerate(elements):
            if not isinstance(element, dict):
                self._item(element, f"{path}[{i}]", None)
            elif element:
                self.say("\n" if name != "profiles" else "")
                self._element(element, f"{path}[{i}]", _HEADS.get(name, ()), name)

    def _element(
        self, element: dict[str, Any], path: str, heads: tuple[str, ...], name: str
    ) -> None:
        entry = len(self.titles)
        blocks = len(self.lines)
        head = [key for key in heads if isinstance(element.get(key), str)]
        named = head[: 1 if name in _TITLE_ONLY else None]
        self.titles.append(
            ", ".join(" ".join(element[key].split()) for key in named if key != "location")
        )
        dates = [key for key in _DATES if isinstance(element.get(key), str)]
        for keys, between in ((head, ", "), (dates, " – ")):
            for key in keys:
                self.say(between if key != keys[0] else "")
                self._values(element[key], f"{path}.{key}", entry=entry)
            self.say("\n" if keys else "")
        rest = {key: value for key, value in element.items() if key not in (*head, *dates)}
        self._object(rest, path, entry)
        if len(self.lines) == blocks:
            self.titles.pop()
        elif not self.titles[-1]:
            self.titles[-1] = self.lines[blocks].text

    def _object(self, values: dict[str, Any], path: str, entry: int | None = None) -> None:
        for key, value in values.items():
            if key in _UNREAD:
                continue
            where = f"{path}.{key}" if path else key
            if isinstance(value, dict):
                self._object(value, where, entry)
            elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
                self._list(value, where) if entry is None else self._nested(value, where, entry)
            elif isinstance(value, list):
                self.say(f"{key}:\n" if value and key != "highlights" else "")
                for i, part in enumerate(value):
                    self._item(part, f"{where}[{i}]", entry)
            else:
                prose = key in _PROSE
                self.say("" if prose else f"{key}: ")
                kind = Kind.PARAGRAPH if prose else Kind.ROW
                self._values(value, where, kind, entry=entry)
                self.say("\n")

    def _nested(self, elements: list[Any], path: str, entry: int) -> None:
        for i, element in enumerate(elements):
            self._object(
                {"": element} if not isinstance(element, dict) else element, f"{path}[{i}]", entry
            )

    def _item(self, value: Any, path: str, entry: int | None) -> None:
        if isinstance(value, list | dict) or value in (None, ""):
            return
        self.say("• ")
        self._values(value, path, Kind.ITEM, level=1, entry=entry)
        self.say("\n")

    def _values(
        self, value: Any, path: str, kind: Kind = Kind.ROW, level: int = 0, entry: int | None = None
    ) -> None:
        """A block for each line of the value. A row isn't cut at "St." as prose would be."""
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for i, shown in enumerate(filter(None, (part.strip() for part in written.splitlines()))):
            self.say("\n" if i else "")
            self.block(Line(kind, (Run(0, 0, shown, field=path),), level, entry=entry))
