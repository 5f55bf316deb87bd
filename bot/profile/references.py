"""References: who speaks for the candidate, from the lines of their sections."""

import re

from bot.documents import Document
from bot.profile.areas import Area
from bot.profile.pieces import Piece, piece_of
from bot.profile.profile import Reference
from bot.profile.vocabulary import phrases

_QUOTE = '"“”„«»「」『』'


def read_references(document: Document, area: Area) -> list[Reference]:
    """Who speaks for the candidate, and what they say: a quote and a name, in either order."""
    found: list[Reference] = []
    for block in area.blocks:
        for piece in _quotes_and_names(piece_of(document, block)):
            quote = piece.text[:1] in _QUOTE
            last = found[-1] if found else None
            if quote:
                value = piece.strip(_QUOTE).value()
                if last and last.name and last.reference is None:
                    found[-1] = Reference(last.name, value)
                else:
                    found.append(Reference(None, value))
                continue
            name = _person(piece)
            if last and last.name is None and last.reference and name:
                found[-1] = Reference(name.value(), last.reference)
            elif name and not _is_on_request(piece.text):
                found.append(Reference(name.value()))
    return found


def _quotes_and_names(piece: Piece) -> list[Piece]:
    parts: list[Piece] = []
    start = 0
    for match in re.finditer(f"[{_QUOTE}][^{_QUOTE}]{{15,}}[{_QUOTE}]", piece.text):
        if before := piece.cut(start, match.start()).strip("—–- ·:"):
            parts.append(before)
        parts.append(piece.cut(*match.span()))
        start = match.end()
    if rest := piece.cut(start).strip("—–- ·:"):
        parts += rest.lines() if start == 0 and len(rest.lines()) > 1 and not parts else [rest]
    return parts


def _person(piece: Piece) -> Piece | None:
    """The name before the comma: "Dr Jane Roe, headteacher, The School"."""
    parts = piece.split(re.compile(r"\s*[,，|·:：]\s*|\s[–—-]\s|\s*[(（]"))
    if not parts:
        return None
    name = parts[0]
    words_ = name.text.split()
    capitalised = all(
        word[:1].isupper() or not word[:1].isascii() or len(word) < 4 for word in words_
    )
    return (
        name if capitalised and len(words_) <= 6 and not phrases("names").match(name.text) else None
    )


def _is_on_request(text: str) -> bool:
    return bool(re.search(r"request|anfrage|demande|petición|solicitud|备索", text, re.IGNORECASE))
