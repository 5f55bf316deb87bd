"""The lines that name jobs and studies, in many layouts and languages."""

import pytest

from bot.profile.build import build_profile
from bot.profile.profile import Dates, Value
from tests.profile.layouts import JOBS, STUDIES, Job, Layout, Studies, Study
from tests.profile.reading import read


def text(value: Value | None) -> str:
    return value.text if value else ""


def written(dates: Dates | None) -> str:
    if dates is None:
        return ""
    start, end = dates.period.start, dates.period.end
    return f"{start.isoformat() if start else ''}/{end.isoformat() if end else ''}"


@pytest.mark.parametrize("layout", JOBS, ids=lambda layout: layout.id)
def test_jobs(layout: Layout) -> None:
    profile = build_profile([read(layout.source, layout.text)])
    found = [
        Job(text(job.position), text(job.name), text(job.location), written(job.dates))
        for job in profile.work
    ]
    assert found == layout.jobs


@pytest.mark.parametrize("layout", STUDIES, ids=lambda layout: layout.id)
def test_studies(layout: Studies) -> None:
    profile = build_profile([read(layout.source, layout.text)])
    found = [
        Study(text(one.study_type), text(one.area), text(one.institution), written(one.dates))
        for one in profile.education
    ]
    assert found == layout.studies


def test_the_section_decides_where_a_line_does_not() -> None:
    """Only the first line tells that employers stand in front."""
    profile = build_profile(
        [
            read(
                "a.md",
                "# Ada Moreau\n\n## Work\n\n- Tarn Foods Ltd, Head Chef, 2019 – 2021\n"
                "- Osprey, Saucier, 2017 – 2019\n- Nettle Hill, Plongeur, 2015 – 2017\n",
            )
        ]
    )
    assert [(text(job.name), text(job.position)) for job in profile.work] == [
        ("Tarn Foods Ltd", "Head Chef"),
        ("Osprey", "Saucier"),
        ("Nettle Hill", "Plongeur"),
    ]


COLUMN = """\
Ilse Hartog

Posts
-----
05/2015 – 12/2018   Conservator, Museum of Lace, Bruges

Self-employed
-------------
01/2019 – 08/2021   Hartog Conservation, Norwich. Nine clients, among them:
                    * Brockhurst Hall, Suffolk: rehung six tapestries

Before the workshop
-------------------
2013 – 2014         Shop assistant, Ellis Books, Ghent

Training
--------
2009–2011   MA Conservation, Strathmore University, Glasgow.
            Distinction. Dissertation: Why madder fades
2005–2008   BA History of Art, Sint-Lieven University, Ghent
"""


def test_lines_of_a_dated_column_may_end_in_a_full_stop() -> None:
    profile = build_profile([read("a.txt", COLUMN)])
    assert [(text(job.name), text(job.position)) for job in profile.work] == [
        ("Museum of Lace", "Conservator"),
        ("Hartog Conservation", ""),
        ("Ellis Books", "Shop assistant"),
    ]
    assert [text(study.institution) for study in profile.education] == [
        "Strathmore University",
        "Sint-Lieven University",
    ]
