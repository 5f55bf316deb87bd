"""Dates and periods: every form in every language, what is no date, and arithmetic."""

import subprocess
import sys
import time
import unicodedata
from copy import deepcopy
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.data import load_yaml
from bot.dates import PartialDate, Period, find_periods, grammar, merge, undated


def written(period: Period) -> str:
    """A period as "start/end", ".." for an open side, and one date if both are the same."""
    start = period.start.isoformat() if period.start else ".."
    end = period.end.isoformat() if period.end else ".."
    return start if start == end else f"{start}/{end}"


def found(text: str) -> list[tuple[str, str]]:
    """What stands in the text and what it means."""
    return [(text[p.start_offset : p.end_offset], written(p)) for p in find_periods(text)]


def partial(iso: str) -> PartialDate:
    return PartialDate(*map(int, iso.split("-")))


def period(text: str) -> Period:
    (only,) = find_periods(text)
    return only


WHOLE = {
    # years
    "2017": "2017",
    "1900": "1900",
    "2100": "2100",
    "'17": "2017",
    "2016 .. 2018": "2016/2018",
    "2012-10 ... 2014-12": "2012-10/2014-12",
    "’68": "2068",
    "'69": "1969",
    "2017-2018": "2017/2018",
    "2017–18": "2017/2018",
    "2017-18": "2017/2018",
    "2014/15": "2014/2015",
    "2014/2015": "2014/2015",
    "1999–00": "1999/2000",
    "2014/15–2016/17": "2014/2017",
    "'17 – '19": "2017/2019",
    "’17–’19": "2017/2019",
    "２０１７－２０１８": "2017/2018",
    # every sign between
    **{f"2008{dash}2016": "2008/2016" for dash in "-‐‑‒–—−~～〜→－到至"},
    **{f"2008 {dash} 2016": "2008/2016" for dash in ["-", "–", "—", "--", "---", "->", "～", "到"]},
    "2008 –2016": "2008/2016",
    "2008 –\n2016": "2008/2016",
    "2018 – 2015": "2018/2015",
    # numbers
    "03/2019": "2019-03",
    "3/2019 – 11/2021": "2019-03/2021-11",
    "03-2019": "2019-03",
    "2019/03": "2019-03",
    "2019.03": "2019-03",
    "2019-03": "2019-03",
    "2009-10": "2009-10",
    "2009–10": "2009/2010",
    "2019-03-01": "2019-03-01",
    "2019/3/1": "2019-03-01",
    "01.03.2019": "2019-03-01",
    "1.3.2019": "2019-03-01",
    "13/04/2019": "2019-04-13",
    "04/13/2019": "2019-04-13",
    "04/04/2019": "2019-04-04",
    "03/04/2019": "2019",
    "31.02.2019": "2019-02",
    "2014-09 - 2018-06": "2014-09/2018-06",
    "2014-09/2018-06": "2014-09/2018-06",
    "09/2014-06/2018": "2014-09/2018-06",
    "03–05/2019": "2019-03/2019-05",
    "01.10.2014 – 30.09.2018": "2014-10-01/2018-09-30",
    # English
    "Sept 2014 – Jun 2018": "2014-09/2018-06",
    "September 2014 to present": "2014-09/..",
    "Sep. 2014": "2014-09",
    "SEPT. 2014": "2014-09",
    "September, 2014": "2014-09",
    "Sep '14": "2014-09",
    "Sep’14 – May’15": "2014-09/2015-05",
    "Sep-2014": "2014-09",
    "Sep/2014": "2014-09",
    "March of 2019": "2019-03",
    "March 3, 2019": "2019-03-03",
    "Mar. 3rd 2019": "2019-03-03",
    "3 March 2019": "2019-03-03",
    "3rd of March, 2019": "2019-03-03",
    "03-Mar-2019": "2019-03-03",
    "since 2020": "2020/..",
    "since May 2020": "2020-05/..",
    "since the end of 2019": "2019/..",
    "from 2014 until 2016": "2014/2016",
    "from 2014 onwards": "2014/..",
    "2014 onwards": "2014/..",
    "2014 to date": "2014/..",
    "between 2014 and 2016": "2014/2016",
    "2014 through 2016": "2014/2016",
    "2014 – mid-2016": "2014/2016",
    "until 2019": "../2019",
    "until March 2019": "../2019-03",
    **{
        f"2020 – {now}": "2020/.."
        for now in ["Present", "PRESENT", "the present", "now", "today", "current", "ongoing"]
    },
    "2020-present": "2020/..",
    "Jan 2020–Present": "2020-01/..",
    "2020 –": "2020/..",
    "Jan – Mar 2019": "2019-01/2019-03",
    "March–May 2019": "2019-03/2019-05",
    "Jan/Feb 2019": "2019-01/2019-02",
    "Nov – Feb 2019": "2018-11/2019-02",
    "3 March – 5 May 2019": "2019-03-03/2019-05-05",
    "March 3 – May 5, 2019": "2019-03-03/2019-05-05",
    "May 2013 - 2015": "2013-05/2015",
    "2013 – May 2015": "2013/2015-05",
    # German
    "März 2019": "2019-03",
    "MÄRZ 2019": "2019-03",
    "Mär. 2019": "2019-03",
    "Maerz 2019": None,
    "Okt. 2014 – Dez. 2015": "2014-10/2015-12",
    "3. März 2019": "2019-03-03",
    "03.2019 – heute": "2019-03/..",
    "2019 – aktuell": "2019/..",
    "2019 – derzeit": "2019/..",
    "2019 – jetzt": "2019/..",
    "2019 bis heute": "2019/..",
    "seit 2020": "2020/..",
    "seit März 2020": "2020-03/..",
    "ab 2014 bis 2016": "2014/2016",
    "von Mai 2014 bis Juni 2016": "2014-05/2016-06",
    "zwischen 2014 und 2016": "2014/2016",
    "bis 2019": "../2019",
    "bis Ende 2019": "../2019",
    # French
    "1er mars 2019": "2019-03-01",
    "février 2019 – août 2020": "2019-02/2020-08",
    "FÉVRIER 2019": "2019-02",
    "fevrier 2019": "2019-02",
    "janv. 2019 – déc. 2019": "2019-01/2019-12",
    "depuis 2020": "2020/..",
    "à partir de 2020": "2020/..",
    "jusqu'en 2019": "../2019",
    "jusqu’en mars 2019": "../2019-03",
    "de 2014 à 2016": "2014/2016",
    "du 3 mars 2019 au 5 mai 2020": "2019-03-03/2020-05-05",
    "entre 2014 et 2016": "2014/2016",
    "2014 jusqu'en 2016": "2014/2016",
    "2018 – présent": "2018/..",
    "2018 – aujourd'hui": "2018/..",
    "2018 – aujourd’hui": "2018/..",
    "2018 - à ce jour": "2018/..",
    "2018 à ce jour": "2018/..",
    # Spanish
    "3 de marzo de 2019": "2019-03-03",
    "septiembre de 2014": "2014-09",
    "de enero a marzo de 2019": "2019-01/2019-03",
    "desde 2020": "2020/..",
    "desde marzo de 2020": "2020-03/..",
    "desde 2014 hasta 2016": "2014/2016",
    "hasta 2019": "../2019",
    "entre 2014 y 2016": "2014/2016",
    "ene. 2018 - actualidad": "2018-01/..",
    "2018 - la actualidad": "2018/..",
    "2018 hasta la actualidad": "2018/..",
    "2018 - actualmente": "2018/..",
    "2018 - presente": "2018/..",
    "2018 - hoy": "2018/..",
    # Chinese
    "2016年": "2016",
    "2016年9月": "2016-09",
    "2016年9月1日": "2016-09-01",
    "2016 年 9 月 1 号": "2016-09-01",
    "2016年九月": "2016-09",
    "2020年3月 – 至今": "2020-03/..",
    "2020年3月至今": "2020-03/..",
    "2020.3-至今": "2020-03/..",
    "2020.03－现在": "2020-03/..",
    "2014年9月-2018年6月": "2014-09/2018-06",
    "2014年9月至12月": "2014-09/2014-12",
    "2008年到2016年": "2008/2016",
    "从2014年到2016年": "2014/2016",
    "自2020年": "2020/..",
    "截至2019年": "../2019",
    # parts of a year
    "Summer 2016": "2016-06/2016-08",
    "summer of 2016": "2016-06/2016-08",
    "Summer '16": "2016-06/2016-08",
    "Winter 2015": "2015-12/2016-02",
    "Winter 2015/16": "2015-12/2016-02",
    "Winter 2015/2016": "2015-12/2016-02",
    "Summer 2015/16": "2015-06/2016",
    "WS 2015/16": "2015-10/2016-03",
    "Wintersemester 2015": "2015-10/2016-03",
    "SoSe 2014": "2014-04/2014-09",
    "Fall 2019 – Spring 2020": "2019-09/2020-05",
    "Spring – Fall 2019": "2019-03/2019-11",
    "Winter – Spring 2019": "2018-12/2019-05",
    "Q3 2018": "2018-07/2018-09",
    "Q3/2018": "2018-07/2018-09",
    "2018 Q3": "2018-07/2018-09",
    "2018Q3": "2018-07/2018-09",
    "Q1 – Q3 2018": "2018-01/2018-09",
    "H1 2018": "2018-01/2018-06",
    "since Q3 2018": "2018-07/..",
    "until Q3 2018": "../2018-09",
    "Frühjahr 2018": "2018-03/2018-05",
    "3. Quartal 2018": "2018-07/2018-09",
    "été 2016": "2016-06/2016-08",
    "printemps 2016": "2016-03/2016-05",
    "verano de 2016": "2016-06/2016-08",
    "otoño 2016": "2016-09/2016-11",
    "2016年夏季": "2016-06/2016-08",
    "2018年第三季度": "2018-07/2018-09",
}

