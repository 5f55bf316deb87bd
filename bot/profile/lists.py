"""Skills, languages, interests and references, from the lines of their sections."""

import re
from collections.abc import Iterator, Sequence

from bot.documents import Block, Document, Kind, Style
from bot.profile.areas import Area
from bot.profile.headings import word_count
from bot.profile.pieces import Piece, piece_of
from bot.profile.profile import Interest, Language, Reference, Skill, Value
from bot.profile.rows import cells_of, columns_of
from bot.profile.vocabulary import is_language, labels, phrases, sentences, word_list
from bot.sources.sections import is_section_title
from bot.words import ends_in_colon

_SEPARATOR = re.compile(r"\s*[,，、;；|•●▪◦]\s*|\s+[·/‧・]\s+|\s*·\s*(?=\S)|\s{3,}")
_LABEL = re.compile(r"^([^:：,，;、.。]{1,60}?)\s*[:：]\s*(?=\S)")
_DOT_LABEL = re.compile(r"^([^,，;、·|]{1,40}?)(?:\s+[·|–—-]\s+|\s{2,}|\t)(?=[^·|]*[,，、])")
_LONGEST = 7  # words in a skill; more is a sentence
_AND = re.compile(r"^(?:and|und|et|y|sowie|以及)\s+", re.IGNORECASE)
_LEVEL = re.compile(
    r"^(?:[ABC][12][+]?(?:[-/–][ABC]?[12])?|N[1-5]|JLPT\s?N[1-5]|HSK\s?[1-9]|CET-?[46]|[0-9](?:[.,][05])?\s?/\s?[0-9]{1,2}|(?:IELTS|TOEFL|TOEIC|DELE|DELF|DALF|TestDaF)\b.*)$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^(?P<name>[^()（）]+?)\s*[(（](?P<fluency>[^()（）]+)[)）]\.?$")
_PARTED = re.compile(r"^(?P<name>.+?)\s*(?::|：|\s[–—-]\s|\s·\s|–|—)\s*(?P<fluency>.+)$")
_QUOTE = '"“”„«»「」『』'


def _rows(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Piece]]]:
    """The blocks with what is in them: the cells of a row, else the lines that stand alone."""
    heads = {block.lead for block in blocks if block.kind is Kind.ROW}
    for block in blocks:
        if block.kind is Kind.ROW:
            number = document.blocks.index(block)
            if number not in heads:
                yield block, cells_of(document, block)
        else:
            yield block, _own_lines(piece_of(document, block))


def _own_lines(piece: Piece) -> list[Piece]:
    """The lines of a paragraph if each is a list of its own, else the paragraph."""
    lines = piece.lines()
    if len(lines) > 1 and (
        all(_LABEL.match(line.text) for line in lines)
        or not any(re.search("[,，、;]", line.text) for line in lines)
    ):
        return lines
    if len(lines) > 1 and sum(bool(_LABEL.match(line.text)) for line in lines) > 1:
        joined: list[Piece] = []
        for line in lines:
            if joined and not _LABEL.match(line.text):
                joined[-1] = joined[-1].upto(line)
            else:
                joined.append(line)
        return joined
    if (
        len(lines) > 1
        and not any(line.text.endswith((",", "，", "、", "-")) for line in lines[:-1])
        and all(re.search("[,，、;]", line.text) for line in lines)
        and all(line.text[:1].isupper() for line in lines)
    ):
        return lines
    return [piece]


# -- skills


def read_skills(document: Document, area: Area) -> list[Skill]:
    """The groups of skills of an area; those without a name are one group."""
    groups = _SkillGroups(document, area.title)
    for block, lines in _rows(document, area.blocks):
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
            keywords = [part.value() for part in skill_list(rest)] if rest else []
            self._add(name.value(), keywords)
            self._of_item[id(block)] = len(self._skills) - 1
            self._headed = False
        elif self._headed:
            self._extend(len(self._skills) - 1, [line])
        elif not _is_sentence(line.text):
            self._add(None, [part.value() for part in skill_list(line)])

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
            for part in skill_list(line)
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
    if match := _LABEL.match(line.text):
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
        return None, [part.value() for cell in cells for part in skill_list(cell)], None
    level: Value | None = None
    keywords: list[Value] = []
    for cell, column in zip(cells[1:], columns[1:], strict=True):
        if labels(column) & {"level", "fluency"}:
            level = cell.value()
        else:
            keywords += [part.value() for part in skill_list(cell)]
    return cells[0].value(), keywords, level


def skill_list(piece: Piece) -> list[Piece]:
    """The members of a list, without the sentences in it."""
    found = []
    for part in piece.strip(".。 ").split(_SEPARATOR):
        inner = part
        if match := _AND.match(inner.text):
            inner = inner.cut(match.end())
        inner = inner.strip(".。 ")
        if inner and word_count(inner.text) <= _LONGEST:
            found.append(inner)
    return found


def stated_skills(document: Document, areas: Sequence[Area]) -> list[Skill]:
    """What the candidate says in sentences that they know: "I am good at Linux, Redis"."""
    found: list[Value] = []
    pattern, roles = sentences("abilities"), sentences("roles")
    for area in areas:
        for block in area.blocks:
            piece = piece_of(document, block)
            for match in pattern.finditer(piece.text):
                sentence = _to_sentence_end(piece.cut(match.end()))
                parts = skill_list(sentence)
                if len(parts) > 1:
                    found += [sub.value() for part in parts for sub in _and_parts(part)]
            for match in roles.finditer(piece.text):
                sentence = _to_sentence_end(piece.cut(match.end()))
                found += [part.value() for part in _slashed(sentence)]
    return [Skill(None, tuple(found))] if found else []


