"""HTML in Markdown that a browser wouldn't show: comments, and tags that only arrange text.

It is masked by signs that no parser takes for anything, so that all offsets stay.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.documents import Run

_SILENT, _PARTING = "\ue000", "\ue001"  # private use; the second parts words
_MASKS = re.compile(f"[{_SILENT}{_PARTING}]+")
_ONLY_MASKS = re.compile(rf"^[{_SILENT}{_PARTING} \t]+$", re.MULTILINE)
# Any other tag is shown as the text it is.
_TAG = re.compile(
    r"</?(?P<parting>br|center|dd|details|div|dl|dt|figure|hr|li|ol|p|section|summary|table|tbody"
    r"|td|th|thead|tr|ul)?(?(parting)|(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|kbd|mark"
    r"|nobr|picture|s|small|source|span|strong|sub|sup|u|wbr))(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text, of the same length, with its comments and tags masked."""
    masked = _TAG.sub(_masked_tag, _without_comments(text))
    return _ONLY_MASKS.sub(lambda match: " " * len(match[0]), masked)


def visible(run: Run) -> Iterator[Run]:
    """What of the run isn't masked."""
    if not _MASKS.search(run.text):
        yield run
    elif run.end - run.start != len(run.text):
        yield replace(run, text=_MASKS.sub("", run.text))
    else:
        position = 0
        for match in [*_MASKS.finditer(run.text), None]:
            first, last = match.span() if match else (len(run.text), len(run.text))
            if first > position:
                text = run.text[position:first]
                yield replace(run, start=run.start + position, end=run.start + first, text=text)
            if match and _PARTING in match[0]:
                yield Run(run.start + first, run.start + last, " ")
            position = last


def _without_comments(text: str) -> str:
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[position:start], _masked(text[start : end + 3], _SILENT)]
        position = end + 3
    return "".join([*parts, text[position:]])


def _masked_tag(match: re.Match[str]) -> str:
    return _masked(match[0], _PARTING if match["parting"] else _SILENT)


def _masked(text: str, sign: str) -> str:
    return re.sub(r"[^\r\n]", sign, text)
