"""Technologies, tools and methods that an entry names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from bot.data import load_yaml
from bot.profile.headings import labelled, word_count
from bot.profile.pieces import Piece
from bot.profile.profile import Value
from bot.profile.vocabulary import phrases, word_list
from bot.words import fold, function_words

_LIST = re.compile(
    r"\s*[,，;；、|·•]\s*|\s+/\s+|\s+(?:and|und|et|y|e|sowie)\s+|\s+&\s+|(?<=[\u3400-\u9fff\w])[和与及](?=[\w])",
    re.IGNORECASE,
)
_END = re.compile(r"[.。!?;；:：](?:\s|$)|\s[–—-]\s|[()（）]")
_TOKEN = re.compile(r"[^\s,;，；、()（）]+")
_MOST_WORDS = 5  # in the name of a technology


class Tools:
    """What the résumé names as skills, looked up in its other lines."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {
            key: name for name in names if (key := _key(name)) and (len(key) > 1 or name.isupper())
        }

    def knows(self, text: str) -> bool:
        """Whether the text is one of them, or a programming language."""
        return _key(text) in self._names or _key(text) in load_yaml("cues")["programming_languages"]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(set(self._names), key=len, reverse=True)
        joined = "|".join(re.escape(name).replace(r"\ ", r"[\s/-]") for name in names if name)
        return re.compile(
            rf"(?<![A-Za-z0-9_+#])(?:{joined or '(?!)'})(?![A-Za-z0-9_+#]|\.[A-Za-z0-9])",
            re.IGNORECASE,
        )

    def find(self, piece: Piece) -> Iterator[Piece]:
        """The names where they stand in the piece."""
        for match in self._pattern.finditer(piece.text):
            found = piece.cut(*match.span())
            # The letter C, or a word that opens a sentence, isn't the tool it is spelled like.
            if len(found.text) == 1 and not found.text.isupper():
                continue
            yield found


def _key(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .")


def listed(piece: Piece) -> list[Piece]:
    """The members of a list of names: "Python, C and Rust"."""
    parts = piece.strip(".。 ").split(_LIST)
    kept = [part.strip(".。 ") for part in parts]
    return [part for part in kept if part and word_count(part.text) <= _MOST_WORDS]


def made_with(piece: Piece, tools: Tools) -> list[Piece]:
    """What a line says something was made with: after "written in", or a label."""
    name, rest = labelled(piece, ("keywords",))
    if name:
        return listed(rest)
    return [
        found
        for match in phrases("made_with").finditer(piece.text)
        for found in _made_with(piece.cut(match.end()), tools)
    ]


def _made_with(rest: Piece, tools: Tools) -> list[Piece]:
    """The names at the beginning of what follows "written in"."""
    end = _END.search(rest.text)
    rest = rest.cut(0, end.start() if end else None)
    found: list[Piece] = []
    for part in rest.split(_LIST):
        name = _name(part, tools)
        if name is None:
            break
        found.append(name)
        if len(name) < len(part):
            break
    return found


def _name(part: Piece, tools: Tools) -> Piece | None:
    """The name that a part begins with: capitalised words, or one word that ends the part."""
    plain, after = word_list("plain_with"), word_list("after_with")
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(part.text)]
    while tokens and part.text[slice(*tokens[0])] in plain:
        tokens.pop(0)
    if not tokens:
        return None
    taken = 1
    first = part.text[slice(*tokens[0])]
    if not _is_name(first) and not tools.knows(first):
        # A lower-case word is a name only where nothing goes on after it.
        second = part.text[slice(*tokens[1])] if len(tokens) > 1 else ""
        alone = not second or second in after or _is_small(second)
        if not alone or _is_small(first) or word_list("jobs").count(first):
            return None
    else:
        while taken < len(tokens) and taken < _MOST_WORDS:
            word = part.text[slice(*tokens[taken])]
            if word in after or not _is_name(word):
                break
            taken += 1
    return part.cut(tokens[0][0], tokens[taken - 1][1]).strip(".,")


def _is_name(word: str) -> bool:
    return any(char.isupper() or char.isdigit() for char in word) or not word[:1].isascii()


def _is_small(word: str) -> bool:
    return any(fold(word) in function_words(language) for language in load_yaml("languages"))


def distinct(values: Sequence[Value]) -> tuple[Value, ...]:
    """The values, each text once with all of its spans; case makes no difference."""
    found: dict[str, Value] = {}
    for value in values:
        key = value.text.casefold()
        if key in found:
            spans = (*found[key].spans, *(s for s in value.spans if s not in found[key].spans))
            found[key] = Value(found[key].text, spans)
        else:
            found[key] = value
    return tuple(found.values())
