"""Certificates, awards and publications, from the items of their sections."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dates import find_periods
from bot.documents import Document, Kind, Style
from bot.profile.areas import Area
from bot.profile.entities import is_organization
from bot.profile.fields import CREDENTIAL, CREDENTIAL_ORDERS
from bot.profile.headings import Heading, read_cells, read_heading
from bot.profile.items import Item
from bot.profile.layouts import assign
from bot.profile.links import link_in, mark_links
from bot.profile.pieces import Piece, piece_of
from bot.profile.profile import Credential, Dates
from bot.words import ends_in_colon

_FIELDS = ("dates", "title", "issuer")
# "Doe, J., & Roe, R. (2024). Title. Journal, 12(3), 1–9."
_CITATION = re.compile(r"^(?P<authors>[^()]{3,300}?)\s*[(（](?P<date>[^()]{4,20})[)）]\.?\s+")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[\w*\"“„«])|[。？]\s*")
_QUOTED = re.compile(r"[\"“„«「『]([^\"“”„«»「」『』]{3,})[\"”“»」』]")
_VOLUME = re.compile(
    r"[,.]?\s*(?:vol\.?\s*)?[0-9]+\s*(?:[(（][0-9–-]+[)）])?\s*(?:[,:].*)?$", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:in|en|dans|bei|erschienen in|published in|publié dans|publicado en)\s*:?\s+",
    re.IGNORECASE,
)
_BETWEEN_DATED = re.compile(r"(?<=[0-9]{4})\.\s+|(?<=[0-9]{4}[)）])[,;.]\s+|(?<=[0-9]{4});\s+")
_EDGES = " ,.;:·|–—-"


def read_credentials(document: Document, area: Area) -> list[Credential]:
    """The certificates or awards of an area."""
    items = [part for item in area.items if not _is_division(item) for part in _each(item)]
    headings = [_heading(item) for item in items]
    found = assign([heading.parts for heading in headings], CREDENTIAL, CREDENTIAL_ORDERS)
    credentials = []
    for item, heading, fields in zip(items, headings, found, strict=True):
        fields |= heading.named
        title = fields.get("title")
        if title and "issuer" not in fields:
            _take_bracketed_issuer(fields)
            title = fields["title"]
        if title:
            credentials.append(
                _credential(document, item, _unquoted(title), fields.get("issuer"), heading.dates)
            )
    return credentials


def _each(item: Item) -> list[Item]:
    """The item, or each of several that stand in one line with their years: "CIPT (2018), CIPM
    (2021)"; "First prize, Baker's Guild, 2019. Golden Loaf, 2021."
    """
    parts = item.title.split(_BETWEEN_DATED)
    alone = len(item.lines) == 1 and not item.body and not item.cells
    if not alone or len(parts) < 2 or not all(find_periods(part.text) for part in parts):
        return [item]
    return [replace(item, title=part, lines=[part]) for part in parts]


def _take_bracketed_issuer(fields: dict[str, Piece]) -> None:
    """Move an organisation in brackets to its field: "Master Baker (Chamber of Crafts)"."""
    title = fields["title"]
    match = re.search(r"\s*[(（]([^()（）]+)[)）]$", title.text)
    if match and match.start() and is_organization(match[1]):
        fields["issuer"] = title.cut(*match.span(1))
        fields["title"] = title.cut(0, match.start())


def read_publications(document: Document, area: Area) -> list[Credential]:
    """The publications of an area, in bibliographic style or as a list of parts."""
    items = [item for item in area.items if not _is_division(item)]
    plain: list[Item] = []
    found: dict[int, Credential] = {}
    for item in items:
        if not item.cells and (cited := _cited(document, item)):
            found[id(item)] = cited
        else:
            plain.append(item)
    headings = [_heading(item) for item in plain]
    assigned = assign([heading.parts for heading in headings], CREDENTIAL, CREDENTIAL_ORDERS)
    for item, heading, fields in zip(plain, headings, assigned, strict=True):
        fields |= heading.named
        if "title" in fields:
            found[id(item)] = _credential(
                document, item, _unquoted(fields["title"]), fields.get("issuer"), heading.dates
            )
    return [found[id(item)] for item in items if id(item) in found]


def _is_division(item: Item) -> bool:
    """Whether the item is a heading above a list of others, or a line that leads to them."""
    return (item.is_group and not item.body) or ends_in_colon(item.title.text)


def _heading(item: Item) -> Heading:
    if item.cells:
        return read_cells(item.cells, item.columns, _FIELDS)
    return read_heading(mark_links(item.lines), _FIELDS)


def _credential(
    document: Document, item: Item, title: Piece, issuer: Piece | None, dates: Dates | None
) -> Credential:
    body = [piece_of(document, block) for block in item.body if block.kind is not Kind.HEADING]
    return Credential(
        heading=item.title.value(),
        name=title.value(),
        issuer=issuer.strip(_EDGES).value() if issuer and issuer.strip(_EDGES) else None,
        dates=dates,
        url=next((url for piece in [item.title, *body] if (url := link_in(piece))), None),
        summary=body[0].value() if body else None,
    )


def _unquoted(title: Piece) -> Piece:
    match = _QUOTED.fullmatch(title.text.strip())
    return title.cut(*match.span(1)).strip(",") if match else title


def _cited(document: Document, item: Item) -> Credential | None:
    """A line in the style of a bibliography."""
    whole = item.title
    dates: Dates | None = None
    if match := _CITATION.match(whole.text):
        periods = find_periods(match["date"])
        if periods:
            dates = Dates(periods[0], (whole.cut(*match.span("date")).span,))
            sentences = whole.cut(match.end()).split(_SENTENCE)
            publisher = sentences[1] if len(sentences) > 1 else None
            return _credential(
                document, item, sentences[0].strip(".。 "), _publisher(publisher), dates
            )
    title, rest = _set_off(whole)
    if title is None or rest is None:
        return None
    heading = read_heading([rest], _FIELDS)
    parts = [part.piece for part in heading.parts]
    issuer = _publisher(parts[-1]) if parts else None
    return _credential(document, item, title.strip(".,。 "), issuer, heading.dates)


def _set_off(whole: Piece) -> tuple[Piece | None, Piece | None]:
    """A title in quotes or italics at the beginning, and what follows it."""
    if (match := _QUOTED.match(whole.text)) and _is_prose(whole.text[match.end() :]):
        return whole.cut(*match.span(1)), whole.cut(match.end()).strip(_EDGES)
    styled: Sequence[Piece] = list(whole.styled(lambda run: run.style))
    if (
        len(styled) > 1
        and styled[0].style is Style.EMPHASIS
        and styled[1].text.startswith((".", ",", "。"))
    ):
        return styled[0], styled[1].upto(styled[-1]).strip(_EDGES)
    return None, None


def _is_prose(rest: str) -> bool:
    return not any(mark in rest for mark in ("|", " · "))


def _publisher(piece: Piece | None) -> Piece | None:
    """The journal or publisher without volume, pages and a leading "in"."""
    if piece is None:
        return None
    if match := _LEADING.match(piece.text):
        piece = piece.cut(match.end())
    if (match := _VOLUME.search(piece.text)) and match.start() > 2:
        piece = piece.cut(0, match.start())
    return piece.strip(_EDGES + "。") or None
