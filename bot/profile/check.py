"""What is off in a corpus, told to the candidate in plain words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from bot.data import load_yaml
from bot.dates import PartialDate, Period, find_periods
from bot.documents import Document
from bot.profile.build import read_document
from bot.profile.employers import is_alike
from bot.profile.exposure import hidden_text, instructions, private
from bot.profile.findings import About, Finding, short, text_lines
from bot.profile.merge import alike
from bot.profile.named_fields import has_named_fields
from bot.profile.outline import outline
from bot.profile.profile import Credential, Dates, Education, Experience, Profile, Value
from bot.profile.vocabulary import WordList
from bot.sources.sections import is_section_title
from bot.words import fold


def check(
    documents: Sequence[Document],
    profile: Profile,
    hidden: Mapping[str, Sequence[str]] | None = None,
) -> list[Finding]:
    """All findings, in the order of sources and lines.

    Args:
        hidden: for a source, what its reader left out because people can't see it, such as
            white or tiny text in a PDF.
    """
    found = {
        Finding(
            source,
            1,
            About.HIDDEN,
            f'the file holds text that people don\'t see but machines read: "{short(text)}"',
        )
        for source, texts in (hidden or {}).items()
        for text in texts
        if text.strip()
    }
    found |= set(_contradictions(documents))
    found |= set(_overlaps(documents, profile))
    found |= set(_reversed(documents, profile))
    for document in documents:
        found |= set(_unreadable_dates(document))
        found |= set(_sections(document))
        found |= set(private(document, profile))
        found |= set(hidden_text(document))
        found |= set(instructions(document))
    return sorted(found)


# -- dates


def _contradictions(documents: Sequence[Document]) -> Iterator[Finding]:
    """Entries of two files that tell of the same, with dates that can't both be right."""
    profiles = [read_document(document) for document in documents]
    by_source = {document.source: document for document in documents}
    for number, profile in enumerate(profiles):
        for other in profiles[:number]:
            for name in ("work", "volunteer", "education", "projects"):
                earlier, later = getattr(other, name), getattr(profile, name)
                for fact in later:
                    twins = [twin for twin in earlier if _may_be_same(fact, twin)]
                    if len(twins) != 1 or sum(_may_be_same(twins[0], one) for one in later) != 1:
                        continue
                    twin = twins[0]
                    if fact.dates and twin.dates and not _agree(fact.dates, twin.dates):
                        here = _place(by_source, fact.dates)
                        there = _place(by_source, twin.dates)
                        yield Finding(
                            here[0],
                            here[1],
                            About.CONTRADICTION,
                            f'"{_name(fact)}" is dated {_shown(fact.dates.period)} here but '
                            f"{_shown(twin.dates.period)} in {there[0]}:{there[1]}; "
                            "write the same dates in both",
                        )


def _may_be_same(one: Experience | Education, other: Experience | Education) -> bool:
    if isinstance(one, Education) or isinstance(other, Education):
        assert isinstance(one, Education)
        assert isinstance(other, Education)
        return _named_alike(one.institution, other.institution) and not (
            one.study_type and other.study_type and not alike(one.study_type, other.study_type)
        )
    if one.position and other.position and not alike(one.position, other.position):
        return False
    return _named_alike(one.name, other.name)


def _named_alike(one: Value | None, other: Value | None) -> bool:
    return one is not None and other is not None and is_alike(one.text, other.text)


def _agree(one: Dates, other: Dates) -> bool:
    first, second = one.period, other.period
    return (
        first.ongoing == second.ongoing
        and _compatible(first.start, second.start)
        and _compatible(first.end, second.end)
    )


