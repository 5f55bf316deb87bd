"""The grammar of dates: the forms that dates and periods are written in, in every language.

The words are in `data/dates.yaml`; the names of months come from Unicode CLDR.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Any

from bot.dates.period import PartialDate, Period


def find_periods(text: str) -> list[Period]:
    """All dates and periods in the text, in reading order, not overlapping.

    What is known of a date is kept and nothing is added: 03/04/2019, which may be in March or
    April, is 2019, and a day its month hasn't got is left out. A season or quarter is a period
    of months ("Summer 2016" is 2016-06 to 2016-08; see `parts` in `data/dates.yaml`). A number
    of four digits is a year if it is 1900 to 2100 and nothing by it says otherwise; '17 is
    2017, and '69 to '99 are in the last century. 2009-10 with a hyphen is a month (ISO 8601),
    2009–10 with a dash two years. Periods whose end is before their start stay so.
    """
    folded = "".join(_fold(char)[0] for char in text)
    if not re.search("[0-9]{2}", folded):
        return []
    grammar = _grammar()
    matches = (m for m in grammar.pattern.finditer(folded) if m["skip"] is None)
    return [period for match in matches if (period := grammar.read(match))]


@lru_cache(maxsize=4096)
def _fold(char: str) -> tuple[str, str]:
    """A character in lower case, narrow and plain, always one; and its accents."""
    if "！" <= char <= "～":
        char = chr(ord(char) - 0xFEE0)
    elif char in "‘’ʼ′`´":
        return "'", ""
    elif char in "‐‑﹣":
        return "-", ""
    lower = char.lower()
    decomposed = unicodedata.normalize("NFD", lower)
    if all(map(unicodedata.combining, decomposed[1:])):
        return decomposed[0], decomposed[1:]
    return (lower if len(lower) == 1 else char), ""


def _key(word: str) -> str:
    """What a word is looked up by: folded, without accents, a final point or extra space."""
    plain = "".join(_fold(char)[0] for char in word if not unicodedata.combining(char))
    return " ".join(plain.rstrip(".").split())


# A letter or digit of a script that puts spaces between words.
_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"

# The lists a language may have in `data/dates.yaml`, besides `months` and `parts`.
_LISTS = (
    *("now", "onward", "since", "until", "from", "to", "between", "and", "vague", "of"),
    *("ordinals", "counted", "numbered", "year_sign", "month_sign", "day_sign"),
)

# The grammar. <NAME> is another term, or any word of the list of that name; <name> also keeps
# what it matches, as a field of the period's side: <a:NAME> is its start, <b:NAME> its end.
# So that the time stays linear, every repetition is bounded, possessive, or starts at one place
# only of what it may match.
_TERMS = {
    "GAP": r"\s{0,3}",
    "DASH": r"[^\S\n]{0,3}[<SIGNS>]{1,3}>?<GAP>",  # a line that begins with one is a list item
    "DOTS": r"[^\S\n]{0,3}(?:\.{2,3}|…)[^\S\n]{0,3}",  # 2016 .. 2018
    "YEAR": "(?:19[0-9]{2}|20[0-9]{2}|2100)(?![0-9])",
    "SHORT": "[0-9]{2}(?![0-9])",
    "LASTYEAR": "(?:<YEAR>|<SHORT>)",
    "ANYYEAR": "(?:<YEAR>|'<SHORT>(?!'))",
    "MONTH": "(?:1[0-2]|0?[1-9])(?![0-9])",
    **dict.fromkeys(("DAY", "FIRST", "SECOND"), "(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"),
    "NTH": r"<day>(?:<ORDINALS>|\.)?",
    "LOOSELY": r"(?:<VAGUE>[\s-]{0,3}){0,2}",
    "SEP": r"(?:[\s.,]{0,3}(?:<OF><GAP>)?|[/-])",
    "FULL": "|".join(
        (
            # 2016年9月1日, 2016年夏
            r"<year>\s?<YEAR_SIGN>\s?"
            r"(?:(?:<month>\s?<MONTH_SIGN>|<name>)(?:\s?<day>\s?<DAY_SIGN>)?|<part>)",
            *(f"<year>{sign}<month>(?:{sign}<day>)?" for sign in ("-", "/", r"\.")),  # 2019-03-01
            r"<day>\.<month>\.<year>",  # 01.03.2019
            *(f"<first>{sign}<second>{sign}<year>" for sign in "-/"),  # 01/03/2019
            r"<month>[-./]<year>",  # 03/2019
            r"(?:<NTH>[\s/-]{0,3}(?:<OF><GAP>)?)?<name><SEP><anyyear>",  # 3rd of May 2019
            r"<name><GAP><NTH>(?:,<GAP>|\s{1,3})<anyyear>",  # March 3, 2019
            r"<part><SEP><anyyear>(?:[/<SIGNS>]<lastyear>)?",  # Winter 2015/16
            r"<year>[\s/-]{0,2}<latepart>",  # 2018 Q3
        )
    ),
    "DATE": r"(?:<FULL>|<year>[/<SIGNS>]<short>|<year>\s?<YEAR_SIGN>|<anyyear>)",  # 2017–18, '17
    # A date that takes its year from the other one: Jan – Mar 2019, 03–05/2019, 2014年9月-12月.
    "START": r"(?:<name>(?:<GAP><NTH>)?|<NTH><GAP>(?:<OF><GAP>)?<name>|<part>"
    r"|(?=<SHORT>)<month>\.?(?=<DASH>[0-9]{2}[./]<YEAR>))",
    "END": r"(?:<DATE>|<month>\s?<MONTH_SIGN>)",
    "LINK": r"(?(between)<GAP><AND><GAP>|(?:<DASH>|<DOTS>|<GAP>(?:<TO>|<UNTIL>)<GAP>"
    r"|(?<!\s)/(?!\s)))",
    "OPEN_END": r"[^\S\n]{0,3}[<SIGNS>]{1,3}(?=[^\S\n]{0,9}(?:\n|\Z|[)\]|]))",  # "(2020 –)"
    # What may not stand around a number that is, or is part of, a date.
    "BEFORE": rf"(?:(?![0-9'])|(?<![0-9])(?=[0-9]{{4}}\s?<YEAR_SIGN>)|(?<!{_LETTER})"
    rf"(?<!{_LETTER}_)(?<![0-9][.:/<SIGNS>])(?<![$€£¥#@=&])(?<![$€£¥]\s)"
    r"(?:(?<![0-9],)|(?<=[0-9]{4},)))",
    "AFTER": rf"(?:(?<![0-9])|(?![0-9'+@]|_?{_LETTER}|[.:/<SIGNS>][0-9]|,[0-9]{{3}}(?![0-9])"
    r"|\s?[%€$£¥°]))",
    "PERIOD": r"<BEFORE>(?:(?:(?P<since><SINCE>)|(?P<until><UNTIL>)"
    r"|(?P<pair><FROM>|(?P<between><BETWEEN>)))<GAP><LOOSELY>)?"
    r"(?:<a:DATE>(?P<tail><LINK>(?:<LOOSELY><b:END>|<NOW>)|<GAP><ONWARD>|<OPEN_END>)?"
    r"(?(pair)(?(tail)|(?!)))(?(until)(?(tail)(?!)))|<a:START><LINK>(?:<b:FULL>))<AFTER>",
    # What has numbers that are no dates: web and mail addresses, telephone numbers, quantities.
    "SKIP": "|".join(
        (
            r"(?:https?://|www\.)[!-(*-;=?-~]++",
            r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}/[!-(*-;=?-~]*+",
            r"(?<![\w.+-])[\w.+-]++@[\w.-]++",
            r"\+[0-9][0-9 ()./-]{5,20}",
            r"(?<![0-9.])\(?0[0-9]{2,5}\)?(?:[ /.-]{1,3}[0-9]++){1,5}",  # 0131 496 0173
            r"(?<![0-9])\(?[0-9]{3}\)?[ .-]{0,2}[0-9]{3,4}[ .-][0-9]{4}(?![0-9])",  # 912 555 4321
            r"<NUMBERED>[\s#.:]{0,3}[0-9]++(?:[.,][0-9]++)*+(?!<DASH>[0-9]|/[0-9]|\s?<YEAR_SIGN>)",
        )
    ),
}


@dataclass(frozen=True)
class Grammar:
    """The forms of periods as one pattern for folded text, and what its words mean."""

    pattern: re.Pattern[str]
    counted: re.Pattern[str]
    months: Mapping[str, int]
    parts: Mapping[str, tuple[int, int]]

    def read(self, match: re.Match[str]) -> Period | None:
        """The period that was matched; None if it's a quantity, or no date."""
        if match[0].isdigit() and self.counted.match(match.string, match.end()):
            return None
        sides: dict[str, dict[str, str]] = {"a": {}, "b": {}}
        for group, value in match.groupdict().items():
            side, _, field = group.partition("_")
            if value is not None and side in sides:
                sides[side][field.rstrip("0123456789")] = value
        a, b = sides["a"], sides["b"]
        year = _year(a) or _year(b)
        first = self._dates(a, year)
        last = self._dates(b, _year(b) or year) if b else first
        if first is None or last is None:
            return None
        if not _year(a) and first[0].earliest() > last[1].latest():  # Nov – Feb 2019
            first = self._dates(a, year - 1) or first
        ongoing = not b and bool(match["since"] or match["tail"])
        start, end = None if match["until"] else first[0], None if ongoing else last[1]
        return Period(start, end, ongoing, *match.span())

    def _dates(
        self, fields: Mapping[str, str], year: int
    ) -> tuple[PartialDate, PartialDate] | None:
        """The first and the last date of one side of a period."""
        if part := fields.get("part") or fields.get("latepart"):
            month, months = self.parts[_key(part)]
            years, last_month = divmod(month + months - 2, 12)
            start, end = PartialDate(year, month), PartialDate(year + years, last_month + 1)
        else:
            month, day = int(fields.get("month", 0)), int(fields.get("day", 0))
            if "name" in fields:
                month = self.months[_key(fields["name"])]
            if "first" in fields:
                one, two = int(fields["first"]), int(fields["second"])
                if min(one, two) > 12:
                    return None
                if max(one, two) > 12 or one == two:
                    month, day = min(one, two), max(one, two)
            start = end = _date(year, month, day)
        written = fields.get("lastyear") or fields.get("short")
        if written:
            last = int(written)
            if len(written) == 2:
                last += year - year % 100 + (100 if last < year % 100 else 0)
            if last != end.year and (last - year < 50):
                end = PartialDate(last)
        return start, end


