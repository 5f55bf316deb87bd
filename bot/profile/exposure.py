"""What a corpus gives away: private data, hidden text, and orders to language models."""

import re
from collections.abc import Iterator
from functools import cache

from bot.data import load_yaml
from bot.documents import Document
from bot.profile.findings import About, Finding, short, text_lines
from bot.profile.named_fields import has_named_fields
from bot.profile.phones import phone_numbers
from bot.profile.places import is_street
from bot.profile.profile import Profile
from bot.profile.vocabulary import WordList
from bot.words import fold_words

_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,4})?\b")
_SSN = re.compile(r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])")
_PUBLIC = "will be public; take it out unless you want that"


def private(document: Document, profile: Profile) -> Iterator[Finding]:
    """Phone number, address, birth date and the like, as found in the profile and in lines."""
    basics = profile.basics
    known = [(basics.phone, "phone number")]
    if basics.location:
        known.append((basics.location.address, "street address"))
    for value, what in known:
        for span in value.spans if value else ():
            if span.source == document.source:
                text = document.text[span.start : span.end]
                yield _private_finding(document, span.start, what, text)
    head = _head_end(document)
    for start, text in text_lines(document):
        for what, written in _private_in(text, start < head, document.language):
            if what != "phone number" or basics.phone is None:
                yield _private_finding(document, start, what, written)


def _private_in(text: str, in_head: bool, language: str) -> Iterator[tuple[str, str]]:
    """What is private in a line, and how it is written.

    Args:
        in_head: whether the line is above the first section, where addresses stand.
    """
    phones = list(phone_numbers(text, language)) if in_head else []
    for first, last in phones:
        yield "phone number", text[first:last]
        text = text[:first] + "|" * (last - first) + text[last:]
    for part in filter(None, re.split(r"\s*[|·•;；,，]\s*|\t|\s{3,}", text)):
        if what := _labelled_private(part):
            yield what, part
        elif in_head and is_street(part.strip(" 📍🏠⌂")):
            yield "street address", part
    for match in _IBAN.finditer(text):
        if _is_iban(match[0]):
            yield "bank account", match[0]
    for match in _SSN.finditer(text):
        yield "identity number", match[0]


def _is_iban(text: str) -> bool:
    """Whether the check digits are right (ISO 13616, ISO 7064 MOD 97-10)."""
    plain = text.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def _head_end(document: Document) -> int:
    """Where the first section begins."""
    headings = [s.heading for s in document.sections if s.heading is not None]
    return document.blocks[headings[0]].start if headings else len(document.text)


def _labelled_private(part: str) -> str | None:
    for what, known in _private_words().items():
        end = known.leads(part.lstrip("-*•– "))
        rest = part.lstrip("-*•– ")[end:].strip(" *_:：#.")
        if not end or not rest:
            continue
        if what in ("birth date", "identity number", "bank account") and not any(
            char.isdigit() for char in rest
        ):
            continue
        sets_off = re.match(
            r"\s*(?:\*\*|__)?\s*[:：#.]|\s*(?:no|nr|№)?\.?\s*\d|\s+(?:am|on|le|el)\s",
            part.lstrip("-*•– ")[end:],
            re.IGNORECASE,
        )
        if sets_off:
            return what
    return None


@cache
def _private_words() -> dict[str, WordList]:
    private = load_yaml("profile_check")["private"]
    return {
        what: WordList(w for ws in lists.values() for w in ws) for what, lists in private.items()
    }


def _private_finding(document: Document, start: int, what: str, text: str) -> Finding:
    return Finding(
        document.source,
        document.line(start),
        About.PRIVATE,
        f'this {what} {_PUBLIC}: "{short(text.strip())}"',
    )


# -- hidden text and instructions

_INVISIBLE = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u180e\ufeff]|[\U000e0000-\U000e007f]+"
)
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_HIDING = re.compile(
    r"<[^<>]*(?:\bhidden\b(?!\s*=\s*[\"']?false)|display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\b|color\s*:\s*(?:white|#fff(?:fff)?)\b)[^<>]*>",
    re.IGNORECASE,
)


def hidden_text(document: Document) -> Iterator[Finding]:
    """Characters nobody sees, comments, and HTML that is set not to show."""
    text = document.text
    counts: dict[tuple[int, str], int] = {}
    for match in _INVISIBLE.finditer(text):
        if _is_flag(text, match.start()) or (match[0] == "\ufeff" and match.start() == 0):
            continue
        what = "that turns the direction of writing" if match[0][0] in _BIDI else "that nobody sees"
        key = document.line(match.start()), what
        counts[key] = counts.get(key, 0) + len(match[0])
    for (line, what), count in counts.items():
        some = "a character" if count == 1 else f"{count} characters"
        yield Finding(
            document.source,
            line,
            About.HIDDEN,
            f"there is {some} {what} here; delete and write the line anew",
        )
    if has_named_fields(document):
        return
    for match in _COMMENT.finditer(text):
        if match[1].strip():
            yield Finding(
                document.source,
                document.line(match.start()),
                About.HIDDEN,
                f'a comment that people don\'t see but machines read: "{short(match[1].strip())}"',
            )
    for match in _HIDING.finditer(text):
        yield Finding(
            document.source,
            document.line(match.start()),
            About.HIDDEN,
            f'text is set so that people don\'t see it: "{short(match[0])}"',
        )


def _is_flag(text: str, at: int) -> bool:
    """Whether tag characters spell a flag such as Scotland's, after a black flag."""
    return text[at] >= "\U000e0000" and text[max(0, at - 1)] == "\U0001f3f4"


def instructions(document: Document) -> Iterator[Finding]:
    """Lines that speak to a language model, also those that nobody sees."""
    pattern = _instruction_pattern()
    for start, text in text_lines(document):
        visible = _INVISIBLE.sub("", text)
        folded = fold_words(visible)
        match = pattern.search(folded)
        markup = next(
            (m for m in load_yaml("profile_check")["markup"] if m.casefold() in visible.casefold()),
            None,
        )
        if match or markup:
            yield Finding(
                document.source,
                document.line(start),
                About.INSTRUCTION,
                "this line reads like an order to a language model; the bot quotes it like any "
                f'other and doesn\'t obey it: "{short(visible.strip())}"',
            )


@cache
def _instruction_pattern() -> re.Pattern[str]:
    patterns = []
    for wordings in load_yaml("profile_check")["instructions"].values():
        for wording in wordings:
            parts = [fold_words(part) for part in wording.split("…")]
            joined = r" (?:\S+ ){0,4}".join(re.escape(part) for part in parts)
            chinese = bool(re.match("[\u3400-\u9fff]", joined))
            patterns.append(joined if chinese else rf"(?:^|(?<= )){joined}(?= |$)")
    return re.compile("|".join(patterns))
