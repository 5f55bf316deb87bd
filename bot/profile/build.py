"""Documents to the Profile."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from bot.documents import Document
from bot.profile.areas import Area
from bot.profile.basics import read_basics
from bot.profile.credentials import read_credentials, read_publications
from bot.profile.employers import link_projects
from bot.profile.experiences import read_jobs, read_projects
from bot.profile.interests import read_interests
from bot.profile.languages import read_languages
from bot.profile.merge import merge_profiles
from bot.profile.named_fields import has_named_fields, read_named_fields
from bot.profile.outline import outline
from bot.profile.profile import (
    Credential,
    Education,
    Experience,
    Interest,
    Language,
    Profile,
    Reference,
    Skill,
    Value,
)
from bot.profile.references import read_references
from bot.profile.regions import regions_of
from bot.profile.skills import read_skills, stated_skills
from bot.profile.studies import read_courses, read_studies, with_courses
from bot.profile.technologies import Tools
from bot.spread import spread


@dataclass
class _Sections:
    """What the sections of one document hold."""

    work: list[Experience] = field(default_factory=list)
    volunteer: list[Experience] = field(default_factory=list)
    education: list[Education] = field(default_factory=list)
    projects: list[Experience] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)
    certificates: list[Credential] = field(default_factory=list)
    awards: list[Credential] = field(default_factory=list)
    publications: list[Credential] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


def build_profile(documents: Sequence[Document]) -> Profile:
    """What the documents say of the candidate. A fact that several state is one fact with the
    spans of all; where they contradict each other, the first document's holds.
    """
    before = accumulate((len(document.entries) for document in documents), initial=0)
    profiles = list(spread(_read, list(zip(documents, before, strict=False))))
    profile = merge_profiles(profiles)
    return replace(
        profile,
        regions=regions_of(place.text for place in profile.places),
        home_regions=regions_of(_home(profile)),
    )


def _home(profile: Profile) -> list[str]:
    """Where the candidate lives, with the country if that is known."""
    home = profile.basics.location
    if home is None:
        return []
    parts = (home.text, home.country)
    return [", ".join(dict.fromkeys(part.text for part in parts if part))]


def _read(numbered: tuple[Document, int]) -> Profile:
    return read_document(*numbered)


def read_document(document: Document, first_entry: int = 0) -> Profile:
    """What one document says.

    Args:
        first_entry: number in the corpus of the document's first entry.
    """
    if has_named_fields(document):
        return read_named_fields(document, first_entry)
    areas = outline(document)
    found = _Sections()
    for area in areas:
        _read_lists(document, area, found)
    found.skills += stated_skills(
        document, [area for area in areas if area.kind in ("preamble", "summary", "basics")]
    )
    tools = Tools(_tool_names(found.skills))
    for area in areas:
        match area.kind:
            case "work":
                found.work += read_jobs(document, area, tools, first_entry)
            case "volunteer":
                found.volunteer += read_jobs(document, area, tools, first_entry)
            case "education":
                found.education += read_studies(document, area, first_entry)
            case "courses":
                found.education = with_courses(found.education, read_courses(document, area))
    employers = _organizations(found)
    for area in areas:
        if area.kind == "projects":
            jobs = [*found.work, *found.volunteer]
            found.projects += read_projects(document, area, tools, employers, jobs, first_entry)
    return Profile(
        basics=read_basics(document, areas),
        work=tuple(found.work),
        volunteer=tuple(found.volunteer),
        education=tuple(found.education),
        projects=link_projects(found.projects, found.work),
        skills=tuple(found.skills),
        languages=tuple(found.languages),
        certificates=tuple(found.certificates),
        awards=tuple(found.awards),
        publications=tuple(found.publications),
        interests=tuple(found.interests),
        references=tuple(found.references),
    )


def _read_lists(document: Document, area: Area, found: _Sections) -> None:
    match area.kind:
        case "skills":
            found.skills += read_skills(document, area)
        case "languages":
            found.languages += read_languages(document, area)
        case "certificates":
            found.certificates += read_credentials(document, area)
        case "awards":
            found.awards += read_credentials(document, area)
        case "publications":
            found.publications += read_publications(document, area)
        case "interests":
            found.interests += read_interests(document, area)
        case "references":
            found.references += read_references(document, area)
        case _:
            pass


def _tool_names(skills: Sequence[Skill]) -> list[str]:
    return [keyword.text for skill in skills for keyword in skill.keywords]


def _organizations(found: _Sections) -> list[str]:
    names: list[Value | None] = [job.name for job in (*found.work, *found.volunteer)]
    names += [study.institution for study in found.education]
    return [name.text for name in names if name]
