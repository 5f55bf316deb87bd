"""The share of facts that a profile has right, against the one that a person wrote down.

A fact is one value: a job's title, its employer, its first month, one of its highlights. The facts
to get right are those expected and those found: one that is missing and one that is made up count
as wrong, a wrong value counts once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Facts = dict[str, str]
SECTIONS = (
    "work", "volunteer", "education", "projects", "skills", "languages", "certificates", "awards",
    "publications", "interests", "references",
)  # fmt: skip


@dataclass
class Score:
    """Counts by kind ("work.position") and what is wrong, in words."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.right += other.right
        self.total += other.total
        self.wrong += other.wrong

    @property
    def share(self) -> float:
        """The share of facts right, over all kinds."""
        return sum(self.right.values()) / max(1, sum(self.total.values()))

    def table(self) -> str:
        """The share of each kind in a line of its own, the sums of the sections included."""
        lines = [f"{'kind':28} {'right':>6} {'facts':>6} {'share':>6}"]
        for section in sorted({kind.partition(".")[0] for kind in self.total}):
            kinds = sorted(kind for kind in self.total if kind.partition(".")[0] == section)
            lines.append(_row(section, [(self.right[k], self.total[k]) for k in kinds]))
            lines += [_row(f"  {k}", [(self.right[k], self.total[k])]) for k in kinds]
        lines.append(_row("all", [(self.right[k], self.total[k]) for k in self.total]))
        return "\n".join(lines)


def _row(name: str, counts: Sequence[tuple[int, int]]) -> str:
    right, total = sum(r for r, _ in counts), sum(t for _, t in counts)
    return f"{name:28} {right:6} {total:6} {right / total:6.3f}"


def compare(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Score:
    """The score of a found JSON Resume document."""
    score = Score()
    _compare(
        "basics",
        dict(_flat(expected.get("basics", {}))),
        dict(_flat(found.get("basics", {}))),
        score,
    )
    for section in SECTIONS:
        for one, other in _pairs(expected.get(section, []), found.get(section, [])):
            _compare(section, one, other, score)
    return score


def _compare(section: str, expected: Facts, found: Facts, score: Score) -> None:
    for key in expected.keys() | found.keys():
        kind = f"{section}.{key.partition('=')[0]}"
        score.total[kind] += 1
        if expected.get(key) == found.get(key):
            score.right[kind] += 1
        else:
            score.wrong.append(f"{kind}: {expected.get(key)!r} expected, {found.get(key)!r} found")


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The values by their path; a list's members by the path and themselves."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flat(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for part in value:
            if isinstance(part, Mapping):
                shown = part.get("url") or part.get("network") or ""
                for key, text in _flat(part):
                    yield f"{path}.{key}={shown}", text
            else:
                yield f"{path}={_plain(part)}", _plain(part)
    else:
        yield path, _plain(value)


def _plain(value: object) -> str:
    return " ".join(str(value).split())


def _pairs(
    expected: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Facts, Facts]]:
    """Each expected entry with the found one that has most of its facts; then the rest."""
    wanted = [dict(_flat(entry)) for entry in expected]
    left = [dict(_flat(entry)) for entry in found]
    for facts in wanted:
        best = max(left, key=lambda other: _common(facts, other), default=None)
        if best is not None and _common(facts, best):
            left.remove(best)
            yield facts, best
        else:
            yield facts, {}
    for facts in left:
        yield {}, facts


def _common(one: Facts, other: Facts) -> int:
    return sum(other.get(key) == value for key, value in one.items())
