"""Kinds of tools, from `kinds.yaml`: what is of a kind that a question names."""

from dataclasses import dataclass
from functools import cache

from bot.data import load_yaml
from bot.words import holds_phrase, words

_FEW = 4  # words behind "which", among which a kind stands that is asked for


@dataclass(frozen=True, slots=True)
class ToolKind:
    """A kind by its names in any language, and the tools that are of it."""

    names: tuple[str, ...]
    members: tuple[str, ...]


@cache
def tool_kinds() -> tuple[ToolKind, ...]:
    """All kinds of the data."""
    kinds = load_yaml("kinds")["kinds"]
    return tuple(ToolKind(tuple(kind["names"]), tuple(kind["members"])) for kind in kinds)


def names_tool(text: str, tool: str) -> bool:
    """Whether the text names the tool: as it is written, if it is an everyday word, too."""
    if tool in _as_written():
        return f" {tool} " in f" {' '.join(word.text for word in words(text))} "
    return holds_phrase(text, tool)


@cache
def _as_written() -> frozenset[str]:
    return frozenset(load_yaml("kinds")["as_written"])


def kind_asked(text: str, start: int | None) -> ToolKind | None:
    """The kind of which one is asked for: it stands right behind "which" at `start`."""
    if start is None:
        return None
    said = words(text[start:])[: _FEW + 1]
    behind = text[start : start + said[-1].end]
    return next(
        (kind for kind in tool_kinds() if any(holds_phrase(behind, name) for name in kind.names)),
        None,
    )