def _compatible(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates may mean the same day; 2017 agrees with March 2017."""
    if one is None or other is None:
        return True
    return one.earliest() <= other.latest() and other.earliest() <= one.latest()


def _overlaps(documents: Sequence[Document], profile: Profile) -> Iterator[Finding]:
    """Jobs that were certainly held at the same time for more than a month."""
    by_source = {document.source: document for document in documents}
    jobs = [job for job in profile.work if job.dates]
    for number, job in enumerate(jobs):
        for other in jobs[:number]:
            assert job.dates
            assert other.dates
            if not _certainly_overlap(job.dates.period, other.dates.period):
                continue
            part_time = _is_part_time(job) or _is_part_time(other)
            source, line = _place(by_source, job.dates)
            there = _place(by_source, other.dates)
            where = f"line {there[1]}" if there[0] == source else f"{there[0]}:{there[1]}"
            advice = (
                "fine if both were part time"
                if part_time
                else 'check the dates, or say "part time" if it was'
            )
            yield Finding(
                source,
                line,
                About.OVERLAP,
                f'"{_name(job)}" ({_shown(job.dates.period)}) overlaps "{_name(other)}" '
                f"({_shown(other.dates.period)}, {where}); {advice}",
                remark=part_time,
            )


def _certainly_overlap(one: Period, other: Period) -> bool:
    bounds = []
    for period in (one, other):
        if period.start is None or (period.end is None and not period.ongoing) or period.reversed:
            return False
        bounds.append((period.start.latest(), period.end.earliest() if period.end else date.max))
    (first, last), (other_first, other_last) = bounds
    return (min(last, other_last) - max(first, other_first)).days > 31


def _is_part_time(job: Experience) -> bool:
    texts = (job.heading, job.position, job.kind, job.summary)
    known = _part_time()
    return any(
        known.count(value.text)
        or re.search(r"(?<![\d.])0[.,][1-9]\d?(?!\d)|\b[1-9]\d\s?%", value.text)
        for value in texts
        if value
    )


@cache
def _part_time() -> WordList:
    return WordList(load_yaml("profile_check")["part_time"])


def _reversed(documents: Sequence[Document], profile: Profile) -> Iterator[Finding]:
    by_source = {document.source: document for document in documents}
    facts: tuple[Experience | Education | Credential, ...] = (
        *profile.work, *profile.volunteer, *profile.education, *profile.projects,
        *profile.certificates, *profile.awards, *profile.publications,
    )  # fmt: skip
    for fact in facts:
        if fact.dates and fact.dates.period.reversed:
            source, line = _place(by_source, fact.dates)
            yield _reversed_finding(source, line, fact.dates.period)
    for document in documents:
        for block in document.blocks:
            for period in find_periods(block.text):
                if period.reversed:
                    line = _line_of(document, block.text, block.start, period.start_offset)
                    yield _reversed_finding(document.source, line, period)


def _line_of(document: Document, text: str, start: int, offset: int) -> int:
    """The line of a place in a block; markup may push it on, so the words are sought."""
    at = document.text.find(text[offset : offset + 4], start + offset)
    return document.line(at if at >= 0 else start)


def _reversed_finding(source: str, line: int, period: Period) -> Finding:
    return Finding(
        source,
        line,
        About.REVERSED,
        f"{_shown(period)} ends before it begins; swap the dates or mend the slip",
    )


_LOOKS_LIKE_YEAR = re.compile(
    r"(?<![\w/.-])(?=[0-9OolI|]*[OolI|])(?:[12l|I][09Oo][0-9OolI|]{2})(?![\w])"
)
_WRONG_MONTH = re.compile(
    r"(?<![\w./-])(?:(?:1[3-9]|[2-9][0-9]|00)[/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[-/](?:1[3-9]|[2-9][0-9]|00))(?![\w/-])"
)
_WRONG_DAY = re.compile(
    r"(?<![\w./-])(?:(?:3[2-9]|[4-9][0-9])[./](?:0?[1-9]|1[0-2])[./](?:19|20)[0-9]{2}|(?:0?[1-9]|1[0-2])/(?:3[2-9]|[4-9][0-9])/(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:3[2-9]|[4-9][0-9]))(?!\w)"
)
_LONG_YEAR = re.compile(
    r"(?<![\w.,/-])(?:[A-Za-zÀ-ž]{3,10}\.?\s+|[0-9]{1,2}[/.])(?:19|20)[0-9]{3}(?![\w.,])"
)
_MONTH_AND_YEAR = re.compile(r"(?<!\w)([^\W\d_]{6,})\.?,?\s+(?:de\s+)?((?:19|20)[0-9]{2})(?!\w)")


def _unreadable_dates(document: Document) -> Iterator[Finding]:
    """What looks like a date and can't be one."""
    for start, text in text_lines(document):
        patterns = (
            (_LOOKS_LIKE_YEAR, "has a letter where a digit belongs"),
            (_WRONG_MONTH, "has a month that isn't there"),
            (_WRONG_DAY, "has a day that isn't there"),
        )
        for pattern, what in patterns:
            for match in pattern.finditer(text):
                yield _date_finding(document, start, match[0], what)
        for match in _LONG_YEAR.finditer(text):
            if (
                fold(match[0].split()[0].strip(".")) in _months()
                or "/" in match[0]
                or "." in match[0]
            ):
                yield _date_finding(document, start, match[0], "has a year of five digits")
        for match in _MONTH_AND_YEAR.finditer(text):
            if month := _misspelt_month(fold(match[1])):
                yield _date_finding(document, start, match[0], f'should perhaps be "{month}"')


def _date_finding(document: Document, start: int, text: str, what: str) -> Finding:
    return Finding(
        document.source,
        document.line(start),
        About.DATE,
        f'"{text.strip()}" can\'t be read as a date: it {what}',
    )


@cache
def _months() -> dict[str, str]:
    from babel import Locale

    return {
        fold(name.strip(".")): name
        for language in load_yaml("profile")["languages"]
        for context in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for name in context[width].values()
    }


def _misspelt_month(word: str) -> str | None:
    """The month whose name the word is, but for one or two slips."""
    from rapidfuzz.distance import OSA

    if word in _months():
        return None
    for month, name in _months().items():
        if (
            len(month) >= 6
            and word[0] == month[0]
            and OSA.distance(word, month, score_cutoff=2) <= (2 if len(month) > 7 else 1)
        ):
            return name
    return None


# -- sections


def _sections(document: Document) -> Iterator[Finding]:
    if has_named_fields(document):
        return
    for area in outline(document):
        if area.kind is None and area.title and not is_section_title(area.title):
            start = min(block.start for block in area.blocks)
            above = [
                document.blocks[section.heading].start
                for section in document.sections
                if section.heading is not None
                and section.path[-1] == area.title
                and document.blocks[section.heading].start <= start
            ]
            yield Finding(
                document.source,
                document.line(above[-1] if above else start),
                About.SECTION,
                f'the section "{area.title}" wasn\'t understood; its lines can be found, but to '
                'be known as jobs, skills … it needs a usual title such as "Work experience"',
                remark=True,
            )


# -- what findings say


def _place(by_source: dict[str, Document], dates: Dates) -> tuple[str, int]:
    span = dates.spans[0]
    return span.source, by_source[span.source].line(span.start)


def _name(fact: Experience | Education) -> str:
    if isinstance(fact, Education):
        value = fact.institution or fact.study_type or fact.heading
    else:
        value = fact.name or fact.position or fact.heading
    return short(value.text)


def _shown(period: Period) -> str:
    start = period.start.isoformat() if period.start else "…"
    if period.ongoing:
        return f"{start} – today"
    end = period.end.isoformat() if period.end else "…"
    return start if start == end else f"{start} – {end}"
