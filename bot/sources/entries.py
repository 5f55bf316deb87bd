"""Entries: which blocks are one job, project, degree …, by cues that every layout shares.

A heading or a bold line inside a section names an entry. Where there is neither, a short line
that bears a date does, or a short line above one. What follows belongs to it until the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dates import Period, find_periods, undated
from bot.documents import Block, Entry, Kind, Section, Style
from bot.sources.contact import holds_contact
from bot.sources.sections import is_section_title, section_kind
from bot.words import COLONS, ends_in_colon, fold, function_words, words

_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", ";", "；", ",")
_EDGES = " \t\u3000|·•∙,，;()（）[]–—―-/:：@→*_~＊"
_LONGEST_TITLE = 160  # characters; more is prose with a stressed beginning
_LONGEST_LINE = 120  # of a title that nothing sets off
_MOST_WORDS = 18
_MOST_BESIDE_DATE = 4  # words beside the date in a line that only tells when and where
_DEEPEST_HEAD = 4  # lines of a title, place and dates
_NO_ENTRIES = ("basics", "summary", "contact", "location", "interests")


def find_entries(
    blocks: Sequence[Block], sections: Sequence[Section], language: str, apart: Sequence[bool]
) -> tuple[list[Entry], list[Block]]:
    """The entries in reading order, and the blocks with `entry` set.

    Args:
        apart: for each block, whether it is set off from the one above.
    """
    entries: list[Entry] = []
    grouped = list(blocks)
    for head in _Grouping(blocks, sections, language, apart).heads():
        for i in head.members:
            grouped[i] = replace(grouped[i], entry=len(entries))
        title = grouped[head.title]
        rest = (i for i in head.members if i != head.title)
        entries.append(Entry(title.text, title.section, (head.title, *rest)))
    return entries, grouped


def named_entries(
    blocks: Sequence[Block], numbers: Sequence[int | None], titles: Sequence[str]
) -> tuple[list[Entry], list[Block]]:
    """The entries that the format itself names, and the blocks with `entry` set.

    Args:
        numbers: for each block, the entry it belongs to.
        titles: of the entries.
    """
    members: list[list[int]] = [[] for _ in titles]
    for i, number in enumerate(numbers):
        if number is not None:
            members[number].append(i)
    entries = [
        Entry(title, blocks[inside[0]].section, tuple(inside))
        for title, inside in zip(titles, members, strict=True)
    ]
    grouped = [replace(block, entry=number) for block, number in zip(blocks, numbers, strict=True)]
    return entries, grouped


@dataclass(slots=True)
class _Head:
    """An entry that is being gathered.

    Attributes:
        strong: whether a heading or a bold line names it.
        dated: whether its title, or a line right below, bears a date.
        open: whether only title, place and dates have been seen yet.
    """

    title: int
    members: list[int]
    strong: bool = False
    dated: bool = False
    open: bool = True


class _Grouping:
    def __init__(
        self,
        blocks: Sequence[Block],
        sections: Sequence[Section],
        language: str,
        apart: Sequence[bool],
    ) -> None:
        self._blocks = blocks
        self._sections = sections
        self._apart = apart
        self._small = function_words(language)
        self._periods: dict[int, list[Period]] = {}
        self._heads: list[_Head] = []

    def heads(self) -> list[_Head]:
        current: _Head | None = None
        for i, block in enumerate(self._blocks):
            if current and self._ends(current, i):
                current = None
            started = self._start(i, current)
            if started:
                current = started
                self._heads.append(started)
            elif current:
                self._join(current, i, block)
        return self._heads

    def _ends(self, current: _Head, i: int) -> bool:
        title, block = self._blocks[current.title], self._blocks[i]
        if block.section != title.section:
            return True
        if title.kind is Kind.ITEM:
            return not self._is_below(i, current.title)
        return title.kind is Kind.ROW

    def _join(self, current: _Head, i: int, block: Block) -> None:
        current.members.append(i)
        if not (block.kind is Kind.PARAGRAPH and self._is_short(i)):
            current.open = False
        elif current.open and self._dates(i):
            bare = self._is_bare(current.title) and not current.strong
            current.dated = True
            if bare and not self._is_bare(i):
                current.title = i
        elif current.open and self._is_bare(current.title) and not current.strong:
            current.title = i  # the dates came first

    def _start(self, i: int, current: _Head | None) -> _Head | None:
        block = self._blocks[i]
        match block.kind:
            case Kind.HEADING:
                starts = self._is_entry_heading(i)
                strong = True
            case Kind.ROW:
                starts, strong = bool(self._dates(i)), False
            case Kind.ITEM:
                starts, strong = self._is_item_title(i, current), False
            case Kind.PARAGRAPH if self._is_bold(block) and not self._is_in_head(i):
                starts, strong = not self._belongs_to_head(i, current), True
            case Kind.PARAGRAPH:
                starts, strong = self._is_line_title(i, current), False
            case _:
                starts = strong = False
        if not starts:
            return None
        return _Head(i, [i], strong, dated=bool(self._dates(i)))

    # -- the kinds of titles

    def _is_entry_heading(self, i: int) -> bool:
        """A heading inside a section, but one that divides it ("Journal articles"); outside of
        one, a heading with dates that is no section's title.
        """
        block = self._blocks[i]
        if len(self._sections[block.section].path) < 2:
            return bool(self._dates(i)) and section_kind(block.text) is None
        divides = is_section_title(block.text) and section_kind(block.text) is not None
        return not divides or self._is_detail(i + 1)

    def _is_bold(self, block: Block) -> bool:
        """A line that opens in bold, other than a label such as "**Languages:** …"."""
        first = block.runs[0]
        return (
            first.style is Style.STRONG
            and not ends_in_colon(first.text)
            and not "".join(run.text for run in block.runs[1:]).lstrip().startswith(COLONS)
            and len(block.text) <= _LONGEST_TITLE
        )

    def _belongs_to_head(self, i: int, current: _Head | None) -> bool:
        """Whether a bold line goes on with the head above it: with its dates, or, right below a
        dated title, with who it was for.
        """
        if current is None or not (current.strong and current.open):
            return False
        if not current.dated:
            return self._is_detail(i)
        return current.members == [current.title] == [i - 1] and not self._dates(i)

    def _is_item_title(self, i: int, current: _Head | None) -> bool:
        """An outermost dated item; below a title only in a list of such items."""
        if not self._is_dated_item(i):
            return False
        if current is None or self._blocks[current.title].kind is Kind.ITEM:
            return True
        return not current.dated and self._is_list_of_dates(i)

    def _is_line_title(self, i: int, current: _Head | None) -> bool:
        """A short line with its dates, or right above them, where nothing else sets it off."""
        if not self._is_short(i) or not self._may_hold_entries(i):
            return False
        if current and current.open and not current.dated:
            # The line with the dates of the title above.
            above = current.title == i - 1 and not self._apart[i]
            if current.strong or above or self._is_detail(i) or not self._dates(i):
                return False
        below = current and current.open and current.members == [current.title] == [i - 1]
        if below and self._is_bare(i - 1) and not self._dates(i):
            return False  # the title of the dates above
        if self._edge_date(i):
            return not (current and current.strong and self._is_detail(i))
        if current and current.open and (current.strong or self._is_between_dates(current, i)):
            return False
        return self._is_above_dates(i) or (
            not (current and current.strong) and self._is_above_list(i)
        )

    def _is_above_dates(self, i: int) -> bool:
        """An undated line, alone or first of its lines, with one line of dates below."""
        if self._is_detail(i + 1) and (self._apart[i] or not self._apart[i + 1]):
            # What ends in a colon tells of something else, where dates don't follow at once.
            ends = ends_in_colon(self._blocks[i].text)
            return not (ends and self._apart[i + 1])
        if not self._apart[i]:
            return False
        group = self._group(i)
        dated = [j for j in group if self._edge_date(j)]
        return len(dated) == 1 and dated[0] - i < _DEEPEST_HEAD

    def _is_between_dates(self, current: _Head, i: int) -> bool:
        """Whether the line stands between two that begin with dates and name something: it
        belongs to the upper one, where no more space tells otherwise.
        """
        if current.members != [i - 1] or self._apart[i] or not self._is_paragraph(i + 1):
            return False
        return all(
            self._dates(j)
            and not self._blocks[j].text[: self._dates(j)[0].start_offset].strip(_EDGES)
            and self._beside_dates(j)
            for j in (i - 1, i + 1)
        )

    def _is_above_list(self, i: int) -> bool:
        """An undated line with a list right below it, other than "It consists of:"."""
        return (
            self._apart[i]
            and not ends_in_colon(self._blocks[i].text)
            and i + 1 < len(self._blocks)
            and self._blocks[i + 1].kind is Kind.ITEM
            and not self._apart[i + 1]
        )

    def _may_hold_entries(self, i: int) -> bool:
        """Whether lines of this section can be titles: not in the head of the document, nor
        in a section that tells of the person.
        """
        path = self._sections[self._blocks[i].section].path
        if not path:
            return not self._is_in_head(i)
        return section_kind(path[0]) not in _NO_ENTRIES

    def _is_in_head(self, i: int) -> bool:
        """Whether the block stands before the first section."""
        return len(self._sections) > 1 and not self._sections[self._blocks[i].section].path

    # -- the shapes of a line

    def _dates(self, i: int) -> list[Period]:
        if i not in self._periods:
            self._periods[i] = find_periods(self._blocks[i].text)
        return self._periods[i]

    def _is_short(self, i: int) -> bool:
        """A line, not a sentence, nor how to reach somebody."""
        block = self._blocks[i]
        text = block.text.strip()
        if block.kind is not Kind.PARAGRAPH or len(text) > _LONGEST_LINE or "\n" in text:
            return False
        if holds_contact(text) or len(words(text)) > _MOST_WORDS:
            return False
        if text.endswith(_SENTENCE_ENDS):
            dates = self._dates(i)
            if not dates:
                return False
            # The dates are a column of their own: "2009-2011   MA Conservation, Glasgow."
            opens = not text[: dates[0].start_offset].strip()
            in_column = opens and text[dates[0].end_offset :].startswith("  ")
            return in_column or not text[dates[-1].end_offset :].strip(_EDGES + ".")
        return not text.startswith(('"', "“", "„", "«", "「"))

    def _beside_dates(self, i: int) -> str:
        """The line without its dates and what separates them."""
        return undated(self._blocks[i].text, self._dates(i)).strip(_EDGES + ".\n")

    def _is_paragraph(self, i: int) -> bool:
        return i < len(self._blocks) and self._blocks[i].kind is Kind.PARAGRAPH

    def _is_bare(self, i: int) -> bool:
        """Whether the line holds dates and nothing else."""
        return self._is_paragraph(i) and bool(self._dates(i)) and not self._beside_dates(i)

    def _is_detail(self, i: int) -> bool:
        """Whether the line below a title tells only when it was, and where or for whom."""
        if not self._is_paragraph(i) or not self._is_short(i) or not self._edge_date(i):
            return False
        if self._blocks[i].section != self._blocks[i - 1].section:
            return False
        return _length(self._beside_dates(i)) <= _MOST_BESIDE_DATE

    def _edge_date(self, i: int) -> bool:
        """Whether a date begins or ends the line, or is set off from what is around it."""
        if not self._is_paragraph(i) or not self._is_short(i):
            return False
        text = self._blocks[i].text
        for period in self._dates(i):
            before, after = text[: period.start_offset], text[period.end_offset :]
            if not before.strip(_EDGES):
                return True
            ahead = before.rstrip()
            far = ahead != before and before.endswith(("  ", "\t"))
            if far and _length(after) <= _MOST_BESIDE_DATE:
                return True
            set_off = far or ahead[-1] in _EDGES
            last = words(ahead)[-1:]
            joined = bool(last) and not set_off and fold(last[0].text) in self._small
            if joined:
                continue
            if not after.strip(_EDGES + "."):
                return True
            behind = after.lstrip()
            if set_off and (
                (behind != after and after.startswith(("  ", "\t"))) or behind[0] in _EDGES
            ):
                return True
        return False

    def _group(self, i: int) -> list[int]:
        """The lines from `i` on that nothing parts."""
        group = [i]
        section = self._blocks[i].section
        while (
            self._is_paragraph(group[-1] + 1)
            and not self._apart[group[-1] + 1]
            and self._blocks[group[-1] + 1].section == section
        ):
            group.append(group[-1] + 1)
        return group

    # -- items

    def _is_dated_item(self, i: int) -> bool:
        block = self._blocks[i]
        return (
            block.kind is Kind.ITEM
            and block.level == 1
            and block.lead is None
            and bool(self._dates(i))
        )

    def _is_list_of_dates(self, i: int) -> bool:
        """Whether at least two, and two thirds, of the items of the list bear a date."""
        section = self._blocks[i].section

        def in_list(j: int) -> bool:
            return self._blocks[j].kind is Kind.ITEM and self._blocks[j].section == section

        first = last = i
        while first and in_list(first - 1):
            first -= 1
        while last + 1 < len(self._blocks) and in_list(last + 1):
            last += 1
        items = [j for j in range(first, last + 1) if self._blocks[j].level == 1]
        dated = sum(self._is_dated_item(j) for j in items)
        return dated >= 2 and dated * 3 >= len(items) * 2

    def _is_below(self, i: int, top: int) -> bool:
        """Whether block `i` is nested in the list item `top`."""
        above: int | None = i
        while above is not None and above != top:
            above = self._blocks[above].lead
        return above == top


def _length(text: str) -> float:
    """How many words the text has; two Chinese characters count as one."""
    return sum(
        1 if word.text.isascii() or word.text[0] < "\u3040" else len(word.text) / 2
        for word in words(text)
    )
