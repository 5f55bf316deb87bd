"""Markdown (CommonMark with tables) to a Document, by markdown-it-py.

The parser gives the lines of a block but no positions inside it, so each run is sought in the
source from where the one before it ended. Nothing is copied: a run that can't be found there
is a defect, and raises.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.documents import Document, Kind, Run, Style
from bot.errors import SourceError
from bot.sources.breaks import breaks_after
from bot.sources.markup import mask, visible
from bot.sources.structure import Line, build_document

_NEWLINE = re.compile(r"\r\n?|\n")
_STYLES = {"strong_open": Style.STRONG, "em_open": Style.EMPHASIS}


def read_markdown(source: str, text: str) -> Document:
    """Parse Markdown.

    Raises:
        SourceError: the front matter isn't YAML.
    """
    return build_document(source, text, _Reader(source, mask(text)).lines())


@cache
def _parser() -> MarkdownIt:
    # Without text_join, an escape or a character reference keeps its source in `markup`.
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.disable("text_join").use(front_matter_plugin)


@dataclass(slots=True)
class _Table:
    """The table that is being read.

    Attributes:
        row: the runs of the row that is open.
        header: the line of its header row.
        cursor: where in the source the next cell is sought.
    """

    row: list[Run] | None = None
    header: int | None = None
    in_header: bool = False
    cursor: int = 0


class _Reader:
    def __init__(self, source: str, text: str) -> None:
        self._source = source
        self._text = text
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(text)), len(text)]

    def _span(self, token: Token) -> tuple[int, int]:
        assert token.map is not None
        first, last = token.map
        return self._starts[first], self._starts[min(last, len(self._starts) - 1)]

    def lines(self) -> list[Line]:
        """The blocks in reading order."""
        lines: list[Line] = []
        items: list[int | None] = []  # for each open list item, the line that holds its text
        heading = 0
        table = _Table()
        for token in _parser().parse(self._text):
            made: list[Line] = []
            match token.type:
                case "front_matter":
                    made = list(self._front_matter(token))
                case "heading_open":
                    heading = int(token.tag[1])
                case "heading_close":
                    heading = 0
                case "list_item_open":
                    items.append(None)
                case "list_item_close":
                    items.pop()
                case "inline" if table.row is not None:
                    self._cell(token, table)
                case "inline":
                    made = list(self._text_lines(token, heading, items))
                case "fence" | "code_block":
                    made = list(self._code(token))
                case _:
                    made = self._table(token, table, len(lines))
            if items and items[-1] is None and made:
                items[-1] = len(lines)
            lines += made
        return lines

    def _table(self, token: Token, table: "_Table", line: int) -> list[Line]:
        """Follow the table, and make a line of a row that is complete."""
        match token.type:
            case "table_open":
                table.header = None
            case "thead_open" | "thead_close":
                table.in_header = token.type == "thead_open"
            case "tr_open":
                table.row = []
                table.cursor = self._span(token)[0]
            case "tr_close":
                row, table.row = table.row, None
                if row:
                    made = Line(Kind.ROW, tuple(row), parent=table.header)
                    table.header = line if table.in_header else table.header
                    return [made]
        return []

    def _cell(self, token: Token, table: "_Table") -> None:
        assert table.row is not None
        _, end = self._span(token)
        cell = list(self._runs(token.children or [], table.cursor, end))
        if cell:
            row = table.row
            row += [Run(row[-1].end, cell[0].start, " | ")] if row else []
            row += cell
            table.cursor = cell[-1].end

    def _text_lines(
        self, token: Token, heading: int, items: Sequence[int | None]
    ) -> Iterator[Line]:
        """The lines of a paragraph, heading or item; only a hard break ends a line."""
        start, end = self._span(token)
        runs = list(self._runs(token.children or [], start, end))
        if not heading and not items:
            runs = self._with_breaks(runs)
        parent = next((item for item in reversed(items) if item is not None), None)
        for i, line in enumerate(_split(runs)):
            if heading:
                yield Line(Kind.HEADING, line, heading)
            elif items:
                yield Line(Kind.ITEM, line, len(items), parent)
            else:
                yield Line(Kind.PARAGRAPH, line, apart=not i)

    def _runs(self, tokens: Sequence[Token], cursor: int, end: int) -> Iterator[Run]:
        styles: list[Style] = []
        href: str | None = None
        for token in tokens:
            style = styles[-1] if styles else Style.PLAIN
            match token.type:
                case "strong_open" | "em_open":
                    styles.append(_STYLES[token.type])
                case "strong_close" | "em_close":
                    styles.pop()
                case "link_open":
                    href = str(token.attrs["href"])
                case "link_close":
                    href = None
                case "softbreak" | "hardbreak":
                    newline = _NEWLINE.search(self._text, cursor)
                    assert newline is not None
                    shown = "\n" if token.type == "hardbreak" else " "
                    yield Run(newline.start(), newline.end(), shown)
                    cursor = newline.end()
                case "text" | "text_special" | "code_inline" | "image":
                    written = token.markup if token.type == "text_special" else token.content
                    if not written:
                        continue
                    start, stop = self._find(written, cursor, end)
                    cursor = stop
                    code = token.type == "code_inline"
                    look = Style.CODE if code else style
                    yield from visible(Run(start, stop, token.content, look, href))

    def _with_breaks(self, runs: Sequence[Run]) -> list[Run]:
        """The runs of a paragraph, with soft breaks as hard ones between what are surely two
        lines: labels with their values, a title and its dates.
        """
        breaks = [i for i, run in enumerate(runs) if self._text[run.start] in "\r\n"]
        broken = list(runs)
        first = 0
        for i, following in pairwise([*breaks, len(runs)]):
            above = "".join(run.text for run in runs[first:i])
            below = "".join(run.text for run in runs[i + 1 : following])
            if breaks_after(above, below):
                broken[i] = replace(runs[i], text="\n")
            first = i + 1
        return broken

    def _find(self, written: str, cursor: int, end: int) -> tuple[int, int]:
        """Where the parser's text stands in the source between two offsets."""
        start = self._text.find(written, cursor, end)
        if start >= 0:
            return start, start + len(written)
        # In a table cell a bar is escaped, in code a line break reads as a space, NUL is
        # replaced, and a bare link's address is shown decoded.
        loose = "".join(
            r"\s+(?:>\s*)*"
            if char.isspace()
            else r"\\?" + ("." if char == "\ufffd" else re.escape(char))
            for char in written
        )
        match = re.compile(loose, re.DOTALL).search(self._text, cursor, end)
        if match is None:
            raise AssertionError(f"{self._source}: the parser's text {written!r} isn't there")
        return match.span()

    def _code(self, token: Token) -> Iterator[Line]:
        start, end = self._span(token)
        for shown in filter(None, (line.strip() for line in token.content.split("\n"))):
            first, start = self._find(shown, start, end)
            if runs := tuple(visible(Run(first, start, shown, Style.CODE))):
                yield Line(Kind.CODE, runs)

    def _front_matter(self, token: Token) -> Iterator[Line]:
        """Each `name: value` of the front matter is a line."""
        first, _ = self._span(token)
        offset = _NEWLINE.search(self._text, first).end()  # type: ignore[union-attr]
        _, last = self._span(token)
        content = self._text[offset:last].rstrip().removesuffix(token.markup)
        try:
            root = yaml.compose(content, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = self._text.count("\n", 0, offset) + 1 + (mark.line if mark else 0)
            raise SourceError(
                f"{self._source}:{line}: the front matter isn't YAML ({error.problem}); "
                f"write 'name: value' on each line, with quotes around a value that holds ': '"
            ) from None
        except RecursionError:
            raise SourceError(
                f"{self._source}:1: the front matter is nested too deep; flatten it"
            ) from None
        except yaml.reader.ReaderError as error:
            line = self._text.count("\n", 0, offset + error.position) + 1
            raise SourceError(
                f"{self._source}:{line}: the front matter isn't YAML ({error.reason}); "
                "take the character out"
            ) from None
        yield from _pairs(root, offset, set())


def _pairs(node: yaml.Node | None, offset: int, seen: set[int]) -> Iterator[Line]:
    """The pairs of the mapping and what is in it; what an alias repeats, once."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _pairs(item, offset, seen)
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        scalars = isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
        if scalars and id(value) not in seen and value.value.strip():
            seen.add(id(value))
            start, end = offset + key.start_mark.index, offset + value.end_mark.index
            shown = " ".join(f"{key.value}: {value.value}".split())
            yield Line(Kind.PARAGRAPH, tuple(visible(Run(start, end, shown))))
        elif not scalars:
            yield from _pairs(value, offset, seen)


def _split(runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs between hard breaks, without blank ones at the ends."""
    line: list[Run] = []
    for run in [*runs, None]:
        if run is not None and run.text != "\n":
            line.append(run)
            continue
        while line and not line[0].text.strip():
            line.pop(0)
        while line and not line[-1].text.strip():
            line.pop()
        if line:
            yield tuple(line)
        line = []