WITHIN = {
    "Expected June 2026": [("June 2026", "2026-06")],
    "Class of 2018": [("2018", "2018")],
    "* 2018 - 2019, Ericsson": [("2018 - 2019", "2018/2019")],
    "*2019 open-source project*": [("2019", "2019")],
    "_2017 – 2018_": [("2017 – 2018", "2017/2018")],
    "Oracle 2019": [("2019", "2019")],
    "2020 - Acme": [("2020", "2020")],
    "Acme (2020 –), Berlin": [("2020 –", "2020/..")],
    "2018, 2019 and 2020": [("2018", "2018"), ("2019", "2019"), ("2020", "2020")],
    "2017,2018": [("2017", "2017"), ("2018", "2018")],
    "in 2014 and 2016": [("2014", "2014"), ("2016", "2016")],
    "from 2014": [("2014", "2014")],
    "l'été 2016": [("été 2016", "2016-06/2016-08")],
    "in 2017\n- 2018: Acme": [("2017", "2017"), ("2018", "2018")],
    "毕业于2018年的项目": [("2018年", "2018")],
    "在Google2018年9月至今": [("2018年9月至今", "2018-09/..")],
    "한국 2019": [("2019", "2019")],
    "2018 - 今日头条": [("2018", "2018")],
    "2015 MS Physics, 2016 Staff Engineer": [("2015", "2015"), ("2016", "2016")],
    "2015 M.Sc. Informatik": [("2015", "2015")],
    "May and march, then 2019": [("2019", "2019")],
    "3–5 March 2019": [("March 2019", "2019-03")],
    "02/2019 – 05/2020 | Acme | 2021": [
        ("02/2019 – 05/2020", "2019-02/2020-05"),
        ("2021", "2021"),
    ],
    "up to March 2019": [("March 2019", "2019-03")],
    "over 2018–2020": [("2018–2020", "2018/2020")],
    "see https://x.com/2017, 2018": [("2018", "2018")],
    "+44 131 496 2017, 2018": [("2018", "2018")],
    "25.30.2019 or 2018": [("2018", "2018")],
    "25/30/2019 or 2018": [("2018", "2018")],
}

