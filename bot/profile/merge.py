"""Merging: a fact that several files state is one fact with the spans of all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from functools import reduce
from itertools import chain
from typing import TypeVar

from rapidfuzz import fuzz

from bot.profile.employers import is_alike, link_projects
from bot.profile.profile import (
    Account,
    Basics,
    Credential,
    Dates,
    Education,
    Experience,
    Interest,
    Language,
    Place,
    Profile,
    Reference,
    Skill,
    Value,
)
from bot.words import fold, fold_words

_ALIKE = 90  # of 100, for names and lines that say the same
_MOST_OF_ONE = 50  # files; more are of several people

Fact = TypeVar(
    "Fact", Experience, Education, Credential, Skill, Language, Interest, Reference, Account
)


def merge_profiles(profiles: Sequence[Profile]) -> Profile:
    """One profile of those of several documents; where they differ, the earlier holds.

    Of several people, each one's files are merged by themselves: comparing every fact with all
    that were read before would take quadratic time, and theirs aren't the same facts.
    """
    if not profiles:
        return Profile()
    people = [_of_one(files) for files in _people(profiles)]
    return people[0] if len(people) == 1 else _side_by_side(people)


def _people(profiles: Sequence[Profile]) -> list[list[Profile]]:
    """The profiles by person, in their order; one without a name is of the first."""
    if len(profiles) <= _MOST_OF_ONE:
        return [list(profiles)]
    first = next((name for profile in profiles if (name := _name(profile))), ())
    people: dict[tuple[str, ...], list[Profile]] = {}
    for profile in profiles:
        people.setdefault(_name(profile) or first, []).append(profile)
    return list(people.values())


def _name(profile: Profile) -> tuple[str, ...]:
    """The words of the person's name, whichever stands first."""
    name = profile.basics.name
    return tuple(sorted(fold_words(name.text).split())) if name else ()


def _of_one(profiles: Sequence[Profile]) -> Profile:
    merged = reduce(_merge, profiles)
    return replace(merged, projects=link_projects(merged.projects, merged.work))


def _side_by_side(people: Sequence[Profile]) -> Profile:
    """One profile with the facts of all; who it is about is the first."""
    lists = {
        each.name: tuple(chain.from_iterable(getattr(one, each.name) for one in people))
        for each in fields(Profile)
        if each.name not in ("basics", "projects")
    }
    return Profile(basics=people[0].basics, projects=tuple(_renumbered(people)), **lists)


def _renumbered(people: Sequence[Profile]) -> Iterator[Experience]:
    """The projects of all, each with the number that its employer has among all jobs."""
    before = 0
    for one in people:
        for project in one.projects:
            employer = project.employer
            yield project if employer is None else replace(project, employer=before + employer)
        before += len(one.work)


def _merge(one: Profile, other: Profile) -> Profile:
    return Profile(
        basics=_basics(one.basics, other.basics),
        work=_facts(one.work, other.work, same_job),
        volunteer=_facts(one.volunteer, other.volunteer, same_job),
        education=_facts(one.education, other.education, same_study),
        projects=_facts(one.projects, other.projects, same_project),
        skills=_skills(one.skills, other.skills),
        languages=_facts(
            one.languages, other.languages, lambda a, b: alike(a.language, b.language)
        ),
        certificates=_facts(one.certificates, other.certificates, same_credential),
        awards=_facts(one.awards, other.awards, same_credential),
        publications=_facts(one.publications, other.publications, same_credential),
        interests=_facts(one.interests, other.interests, lambda a, b: alike(a.name, b.name)),
        references=_facts(
            one.references,
            other.references,
            lambda a, b: alike(a.name, b.name) or alike(a.reference, b.reference),
        ),
    )


def alike(one: Value | None, other: Value | None) -> bool:
    """Whether two values say the same, but for case, accents and a slip of the pen."""
    if one is None or other is None:
        return False
    return fuzz.ratio(fold(one.text), fold(other.text)) >= _ALIKE


def same_job(one: Experience, other: Experience) -> bool:
    """Whether two files tell of the same job: employer and time, or employer and role."""
    if one.name is None or other.name is None or not is_alike(one.name.text, other.name.text):
        return False
    if one.position and other.position and not _same_role(one.position, other.position):
        return False
    return _meet(one.dates, other.dates) or alike(one.position, other.position)


