"""Facts about the person: who, where, how to reach them, what else they can."""

from collections.abc import Sequence, Set

from bot.answers.answer import Answer, Statement
from bot.answers.facts.asked import Asked
from bot.answers.facts.entries import in_words
from bot.answers.facts.timeline import latest_first
from bot.data import load_yaml
from bot.profile.profile import Account, Place, Value
from bot.questions.cues import cues, tells
from bot.questions.mentions import same_name, spellings
from bot.questions.question import MentionKind

_MOST_WORDS = 45  # of a summary


def name(asked: Asked) -> Answer | None:
    if asked.question.rest:
        return None  # "What is her boss called?"
    return asked.value("name", "name", asked.profile.basics.name)


def location(asked: Asked) -> Answer | None:
    """Where somebody lives, or the part of it that is asked for."""
    if asked.asks_for_more or asked.question.named(MentionKind.COMPANY, MentionKind.SCHOOL):
        return None
    if origin := _origin(asked):
        return origin
    home = asked.profile.basics.location
    if home is None:
        return asked.not_stated()
    text, shape = asked.question.text, cues(asked.question.language)
    parts = {
        "postal_codes": home.postal_code,
        "streets": home.address,
        # Which part of "Leith, Edinburgh" is the county can't be told.
        "regions": home.region or (home.text if "," in home.text.text else None),
        "countries": home.country,
    }
    if wanted := [part for kind, part in parts.items() if shape.has(kind, text)]:
        told = asked.values([part for part in wanted if part])
        return told or asked.not_stated(related=asked.proof(home.text))
    if shape.has("addresses", text) and home.address:
        whole = _whole(home)
        return asked.sentence("list", asked.proof(*whole), list=", ".join(v.text for v in whole))
    return asked.value("location", "place", home.text)


def _origin(asked: Asked) -> Answer | None:
    """The first line of the introduction that tells where somebody comes from, if that is asked."""
    if not cues(asked.question.language).has("origins", asked.question.text):
        return None
    told = (line for value in asked.profile.basics.summary for line in asked.passages_of(value))
    line = next((line for line in told if tells("origins", line.text)), None)
    return asked.told_lines([line.id]) if line else None


def _whole(home: Place) -> list[Value]:
    """An address with all its parts, if the place as it is written is only one of them."""
    parts = (home.address, home.postal_code, home.city, home.region, home.country)
    known = [part for part in parts if part]
    return known if home.text in known else [home.text]


def email(asked: Asked) -> Answer | None:
    if asked.question.yes_no and asked.question.rest:
        return None
    return asked.value("email", "value", asked.profile.basics.email)


def phone(asked: Asked) -> Answer | None:
    if asked.question.yes_no and asked.question.rest:
        return None
    return asked.value("phone", "value", asked.profile.basics.phone)


def website(asked: Asked) -> Answer | None:
    """The page, or the user's name on it, that is asked for; all of them if none is named."""
    if asked.question.count or cues(asked.question.language).has("figures", asked.question.text):
        return None  # "How many stars does it have there?"
    basics = asked.profile.basics
    networks = _networks(asked)
    accounts = [page for page in basics.profiles if _is_on(page, networks)]
    if cues(asked.question.language).has("handles", asked.question.text):
        return _handles(asked, accounts) or asked.not_stated()
    own = [basics.url] if basics.url and not networks else []
    pages = [page.url or page.username or page.network for page in accounts]
    found = own + [page for page in pages if page]
    return asked.values(found, "website", "value") or asked.not_stated()


def _handles(asked: Asked, accounts: Sequence[Account]) -> Answer | None:
    """What the user is called on each network; the address, where only that tells it."""
    items = (
        (
            handle.text + (f" ({page.network.text})" if page.network else ""),
            asked.proof(handle, page.network),
        )
        for page in accounts
        if (handle := page.username or page.url)
    )
    return asked.listing("list", "list", items)


def _networks(asked: Asked) -> set[str]:
    """The question's words for particular sites, known to the résumé or not, with their aliases:
    who tweets does it on Twitter.
    """
    known = set(load_yaml("cues")["networks"])
    shape = cues(asked.question.language)
    found: set[str] = set()
    for term in asked.question.terms:
        named = {term.word.casefold(), *term.terms}
        if named & known or (term.name and not shape.has("site_nouns", term.word)):
            found |= named & known or named
    return found


