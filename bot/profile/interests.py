"""Interests, from the lines of their sections."""

from bot.documents import Document, Kind
from bot.profile.areas import Area
from bot.profile.lists import LABEL, list_members, list_rows
from bot.profile.profile import Interest
from bot.profile.vocabulary import labels
from bot.sources.sections import is_section_title


def read_interests(document: Document, area: Area) -> list[Interest]:
    """What the candidate likes to do."""
    found: list[Interest] = []
    for block, lines in list_rows(document, area.blocks):
        if block.kind is Kind.HEADING:
            continue
        for line in lines:
            match = LABEL.match(line.text)
            if match and not labels(match[1]) and not is_section_title(match[1]):
                keywords = tuple(part.value() for part in list_members(line.cut(match.end())))
                found.append(Interest(line.cut(*match.span(1)).value(), keywords))
            else:
                rest = line.cut(match.end()) if match else line
                found += [Interest(part.value()) for part in list_members(rest)]
    return found
