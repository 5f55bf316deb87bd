"""Facts about projects: which, when, for whom, with what."""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.answers.expected import expected_kind
from bot.answers.facts import jobs
from bot.answers.facts.asked import Asked
from bot.answers.facts.entries import lasted, listed
from bot.answers.facts.timeline import is_during, latest_first, pick
from bot.profile.profile import Dates, Experience, Value
from bot.questions.cues import cues
from bot.questions.question import MentionKind, Question, Term
from bot.words import terms

_MOST_TOLD = 4


def overview(asked: Asked) -> Answer | None:
    """The projects that fit an employer, a time, a technology or a word, the latest first."""
    question = asked.question
    if any(t.name and not t.mentioned and not t.word.islower() for t in question.head):
        return None  # "Which Apache product was in use?"
    chosen = sorted(asked.profile.projects, key=latest_first)
    counted = question.counted
    if counted is not None and not (counted.plain or any(_states(p, counted) for p in chosen)):
        return None
    proofs: list[str] = []
    if asked.names(MentionKind.COMPANY):
        chosen = [project for project in chosen if _is_of(asked, project)]
        proofs.append("organization")
    elif asked.question.focus and not question.named(MentionKind.SKILL):
        focused = [project for project in chosen if _is_focused_on(asked, project)]
        chosen = focused or chosen
    if question.period:
        chosen = [p for p in chosen if is_during(p, question.period, question.relation)]
        proofs.append("dates")
    if asked.names(MentionKind.SKILL):
        chosen = [
            project
            for project in chosen
            if any(asked.is_named(word, MentionKind.SKILL) for word in _tools(asked, project))
        ]
        proofs.append("keywords")
    stated = [term for term in question.rest if any(_states(p, term) for p in chosen)]
    said = not stated and _says_what(question, proofs)
    if stated:
        chosen = [p for p in chosen if all(_states(p, term) for term in stated)]
        proofs.append("kind")
    elif said:
        chosen = _holding_most(asked, chosen)
    elif question.rest and (not proofs or asked.asks_for_more):
        chosen = _holding(asked, chosen)
    by_lines = said or (not proofs and any(term.name for term in question.rest))
    if question.pick:
        chosen = pick(asked, chosen)
        proofs.append("dates")
    if not chosen:
        # "What was she doing in 2018?" is asked of the jobs where no project is of that time.
        timed = question.intent == "project_list" and question.period and not question.rest
        return jobs.overview(asked) if timed else None
    items = (
        (asked.titled(p), _held(asked, p) if by_lines else _proof(asked, p, proofs)) for p in chosen
    )
    key = "count" if question.count else "list"
    return asked.listing(key, "list", items, chosen, n=str(len(chosen)))


def _says_what(question: Question, proofs: Sequence[str]) -> bool:
    """Whether it says what the projects of one employer or time are that it asks for."""
    some = proofs == ["organization"] or (proofs == ["dates"] and bool(question.head))
    return some and any(term.known for term in question.rest)


def _is_of(asked: Asked, project: Experience) -> bool:
    if asked.is_named(project.organization, MentionKind.COMPANY):
        return True
    job = asked.profile.work[project.employer] if project.employer is not None else None
    return job is not None and asked.is_named(job.name, MentionKind.COMPANY)


def _is_focused_on(asked: Asked, project: Experience) -> bool:
    job = asked.profile.work[project.employer] if project.employer is not None else None
    return job is not None and asked.is_focused(job)


def _tools(asked: Asked, project: Experience) -> Sequence[Value]:
    """What the project was made with, if that is asked for; else what it has to do with."""
    made = cues(asked.question.language).has("makes", asked.question.text)
    return project.built_with if made else project.keywords


def _held(asked: Asked, project: Experience) -> tuple[int, ...]:
    """The first line of the project that holds a word that is left of the question."""
    rest = asked.question.rest
    forms = [form for term in rest if term.name for form in term.terms]
    forms = forms or [form for term in rest for form in term.terms]
    ids = {i for form in forms for i in asked.passages.holding_itself(form)}
    lines = asked.passages.of_entry(project.entry) if project.entry is not None else []
    own = [line.id for line in lines if line.id in ids]
    return tuple(own[:1]) or asked.proof(project.name or project.heading)


def _states(project: Experience, term: Term) -> bool:
    """Whether what a project is said to be holds the word: its name, kind or tools."""
    values = (project.name, project.kind, project.organization, *project.keywords)
    return any(value is not None and set(term.terms) & set(terms(value.text)) for value in values)


