"""Languages, schools and jobs in the many ways people write them down."""

import pytest

from bot.profile.build import read_document
from bot.profile.profile import Profile
from tests.profile.reading import read


def profile(text: str, source: str = "cv.md") -> Profile:
    return read_document(read(source, f"# Ada Moreau\nada@moreau.example\n\n{text}\n"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("English, Italian (from my mother), rudimentary Gaelic",
         ["English", "Italian: from my mother", "Gaelic: rudimentary"]),
        ("Dutch, mother tongue. German, near native. English, fluent.",
         ["Dutch: mother tongue", "German: near native", "English: fluent"]),
        ("French and Swedish from home; English (NATO level 3); some Arabic",
         ["French", "Swedish: from home", "English: NATO level 3", "Arabic: some"]),
        ("English (native) – Polish (B1)", ["English: native", "Polish: B1"]),
        ("Italian, English B2, A1 Japanese", ["Italian", "English: B2", "Japanese: A1"]),
        ("Swiss German, Brazilian Portuguese", ["Swiss German", "Brazilian Portuguese"]),
        ("English, Zulu, Fanakalo", ["English", "Zulu", "Fanakalo"]),
    ],
)  # fmt: skip
def test_languages(line: str, expected: list[str]) -> None:
    found = [
        f"{spoken.language.text}: {spoken.fluency.text}" if spoken.fluency else spoken.language.text
        for spoken in profile(f"## Languages\n\n{line}").languages
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("line", "school"),
    [
        ("BSc Physics, Universiteit Oudhaven, 2006 – 2009", "Universiteit Oudhaven"),
        ("BSc Physics, INSEAD, 2006 – 2009", "INSEAD"),
        ("Fire warden, 2019", None),
        ("MSc Physics, 2009, cum laude", None),
        ("First aid, renewed 2022", None),
    ],
)
def test_what_is_taken_for_a_school(line: str, school: str | None) -> None:
    (study,) = profile(f"## Education\n\n- {line}").education
    assert (study.institution.text if study.institution else None) == school


ONE_JOB = [
    "## Work\n\n### (2017–2020) Pastry chef\n**Hill & Vale Ovens, Leeds**\n- Baked tarts.",
    "## Work\n\n**2017 – 2020**\n**Pastry chef · Hill & Vale Ovens · Leeds**\n- Baked tarts.",
    "## Work\n\nPastry chef     2017 - 2020\nHill & Vale Ovens, Leeds\n- Baked tarts.",
    "## Work\n\n| When | What | Where |\n|---|---|---|\n"
    "| 2017 – 2020 | Pastry chef | Hill & Vale Ovens Ltd |",
    "## Pastry chef, Hill & Vale Ovens, Leeds (2017 – 2020)\n- Baked tarts.\n\n## Skills\n- Baking",
    "## Career (latest first)\n\n**Pastry chef**, Hill & Vale Ovens, Leeds, 2017 – 2020",
]


@pytest.mark.parametrize("text", ONE_JOB)
def test_one_job_in_several_forms(text: str) -> None:
    (job,) = profile(text).work
    assert job.name is not None
    assert job.name.text.removesuffix(" Ltd") == "Hill & Vale Ovens"
    assert job.position is not None
    assert job.position.text == "Pastry chef"
    assert job.dates is not None
    assert (job.dates.period.start.year, job.dates.period.end.year) == (2017, 2020)  # type: ignore[union-attr]


@pytest.mark.parametrize("line", ["One Saturday a month since 2020", "2019–2023, 38 graduates"])
def test_a_remark_with_dates_is_no_job(line: str) -> None:
    text = f"## Work\n\n**Pastry chef**, Hill & Vale Ovens, Leeds, 2017 – 2020\n\n- {line}"
    assert len(profile(text).work) == 1
