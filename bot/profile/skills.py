"""Skills, from the lines of their sections and from what the candidate says of themselves."""

import re
from collections.abc import Sequence

from bot.documents import Block, Document, Kind, Style
from bot.profile.areas import Area
from bot.profile.headings import word_count
from bot.profile.lists import LABEL, joined_members, list_members, list_rows
from bot.profile.pieces import Piece, piece_of
from bot.profile.profile import Skill, Value
from bot.profile.rows import columns_of
from bot.profile.vocabulary import labels, sentences
from bot.words import ends_in_colon

_DOT_LABEL = re.compile(r"^([^,，;、·|]{1,40}?)(?:\s+[·|–—-]\s+|\s{2,}|\t)(?=[^·|]*[,，、])")


def read_skills(document: Document, area: Area) -> list[Skill]:
    """The groups of skills of an area; those without a name are one group."""
    groups = _SkillGroups(document, area.title)
    for block, lines in list_rows(document, area.blocks):
        groups.read(block, lines)
    return groups.skills()


class _SkillGroups:
    """Groups of skills as they are gathered from the lines of a section."""

    def __init__(self, document: Document, title: str) -> None:
        self._document = document
        self._title = title
        self._skills: list[Skill] = []
        self._loose: list[Value] = []
        self._headed = False  # whether the last group is named by a heading
        self._of_item: dict[int, int] = {}  # block → its group, which takes the items below it

    def read(self, block: Block, lines: Sequence[Piece]) -> None:
        above = next(self._document.introducing(block), None)
        match block.kind:
            case Kind.HEADING:
                self._headed = bool(lines)
                if lines:
                    self._skills.append(Skill(lines[0].value()))
            case Kind.ROW:
                self._add(*_skill_row(lines, columns_of(self._document, block)))
            case Kind.ITEM if above is not None and id(above) in self._of_item:
                self._extend(self._of_item[id(above)], lines)
            case _:
                for line in lines:
                    self._read_line(block, line)

    def _read_line(self, block: Block, line: Piece) -> None:
        name, rest = _named_group(line)
        if name is not None and rest is not None and name.text == self._title:
            name, line = None, rest  # the section is a line: "Skills: A, B"
        if name is not None:
            keywords = [part.value() for part in list_members(rest)] if rest else []
            self._add(name.value(), keywords)
            self._of_item[id(block)] = len(self._skills) - 1
            self._headed = False
        elif self._headed:
            self._extend(len(self._skills) - 1, [line])
        elif not _is_sentence(line.text):
            self._add(None, [part.value() for part in list_members(line)])

    def _add(
        self, name: Value | None, keywords: Sequence[Value], level: Value | None = None
    ) -> None:
        if name is None:
            self._loose.extend(keywords)
        else:
            self._skills.append(Skill(name, tuple(keywords), level))

    def _extend(self, number: int, lines: Sequence[Piece]) -> None:
        found = [
            part.value()
            for line in lines
            if not _is_sentence(line.text)
            for part in list_members(line)
        ]
        old = self._skills[number]
        self._skills[number] = Skill(old.name, (*old.keywords, *found), old.level)

    def skills(self) -> list[Skill]:
        """The groups, the one without a name first."""
        loose = [Skill(None, tuple(self._loose))] if self._loose else []
        return loose + self._skills


def _is_sentence(text: str) -> bool:
    """Whether a line tells something rather than listing names."""
    commas = len(re.findall("[,，、;；|·]", text))
    return (
        word_count(text) > 8
        and word_count(text) > 4 * (commas + 1)
        and (text.endswith((".", "。")) or not commas)
    )


def _named_group(line: Piece) -> tuple[Piece | None, Piece | None]:
    """The name of a group and its members: "Tools: A, B", "**Tools** A, B", "Tools · A, B"."""
    if match := LABEL.match(line.text):
        return line.cut(*match.span(1)), line.cut(match.end())
    if ends_in_colon(line.text):
        return line.strip(":：") or None, None
    styled = list(line.styled(lambda run: run.style))
    if len(styled) > 1 and styled[0].style is Style.STRONG:
        rest = styled[1].upto(styled[-1]).strip(":： –—-·|")
        name = styled[0].strip(":： ")
        if rest and name:
            return name, rest
    if match := _DOT_LABEL.match(line.text):
        return line.cut(*match.span(1)), line.cut(match.end())
    return None, None


def _skill_row(
    cells: Sequence[Piece], columns: Sequence[str]
) -> tuple[Value | None, list[Value], Value | None]:
    if len(cells) < 2:
        return None, [part.value() for cell in cells for part in list_members(cell)], None
    level: Value | None = None
    keywords: list[Value] = []
    for cell, column in zip(cells[1:], columns[1:], strict=True):
        if labels(column) & {"level", "fluency"}:
            level = cell.value()
        else:
            keywords += [part.value() for part in list_members(cell)]
    return cells[0].value(), keywords, level


def stated_skills(document: Document, areas: Sequence[Area]) -> list[Skill]:
    """What the candidate says in sentences that they know: "I am good at Linux, Redis"."""
    found: list[Value] = []
    pattern, roles = sentences("abilities"), sentences("roles")
    for area in areas:
        for block in area.blocks:
            piece = piece_of(document, block)
            for match in pattern.finditer(piece.text):
                sentence = _to_sentence_end(piece.cut(match.end()))
                parts = list_members(sentence)
                if len(parts) > 1:
                    found += [sub.value() for part in parts for sub in joined_members(part)]
            for match in roles.finditer(piece.text):
                sentence = _to_sentence_end(piece.cut(match.end()))
                found += [part.value() for part in _slashed(sentence)]
    return [Skill(None, tuple(found))] if found else []


def _slashed(piece: Piece) -> list[Piece]:
    """The members of a list with strokes between three and more: "Java/Lua/Go programmer"."""
    match = re.search(r"[\w+#.]+(?:/[\w+#.]+){2,}", piece.text)
    return piece.cut(*match.span()).split("/") if match else []


def _to_sentence_end(piece: Piece) -> Piece:
    match = re.search(r"[.!?](?:\s|$)|[。！？；]|;\s", piece.text)
    return piece.cut(0, match.start()) if match else piece