def _holding(asked: Asked, projects: Sequence[Experience]) -> list[Experience]:
    """The projects that hold every word that is left of the question."""
    entries: set[int | None] | None = None
    for term in asked.question.rest:
        ids = {i for form in term.terms for i in asked.passages.holding(form)}
        held = {passage.entry for passage in asked.passages.passages(sorted(ids))}
        entries = held if entries is None else entries & held
    return [project for project in projects if project.entry in (entries or ())]


def _holding_most(asked: Asked, projects: Sequence[Experience]) -> list[Experience]:
    """The projects whose lines hold the most of the words that are left of the question."""
    held: list[int] = []
    for project in projects:
        lines = [] if project.entry is None else asked.passages.of_entry(project.entry)
        ids = {line.id for line in lines}
        holding = (
            any(ids & asked.passages.holding_itself(form) for form in term.terms)
            for term in asked.question.rest
        )
        held.append(sum(holding))
    most = max(held, default=0)
    return [p for p, many in zip(projects, held, strict=True) if many == most > 0]


def _proof(asked: Asked, project: Experience, by: Sequence[str]) -> tuple[int, ...]:
    """The line that shows why the project is in the list; the one that names it if nothing
    was asked of it.
    """
    shown: dict[str, Value | Dates | None] = {
        "organization": project.organization,
        "dates": project.dates,
        "kind": project.kind,
        "keywords": next(
            (
                word
                for word in (*project.built_with, *project.keywords)
                if asked.is_named(word, MentionKind.SKILL)
            ),
            None,
        ),
    }
    proof = asked.proof(*(shown[name] for name in by))
    return proof[:2] or asked.proof(project.name or project.heading)


def period(asked: Asked) -> Answer | None:
    """When a project was."""
    projects = [project for project in named(asked) if project.dates]
    if not projects or asked.asks_for_more:
        return None
    if cues(asked.question.language).has("duration", asked.question.text):
        return lasted(asked, projects)
    return listed(asked, "list", projects, slot="list")


def organization(asked: Asked) -> Answer | None:
    """For whom a project was made."""
    for project in named(asked):
        what = asked.titled(project)
        if made_for := project.organization:
            proof = asked.proof(made_for)
            return asked.sentence("project_for", proof, [project], what=what, name=made_for.text)
        if kind := project.kind:
            return asked.sentence("of", asked.proof(kind), [project], what=what, list=kind.text)
    return None


def tools(asked: Asked) -> Answer | None:
    """What a project was made with; without a project, what was made with a tool."""
    if asked.question.named(MentionKind.SKILL) and not named(asked):
        return None if asked.question.rest else overview(asked)
    projects = [p for p in named(asked) if p.built_with or p.keywords]
    head = asked.question.head
    if not projects or (head and not any(term.plain for term in head)):
        return None
    project = projects[0]
    made_with = project.built_with or project.keywords
    items = [(word.text, asked.proof(word)) for word in made_with]
    if asked.question.rest:
        items = [(text, proof) for text, proof in items if asked.covers_rest(proof)]
    return asked.listing("of", "list", items, [project], what=asked.titled(project))


def summary(asked: Asked) -> Answer | None:
    """What a project is, in its own first lines."""
    projects = named(asked)
    question = asked.question
    says_more = not question.sums_up and any(term.known for term in question.rest)
    if not projects or asked.asks_for_more or says_more:
        return None
    project = projects[0]
    told = (project.description, project.summary, *project.highlights)
    lines = [line for line in told if line is not None]
    return asked.told(asked.titled(project), lines[:_MOST_TOLD], [project])


def use(asked: Asked) -> Answer | None:
    """Where a skill was used."""
    if asked.question.count and asked.question.intent == "experience_skill":
        return jobs.experience_with_skill(asked)
    if expected_kind(asked.question) in ("when", "duration"):
        return None  # one of them may be meant
    entries = [
        entry
        for entry in [*asked.profile.work, *asked.profile.projects]
        if any(asked.is_named(word, MentionKind.SKILL) for word in entry.keywords)
    ]
    items = ((asked.titled(entry), _proof(asked, entry, ["keywords"])) for entry in entries)
    return asked.listing("list", "list", items, entries)


def named(asked: Asked) -> list[Experience]:
    """The projects that the question names, or else the conversation was about."""
    if asked.names(MentionKind.PROJECT):
        return [
            project
            for project in asked.profile.projects
            if asked.is_named(project.name, MentionKind.PROJECT)
        ]
    return [project for project in asked.profile.projects if asked.is_focused(project)]
