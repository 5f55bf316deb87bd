"""Names of organisations that mean the same, and projects tied to jobs."""

import pytest

from bot.profile.build import build_profile
from bot.profile.employers import is_alike
from tests.profile.reading import read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kestrel Talk", "Kestreltalk"),
        ("Brickson", "Bricskon"),
        ("The Gilded Otter", "Gilded Otter"),
        ("Marlow Systems GmbH", "Marlow Systems"),
        ("Verein Marlow Systems", "Marlow Systems GmbH"),
        ("Wexcombe University", "Wexcombe Univ."),
        ("星澜软件科技", "星澜软件"),
        ("St Aldate's High School", "St. Aldates High School"),
        ("Hotel Mirador del Norte", "Hotel Mirador de Norte"),
        ("Conserveries Kerbihan", "Conserverie Kerbihan"),
        ("Acme, Inc.", "ACME"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert is_alike(one, other)
    assert is_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Bank School", "South Bank School"),
        ("First National Bank", "First Regional Bank"),
        ("University of Leeds", "University of Bradford"),
        ("City Hospital", "General Hospital"),
        ("Acme", "Apex"),
        ("Delta", "Deltek"),
        ("青岚银行", "青岚物流"),
        ("", "Acme"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert not is_alike(one, other)
    assert not is_alike(other, one)


def test_of_two_jobs_at_one_employer_the_dates_decide() -> None:
    profile = build_profile(
        [
            read(
                "a.md",
                "# Ada Moreau\n\n## Work\n\n- Manager, Gilded Otter, 2018 – 2021\n"
                "- Waiter, Gilded Otter, 2014 – 2017\n\n## Projects\n\n"
                "### Wine list\n*2015, Guilded Otter*\n\n- Cards.\n\n"
                "### Cellar\n*2019, The Gilded Otter*\n\n- Shelves.\n\n"
                "### Atlas\n*2019 open-source project*\n\n- Maps. Written in Rust.\n",
            )
        ]
    )
    assert [project.employer for project in profile.projects] == [1, 0, None]
    kind = profile.projects[2].kind
    assert kind is not None
    assert kind.text == "open-source project"
    assert [value.text for value in profile.projects[2].built_with] == ["Rust"]
