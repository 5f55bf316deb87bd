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
        ("English (native), British Sign Language (level 2)",
         ["English: native", "British Sign Language: level 2"]),
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


def test_certificates_among_degrees_and_in_one_line() -> None:
    found = profile(
        "## Education\n\n- BSc Physics, Universiteit Oudhaven, 2006 – 2009\n- Fire warden, 2019\n\n"
        "## Certificates\n\nCIPM (2015), Welding Inspector (2018)\n\n"
        "## Awards\n\nGolden Loaf, Bakers' Guild, 2019. Best Stall, 2021."
    )
    assert len(found.education) == 1
    certificates = [item.name.text for item in found.certificates]
    assert certificates == ["Fire warden", "CIPM", "Welding Inspector"]
    assert [item.name.text for item in found.awards] == ["Golden Loaf", "Best Stall"]


def test_labelled_lines_of_a_section_about_anything() -> None:
    lines = "## Other\n\n- **Tools:** Excel\n- **Languages:** Welsh (native), Dutch (B1)\n- Car"
    assert [one.language.text for one in profile(lines).languages] == ["Welsh", "Dutch"]


def test_labels_in_a_column_of_plain_text() -> None:
    text = """\
# The rest

Prize        Golden Loaf, 2023
Languages    Dutch (native), English (fluent),
             Czech (enough to follow a libretto)
Charity      Trustee of a hardship fund
"""
    found = [one.language.text for one in profile(text, "cv.txt").languages]
    assert found == ["Dutch", "English", "Czech"]


ONE_JOB = [
    "## Work\n\n### Pastry chef, Hill & Vale Ovens (2017 – 2020)\n*Bakery in a mill, Leeds*\n- A.",
    "## Work\n\n### (2017–2020) Pastry chef\n**Hill & Vale Ovens, Leeds**\n- Baked tarts.",
    "## Work\n\n**2017 – 2020**\n**Pastry chef · Hill & Vale Ovens · Leeds**\n- Baked tarts.",
    "## Work\n\nPastry chef     2017 - 2020\nHill & Vale Ovens, Leeds\n- Baked tarts.",
    "## Work\n\n| When | What | Where |\n|---|---|---|\n"
    "| 2017 – 2020 | Pastry chef | Hill & Vale Ovens Ltd |",
    "## Pastry chef, Hill & Vale Ovens, Leeds (2017 – 2020)\n- Baked tarts.\n\n## Skills\n- Baking",
    "## Career (latest first)\n\n**Pastry chef**, Hill & Vale Ovens, Leeds, 2017 – 2020",
]


ONE_JOB_IN_PLAIN_TEXT = [
    "WORK\n\n2017 - 2020  PASTRY CHEF\n             Hill & Vale Ovens, Leeds\n\n  * Baked tarts.",
    "WORK\n\n[1 May 2017 - 31 May 2020] Pastry chef, Hill & Vale Ovens, Leeds\n"
    "  Head of six in two shifts and of one oven.\n"
    "  - Biggest cake: 412 kg of sponge for the opening of the bridge in the next\n"
    "    town, May 2019. Divers were there, too.",
]


@pytest.mark.parametrize(
    ("text", "source"),
    [*((text, "cv.md") for text in ONE_JOB), *((text, "cv.txt") for text in ONE_JOB_IN_PLAIN_TEXT)],
)
def test_one_job_in_several_forms(text: str, source: str) -> None:
    (job,) = profile(text, source).work
    assert job.name is not None
    assert job.name.text.removesuffix(" Ltd") == "Hill & Vale Ovens"
    assert job.position is not None
    assert job.position.text.capitalize() == "Pastry chef"
    assert job.dates is not None
    assert (job.dates.period.start.year, job.dates.period.end.year) == (2017, 2020)  # type: ignore[union-attr]


@pytest.mark.parametrize("line", ["One Saturday a month since 2020", "2019–2023, 38 graduates"])
def test_a_remark_with_dates_is_no_job(line: str) -> None:
    text = f"## Work\n\n**Pastry chef**, Hill & Vale Ovens, Leeds, 2017 – 2020\n\n- {line}"
    assert len(profile(text).work) == 1
