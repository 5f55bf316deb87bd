"""Plain text to a Document: structure by rules, capitals, indentation and line breaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.documents import Document, Run
from bot.sources.headings import Candidate, find_headings
from bot.sources.printed import LABELLED, MARKER, Printed, group
from bot.sources.sections import is_section_title
from bot.sources.structure import build_document
from bot.words import ends_in_colon

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]*")
_RULE = re.compile(r"\s*([-=_*~#.+─━═—–‒•·]\s?){3,}\s*$")
_HASH = re.compile(r"(#{1,6})\s+(?=\S)")
_DECORATED = re.compile(r"([^\w\s\"'(“„«]{1,6})\s*(?=\w)(.*?\w)\s*[^\w\s\"')!?.]{1,6}$")
_INLINE = re.compile(r"([^\W\d_][^:：]{1,40})[:：]\s+(?=\S)")
_GAP = re.compile(r"(?<=\S)\s{2,}(?=\S)")
_LABEL = re.compile(r"[^\W\d_][\w'-]*(?: [\w&'-]+){0,2}")
_TAB = 8
_AFTER_TITLE = ":： \t"


@dataclass(frozen=True, slots=True)
class _Raw:
    """A line of the file that isn't blank or a rule, and what was around it."""

    line: Printed
    above: str = ""  # the sign of the rule right above
    below: str = ""


def read_plain(source: str, text: str) -> Document:
    """Read plain text, whatever it says."""
    raw = list(_raw_lines(text))
    raw = list(_with_inline_titles(raw))
    raw = list(_with_labels(raw))
    levels = find_headings([_candidate(raw, i) for i in range(len(raw))])
    printed = [
        replace(found.line, runs=_title_runs(found.line), level=levels[i])
        if i in levels
        else found.line
        for i, found in enumerate(raw)
    ]
    return build_document(source, text, group(printed))


def _raw_lines(text: str) -> Iterator[_Raw]:
    blank = True
    rule = ""  # right above
    pending: _Raw | None = None
    position = 0
    while position <= len(text):
        match = _LINE.match(text, position)
        assert match is not None
        written, start = match[0], match.start()
        position = match.end() + (2 if text.startswith("\r\n", match.end()) else 1)
        if not written.strip():
            blank, rule = True, ""
            continue
        if ruled := _RULE.match(written):
            if pending and not blank:
                pending = replace(pending, below=ruled[1])
            blank, rule = True, ruled[1]
            continue
        if pending:
            yield pending
        shown = written.strip()
        start += len(written) - len(written.lstrip())
        left = _column(written[: len(written) - len(written.lstrip())])
        line = Printed(
            (Run(start, start + len(shown), shown),), left, left + _column(shown), 0, blank
        )
        pending = _Raw(line, above=rule)
        blank, rule = False, ""
    if pending:
        yield pending


def _column(text: str) -> int:
    """Columns the text takes."""
    column = 0
    for char in text:
        column += _TAB - column % _TAB if char == "\t" else 2 if char > "\u2e80" else 1
    return column


def _with_inline_titles(raw: list[_Raw]) -> Iterator[_Raw]:
    """The lines, a section that is all on one line ("Interests: rowing") cut in two.

    Only where titles end with a colon here, or nothing else could be a title.
    """
    titled = [found.line for found in raw if is_section_title(found.line.text)]
    colons = [line for line in titled if ends_in_colon(line.text)]
    usual = not titled or len(colons) * 2 > len(titled)
    above: _Raw | None = None
    for found in raw:
        match = _INLINE.match(found.line.text) if usual and found.line.apart else None
        headed = above is not None and is_section_title(above.line.text)
        above = found
        if match and not headed and is_section_title(match[1]):
            run = found.line.runs[0]
            shown = match[0].rstrip()
            title = replace(run, end=run.start + len(shown), text=shown)
            yield replace(found, line=replace(found.line, runs=(title,)))
            yield _Raw(found.line.without(match.end()))
        else:
            yield found


def _with_labels(raw: list[_Raw]) -> Iterator[_Raw]:
    """The lines, with a colon read after each label of a column of labels, where one of them is
    the title of a section:

        Languages    English, Welsh
        Hobby        Mends metronomes
    """
    columns = [_value_column(found.line) for found in raw]
    titled = {
        column
        for found, column in zip(raw, columns, strict=True)
        if column is not None and is_section_title(found.line.text.split("  ")[0])
    }
    for found, column in zip(raw, columns, strict=True):
        if column in titled and columns.count(column) > 1:
            match = _GAP.search(found.line.text)
            assert match is not None
            yield replace(found, line=replace(found.line, runs=_cut(found.line.runs[0], match)))
        else:
            yield found


def _value_column(line: Printed) -> int | None:
    """The column in which the value of a label of up to three words begins, None without one."""
    gaps = list(_GAP.finditer(line.text))
    if len(gaps) != 1 or not _LABEL.fullmatch(line.text[: gaps[0].start()]):
        return None
    return round(line.left) + _column(line.text[: gaps[0].end()])


def _cut(run: Run, gap: re.Match[str]) -> tuple[Run, ...]:
    middle, end = run.start + gap.start(), run.start + gap.end()
    return (
        replace(run, end=middle, text=run.text[: gap.start()]),
        Run(middle, end, LABELLED),
        replace(run, start=end, text=run.text[gap.end() :]),
    )


def _candidate(raw: list[_Raw], i: int) -> Candidate:
    found = raw[i]
    text = found.line.text
    marks = set()
    if found.below:
        marks.add(f"ruled{found.above}{found.below}" if found.above else f"underlined{found.below}")
    if hashes := _HASH.match(text):
        marks.add(f"hash{len(hashes[1])}")
    elif _DECORATED.match(text):
        marks.add("decorated")
    elif MARKER.match(text):
        return Candidate("")
    below = raw[i + 1].line if i + 1 < len(raw) else None
    shown = "".join(run.text for run in _title_runs(found.line))
    return Candidate(
        shown + (":" if ends_in_colon(text) else ""),
        frozenset(marks),
        found.line.apart,
        below.text if below else "",
        not below or below.apart,
    )


def _title_runs(line: Printed) -> tuple[Run, ...]:
    """The title without signs around it and without a colon."""
    text = line.text
    first, last = 0, len(text.rstrip(_AFTER_TITLE))
    if hashes := _HASH.match(text):
        first, last = hashes.end(), len(text.rstrip(_AFTER_TITLE + "#"))
    elif decorated := _DECORATED.match(text):
        first, last = decorated.span(2)
    run = line.runs[0]
    return (
        (Run(run.start + first, run.start + last, text[first:last]),) if last > first else line.runs
    )