NOTHING = """
0131 496 0173
(912) 555-4321
(912) 555-2019
912 555 2019
555-2019
138 2019 1234
+49 171 2019 555
020 1946 2018
CA 94115
HTTP 1.1, version 1.21, Java 17, S3, Python 3.11
version 2019.3
RFC 2068
CS2011 DB1101 ES2015
2000 users
2000 active users
2015 employees
2000+ users
2000 Nutzer
2000 utilisateurs
2000 usuarios
2000人
up to 1200 covers
up to 2000
about 2000
über 2000
$2,015
$2015
$ 2015
€2015
2015 €
2015%
USD 2015
2015.50 and 12,015 and 2015,500
ISO/IEC 27001:2013
ISO 9001:2015
19:30
2019-1234
CVE-2019-1234
12019
20190301
http://example.com/2019/03
www.example.com/2019
example.com/2017/08/post
jane.2019@example.com
file_2019 2019_file
@2019
1899 2101
May
mars
Mar, Sept., since May until June
the '90s
'17'
5'11
17 – 19
Present – now
""".strip().splitlines()


@pytest.mark.parametrize(("text", "meaning"), WHOLE.items())
def test_whole_text(text: str, meaning: str | None) -> None:
    assert found(text) == [(text if meaning else "2019", meaning or "2019")]
    assert found(f"Acme ({text}) x") == [(text if meaning else "2019", meaning or "2019")]


