"""What stands below an employer's heading: its projects, or its roles."""

from bot.profile.build import build_profile
from bot.profile.profile import Experience, Profile, Value
from tests.profile.reading import read

MUSEUM = """\
# Ada Moreau

## Experience

### Tolmen Museum, Trondheim, Norway

**Paintings conservator** (2016 – 2021)

#### The Harbour panels

*2017 – 2018, egg tempera*

- Cleaned six panels.

#### Storm damage survey

*2020*

- Looked at 400 pictures.
"""
ROLES = """\
# Ada Moreau

## Experience

### Wexley Hospital, Galway

**Charge Nurse, Intensive Care** (2018 – 2021)

- Ran the ward.

**Staff Nurse, Surgery** (2012 – 2018)

- Changed dressings.
"""
OWN = """\
# Ada Moreau

## Open source

### tallyrope

*since 2021, Rust, MIT license*

- Counts stitches.
"""


def profile(text: str) -> Profile:
    return build_profile([read("cv.md", text)])


def told(entry: Experience) -> tuple[str | None, ...]:
    values: list[Value | None] = [entry.name, entry.position, entry.organization, entry.location]
    return tuple(value.text if value else None for value in values)


def test_below_a_job_are_its_projects() -> None:
    found = profile(MUSEUM)
    assert [told(job) for job in found.work] == [
        ("Tolmen Museum", "Paintings conservator", None, "Trondheim, Norway")
    ]
    assert [told(project) for project in found.projects] == [
        ("The Harbour panels", None, "Tolmen Museum", None),
        ("Storm damage survey", None, "Tolmen Museum", None),
    ]
    assert [project.employer for project in found.projects] == [0, 0]
    assert [word.text for word in found.projects[0].keywords] == ["egg tempera"]


def test_below_an_employer_are_its_roles() -> None:
    names = [told(job)[0] for job in profile(ROLES).work]
    assert names == ["Wexley Hospital", "Wexley Hospital"]


def test_a_licence_or_a_language_of_programs_is_nobody_a_project_was_for() -> None:
    project = profile(OWN).projects[0]
    assert told(project) == ("tallyrope", None, None, None)
    assert [word.text for word in project.keywords] == ["Rust"]
