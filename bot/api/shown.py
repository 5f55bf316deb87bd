"""Which parts of the documents a page shows already."""

import re
from collections.abc import Iterable, Sequence

from bot.documents import Block, Document, Run
from bot.profile.profile import Span, Value
from bot.words import fold, function_words

_WORD = re.compile(r"[^\W_]+")
# What stands before a value and ends in a colon names the value.
_LABEL = re.compile(r"(?:^|[,;|·•\n])[^:：]{1,30}[:：]\s*$")
_ONE_WORD = re.compile(r"[\W_]*[^\W\d_]+[\W_]*")
_HIDDEN = "\0"


class Shown:
    """The places, in code points of the sources, of the values that a page shows."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._marks = {document.source: bytearray(len(document.text)) for document in documents}
        self._links: set[str] = set()

    def copy(self) -> "Shown":
        """Another that shows the same and can show more."""
        other = Shown(())
        other._marks = {source: bytearray(marks) for source, marks in self._marks.items()}
        other._links = set(self._links)
        return other

    def add(self, *values: Value | None) -> None:
        """Note that a page shows these values; an address is shown as a link."""
        for value in values:
            if value is not None:
                self._links.add(value.text)
                self.add_spans(value.spans)

    def add_spans(self, spans: Iterable[Span]) -> None:
        """Note that a page shows what stands at these places."""
        for span in spans:
            if span.source in self._marks:
                self._marks[span.source][span.start : span.end] = b"\1" * (span.end - span.start)

    def covers(
        self,
        document: Document,
        block: Block,
        also: Sequence[Span] = (),
        *,
        labelled: bool = False,
    ) -> bool:
        """Whether the page shows all that a block says, if it shows what stands at `also`, too.

        Small words and labels ("Phone:") between the values say nothing of their own. With
        `labelled`, neither does a single word without a colon ("Phone 0131 …").
        """
        rest = "".join(self._rest(document, run, also) for run in block.runs)
        small = function_words(document.language)
        *before, last = rest.split(_HIDDEN)
        for gap in [*(_LABEL.sub("", gap) for gap in before), last]:
            if not _WORD.search(gap):
                continue
            if labelled and gap is not last and _ONE_WORD.fullmatch(gap):
                continue
            if any(fold(word[0]) not in small for word in _WORD.finditer(gap)):
                return False
        return True

    def _rest(self, document: Document, run: Run, also: Sequence[Span]) -> str:
        """The run as it is written, with a mark for each character that is shown."""
        if run.href in self._links:
            return _HIDDEN
        marks = bytearray(self._marks[document.source][run.start : run.end])
        for span in also:
            if span.source == document.source:
                start, end = max(span.start, run.start), min(span.end, run.end)
                if start < end:
                    marks[start - run.start : end - run.start] = b"\1" * (end - start)
        written = document.text[run.start : run.end]
        if 1 not in marks:
            return written
        return "".join(_HIDDEN if mark else char for char, mark in zip(written, marks, strict=True))