@pytest.mark.parametrize(("text", "expected"), WITHIN.items())
def test_within_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", WHOLE)
def test_decomposed_accents(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert [written(p) for p in find_periods(decomposed)] == [
        written(p) for p in find_periods(text)
    ]


def test_every_month_name_of_cldr() -> None:
    from babel import Locale

    for language in load_yaml("dates")["languages"]:
        for number, name in Locale.parse(language).months["format"]["wide"].items():
            for form in (name, name.upper(), name.capitalize()):
                assert written(period(f"{form} 2019")) == f"2019-{number:02}"


def test_ongoing() -> None:
    assert period("since 2020").ongoing
    assert period("2020 – present").ongoing
    assert not period("2020").ongoing
    assert not period("until 2019").ongoing


def test_reversed() -> None:
    assert period("2018 – 2015").reversed
    assert period("Sep 2018 – Mar 2018").reversed
    assert not period("May 2018 – 2018").reversed
    assert not period("since 2018").reversed


def test_partial_date() -> None:
    assert PartialDate(2016, 2).earliest() == date(2016, 2, 1)
    assert PartialDate(2016, 2).latest() == date(2016, 2, 29)
    assert PartialDate(2016).latest() == date(2016, 12, 31)
    assert PartialDate(2016, 2, 3).latest() == date(2016, 2, 3)
    assert PartialDate(987, 2, 3).isoformat() == "0987-02-03"


@pytest.mark.parametrize("numbers", [(2019, None, 3), (2019, 13), (2019, 0), (2019, 2, 30), (0,)])
def test_no_such_date(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(*numbers)


@pytest.mark.parametrize(
    ("text", "when", "contained"),
    [
        ("2017", date(2017, 12, 31), True),
        ("2017", date(2018, 1, 1), False),
        ("2017", datetime(2017, 12, 31, 23, tzinfo=UTC), True),
        ("May 2017", PartialDate(2017), True),
        ("2014 – 2016", PartialDate(2016, 12, 31), True),
        ("2014 – 2016", PartialDate(2013), False),
        ("2016 – 2014", PartialDate(2015), True),
        ("since 2020", PartialDate(2090), True),
        ("since 2020", PartialDate(2019), False),
        ("until 2019", PartialDate(1950), True),
        ("until 2019", PartialDate(2020), False),
    ],
)
def test_contains(text: str, when: date | PartialDate, contained: bool) -> None:
    assert period(text).contains(when) is contained


def test_overlaps() -> None:
    assert period("2005 – 2008").overlaps(period("2008 – 2016"))
    assert not period("2005 – 2008").overlaps(period("2009 – 2016"))
    assert period("since 2008").overlaps(period("2020"))
    assert not period("until 2008").overlaps(period("since 2009"))


@pytest.mark.parametrize(
    ("text", "other", "within"),
    [
        ("2017", "2017", True),
        ("May 2017", "2017", True),
        ("2017", "May 2017", False),
        ("2015 – 2016", "2014 – 2016", True),
        ("2015 – 2017", "2014 – 2016", False),
        ("2013 – 2015", "2014 – 2016", False),
        ("2018 – 2015", "2014 – 2019", True),
        ("2018 – 2015", "2016 – 2018", False),
        ("2015", "2016 – 2014", True),
        ("until 2019", "2019", True),
        ("until 2019", "2018", False),
        ("since 2018", "2017 – 2030", False),
        ("2018", "since 2017", False),
        ("2018", "until 2019", False),
    ],
)
def test_is_within(text: str, other: str, within: bool) -> None:
    assert period(text).is_within(period(other)) is within


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2008 - 2016", (84, 108)),
        ("2016 - 2008", (84, 108)),
        ("2017", (0, 12)),
        ("2017 - 2018", (0, 24)),
        ("Jan – Mar 2019", (1, 3)),
        ("Feb 2019", (0, 1)),
        ("Summer 2016", (1, 3)),
        ("01.03.2019 – 31.03.2019", (1, 1)),
        ("01.03.2019 – 30.03.2019", (0, 0)),
        ("15.01.2019 – 14.02.2019", (1, 1)),
        ("15.01.2019 – 13.02.2019", (0, 0)),
        ("31.01.2019 – 28.02.2019", (1, 1)),
        ("30.01.2019 – 28.02.2019", (1, 1)),
        ("3 March 2019", (0, 0)),
        ("since 2020", None),
        ("until 2019", None),
    ],
)
def test_months(text: str, months: tuple[int, int] | None) -> None:
    assert period(text).months() == months


