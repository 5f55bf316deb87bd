"""Several files about one person."""

from bot.profile.build import build_profile
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
