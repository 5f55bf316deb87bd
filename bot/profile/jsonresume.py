"""The Profile as JSON Resume v1.0.0, with the place that states each value."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.dates import PartialDate
from bot.documents import Document
from bot.profile.places import country_code
from bot.profile.profile import (
    Account,
    Basics,
    Credential,
    Dates,
    Education,
    Experience,
    Place,
    Profile,
    Span,
    Value,
)

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def to_json_resume(profile: Profile, documents: Sequence[Document]) -> dict[str, Any]:
    """A JSON Resume document that holds the whole profile.

    Dates are ISO 8601 in the precision they have ("2017", "2017-09"); a period that goes on has
    no `endDate`. Beyond the schema, which allows it, work and education have `keywords`,
    `location`, `highlights` and `type` where they are known, and `meta` has

    - `found`: for the path of each value ("work[0].position"), the places that state it:
      `source`, `line` (from 1), `start` and `end` (code points, end exclusive), `page` in
      sources with pages and `path` in sources with named fields;
    - `employers`: for each project done in a job, the job: {"projects[2]": "work[0]"}.
    """
    return _Writer(documents).write(profile)


class _Writer:
    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.source: document for document in documents}
        self._found: dict[str, list[dict[str, Any]]] = {}

    def write(self, profile: Profile) -> dict[str, Any]:
        parts: dict[str, Any] = {
            "basics": self._basics(profile.basics),
            "work": self._each("work", profile.work, self._experience),
            "volunteer": self._each("volunteer", profile.volunteer, self._volunteer),
            "education": self._each("education", profile.education, self._education),
            "awards": self._each("awards", profile.awards, self._award),
            "certificates": self._each("certificates", profile.certificates, self._certificate),
            "publications": self._each("publications", profile.publications, self._publication),
            "skills": self._each(
                "skills",
                profile.skills,
                lambda path, skill: {
                    **self._values(path, name=skill.name, level=skill.level),
                    **self._lists(path, keywords=skill.keywords),
                },
            ),
            "languages": self._each(
                "languages",
                profile.languages,
                lambda path, one: self._values(path, language=one.language, fluency=one.fluency),
            ),
            "interests": self._each(
                "interests",
                profile.interests,
                lambda path, one: {
                    **self._values(path, name=one.name),
                    **self._lists(path, keywords=one.keywords),
                },
            ),
            "references": self._each(
                "references",
                profile.references,
                lambda path, one: self._values(path, name=one.name, reference=one.reference),
            ),
            "projects": self._each("projects", profile.projects, self._project),
        }
        resume: dict[str, Any] = {"$schema": SCHEMA}
        resume |= {name: part for name, part in parts.items() if part}
        employers = {
            f"projects[{i}]": f"work[{project.employer}]"
            for i, project in enumerate(profile.projects)
            if project.employer is not None
        }
        resume["meta"] = {"version": "v1.0.0", "found": self._found}
        if employers:
            resume["meta"]["employers"] = employers
        return resume

    # -- parts

    def _each(self, name: str, facts: Iterable[Any], write: Any) -> list[dict[str, Any]]:
        return [write(f"{name}[{i}]", fact) for i, fact in enumerate(facts)]

    def _basics(self, basics: Basics) -> dict[str, Any]:
        written: dict[str, Any] = {
            **self._values(
                "basics",
                name=basics.name,
                label=basics.label,
                email=basics.email,
                phone=basics.phone,
                url=basics.url,
            )
        }
        if basics.summary:
            written["summary"] = "\n".join(value.text for value in basics.summary)
            self._record("basics.summary", [s for value in basics.summary for s in value.spans])
        if basics.location:
            written["location"] = self._location(basics.location)
        if basics.profiles:
            written["profiles"] = self._each("basics.profiles", basics.profiles, self._account)
        return written

    def _location(self, place: Place) -> dict[str, Any]:
        code = country_code(place.country.text) if place.country else None
        known = (place.address, place.postal_code, place.city, place.region)
        written = self._values(
            "basics.location",
            address=place.address,
            postalCode=place.postal_code,
            city=place.city if any(known) or code else place.text,
            region=place.region,
        )
        if code and place.country:
            written["countryCode"] = code
            self._record("basics.location.countryCode", place.country.spans)
        return written

    def _account(self, path: str, account: Account) -> dict[str, Any]:
        return self._values(
            path, network=account.network, username=account.username, url=account.url
        )

    def _experience(self, path: str, job: Experience) -> dict[str, Any]:
        return {
            **self._values(
                path,
                name=job.name,
                position=job.position,
                location=job.location,
                type=job.kind,
                url=job.url,
                description=job.description,
            ),
            **self._dates(path, job.dates),
            **self._values(path, summary=job.summary),
            **self._lists(path, highlights=job.highlights, keywords=job.keywords),
        }

    def _volunteer(self, path: str, job: Experience) -> dict[str, Any]:
        return {
            **self._values(
                path,
                organization=job.name,
                position=job.position,
                location=job.location,
                type=job.kind,
                url=job.url,
            ),
            **self._dates(path, job.dates),
            **self._values(path, summary=job.summary),
            **self._lists(path, highlights=job.highlights, keywords=job.keywords),
        }

    def _project(self, path: str, project: Experience) -> dict[str, Any]:
        roles = project.roles or ((project.position,) if project.position else ())
        return {
            **self._values(
                path,
                name=project.name,
                entity=project.organization,
                type=project.kind,
                location=project.location,
                url=project.url,
                description=project.description or project.summary,
            ),
            **self._dates(path, project.dates),
            **self._values(path, summary=project.summary if project.description else None),
            **self._lists(
                path, roles=roles, highlights=project.highlights, keywords=project.keywords
            ),
        }

    def _education(self, path: str, study: Education) -> dict[str, Any]:
        return {
            **self._values(
                path,
                institution=study.institution,
                area=study.area,
                studyType=study.study_type,
                location=study.location,
                url=study.url,
            ),
            **self._dates(path, study.dates, single="endDate"),
            **self._values(path, score=study.score),
            **self._lists(path, courses=study.courses, highlights=study.highlights),
        }

    def _award(self, path: str, award: Credential) -> dict[str, Any]:
        return {
            **self._values(path, title=award.name),
            **self._date(f"{path}.date", award.dates),
            **self._values(path, awarder=award.issuer, summary=award.summary),
        }

    def _certificate(self, path: str, certificate: Credential) -> dict[str, Any]:
        return {
            **self._values(path, name=certificate.name),
            **self._date(f"{path}.date", certificate.dates),
            **self._values(path, issuer=certificate.issuer, url=certificate.url),
        }

    def _publication(self, path: str, publication: Credential) -> dict[str, Any]:
        return {
            **self._values(path, name=publication.name, publisher=publication.issuer),
            **self._date(f"{path}.releaseDate", publication.dates),
            **self._values(path, url=publication.url, summary=publication.summary),
        }

    # -- values

    def _values(self, path: str, **values: Value | None) -> dict[str, str]:
        written: dict[str, str] = {}
        for name, value in values.items():
            if value is not None:
                written[name] = value.text
                self._record(f"{path}.{name}", value.spans)
        return written

    def _lists(self, path: str, **lists: Sequence[Value]) -> dict[str, list[str]]:
        written: dict[str, list[str]] = {}
        for name, values in lists.items():
            if values:
                written[name] = [value.text for value in values]
                for i, value in enumerate(values):
                    self._record(f"{path}.{name}[{i}]", value.spans)
        return written

    def _dates(self, path: str, dates: Dates | None, single: str = "") -> dict[str, str]:
        """`startDate` and `endDate`; a single date is both, or only `single`."""
        if dates is None:
            return {}
        start, end = dates.period.start, dates.period.end
        sides: dict[str, PartialDate | None] = {"startDate": start, "endDate": end}
        if single and start == end and not dates.period.ongoing:
            sides = {single: end}
        for name, side in sides.items():
            if side is not None:
                self._record(f"{path}.{name}", dates.spans)
        return {name: side.isoformat() for name, side in sides.items() if side is not None}

    def _date(self, path: str, dates: Dates | None) -> dict[str, str]:
        if dates is None:
            return {}
        date = dates.period.start or dates.period.end
        if date is None:
            return {}
        self._record(path, dates.spans)
        return {path.rpartition(".")[2]: date.isoformat()}

    def _record(self, path: str, spans: Iterable[Span]) -> None:
        self._found[path] = [self._place(span) for span in spans]

    def _place(self, span: Span) -> dict[str, Any]:
        place: dict[str, Any] = {"source": span.source}
        document = self._documents.get(span.source)
        if document is not None:
            place["line"] = document.line(span.start)
            if (page := document.page(span.start)) is not None:
                place["page"] = page
        place |= {"start": span.start, "end": span.end}
        if span.path is not None:
            place["path"] = span.path
        return place