def _year(fields: Mapping[str, str]) -> int:
    """The year of one side of a period; 0 if it has none."""
    written = fields.get("year") or fields.get("anyyear") or "0"
    if written.startswith("'"):
        return int(written[1:]) + (1900 if written >= "'69" else 2000)
    return int(written)


def _date(year: int, month: int, day: int) -> PartialDate:
    try:
        return PartialDate(year, month or None, day or None)
    except ValueError:  # 31 February
        return PartialDate(year, month)


def _words(words: Iterable[str], start: bool = True) -> str:
    """A pattern for any of the words; `start` says they start where no word goes on."""
    by_edges: dict[tuple[bool, bool], dict[str, None]] = {}
    for word in words:
        folded = [_fold(char) for char in " ".join(word.rstrip(".").split())]
        edges = (
            start and bool(re.match(_LETTER, folded[0][0])),
            bool(re.match(_LETTER, folded[-1][0])),
        )
        pattern = "".join(
            re.escape(base).replace(r"\ ", r"\s{1,3}") + "".join(f"{mark}?" for mark in marks)
            for base, marks in folded
        )
        by_edges.setdefault(edges, {})[pattern] = None
    groups = [
        (f"(?<!{_LETTER})" if before else "")
        + f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"
        + (rf"(?!{_LETTER})\.?" if after else "")
        for (before, after), patterns in by_edges.items()
    ]
    return f"(?:{'|'.join(groups) or '(?!)'})"


