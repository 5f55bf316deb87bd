"""Search: the passages that may answer a question, ranked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.index.load import Index
from bot.passages import Passage
from bot.questions.question import Question
from bot.timing import stage

_DEPTH = 40  # passages taken from each of the two searches
_FOUND = 32  # passages of both together
_RANK_CONSTANT = 60  # of reciprocal rank fusion (Cormack et al. 2009)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    Attributes:
        cosine: of question and passage, -1 to 1.
        coverage: share of the question's carrying words that stand in the passage or its
            context, 0 to 1; rarer words count more.
    """

    passage: Passage
    cosine: float
    coverage: float


def search(index: Index, question: Question, text: str, within: Iterable[int]) -> list[Hit]:
    """The passages that the search text, or the entries `within`, suggest; none is read yet."""
    with stage("search"):
        vector = index.encoder.queries([text])[0]
        dense = [i for i, _ in index.vectors.search(vector, _DEPTH)]
        lexical = [
            i for i, _ in index.passages.search([term.terms for term in question.terms], _DEPTH)
        ]
        own = [p.id for entry in within for p in index.passages.of_entry(entry)]
        return compare(index, question, text, _fused([dense, lexical], own)[:_FOUND])


def compare(index: Index, question: Question, text: str, ids: Sequence[int]) -> list[Hit]:
    """The passages `ids`, compared with the search text in what costs little."""
    passages = index.passages.passages(ids)
    cosines = index.vectors.get([p.id for p in passages]) @ index.encoder.queries([text])[0]
    coverage = _coverage(index, question, passages)
    return [
        Hit(passage, float(cosine), covered)
        for passage, cosine, covered in zip(passages, cosines, coverage, strict=True)
    ]


def _fused(rankings: Iterable[Sequence[int]], own: Iterable[int]) -> list[int]:
    """The passages of several rankings in one, best first; `own` count as if ranked first."""
    fused: dict[int, float] = {}
    for ranking in rankings:
        for rank, i in enumerate(ranking):
            fused[i] = fused.get(i, 0.0) + 1 / (_RANK_CONSTANT + rank)
    for i in own:
        fused[i] = fused.get(i, 0.0) + 1 / _RANK_CONSTANT
    return sorted(fused, key=lambda i: (-fused[i], i))


def _coverage(index: Index, question: Question, passages: Sequence[Passage]) -> list[float]:
    total = len(index.passages)
    ids = [passage.id for passage in passages]
    holders = [index.passages.which_hold(term.terms, ids) for term in question.terms]
    weights = [
        1 - index.passages.number_holding(term.terms) / (total + 1) for term in question.terms
    ]
    whole = sum(weights) or 1.0
    return [
        sum(weight for weight, holding in zip(weights, holders, strict=True) if p.id in holding)
        / whole
        for p in passages
    ]


def cosines(index: Index, question: Question, ids: Sequence[int]) -> list[float]:
    """The cosine of the question to each passage, -1 to 1."""
    vector = index.encoder.queries([question.search])[0]
    return [float(value) for value in index.vectors.get(list(ids)) @ vector]
