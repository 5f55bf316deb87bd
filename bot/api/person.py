"""The candidate as schema.org sees them (schema.org/Person), for search engines."""

from collections.abc import Iterable
from typing import Any

from bot.api.cards import link_to
from bot.profile.profile import Profile, Value

_MOST = 50  # skills, schools …: what is more is for people to read


def person(profile: Profile, url: str) -> dict[str, Any] | None:
    """The Person as JSON-LD; None without a name, without which it says nothing.

    The postal address holds no street, and there is no telephone number: they are on the page
    for people, and nothing but harvesters would look for them here.
    """
    basics = profile.basics
    if basics.name is None:
        return None
    where = basics.location
    address = {
        "@type": "PostalAddress",
        "addressLocality": _text(where.city) if where else None,
        "addressRegion": _text(where.region) if where else None,
        "addressCountry": _text(where.country) if where else None,
    }
    sites = [link_to(basics.url), *(link_to(account.url) for account in basics.profiles)]
    current = [job for job in profile.work if job.dates and job.dates.period.ongoing and job.name]
    found = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": basics.name.text,
        "url": url or None,
        "jobTitle": _text(basics.label),
        "description": " ".join(value.text for value in basics.summary),
        "address": address if sum(map(bool, address.values())) > 1 else None,
        "sameAs": list(dict.fromkeys(filter(None, sites))),
        "worksFor": _named("Organization", (job.name for job in current)),
        "alumniOf": _named(
            "EducationalOrganization", (course.institution for course in profile.education)
        ),
        "knowsLanguage": _texts(spoken.language for spoken in profile.languages),
        "knowsAbout": _texts(value for skill in profile.skills for value in skill.keywords),
        "award": _texts(award.name for award in profile.awards),
        "hasCredential": _named(
            "EducationalOccupationalCredential", (one.name for one in profile.certificates)
        ),
    }
    return {key: value for key, value in found.items() if value}


def _text(value: Value | None) -> str | None:
    return value.text if value else None


def _texts(values: Iterable[Value | None]) -> list[str]:
    return list(dict.fromkeys(value.text for value in values if value))[:_MOST]


def _named(kind: str, values: Iterable[Value | None]) -> list[dict[str, str]]:
    return [{"@type": kind, "name": name} for name in _texts(values)]
