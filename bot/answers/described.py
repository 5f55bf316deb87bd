"""Employers that a question doesn't name as the résumé does: one that it describes ("the brewery",
"her present employer"), and what it takes for one ("his time at Python").
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile

from bot.answers.expected import expected_kind
from bot.answers.facts.timeline import latest_first, start
from bot.data import load_yaml
from bot.documents import Kind
from bot.index.store import PassageStore
from bot.profile.profile import Experience, Profile
from bot.questions.cues import Cues, cues
from bot.questions.mentions import organisation_nouns
from bot.questions.question import JOB_KINDS, Mention, MentionKind, Pick, Question
from bot.sources.sections import section_kind
from bot.words import Word, fold, function_words, phrase_in, terms, words

# Whatever names something of the résumé itself needs no description.
_NAMES = (*JOB_KINDS, MentionKind.SCHOOL, MentionKind.PROJECT)
# Intents that ask of jobs; and those of them where what was said of one is told as written.
_OF_JOBS = frozenset(
    {
        *("employer", "position", "work_period", "work_duration", "work_list", "work_tasks"),
        *("company_check", "why_left", "detail"),
    }
)
# Sections whose lines name no employer.
_OF_NO_JOB = frozenset({"certificates", "skills", "interests", "languages", "publications"})
_AS_WRITTEN = frozenset({"detail", "work_tasks", "why_left"})
# What a question for a time is where nothing but a job is known of it.
_OF_TIME = {"when": "work_period", "duration": "work_duration"}
_MOST = 3  # words of a description: "camping retailer"
_TELLING = 500  # lines with a word, from which on it describes nothing
# Intents of skills, one of which may describe the employer: "the SD-WAN company".
_OF_SKILLS = frozenset({"skill_use", "experience_skill", "project_language"})
_PICKED = frozenset({Pick.FIRST, Pick.LAST, Pick.CURRENT})


def only_entry_of(question: Question, passages: PassageStore) -> int | None:
    """The one entry that holds all words of the question that the résumé knows, if these are half
    of those that carry it.
    """
    carrying = [term for term in question.terms if not term.plain]
    known = [term for term in carrying if term.known]
    if not known or 2 * len(known) < len(carrying):
        return None
    entries = _holding_all([term.terms for term in known], passages)
    return next(iter(entries)) if len(entries) == 1 else None


def taken_for_employer(question: Question, passages: PassageStore) -> str | None:
    """What the question takes for an employer and the résumé has as something else: a technology,
    or a name that no line says anything was done at or for.
    """
    shape = cues(question.language)
    of_job = question.intent in _OF_JOBS - {"detail"} or shape.has("employment", question.text)
    if not of_job or question.named(*_NAMES):
        return None
    said = words(question.text)
    for at, behind in pairwise(range(len(said))):
        skilled = at > 0 and fold(said[at - 1].text) in shape.single("skilled")
        if fold(said[at].text) not in shape.single("at_whom") or skilled:
            continue
        word = said[behind]
        tool = any(m.start == word.start for m in question.named(MentionKind.SKILL))
        term = next((t for t in question.terms if t.word == word.text), None)
        named = term and term.name and term.known and not term.mentioned
        if tool or (term and named and not _is_employer(term.terms, passages)):
            return _capitals(question.text, said[behind:])
    return None


def _capitals(text: str, behind: Sequence[Word]) -> str:
    """The first word with those in capitals behind it: "Carrick Voe"."""
    named = [behind[0], *takewhile(lambda word: word.text[0].isupper(), behind[1:])]
    return text[named[0].start : named[-1].end]


def _is_employer(forms: Sequence[str], passages: PassageStore) -> bool:
    """Whether a line with the name may be of an employer: a title, or one in which something is at,
    for or by it, or in which it stands apart (", Acme").
    """
    ids = {i for form in forms for i in passages.holding_itself(form)}
    near = load_yaml("cues")["at_employer"]
    for passage in passages.passages(sorted(ids)[:_TELLING]):
        if passage.section and section_kind(passage.section[0]) in _OF_NO_JOB:
            continue  # who gave a certificate is no employer
        said = words(passage.text)
        for before, word in pairwise([None, *said]):
            if word is None or not set(passages.cut(word.text)) & set(forms):
                continue
            between = passage.text[before.end : word.start] if before else ""
            if passage.kind is Kind.HEADING or before is None or between.strip():
                return True
            if fold(before.text) in near:
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A determiner with what it stands before, up to a word for a place of work or a job."""

    start: int
    end: int
    words: tuple[str, ...]  # behind the determiner, folded


def with_employer(question: Question, profile: Profile, passages: PassageStore) -> Question:
    """The question with the name of the employer that it describes, if only one fits; and one for a
    job's time as such, whatever verb it has: "How long did he advise the parcel carrier?".
    """
    return _asking_for_time(_naming_employer(question, profile, passages))


def _asking_for_time(question: Question) -> Question:
    intent = _OF_TIME.get(expected_kind(question) or "")
    said = [term for term in question.rest if term.known or term.name]
    if question.intent != "detail" or not intent or said or not question.named(*JOB_KINDS):
        return question
    plain = (term if term.mentioned else replace(term, plain=True) for term in question.terms)
    return replace(question, intent=intent, terms=tuple(plain))


def _naming_employer(question: Question, profile: Profile, passages: PassageStore) -> Question:
    named = question.unknown or question.refers_back or question.named(*_NAMES)
    if question.intent not in _OF_JOBS | _OF_SKILLS or named:
        return question
    language = question.language if question.search == question.text else "en"
    shape = cues(language)
    if first := _at_the_beginning(question, profile, shape):
        return first
    for phrase in _phrases(question, language, shape):
        picked = _picked(question, phrase, profile, shape)
        skilled = any(
            phrase.start <= m.start < phrase.end for m in question.named(MentionKind.SKILL)
        )
        if question.intent in _OF_SKILLS and not (skilled or picked):
            continue
        job = picked or _described(question, phrase, profile, passages, shape)
        if job and job.name:
            return _naming(question, phrase, job.name.text, picked=picked is not None)
    return question