def _is_on(page: Account, networks: Set[str]) -> bool:
    """Whether the account is on one of the networks, if any is asked for."""
    told = [part.text.casefold() for part in (page.network, page.url) if part]
    return not networks or any(word in part for word in networks for part in told)


def summary(asked: Asked) -> Answer | None:
    """The candidate in short: the headline, the introduction, the latest jobs."""
    of_another = asked.question.named(MentionKind.COMPANY, MentionKind.PROJECT, MentionKind.SCHOOL)
    if of_another or (asked.asks_for_more and asked.question.mentions):
        return None  # "What sort of business was Acme?"
    basics = asked.profile.basics
    items: list[tuple[str, tuple[int, ...]]] = []
    told = [
        value for value in basics.summary if not (basics.name and basics.name.text in value.text)
    ]
    for value in [*([basics.label] if basics.label else []), *told[:2]]:
        for passage in asked.passages_of(value):
            text = passage.text.rstrip(".")
            if len(" ".join([*(t for t, _ in items), text]).split()) <= _MOST_WORDS:
                items.append((text, (passage.id,)))
    jobs = sorted(asked.profile.work, key=latest_first)[:2]
    if len(items) < 2:
        items += [(in_words(asked, job, position=True), asked.entry_proof(job)) for job in jobs]
    statements = [
        Statement(text if i == 0 else f". {text}", proof) for i, (text, proof) in enumerate(items)
    ]
    return asked.found((*statements, Statement(".")), jobs) if items else None


def languages(asked: Asked) -> Answer | None:
    """The languages that are spoken, with their level."""
    if asked.question.named(MentionKind.SPEECH):
        return language(asked)
    return _all_languages(asked)


def _all_languages(asked: Asked) -> Answer | None:
    apart = [mention.name for mention in asked.question.excluded]
    chosen = [
        entry
        for entry in asked.profile.languages
        if not any(same_name(entry.language.text, name) for name in apart)
    ]
    items = (
        (_spoken(entry.language, entry.fluency), asked.proof(entry.language)) for entry in chosen
    )
    return asked.counted(items, len(chosen), key="speaks", written=not apart)


def language(asked: Asked) -> Answer | None:
    """Whether, and how well, a language is spoken."""
    wanted = asked.names(MentionKind.SPEECH)
    if not wanted:
        return _all_languages(asked)
    spoken = [
        entry
        for entry in asked.profile.languages
        if any(same_name(entry.language.text, speech) for speech in wanted)
    ]
    if not spoken:
        if any(asked.passages.holding_itself(term) for term in _terms_of(asked, wanted)):
            return None  # a line that is no list of languages names it
        listed = tuple(i for e in asked.profile.languages for i in asked.proof(e.language))
        return asked.not_stated("not_mentioned", related=listed, what=", ".join(wanted[:1]))
    entry = spoken[0]
    text = _spoken(entry.language, entry.fluency)
    proof = asked.proof(entry.language, entry.fluency)
    if asked.question.yes_no:
        return asked.sentence("affirm", proof, what=text)
    if entry.fluency is None and asked.question.intent == "speech_check":
        return None  # the line may tell how well in other words
    return asked.sentence("list", proof, list=text)


def _terms_of(asked: Asked, speeches: Sequence[str]) -> set[str]:
    """The index terms of the languages' names, in every language that has one."""
    names = {name for speech in speeches for name in spellings(speech)}
    return {term for name in names for term in asked.passages.cut(name)}


def _spoken(language: Value, fluency: Value | None) -> str:
    return f"{language.text} ({fluency.text})" if fluency else language.text


def interests(asked: Asked) -> Answer | None:
    found = [
        value
        for interest in asked.profile.interests
        for value in (interest.name, *interest.keywords)
    ]
    return asked.values(found) or asked.not_stated()


def references(asked: Asked) -> Answer | None:
    found = [
        value
        for reference in asked.profile.references
        for value in (reference.name, reference.reference)
        if value is not None
    ]
    return asked.values(found[:2]) or asked.not_stated()
