"""Layouts: which part of each heading is which field, the same for all entries of a section.

A section is formatted consistently: each order of the fields is scored over all its entries, and
the best is taken for all; an entry departs from it only where its own words speak for another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.profile.headings import AT, DASH, FOR, STRONG, WEAK, Part, word_count
from bot.profile.pieces import Piece
from bot.profile.places import is_place
from bot.profile.vocabulary import word_list

_MOST_PARTS = 7
_DEPARTURE = 1.5  # what an entry's own best layout must have over the section's
_DROPPED = -0.7

Order = tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """One or more neighbouring parts taken for one field.

    Attributes:
        alone: whether its line has no other part.
        last: whether it ends its line.
        first: whether it begins the heading.
    """

    text: str
    parts: tuple[Part, ...]
    alone: bool
    last: bool
    first: bool

    @property
    def before(self) -> str:
        return self.parts[0].before

    @property
    def line(self) -> int:
        return self.parts[0].line

    @property
    def dated(self) -> bool:
        return self.parts[0].dated


@dataclass(frozen=True)
class Field:
    """A field that a part may be.

    Attributes:
        score: how well the segment fits.
        missing: what it costs that an entry lacks it.
        joining: what each further part of a segment costs; None if it has one part only.
    """

    name: str
    score: Callable[[Segment], float]
    missing: float = 0.0
    joining: float | None = None


def assign(
    headings: Sequence[Sequence[Part]],
    fields: Sequence[Field],
    orders: Mapping[Order, float],
) -> list[dict[str, Piece]]:
    """For each heading its fields, each a piece.

    Args:
        orders: the orders of fields that are usual, with what each is worth per entry.
    """
    best = [_best_by_order(list(parts)[:_MOST_PARTS], fields, orders) for parts in headings]
    totals: dict[Order, float] = {}
    for order in orders:
        totals[order] = sum(by_order[order][0] for by_order in best)
    elected = max(totals, key=lambda order: totals[order])
    found = []
    for by_order in best:
        score, chosen = by_order[elected]
        own_score, own = max(by_order.values(), key=lambda scored: scored[0])
        found.append(own if own_score > score + _DEPARTURE else chosen)
    return found


Scored = tuple[float, dict[str, Piece]]


def _best_by_order(
    parts: Sequence[Part], fields: Sequence[Field], orders: Mapping[Order, float]
) -> dict[Order, Scored]:
    @cache
    def score(i: int, j: int, number: int) -> float:
        field = fields[number]
        if j - i > 1 and field.joining is None:
            return float("-inf")
        return field.score(_segment(parts, i, j)) + (j - i - 1) * (field.joining or 0.0)

    by_name = {field.name: number for number, field in enumerate(fields)}

    def best(i: int, left: Order) -> tuple[float, tuple[tuple[str, int, int], ...]]:
        if i == len(parts):
            return sum(fields[by_name[name]].missing for name in left), ()
        dropped, rest = best(i + 1, left)
        options = [(dropped + _DROPPED, rest)]
        for k, name in enumerate(left):
            skipped = sum(fields[by_name[other]].missing for other in left[:k])
            for j in range(i + 1, len(parts) + 1):
                if j - 1 > i and not _joinable(parts[j - 2], parts[j - 1]):
                    break
                after, taken = best(j, left[k + 1 :])
                total = skipped + score(i, j, by_name[name]) + after
                options.append((total, ((name, i, j), *taken)))
        return max(options, key=lambda option: option[0])

    found: dict[Order, Scored] = {}
    for order, worth in orders.items():
        total, taken = best(0, order)
        pieces = {name: parts[i].piece.upto(parts[j - 1].piece) for name, i, j in taken}
        found[order] = (total + worth, pieces)
    return found


def _joinable(left: Part, right: Part) -> bool:
    return left.line == right.line and right.before in (WEAK, DASH)


def _segment(parts: Sequence[Part], i: int, j: int) -> Segment:
    taken = tuple(parts[i:j])
    line = taken[0].line
    return Segment(
        text=taken[0].text if j - i == 1 else taken[0].piece.upto(taken[-1].piece).text,
        parts=taken,
        alone=all(part.line != line or part in taken for part in parts),
        last=j == len(parts) or parts[j].line != line,
        first=i == 0,
    )


# -- how well words fit a field


def _plain(text: str) -> str:
    """The text without what stands in brackets at its end."""
    cut = min((at for mark in "(（" if (at := text.find(mark)) > 0), default=len(text))
    return text[:cut].strip()


@cache
def _is_job(text: str) -> bool:
    """Whether the text names a job, judged by the word it ends or begins with."""
    jobs, plain = word_list("jobs"), _plain(text)
    head = plain.split(",")[0]
    return any(
        jobs.ends(some) is not None or jobs.leads(some) > 0 for some in (plain, head) if some
    )


def is_job(text: str) -> bool:
    """Whether the text names a job, judged by the word it ends or begins with."""
    return _is_job(text)


@cache
def is_organization(text: str) -> bool:
    """Whether the text has a word that organisations have in their names."""
    plain = _plain(text)
    return bool(
        word_list("organizations").count(plain)
        or word_list("schools").count(plain)
        or has_legal_form(text)
    )


@cache
def has_legal_form(text: str) -> bool:
    """Whether the text ends in the legal form of a company."""
    return (word_list("legal").ends(_plain(text).rstrip(".")) is not None and " " in text) or any(
        text.endswith(form) for form in ("公司", "集团")
    )


def _is_capitalised(text: str) -> bool:
    return not text[:1].islower()


def position(segment: Segment) -> float:
    """How well the segment names what somebody did."""
    text = segment.text
    score = 0.2
    if _is_job(text):
        score += 2.0
        if is_organization(text) and word_list("jobs").ends(_plain(text)) is None:
            score -= 0.6
    elif word_list("jobs").count(text):
        score += 0.8 if not is_organization(text) else -0.4
    elif is_organization(text):
        score -= 1.0
    if word_list("ranks").count(text):
        score += 0.5
    if has_legal_form(text):
        score -= 2.5
    if is_place(text):
        score -= 1.5
    if segment.before in (AT, FOR):
        score -= 1.5
    if word_count(text) > 9:
        score -= 1.0
    return score


def organization(segment: Segment) -> float:
    """How well the segment names an employer, club or client."""
    text = segment.text
    score = 0.4 if _is_capitalised(text) else -0.3
    if has_legal_form(text):
        score += 2.5
    elif is_organization(text):
        score += 1.5 if not _ends_in_job(text) else 0.3
    if segment.before == AT:
        score += 2.0
    elif segment.before == FOR:
        score += 1.0
    if _is_job(text):
        score -= 1.5 if _ends_in_job(text) or not is_organization(text) else 0.4
    if is_place(text):
        score -= 1.0
    if word_count(text) > 8:
        score -= 0.5
    if len(segment.parts) > 1 and ("&" in text or has_legal_form(text)):
        score += 0.5  # "Stone, Hartwell & Pike LLP"
    return score


def _ends_in_job(text: str) -> bool:
    return word_list("jobs").ends(_plain(text)) is not None


def location(segment: Segment) -> float:
    """How well the segment names a place."""
    text = segment.text
    words_ = word_count(text)
    score = 0.0 if _is_capitalised(text) and words_ <= 3 else -0.9
    if text in word_list("remote"):
        score += 2.0
    elif is_place(text):
        score += 1.5
    if _is_job(text) or is_organization(text):
        score -= 1.5
    if segment.dated and segment.alone and segment.line > 0:
        score += 1.0
    score += 0.3 if segment.last else 0.0
    score -= 0.6 if segment.first else 0.0
    if segment.before in (AT, FOR):
        score -= 1.0
    if any(char.isdigit() for char in text):
        score -= 0.7
    return score


WORK = (
    Field("position", position, missing=-0.8, joining=-0.9),
    Field("name", organization, missing=-1.2, joining=-0.9),
    Field("location", location, joining=-0.2),
)
WORK_ORDERS: dict[Order, float] = {
    ("position", "name", "location"): 0.15,
    ("name", "position", "location"): 0.1,
    ("name", "location", "position"): 0.1,
    ("position", "location", "name"): 0.0,
    ("location", "name", "position"): -0.3,
    ("location", "position", "name"): -0.3,
}


def study(segment: Segment) -> float:
    """How well the segment names a degree and its subject."""
    text = segment.text
    score = 0.2
    degrees, whole = word_list("degrees"), word_list("courses_whole")
    if degrees.count(text) or whole.count(text):
        score += 2.0
    elif word_list("schools").count(text):
        score -= 1.0
    if is_place(text):
        score -= 1.0
    if len(segment.parts) > 1:
        bare = any(is_degree(part.text) for part in segment.parts)
        score += 0.4 if bare else -0.7 * (len(segment.parts) - 1)
    return score


def is_degree(text: str) -> bool:
    """Whether the text is a degree and nothing else: "BSc (Hons)"."""
    return _plain(text) in word_list("degrees") or _plain(text) in word_list("courses_whole")


def school(segment: Segment) -> float:
    """How well the segment names a place to study at."""
    text = segment.text
    score = 0.4 if _is_capitalised(text) else -0.3
    leads = word_list("degrees").leads(text) or word_list("courses_whole").leads(text)
    if word_list("schools").count(text):
        score += 2.0
    elif is_organization(text):
        score += 1.0
    if segment.before == AT:
        score += 1.5
    if leads:
        score -= 2.0
    if is_place(text):
        score -= 1.0
    return score


def school_place(segment: Segment) -> float:
    """How well the segment names the place of a school: a subject would fit as well."""
    return location(segment) - (0.0 if is_place(segment.text) else 0.9)


EDUCATION = (
    Field("study", study, missing=-0.8, joining=0.0),
    Field("institution", school, missing=-1.0, joining=-0.9),
    Field("location", school_place, joining=-0.2),
)
EDUCATION_ORDERS: dict[Order, float] = {
    ("study", "institution", "location"): 0.15,
    ("institution", "study", "location"): 0.1,
    ("institution", "location", "study"): 0.1,
    ("study", "location", "institution"): 0.0,
    ("location", "institution", "study"): -0.3,
    ("location", "study", "institution"): -0.3,
}


def credential(segment: Segment) -> float:
    """How well the segment names a certificate, award or publication."""
    text = segment.text
    score = 0.5 + (0.4 if segment.first else 0.0)
    if segment.before in (FOR, AT):
        score -= 1.0
    if has_legal_form(text):
        score -= 0.8
    return score


def issuer(segment: Segment) -> float:
    """How well the segment names who gave a certificate or award, or published something."""
    text = segment.text
    score = 0.3 if _is_capitalised(text) else -0.6
    if is_organization(text):
        score += 1.0
    elif text in word_list("certificates"):
        score -= 1.5  # "… – Associate"
    if segment.before in (AT, FOR):
        score += 1.2
    if segment.first:
        score -= 0.5
    return score


CREDENTIAL = (
    Field("title", credential, missing=-2.0, joining=-0.5),
    Field("issuer", issuer, missing=-0.1, joining=-0.6),
)
CREDENTIAL_ORDERS: dict[Order, float] = {
    ("title", "issuer"): 0.4,
    ("issuer", "title"): -0.3,
}


class _ProjectCues:
    """How well segments fit the fields of a project, given what the résumé names elsewhere."""

    def __init__(self, is_employer: Callable[[str], bool], is_known: Callable[[str], bool]) -> None:
        self._is_employer = is_employer
        self._is_known = is_known

    def title(self, segment: Segment) -> float:
        score = 0.6 + (1.2 if segment.first else 0.0)
        if segment.before in (AT, FOR) or self._is_employer(segment.text):
            score -= 1.5
        return score - (0.5 if segment.line > 0 else 0.0)

    def client(self, segment: Segment) -> float:
        text = segment.text
        score = 0.1 if _is_capitalised(text) else -0.6
        if self._is_employer(text):
            score += 3.0
        elif is_organization(text):
            score += 1.0
        if segment.before in (AT, FOR):
            score += 1.5
        if segment.dated and segment.line > 0:
            score += 0.8
        if is_place(text):
            score -= 1.0
        return score - (1.0 if word_count(text) > 6 else 0.0)

    def role(self, segment: Segment) -> float:
        return 1.3 if _is_job(segment.text) and not segment.first else -1.5

    def place(self, segment: Segment) -> float:
        return location(segment) - 0.6

    def tools(self, segment: Segment) -> float:
        names = [part.text for part in segment.parts]
        if segment.first or any(word_count(name) > 4 for name in names):
            return -2.0
        share = sum(map(self._is_known, names)) / len(names)
        set_off = segment.line > 0 or segment.before in (STRONG, DASH, "")
        listed = 0.4 * min(len(names) - 1, 3) if set_off else 0.0
        return 3.0 * share + listed - (0.8 if share < 0.3 else 0.0)


def project_fields(
    is_employer: Callable[[str], bool], is_known: Callable[[str], bool]
) -> tuple[Field, ...]:
    """The fields of a project's heading.

    Args:
        is_employer: whether the text is an organisation that the résumé names elsewhere.
        is_known: whether the text is a tool or technique that the résumé names elsewhere.
    """
    cues = _ProjectCues(is_employer, is_known)
    return (
        Field("name", cues.title, missing=-2.0, joining=-0.6),
        Field("organization", cues.client, joining=-0.9),
        Field("position", cues.role, joining=-0.9),
        Field("location", cues.place, joining=-0.2),
        Field("keywords", cues.tools, joining=0.0),
    )


PROJECT_ORDERS: dict[Order, float] = {
    ("name", "organization", "location", "keywords"): 0.15,
    ("name", "position", "organization", "location", "keywords"): 0.1,
    ("name", "organization", "position", "location", "keywords"): 0.0,
    ("name", "keywords", "organization", "location"): 0.1,
    ("organization", "name", "keywords"): -0.3,
    ("position", "name", "organization", "keywords"): -0.5,
}
