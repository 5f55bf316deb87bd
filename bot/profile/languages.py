"""Human languages and how well they are spoken, from the lines of their sections."""

import re
from collections.abc import Iterator

from bot.documents import Document, Kind
from bot.profile.areas import Area
from bot.profile.headings import word_count
from bot.profile.lists import LABEL, joined_members, list_members, list_rows
from bot.profile.pieces import Piece
from bot.profile.profile import Language
from bot.profile.vocabulary import is_language, labels, word_list

_LEVEL = re.compile(
    r"^(?:[ABC][12][+]?(?:[-/–][ABC]?[12])?|N[1-5]|JLPT\s?N[1-5]|HSK\s?[1-9]|CET-?[46]|[0-9](?:[.,][05])?\s?/\s?[0-9]{1,2}|(?:IELTS|TOEFL|TOEIC|DELE|DELF|DALF|TestDaF)\b.*)$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^(?P<name>[^()（）]+?)\s*[(（](?P<fluency>[^()（）]+)[)）]\.?$")
_PARTED = re.compile(r"^(?P<name>.+?)\s*(?::|：|\s[–—-]\s|\s·\s|–|—)\s*(?P<fluency>.+)$")
_SEPARATOR = re.compile(r"\s*[,，、;；|•/]\s*|\s+·\s+|\s+(?:and|und|et|y)\s+")


def read_languages(document: Document, area: Area) -> list[Language]:
    """The human languages of an area, and how well each is spoken."""
    found: list[Language] = []
    for block, lines in list_rows(document, area.blocks):
        if block.kind is Kind.HEADING:
            continue
        if block.kind is Kind.ROW:
            if lines and (is_language(lines[0].text) or len(lines) == 2):
                fluency = lines[1].value() if len(lines) > 1 else None
                found.append(Language(lines[0].value(), fluency))
            continue
        for line in lines:
            found += _languages(line)
    return found


def _languages(line: Piece) -> Iterator[Language]:
    if match := LABEL.match(line.text):
        name, rest = line.cut(*match.span(1)), line.cut(match.end())
        if _is_fluency(name.text) and not is_language(name.text):
            for part in list_members(rest):
                for each in joined_members(part):
                    yield Language(each.value(), name.value())
            return
        if "language" in labels(name.text):
            line = rest
    for part in line.strip(".。").split(_SEPARATOR):
        if language := _language(part.strip(".。 ")):
            yield language


def _language(part: Piece) -> Language | None:
    if not part or word_count(part.text) > 10:
        return None
    for pattern in (_BRACKETED, _PARTED):
        if match := pattern.match(part.text):
            name = part.cut(*match.span("name"))
            fluency = part.cut(*match.span("fluency"))
            if is_language(name.text) or _is_fluency(fluency.text):
                return Language(name.value(), fluency.value())
    for match in re.finditer(r"\s+", part.text):
        name, fluency = part.cut(0, match.start()), part.cut(match.end())
        if is_language(name.text) and _is_fluency(fluency.text):
            return Language(name.value(), fluency.value())
        if is_language(fluency.text) and _is_fluency(name.text):
            return Language(fluency.value(), name.value())
    return Language(part.value()) if is_language(part.text) else None


def _is_fluency(text: str) -> bool:
    return bool(_LEVEL.match(text)) or word_list("fluency").count(text) > 0