def test_months_until_today() -> None:
    assert period("since 2020").months(date(2023, 6, 30)) == (30, 42)
    assert period("since 2020").months(date(2019, 6, 30)) == (0, 0)
    assert period("2014 – 2015").months(date(2023, 6, 30)) == (0, 24)
    assert period("until 2019").months(date(2023, 6, 30)) is None


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("", []),
        ("2017 - 2018, 2008 - 2016, 2005 - 2008", ["2005/2018"]),
        ("2018 - 2019; 2005 - 2008", ["2005/2008", "2018/2019"]),
        ("2018; 2019", ["2018/2019"]),
        ("2018; Feb 2019", ["2018", "2019-02"]),
        ("2014 - 2020; 2016", ["2014/2020"]),
        ("2014 - 2020; Jan 2014 – 2015", ["2014-01/2020"]),
        ("2014 - 2016; 2015 – Dec 2016", ["2014/2016-12"]),
        ("2018 – 2015; 2016", ["2015/2018"]),
        ("since 2015; 2016; 2019", ["2015/.."]),
        ("until 2015; 2016", ["../2016"]),
        ("until 2015; since 2016", [".."]),
        ("since 2014; since 2016", ["2014/.."]),
    ],
)
def test_merge(text: str, merged: list[str]) -> None:
    assert [written(p) for p in merge(find_periods(text))] == merged


def test_merge_keeps_what_goes_on() -> None:
    (union,) = merge(find_periods("2014 – 2016; since 2015"))
    assert union.ongoing
    assert union.start_offset == 0


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("no date", "no date"),
        ("2019", " "),
        ("Cook, 2018 – 2019, Bath (since 2020)", "Cook,  , Bath ( )"),
    ],
)
def test_undated(text: str, rest: str) -> None:
    assert undated(text, find_periods(text)) == rest
    assert undated(text, reversed(find_periods(text))) == rest


@pytest.mark.parametrize(("name", "words"), [("nwo", ["now"]), ("now", [False]), ("now", None)])
def test_bad_list_is_refused(name: str, words: object) -> None:
    data = deepcopy(load_yaml("dates"))
    data["languages"]["en"][name] = words
    with pytest.raises(ValueError, match=f"en: {name}"):
        grammar.build_grammar(data)


