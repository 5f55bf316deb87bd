"""Fields: how well a part of a heading fits each field of a job, study, credential or project.

A score is a sum of cues, unbounded, and says something only beside the scores of other parts.
"""

from collections.abc import Callable

from bot.profile.entities import ends_in_job, has_legal_form, is_degree, is_job, is_organization
from bot.profile.headings import AT, DASH, FOR, STRONG, word_count
from bot.profile.layouts import Field, Order, Segment
from bot.profile.places import is_place
from bot.profile.vocabulary import word_list
from bot.words import words


def position(segment: Segment) -> float:
    """How well the segment names what somebody did."""
    text = segment.text
    score = 0.2
    if is_job(text):
        score += 2.0
        if is_organization(text) and not ends_in_job(text):
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
    if any(word_list("sequels").leads(part.text) for part in segment.parts[1:]):
        score += 1.5  # "Chief officer, then master"
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
        score += 1.5 if not ends_in_job(text) else 0.3
    if _is_description(text):
        score -= 2.0
    if word_list("sequels").leads(text):
        score -= 2.0
    if segment.before == AT:
        score += 2.0
    elif segment.before == FOR:
        score += 1.0
    if is_job(text):
        score -= 1.5 if ends_in_job(text) or not is_organization(text) else 0.4
    if is_place(text):
        score -= 1.0
    if word_count(text) > 8:
        score -= 0.5
    if len(segment.parts) > 1 and ("&" in text or has_legal_form(text)):
        score += 0.5  # "Stone, Hartwell & Pike LLP"
    return score


def location(segment: Segment) -> float:
    """How well the segment names a place."""
    text = segment.text
    words_ = word_count(text)
    score = 0.0 if _is_capitalised(text) and words_ <= 3 else -0.9
    if text in word_list("remote"):
        score += 2.0
    elif is_place(text):
        score += 1.5
    elif is_job(text) or is_organization(text):
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


def _orders(what: str, where: str) -> dict[Order, float]:
    """How usual each order of a title's parts is: what was done, where, and in which place."""
    return {
        (what, where, "location"): 0.15,
        (where, what, "location"): 0.1,
        (where, "location", what): 0.1,
        (what, "location", where): 0.0,
        ("location", where, what): -0.3,
        ("location", what, where): -0.3,
    }


WORK = (
    Field("position", position, missing=-0.8, joining=-0.9),
    Field("name", organization, missing=-1.2, joining=-0.9),
    Field("location", location, joining=-0.2),
)
WORK_ORDERS = _orders("position", "name")


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
EDUCATION_ORDERS = _orders("study", "institution")


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
        return 1.3 if is_job(segment.text) and not segment.first else -1.5

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


def _is_description(text: str) -> bool:
    """Whether all words but the first are common ones: "Law firm", "Car sharing", no name."""
    rest = [word.text for word in words(text)][1:]
    return bool(rest) and not any(word[:1].isupper() for word in rest)


def _is_capitalised(text: str) -> bool:
    return not text[:1].islower()