@cache
def _grammar() -> Grammar:
    from bot.data import load_yaml

    return build_grammar(load_yaml("dates"))


def build_grammar(data: Mapping[str, Any]) -> Grammar:
    """The grammar of what `data/dates.yaml` holds, with the names of months of CLDR.

    Raises:
        ValueError: there is a list that isn't known, or in one something that isn't a word.
        KeyError: a language names a part of the year that `parts` doesn't give.
        babel.UnknownLocaleError: there is a language that CLDR doesn't know.
    """
    from bot.cldr import cldr

    lists: dict[str, list[str]] = {name: [] for name in ("name", "part", *_LISTS)}
    months: dict[str, int] = {}
    parts: dict[str, tuple[int, int]] = {}
    for language, section in data["languages"].items():
        others = section.get("months", {}).items()
        names = [(name, number) for number, names in others for name in names]
        for name, number in [*cldr(language).months.items(), *names]:
            months.setdefault(_key(name), number)
            lists["name"].append(name)
        for part, words in section.get("parts", {}).items():
            month, length = data["parts"][part]
            for word in words:
                parts.setdefault(_key(word), (month, length))
            lists["part"] += words
        for name, words in section.items():
            if name in ("months", "parts"):
                continue
            if name not in _LISTS or not all(isinstance(word, str) for word in words or [0]):
                raise ValueError(f"dates.yaml: {language}: {name}: unknown, or no list of words")
            lists[name] += words
    lists["latepart"] = [word for word in lists["part"] if not word.isalpha()]
    spaced = [word for word in lists["counted"] if re.match(_LETTER, _key(word))]
    unspaced = [word for word in lists["counted"] if word not in spaced]
    counted = rf"\s{{0,3}}{_words(spaced)}(?!')|{_words(unspaced)}"
    return Grammar(_pattern(lists, data["dashes"]), re.compile(counted), months, parts)


def _pattern(lists: Mapping[str, Iterable[str]], dashes: str) -> re.Pattern[str]:
    """The pattern for periods, and as its group `skip` for what has none."""
    words = {name: _words(lists[name], name not in ("ordinals", "latepart")) for name in lists}
    terms = {name.upper(): pattern for name, pattern in words.items()} | _TERMS
    terms["SIGNS"] = re.escape(dashes)
    numbers = count()

    def expand(text: str, side: str = "") -> str:
        def term(match: re.Match[str]) -> str:
            name = match["name"]
            pattern = expand(terms[name.upper()], match["side"] or side)
            return pattern if name.isupper() else f"(?P<{side}_{name}{next(numbers)}>{pattern})"

        return re.sub(r"(?<!\?P)<(?:(?P<side>[ab]):)?(?P<name>[A-Za-z_]+)>", term, text)

    return re.compile(expand("<PERIOD>|(?P<skip><SKIP>)"))
