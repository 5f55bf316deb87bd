"""Several files about one person."""

from dataclasses import replace

from bot.profile.build import build_profile
from bot.profile.merge import merge_profiles
from bot.profile.profile import Basics, Experience, Profile, Span, Value
from tests.profile.reading import read

RESUME = """# Ada Moreau

Leeds | ada@moreau.example

## Experience

### Site Foreman, Birch & Harrow Ltd, Leeds
*March 2018 – present*

- Ran two sites.

### Bricklayer, Tarn Valley Homes, Hull
*2014 – 2018*

## Skills

- Tools: trowel, level

## Languages

English (native), French (B1)
"""
LETTER = """# Ada Moreau

ada@moreau.example

## Work

### Site foreman, Birch and Harrow
*2018 – today*

- Hired twelve people.

### Volunteer warden, Moor Rescue
*2011*

## Languages

French, Welsh (A2)
"""


def test_a_fact_in_two_files_is_one_fact_with_two_places() -> None:
    documents = [read("resume.md", RESUME), read("about.md", LETTER)]
    profile = build_profile(documents)
    assert [job.name.text for job in profile.work if job.name] == [
        "Birch & Harrow Ltd",
        "Tarn Valley Homes",
        "Moor Rescue",
    ]
    foreman = profile.work[0]
    assert foreman.position
    assert {span.source for span in foreman.position.spans} == {"resume.md", "about.md"}
    assert [value.text for value in foreman.highlights] == [
        "Ran two sites.",
        "Hired twelve people.",
    ]
    assert foreman.entry == 0
    assert foreman.more_entries == (len(documents[0].entries),)
    assert [one.language.text for one in profile.languages] == ["English", "French", "Welsh"]
    assert len(profile.languages[1].language.spans) == 2
    assert profile.basics.email
    assert len(profile.basics.email.spans) == 2


def test_entries_are_counted_over_all_documents() -> None:
    documents = [read("a.md", RESUME), read("b.md", LETTER)]
    profile = build_profile(documents)
    rescue = profile.work[2]
    assert rescue.entry == len(documents[0].entries) + 1


def test_no_documents() -> None:
    assert build_profile([]).work == ()


def _of(name: str, number: int) -> Profile:
    """A person who did a project for the employer that everybody has."""

    def value(text: str) -> Value:
        return Value(text, (Span(f"{number}.md", 0, 1),))

    job = Experience(value("Mason, Acme"), value("Acme"), value("Mason"), entry=2 * number)
    project = Experience(value("Wall"), value("Wall"), organization=value("Acme"), employer=0)
    return Profile(Basics(name=value(name)), work=(job,), projects=(project,))


def test_the_same_facts_of_many_people_stay_apart() -> None:
    names = [f"Person{number} Moreau" for number in range(80)]
    profile = merge_profiles([_of(name, number) for number, name in enumerate(names)])
    assert [job.entry for job in profile.work] == [2 * number for number in range(80)]
    assert [project.employer for project in profile.projects] == list(range(80))
    assert profile.basics.name
    assert profile.basics.name.text == names[0]


def test_files_of_one_among_many_people_are_merged() -> None:
    names = [f"Person{number} Moreau" for number in range(80)]
    files = [*names, "Moreau, Person3", ""]
    profiles = [_of(name, number) for number, name in enumerate(files)]
    profiles[-1] = replace(profiles[-1], basics=Basics())
    profile = merge_profiles(profiles)
    assert len(profile.work) == 80
    assert profile.work[3].more_entries == (160,)
    assert profile.work[0].more_entries == (162,)  # a file without a name is the first person's