def test_a_language_is_added_by_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    data = deepcopy(load_yaml("dates"))
    data["languages"]["it"] = {"since": ["dal"], "now": ["oggi"], "parts": {"summer": ["estate"]}}
    built = grammar.build_grammar(data)
    monkeypatch.setattr(grammar, "_grammar", lambda: built)
    assert found("dal 2018") == [("dal 2018", "2018/..")]
    assert found("gennaio 2019 – oggi") == [("gennaio 2019 – oggi", "2019-01/..")]
    assert found("estate 2019") == [("estate 2019", "2019-06/2019-08")]


def test_import_loads_nothing() -> None:
    program = (
        "import sys, bot.dates as d; assert not {'babel', 'yaml'} & sys.modules.keys();"
        "assert d.find_periods('no digits') == []; assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


PIECES = st.sampled_from(
    [
        *WHOLE,
        *("2019", "2018", "31", "3", "03", "15", "'17", "Q3", "May", "März", "mars", "Winter"),
        *("since", "seit", "from", "between", "and", "until", "bis", "to", "of", "de", "the"),
        *("present", "heute", "至今", "年", "月", "日", "9", "–", "-", "/", ".", ",", "'", ":"),
        *(" ", " ", " ", "\n", "(", ")", "$", "%", "@", "+", "_", "users", "about", "x.com/", "İ"),
    ]
)
LINES = st.one_of(
    st.text(), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES).map(" ".join)
)


@given(LINES)
def test_spans_are_exact_and_in_order(text: str) -> None:
    periods = find_periods(text)
    for found_period in periods:
        part = text[found_period.start_offset : found_period.end_offset]
        (again,) = find_periods(part)
        assert written(again) == written(found_period)
        assert again.ongoing == found_period.ongoing == (found_period.end is None)
        assert (again.start_offset, again.end_offset) == (0, len(part))
        found_period.months()
    assert all(one.end_offset <= other.start_offset for one, other in pairwise(periods))


@given(LINES)
def test_merged_periods_are_apart_and_complete(text: str) -> None:
    periods = find_periods(text)
    merged = merge(periods)
    assert all(any(one.overlaps(union) for union in merged) for one in periods)
    assert not any(one.overlaps(other) for one, other in pairwise(merged))
    assert merge(merged) == merged


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_isoformat_is_read_again(day: date, length: int) -> None:
    iso = day.isoformat()[:length]
    assert partial(iso).isoformat() == iso
    assert period(iso) == Period(partial(iso), partial(iso), False, 0, length)
    assert partial(iso).earliest() <= day <= partial(iso).latest()
    assert period(iso).contains(day)


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31))
)
def test_months_bound_every_reading(one: date, other: date) -> None:
    start, end = sorted((one, other))
    exact = period(f"{start} – {end}").months()
    assert exact
    for length in (4, 7):
        bounds = period(f"{str(start)[:length]} – {str(end)[:length]}").months()
        assert bounds
        assert bounds[0] <= exact[0] == exact[1] <= bounds[1]


@pytest.mark.parametrize(
    "piece",
    [
        *("1", "12", "2", "19", "2019", "-", "1-", "2-", "20-", "2019-", "2019-2019 ", "0", "01 "),
        *("-–", " ", "2019 ", "2019-01-", "1/", "1.", "a", "a.", "a.b", "@", "a@", "+1 ", "'1"),
        *("since ", "since the ", "from 2019 ", "between ", "May ", "May - ", "3 ", "3. ", "至"),
        *("about 1,", "\n", "2019 - \n", "2019年", "(", "2019 -   "),
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    """100 000 characters take about ten times as long as 10 000, not a hundred times."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(4):
            start = time.process_time()
            find_periods(text)
            best = min(best, time.process_time() - start)
        return best

    find_periods(piece)
    assert seconds(100_000) < 40 * max(seconds(10_000), 0.005)
