"""The head of a résumé in its many forms: name, profession, place, addresses."""

import pytest

from bot.profile.build import read_document
from bot.profile.profile import Basics
from tests.profile.reading import read


def basics(text: str, source: str = "cv.md") -> Basics:
    return read_document(read(source, text + "\n\n## Skills\n\n- Welding\n")).basics


def told(found: Basics) -> tuple[str | None, ...]:
    place = found.location.text if found.location else None
    values = (found.name, found.label, place, found.email, found.phone)
    return tuple(value.text if value else None for value in values)


@pytest.mark.parametrize(
    "text",
    [
        # The name as a heading no higher than the sections', or with the profession as another.
        "## Ada Moreau\n*Pastry chef*\nLeeds — ada@moreau.example — 07700 900731",
        "# Ada Moreau\n## Pastry chef\n\nLeeds · ada@moreau.example · 07700 900731",
        "# Ada Moreau\n### Pastry chef · Leeds · ada@moreau.example · 07700 900731\n\n## Profile",
        # Sentences, and words that only announce an address.
        "# Ada Moreau\n\nPastry chef. Leeds. Write to: ada@moreau.example. Ring: 07700 900731",
        "# Ada Moreau\nPastry chef\nBased in Leeds. Reach me at ada@moreau.example or 07700 900731",
        "# Ada Moreau\n**Pastry chef** · Leeds\nada@moreau.example · 07700 900731",
        "# Ada Moreau\nPastry chef\n\n- Leeds (will move)\n- ada@moreau.example\n- 07700 900731",
        "# Ada Moreau\n\nPastry chef. Leeds.\n\nada@moreau.example\n07700 900731",
        "# Ada Moreau\nPastry chef\nBase: Leeds / ada@moreau.example / 07700 900731",
    ],
)
def test_one_head_in_several_forms(text: str) -> None:
    expected = ("Ada Moreau", "Pastry chef", "Leeds", "ada@moreau.example", "07700 900731")
    assert told(basics(text)) == expected


@pytest.mark.parametrize(
    ("line", "name", "label"),
    [
        ("Ada Moreau — pastry chef", "Ada Moreau", "pastry chef"),
        ("ADA MOREAU                      Pastry chef", "ADA MOREAU", "Pastry chef"),
        ("**Archivist** — Ada Moreau", "Ada Moreau", "Archivist"),
    ],
)
def test_name_and_profession_in_one_line(line: str, name: str, label: str) -> None:
    found = basics(f"{line}\nLeeds, ada@moreau.example", "cv.txt" if "*" not in line else "cv.md")
    assert told(found)[:2] == (name, label)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("14 Tannery Row, Oudhaven   ada@moreau.example", "14 Tannery Row, Oudhaven"),
        ("Flat 2, Mossgate Yard, Durnhaven", "Flat 2, Mossgate Yard, Durnhaven"),
        ("Home port: Saltfleet Haven. Mail: ada@moreau.example", "Saltfleet Haven"),
        ("Swedish citizen since 2012, ada@moreau.example", None),
        ("Write to ada@moreau.example", None),
        ("Pastry chef, Leeds, England", "Leeds, England"),
    ],
)
def test_places(line: str, place: str | None) -> None:
    assert told(basics(f"# Ada Moreau\nPastry chef\n{line}"))[2] == place


def test_numbers_that_the_library_thinks_too_long_and_dates_that_are_none() -> None:
    assert told(basics("# Ada Moreau\n01603 496 0110"))[4] == "01603 496 0110"
    assert told(basics("# Ada Moreau\nPastry chef, 04/2017-09/2023"))[4] is None


@pytest.mark.parametrize("line", ["portfolio: moreau.example", "Work samples: moreau.example"])
def test_a_bare_domain_behind_a_label_is_a_site(line: str) -> None:
    url = basics(f"# Ada Moreau\n{line}").url
    assert url is not None
    assert url.text == "moreau.example"
