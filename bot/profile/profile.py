"""The Profile: typed facts about the candidate, each with the spans that prove it.

The names are those of JSON Resume v1.0.0 (jsonresume.org/schema).
"""

from dataclasses import dataclass, field

from bot.dates import Period


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a source, in code points of its text; `path` is the field's in a JSON file."""

    source: str
    start: int
    end: int
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A stated fact as it reads, and every place that states it, the best first.

    `text` is what the first span reads, without markup and with line breaks as spaces; the
    other places may spell it otherwise ("PostgreSQL", "Postgresql"). Only the address of a
    link may stand behind the words that the span reads.
    """

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """When something was, with the place that says so."""

    period: Period
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Experience:
    """A job, a voluntary activity or a project.

    Attributes:
        heading: the line that names it.
        name: the employer, organisation or project.
        position: the role held.
        roles: all roles, where a file names several; `position` is the first.
        description: what the employer or project is, where a file says it apart.
        organization: for a project, whom it was made for.
        employer: index into `Profile.work` of the job that a project belongs to.
        kind: what sort it is, where it is said: "open-source project", "part time".
        keywords: technologies, tools and methods that the entry names.
        built_with: those of them it was made with, where that is said: "written in Go",
            "Stack: Go"; others may only be mentioned.
        entry: number of the entry among all entries of the corpus.
        more_entries: numbers of further entries that tell of the same, as in another file.
    """

    heading: Value
    name: Value | None = None
    position: Value | None = None
    organization: Value | None = None
    location: Value | None = None
    dates: Dates | None = None
    kind: Value | None = None
    url: Value | None = None
    description: Value | None = None
    summary: Value | None = None
    highlights: tuple[Value, ...] = ()
    roles: tuple[Value, ...] = ()
    keywords: tuple[Value, ...] = ()
    built_with: tuple[Value, ...] = ()
    employer: int | None = None
    entry: int | None = None
    more_entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Education:
    """A course of study.

    Attributes:
        study_type: the degree: "BSc (Hons)", "Ausbildung".
        area: what was studied.
        highlights: what else is said of it: the thesis, a prize.
        entry, more_entries: as in `Experience`.
    """

    heading: Value
    institution: Value | None = None
    area: Value | None = None
    study_type: Value | None = None
    location: Value | None = None
    dates: Dates | None = None
    score: Value | None = None
    url: Value | None = None
    courses: tuple[Value, ...] = ()
    highlights: tuple[Value, ...] = ()
    entry: int | None = None
    more_entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate, award or publication; `issuer` is who gave or published it."""

    heading: Value
    name: Value
    issuer: Value | None = None
    dates: Dates | None = None
    url: Value | None = None
    summary: Value | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """A group of skills: its name if it has one, and what is in it."""

    name: Value | None
    keywords: tuple[Value, ...] = ()
    level: Value | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """A human language and how well it is spoken."""

    language: Value
    fluency: Value | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """What the candidate likes to do, and what of it."""

    name: Value
    keywords: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Who speaks for the candidate, and what they say; at least one of the two."""

    name: Value | None
    reference: Value | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the candidate lives, as it is written, and the parts that are plain to tell.

    Attributes:
        text: the whole of it.
        region: state or province.
        country: a country's name or code.
    """

    text: Value
    address: Value | None = None
    postal_code: Value | None = None
    city: Value | None = None
    region: Value | None = None
    country: Value | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """The candidate's page on a network; at least the address or the user's name."""

    network: Value | None = None
    username: Value | None = None
    url: Value | None = None


@dataclass(frozen=True, slots=True)
class Basics:
    """Who the candidate is and how to reach them.

    Attributes:
        label: the headline: "Executive Chef".
        url: the candidate's own site.
        summary: the lines in which the candidate introduces themselves.
    """

    name: Value | None = None
    label: Value | None = None
    email: Value | None = None
    phone: Value | None = None
    url: Value | None = None
    summary: tuple[Value, ...] = ()
    location: Place | None = None
    profiles: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or a part of one, that jobs and studies were in.

    Attributes:
        names: what it is called, in every language the bot speaks.
        places: the places in it, as they are written, whether they name it or not.
    """

    names: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What was understood of the corpus.

    Attributes:
        regions: that the jobs and studies were in.
        home_regions: that the candidate lives in.
    """

    basics: Basics = field(default_factory=Basics)
    work: tuple[Experience, ...] = ()
    volunteer: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    projects: tuple[Experience, ...] = ()
    skills: tuple[Skill, ...] = ()
    languages: tuple[Language, ...] = ()
    certificates: tuple[Credential, ...] = ()
    awards: tuple[Credential, ...] = ()
    publications: tuple[Credential, ...] = ()
    interests: tuple[Interest, ...] = ()
    references: tuple[Reference, ...] = ()
    regions: tuple[Region, ...] = ()
    home_regions: tuple[Region, ...] = ()

    @property
    def positions(self) -> tuple[Experience, ...]:
        """All jobs, the unpaid ones last."""
        return (*self.work, *self.volunteer)

    @property
    def experiences(self) -> tuple[Experience, ...]:
        """All jobs and projects."""
        return (*self.positions, *self.projects)

    @property
    def places(self) -> list[Value]:
        """Where the jobs and studies were."""
        jobs = [job.location for job in self.positions]
        return [place for place in (*jobs, *(s.location for s in self.education)) if place]

    @property
    def entries(self) -> tuple["Experience | Education", ...]:
        """All jobs, projects and studies."""
        return (*self.experiences, *self.education)