def _and_parts(part: Piece) -> list[Piece]:
    return part.split(re.compile(r"\s+(?:and|und|et|y)\s+|(?<=[\u3400-\u9fff])[和与及]"))


def _slashed(piece: Piece) -> list[Piece]:
    """The members of a list with strokes between three and more: "Java/Lua/Go programmer"."""
    match = re.search(r"[\w+#.]+(?:/[\w+#.]+){2,}", piece.text)
    return piece.cut(*match.span()).split("/") if match else []


def _to_sentence_end(piece: Piece) -> Piece:
    match = re.search(r"[.!?](?:\s|$)|[。！？；]|;\s", piece.text)
    return piece.cut(0, match.start()) if match else piece


# -- languages


def read_languages(document: Document, area: Area) -> list[Language]:
    """The human languages of an area, and how well each is spoken."""
    found: list[Language] = []
    for block, lines in _rows(document, area.blocks):
        if block.kind is Kind.HEADING:
            continue
        if block.kind is Kind.ROW:
            if lines and (is_language(lines[0].text) or len(lines) == 2):
                fluency = lines[1].value() if len(lines) > 1 else None
                found.append(Language(lines[0].value(), fluency))
            continue
        for line in lines:
            found += _languages(line)
    return found


def _languages(line: Piece) -> Iterator[Language]:
    if match := _LABEL.match(line.text):
        name, rest = line.cut(*match.span(1)), line.cut(match.end())
        if _is_fluency(name.text) and not is_language(name.text):
            for part in skill_list(rest):
                for each in _and_parts(part):
                    yield Language(each.value(), name.value())
            return
        if "language" in labels(name.text):
            line = rest
    for part in line.strip(".。").split(
        re.compile(r"\s*[,，、;；|•/]\s*|\s+·\s+|\s+(?:and|und|et|y)\s+")
    ):
        if language := _language(part.strip(".。 ")):
            yield language


def _language(part: Piece) -> Language | None:
    if not part or word_count(part.text) > 10:
        return None
    for pattern in (_BRACKETED, _PARTED):
        if match := pattern.match(part.text):
            name = part.cut(*match.span("name"))
            fluency = part.cut(*match.span("fluency"))
            if is_language(name.text) or _is_fluency(fluency.text):
                return Language(name.value(), fluency.value())
    for match in re.finditer(r"\s+", part.text):
        name, fluency = part.cut(0, match.start()), part.cut(match.end())
        if is_language(name.text) and _is_fluency(fluency.text):
            return Language(name.value(), fluency.value())
        if is_language(fluency.text) and _is_fluency(name.text):
            return Language(fluency.value(), name.value())
    return Language(part.value()) if is_language(part.text) else None


def _is_fluency(text: str) -> bool:
    return bool(_LEVEL.match(text)) or word_list("fluency").count(text) > 0


# -- interests and references


def read_interests(document: Document, area: Area) -> list[Interest]:
    """What the candidate likes to do."""
    found: list[Interest] = []
    for block, lines in _rows(document, area.blocks):
        if block.kind is Kind.HEADING:
            continue
        for line in lines:
            match = _LABEL.match(line.text)
            if match and not labels(match[1]) and not is_section_title(match[1]):
                keywords = tuple(part.value() for part in skill_list(line.cut(match.end())))
                found.append(Interest(line.cut(*match.span(1)).value(), keywords))
            else:
                rest = line.cut(match.end()) if match else line
                found += [Interest(part.value()) for part in skill_list(rest)]
    return found


def read_references(document: Document, area: Area) -> list[Reference]:
    """Who speaks for the candidate, and what they say: a quote and a name, in either order."""
    found: list[Reference] = []
    for block in area.blocks:
        for piece in _quotes_and_names(piece_of(document, block)):
            quote = piece.text[:1] in _QUOTE
            last = found[-1] if found else None
            if quote:
                value = piece.strip(_QUOTE).value()
                if last and last.name and last.reference is None:
                    found[-1] = Reference(last.name, value)
                else:
                    found.append(Reference(None, value))
                continue
            name = _person(piece)
            if last and last.name is None and last.reference and name:
                found[-1] = Reference(name.value(), last.reference)
            elif name and not _is_on_request(piece.text):
                found.append(Reference(name.value()))
    return found


def _quotes_and_names(piece: Piece) -> list[Piece]:
    parts: list[Piece] = []
    start = 0
    for match in re.finditer(f"[{_QUOTE}][^{_QUOTE}]{{15,}}[{_QUOTE}]", piece.text):
        if before := piece.cut(start, match.start()).strip("—–- ·:"):
            parts.append(before)
        parts.append(piece.cut(*match.span()))
        start = match.end()
    if rest := piece.cut(start).strip("—–- ·:"):
        parts += rest.lines() if start == 0 and len(rest.lines()) > 1 and not parts else [rest]
    return parts


def _person(piece: Piece) -> Piece | None:
    """The name before the comma: "Dr Jane Roe, headteacher, The School"."""
    parts = piece.split(re.compile(r"\s*[,，|·:：]\s*|\s[–—-]\s|\s*[(（]"))
    if not parts:
        return None
    name = parts[0]
    words_ = name.text.split()
    capitalised = all(
        word[:1].isupper() or not word[:1].isascii() or len(word) < 4 for word in words_
    )
    return (
        name if capitalised and len(words_) <= 6 and not phrases("names").match(name.text) else None
    )


def _is_on_request(text: str) -> bool:
    return bool(re.search(r"request|anfrage|demande|petición|solicitud|备索", text, re.IGNORECASE))
