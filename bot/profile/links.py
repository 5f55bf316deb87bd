"""Links: addresses of web pages and mailboxes in a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.profile.pieces import Piece
from bot.profile.profile import Span, Value

EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”|,;，；（）()]+[^\s<>\"“”|,;，；（）().:!?]"
    r"|(?<![\w@./-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,8}/[^\s<>|,;，；（）()]*[^\s<>|,;，；（）().:!?]",
    re.IGNORECASE,
)
DOMAIN = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,8}/?$", re.IGNORECASE)
_NEAR = 300  # characters between a link's text and its address in the source


@dataclass(frozen=True)
class Link:
    """A link: the words that are shown, and its address as it stands in the source."""

    shown: Piece
    url: Value

    @property
    def has_path(self) -> bool:
        """Whether it leads to a page below the site's first."""
        url = self.url.text if "//" in self.url.text else f"//{self.url.text}"
        try:
            parts = urlsplit(url)
        except ValueError:
            return True
        return bool(parts.path.strip("/") or parts.query)


def links(piece: Piece) -> Iterator[Link]:
    """The links in the piece, without those to mailboxes."""
    for part in piece.styled(lambda run: run.href):
        href = part.href
        if href is None:
            for match in URL.finditer(part.text):
                found = part.cut(*match.span())
                yield Link(found, found.value())
        elif not href.startswith(("mailto:", "tel:", "#")):
            shown = _whole_word(piece, part)
            yield Link(shown, _address(shown, href))


def _whole_word(piece: Piece, part: Piece) -> Piece:
    """The link's words with the letters beside them: on a page a link's frame may be too short."""
    start = _index(piece, part)
    end = start + len(part)
    if part.document.pages and re.search(r"(?<!\S)@$", piece.text[:start]):
        start -= 1
    if URL.fullmatch(part.text) or DOMAIN.match(part.text) or part.document.pages:
        while start and piece.text[start - 1].isalnum() and piece.text[start].isalnum():
            start -= 1
        while end < len(piece) and piece.text[end].isalnum() and piece.text[end - 1].isalnum():
            end += 1
    return piece.cut(start, end)


def _address(part: Piece, href: str) -> Value:
    """The address of a link, where the source has it; in a format that shows only the words of
    a link, those are where it is.
    """
    text, end = part.document.text, part.span.end
    found = text.find(href, part.span.start, end + _NEAR + len(href))
    if found < 0:
        found = text.find(href)  # the target of a reference, which may be anywhere
    if found < 0:
        return Value(href, (part.span,))
    return Value(href, (Span(part.document.source, found, found + len(href), part.path),))


def link_in(piece: Piece) -> Value | None:
    """The address of the first link."""
    return next((link.url for link in links(piece)), None)


def mark_links(lines: Sequence[Piece]) -> list[Piece]:
    """The lines without the parts that are addresses: bare ones, not linked titles."""
    kept: list[Piece] = []
    for line in lines:
        start = 0
        for link in links(line):
            shown = link.shown
            if not (URL.fullmatch(shown.text) or DOMAIN.match(shown.text)):
                continue
            at = _index(line, shown)
            if before := line.cut(start, at).strip("·|,;:-–—•()"):
                kept.append(before)
            start = at + len(shown)
        if rest := line.cut(start):
            kept.append(rest if not start else rest.strip("·|,;:-–—•()"))
    return [line for line in kept if line]


def _index(line: Piece, part: Piece) -> int:
    starts = [place.start for place in line.places]
    return starts.index(part.places[0].start)
