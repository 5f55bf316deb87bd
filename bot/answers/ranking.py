"""The ranking: which passages may answer a question, the likeliest first."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from bot.answers.evidence import Evidence, expected_kind, rank_score, weigh
from bot.answers.fitness import Fitness
from bot.answers.search import Hit, compare, search
from bot.index.load import Index
from bot.profile.profile import Profile, Value
from bot.questions.question import MentionKind, Question
from bot.timing import stage

# The reranker takes most of an answer's time, so it reads few passages. `benchmarks/README.md`
# shows what more of them would bring.
_READ = 4
_CONTENDING = 1.5  # of the ranking: how far below the first
_MOST_IN_FOCUS = 24
READ_AGAIN = 3  # passages that the reranker reads once more, without names and context
_LONE = 2.0  # by how much a passage is taken to be ahead if there is no other
# What stands for a name when a line is read by itself: the context that bears the name is missing.
_PRONOUNS = {
    MentionKind.PROJECT: "it",
    MentionKind.COMPANY: "there",
    MentionKind.SCHOOL: "there",
    MentionKind.PERSON: "he",
}

# What an entry is called by.
_OF_ENTRIES = (MentionKind.COMPANY, MentionKind.PROJECT, MentionKind.SCHOOL)

Ranked = list[tuple[Hit, Evidence]]


class Ranking:
    """Ranks the passages of one index by what speaks for each. Immutable."""

    def __init__(self, index: Index, profile: Profile, fitness: Fitness) -> None:
        self._index = index
        self._profile = profile
        self._fitness = fitness

    def rank(self, question: Question) -> Ranked:
        """The few passages that may well answer, the best first."""
        return self.read(question, self.unread(question))

    def unread(self, question: Question) -> Ranked:
        """The passages that may answer by all evidence but the reranker's, the best first."""
        named = self._entries(question)
        hits = search(self._index, question, self._search_text(question), named)
        # What is asked of one entry is answered by its own lines.
        hits = [hit for hit in hits if hit.passage.entry in named] or hits
        return _sorted(zip(hits, weigh(question, hits, named), strict=True))

    def in_focus(self, question: Question) -> Ranked:
        """Those of what the conversation is about, the best first."""
        hits = self._hits_in_focus(question)
        unread = _sorted(zip(hits, weigh(question, hits, ()), strict=True))
        return self.read(question, unread)

    def read(self, question: Question, unread: Ranked) -> Ranked:
        """The passages that can be an answer and rank nearly as high as the first such one,
        ranked anew once the reranker has read them.
        """
        fitting = self._fitness.among(unread, question)
        if not fitting and expected_kind(question) == "when":
            fitting = unread  # a line that bears no date may stand in an entry that does
        if not fitting:
            return []
        least = rank_score(fitting[0][1]) - _CONTENDING
        first = [pair for pair in fitting[:_READ] if rank_score(pair[1]) > least]
        texts = [hit.passage.embedded for hit, _ in first]
        logits = self._scores(self._search_text(question), texts)
        ranked = _sorted(
            (hit, replace(evidence, relevance=logit / 10))
            for (hit, evidence), logit in zip(first, logits, strict=True)
        )
        ranks = [rank_score(evidence) for _, evidence in ranked[:2]]
        ahead = ranks[0] - ranks[1] if len(ranks) > 1 else _LONE
        return [(hit, replace(evidence, ahead=ahead)) for hit, evidence in ranked]

    def by_itself(self, question: Question, hit: Hit) -> Evidence:
        """What speaks for a passage if only the question's own words count.

        The title of the entry that the conversation is about makes every line of it look like
        an answer.
        """
        text = question.search
        again = compare(self._index, question, text, [hit.passage.id])
        relevance = self._scores(text, [hit.passage.embedded])[0] / 10
        return replace(weigh(question, again, ())[0], relevance=relevance)

    def read_again(self, question: Question, ranked: Ranked) -> Ranked:
        """The first passages ranked anew by what they say alone.

        A name in the question makes every line of its entry look like an answer, since the
        entry's title is read with each line. Without the names and the titles that is gone.
        """
        first, text = ranked[:READ_AGAIN], _without_names(question)
        logits = self._scores(text, [hit.passage.text for hit, _ in first])
        anew = [
            (hit, replace(evidence, alone=logit / 10))
            for (hit, evidence), logit in zip(first, logits, strict=True)
        ]
        return [*_sorted(anew), *ranked[READ_AGAIN:]]

    def _scores(self, text: str, passages: Sequence[str]) -> list[float]:
        """The reranker's logits."""
        with stage("rerank"):
            return [float(logit) for logit in self._index.reranker.scores(text, passages)]

    def _hits_in_focus(self, question: Question) -> list[Hit]:
        """The lines that the answer before cited and what they introduce; those of their entries
        too, if the question says anything of its own ("When was that?" doesn't).
        """
        about, store = question.about, self._index.passages
        ids = [*about.passages, *(p.id for i in about.passages for p in store.introduced_by(i))]
        if question.rest or expected_kind(question) is None:
            cited = [passage.entry for passage in store.passages(about.passages)]
            entries = [entry for entry in (*about.entries, *cited) if entry is not None]
            ids += [p.id for entry in dict.fromkeys(entries) for p in store.of_entry(entry)]
        found = list(dict.fromkeys(ids))[:_MOST_IN_FOCUS]
        return compare(self._index, question, self._search_text(question), found)

    def _entries(self, question: Question) -> list[int]:
        """The entries that the question is about: those it names, by their title, employer, place
        or position, or else the conversation's.
        """
        names = {mention.name for mention in question.named(*_OF_ENTRIES)}
        places = {mention.name for mention in question.named(MentionKind.PLACE, MentionKind.TITLE)}
        profile = self._profile
        employers = {i for i, job in enumerate(profile.work) if _is_any((job.name,), names)}
        found = [
            entry.entry
            for entry in profile.experiences
            if _is_any((entry.name, entry.organization), names) or entry.employer in employers
        ]
        found += [s.entry for s in profile.education if _is_any((s.institution,), names)]
        if not names:
            found = [
                e.entry for e in profile.experiences if _is_any((e.location, e.position), places)
            ]
            found += [
                study.entry for study in profile.education if _is_any((study.location,), places)
            ]
        if not names and not places:
            return list(question.focus)
        return [entry for entry in dict.fromkeys(found) if entry is not None]

    def _search_text(self, question: Question) -> str:
        """The question with the title of the entry that it goes on about, if it is one."""
        if question.named(MentionKind.COMPANY, MentionKind.PROJECT) or len(question.focus) != 1:
            return question.search
        lines = self._index.passages.of_entry(question.focus[0])
        return ": ".join([*(line.text for line in lines[:1]), question.search])


def _sorted(ranked: Iterable[tuple[Hit, Evidence]]) -> Ranked:
    return sorted(ranked, key=lambda pair: (-rank_score(pair[1]), pair[0].passage.id))


def _is_any(values: Iterable[Value | None], names: Set[str]) -> bool:
    return any(value is not None and value.text in names for value in values)


def _without_names(question: Question) -> str:
    """The question with pronouns for what it names; a translated one as it is."""
    text = question.text
    if question.search != text:
        return question.search
    for mention in sorted(question.mentions, key=lambda mention: -mention.start):
        if pronoun := _PRONOUNS.get(mention.kind):
            text = text[: mention.start] + pronoun + text[mention.end :]
    return text
