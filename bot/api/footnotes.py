"""A reply as plain text with footnotes, and its answer split at the marks of citations."""

import re
from collections.abc import Iterator

from bot.replies.reply import Citation, Reply

_MARK = re.compile(r"\[(\d+)\]")


def split_answer(reply: Reply) -> Iterator[str | Citation]:
    """The answer's text, with a citation where its `[n]` stands."""
    cited = {citation.id: citation for citation in reply.citations}
    begin = 0
    for mark in _MARK.finditer(reply.answer):
        citation = cited.get(int(mark[1]))
        if citation is None:
            continue
        if mark.start() > begin:
            yield reply.answer[begin : mark.start()]
        yield citation
        begin = mark.end()
    if begin < len(reply.answer):
        yield reply.answer[begin:]


def place(citation: Citation, page: str = "page", line: str = "line") -> str:
    """Where a quote stands, as in "resume.md, Work › Acme, line 28"."""
    parts = [citation.source, " › ".join(citation.section)]
    parts.append(f"{page} {citation.page}" if citation.page else f"{line} {citation.line}")
    return ", ".join(filter(None, parts))


def as_text(reply: Reply) -> str:
    """The answer, then a line `[n] "quote" — source, section, line` for each citation."""
    lines = [reply.answer]
    if reply.citations:
        lines += ["", *map(_footnote, reply.citations)]
    if reply.related:
        lines += ["", "Nearest to it:", *map(_footnote, reply.related)]
    return "\n".join(lines) + "\n"


def _footnote(citation: Citation) -> str:
    return f'[{citation.id}] "{citation.quote}" — {place(citation)}'