def _at_the_beginning(question: Question, profile: Profile, shape: Cues) -> Question | None:
    """The question with the first job's name instead of "as a beginner"."""
    said = ((cue, phrase_in(question.search, " ".join(cue))) for cue in shape.table["beginnings"])
    found = [_Phrase(*place, cue) for cue, place in said if place]
    job = _first(profile)
    if not found or question.intent not in _AS_WRITTEN or not (job and job.name):
        return None
    at = next(iter(sorted(shape.single("at_whom"))), "at")
    return _naming(question, found[0], job.name.text, picked=True, before=f"{at} ")


def _first(profile: Profile) -> Experience | None:
    """The first job, if all have dates."""
    dated = [job for job in profile.work if job.dates]
    return min(dated, key=start) if dated and len(dated) == len(profile.work) else None


def _phrases(question: Question, language: str, shape: Cues) -> Iterable[_Phrase]:
    said = words(question.search)
    determiners, unspecific = shape.single("determiners"), _unspecific(shape)
    # What may follow: "the hospital contract" is no hospital.
    known = {fold(term.word) for term in question.terms if term.known and not term.plain}
    for first, word in enumerate(said):
        if fold(word.text) not in determiners:
            continue
        behind = list(takewhile(lambda one: _is_content(one, language), said[first + 1 :]))
        folded = [fold(one.text) for one in behind]
        nouns = (noun in unspecific or noun in organisation_nouns() for noun in folded[:_MOST])
        last = next((i for i, is_noun in enumerate(nouns) if is_noun), None)
        if last is not None and known.isdisjoint(folded[last + 1 :]):
            yield _Phrase(word.start, behind[last].end, tuple(folded[: last + 1]))


def _is_content(word: Word, language: str) -> bool:
    return fold(word.text) not in function_words(language)


def _picked(
    question: Question, phrase: _Phrase, profile: Profile, shape: Cues
) -> Experience | None:
    """The first, last or current job, if that is what stands behind the determiner."""
    if question.pick not in _PICKED or question.intent not in _AS_WRITTEN | _OF_SKILLS:
        return None
    if len(phrase.words) < 2 or not shape.opens(question.pick.value, " ".join(phrase.words)):
        return None
    if question.pick is Pick.FIRST:
        return _first(profile)
    dated = [job for job in profile.work if job.dates]
    if question.pick is Pick.CURRENT:
        ongoing = [job for job in dated if job.dates and job.dates.period.ongoing]
        return ongoing[0] if len(ongoing) == 1 else None
    if not dated or len(dated) < len(profile.work):
        return None
    return min(dated, key=latest_first)


def _described(
    question: Question, phrase: _Phrase, profile: Profile, passages: PassageStore, shape: Cues
) -> Experience | None:
    """The only job whose name, title or description holds the words; or else whose lines do, where
    it is asked for a fact of the job.
    """
    telling = [word for word in phrase.words if word not in _unspecific(shape)]
    if not telling or any(shape.has(pick.value, " ".join(telling)) for pick in Pick):
        return None
    wanted = [set(passages.cut(word)) for word in telling]
    held = _holding_all(wanted, passages)
    told = [job for job in profile.work if job.entry in held]
    titled = [job for job in told if _holds(_title_of(job), wanted)]
    if len(titled) == 1:
        return titled[0]
    of_time = expected_kind(question) in _OF_TIME
    if titled or (question.intent in _AS_WRITTEN and not of_time):
        return None
    return told[0] if len(told) == 1 else None


def _holding_all(wanted: Iterable[Iterable[str]], passages: PassageStore) -> Set[int]:
    """The entries that hold one form of each word; none, if a word stands everywhere."""
    held: set[int] | None = None
    for forms in wanted:
        ids = {i for form in forms for i in passages.holding_itself(form)}
        lines = passages.passages(sorted(ids)) if len(ids) <= _TELLING else []
        entries = {line.entry for line in lines if line.entry is not None}
        held = entries if held is None else held & entries
    return held or set()


def _title_of(job: Experience) -> str:
    parts = (job.heading, job.name, job.position, job.description)
    return " ".join(part.text for part in parts if part)


def _holds(text: str, wanted: Sequence[Set[str]]) -> bool:
    own = set(terms(text))
    return all(own & forms for forms in wanted)


@cache
def _unspecific(shape: Cues) -> frozenset[str]:
    """Words for a job or an employer that say nothing of which."""
    stays = load_yaml("cues")["stays"]
    return frozenset({*shape.single("title_nouns"), *shape.single("any_employer"), *stays})


def _naming(
    question: Question, phrase: _Phrase, name: str, *, picked: bool, before: str = ""
) -> Question:
    """The question with the name in the place of the phrase."""
    mention = Mention(MentionKind.COMPANY, phrase.start, phrase.end, name)
    others = [m for m in question.mentions if not phrase.start <= m.start < phrase.end]
    intent = question.intent
    if intent in _OF_SKILLS:
        of_time = _OF_TIME.get(expected_kind(question) or "")
        intent = of_time or ("employer" if question.relation else "detail")
    return replace(
        question,
        intent=intent,
        search=question.search[: phrase.start] + before + name + question.search[phrase.end :],
        mentions=(*others, mention),
        terms=tuple(
            replace(term, mentioned=True) if fold(term.word) in phrase.words else term
            for term in question.terms
        ),
        pick=None if picked else question.pick,
    )