def _same_role(one: Value, other: Value) -> bool:
    return fuzz.token_set_ratio(fold(one.text), fold(other.text)) >= _ALIKE


def same_project(one: Experience, other: Experience) -> bool:
    """Whether two files tell of the same project."""
    return alike(one.name, other.name) and (
        one.organization is None
        or other.organization is None
        or is_alike(one.organization.text, other.organization.text)
    )


def same_study(one: Education, other: Education) -> bool:
    """Whether two files tell of the same course of study."""
    if one.institution and other.institution:
        if not is_alike(one.institution.text, other.institution.text):
            return False
        if one.study_type and other.study_type:
            return fuzz.ratio(fold(one.study_type.text), fold(other.study_type.text)) >= 60
        return _meet(one.dates, other.dates)
    return alike(one.study_type, other.study_type) and alike(one.area, other.area)


def same_credential(one: Credential, other: Credential) -> bool:
    """Whether two files tell of the same certificate, award or publication."""
    return alike(one.name, other.name)


def _meet(one: Dates | None, other: Dates | None) -> bool:
    return one is None or other is None or one.period.overlaps(other.period)


def _facts(
    one: tuple[Fact, ...], other: tuple[Fact, ...], same: Callable[[Fact, Fact], bool]
) -> tuple[Fact, ...]:
    merged = list(one)
    for fact in other:
        for number, known in enumerate(merged[: len(one)]):
            if same(known, fact):
                merged[number] = _merged(known, fact)
                break
        else:
            merged.append(fact)
    return tuple(merged)


def _merged(one: Fact, other: Fact) -> Fact:
    """The fact with what only the other says, and the spans of what both say."""
    changes: dict[str, object] = {}
    for each in fields(one):
        mine, others = getattr(one, each.name), getattr(other, each.name)
        if each.name in ("entry", "more_entries", "employer"):
            continue
        changes[each.name] = _both(mine, others)
    if isinstance(one, (Experience, Education)) and isinstance(other, (Experience, Education)):
        changes["entry"] = one.entry if one.entry is not None else other.entry
        more = (*one.more_entries, other.entry, *other.more_entries)
        changes["more_entries"] = tuple(
            number for number in more if number is not None and number != changes["entry"]
        )
    return replace(one, **changes)  # type: ignore[arg-type]


def _both(mine: object, others: object) -> object:
    if mine is None or mine == ():
        return others
    if isinstance(mine, Value) and isinstance(others, Value):
        return _value(mine, others)
    if isinstance(mine, Dates) and isinstance(others, Dates):
        one, other = mine.period, others.period
        if (one.start, one.end, one.ongoing) == (other.start, other.end, other.ongoing):
            return Dates(one, (*mine.spans, *others.spans))
    if isinstance(mine, tuple) and isinstance(others, tuple):
        return _values(mine, others)
    return mine


def _value(mine: Value, others: Value) -> Value:
    if alike(mine, others):
        return Value(mine.text, (*mine.spans, *(s for s in others.spans if s not in mine.spans)))
    return mine


def _values(mine: tuple[Value, ...], others: tuple[Value, ...]) -> tuple[Value, ...]:
    found = list(mine)
    for value in others:
        for number, known in enumerate(found):
            if alike(known, value):
                found[number] = _value(known, value)
                break
        else:
            found.append(value)
    return tuple(found)


def _skills(one: tuple[Skill, ...], other: tuple[Skill, ...]) -> tuple[Skill, ...]:
    def same(a: Skill, b: Skill) -> bool:
        return alike(a.name, b.name) or (a.name is None and b.name is None)

    return _facts(one, other, same)


def _basics(one: Basics, other: Basics) -> Basics:
    changes: dict[str, object] = {}
    for each in fields(one):
        mine, others = getattr(one, each.name), getattr(other, each.name)
        if each.name == "profiles":
            changes[each.name] = _facts(mine, others, lambda a, b: alike(a.url, b.url))
        elif isinstance(mine, Place) and isinstance(others, Place):
            changes[each.name] = replace(mine, text=_value(mine.text, others.text))
        else:
            changes[each.name] = _both(mine, others)
    return replace(one, **changes)  # type: ignore[arg-type]
