"""Whatever text comes, there is a profile whose places are right, and no crash."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.profile.build import build_profile
from bot.profile.check import check
from bot.profile.jsonresume import to_json_resume
from tests.profile.reading import RESUMES, read
from tests.profile.test_profiles import readable, spans_of, values_of

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in RESUMES}
WRITTEN = [path for path in RESUMES if path.suffix != ".json"]


def understand(source: str, text: str) -> None:
    """Build and print a profile, and check that its places hold what they say."""
    try:
        document = read(source, text)
    except SourceError:
        return
    profile = build_profile([document])
    to_json_resume(profile, [document])
    check([document], profile)
    for span in spans_of(profile):
        assert 0 <= span.start < span.end <= len(document.text)
    for value in values_of(profile):
        assert value.text
        first = value.spans[0]
        quoted = readable(document.text[first.start : first.end])
        # Escapes, references, tags and what a link must encode read as something else.
        if not set("\\&<>") & set(quoted) and "%" not in value.text:
            assert quoted == readable(value.text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), source=st.sampled_from(sorted(path.name for path in WRITTEN)))
def test_mutated_resumes(seed: int, source: str) -> None:
    understand(source, mutated(TEXTS[source], random.Random(seed)))


def mutated(text: str, chance: random.Random) -> str:
    """The text with some lines or characters moved, doubled, deleted or put in."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 8)):
        i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                lines[i], lines[j] = lines[j], lines[i]
            case 1:
                lines.insert(i, lines[j])
            case 2:
                lines[i] = ""
            case 3:
                at = chance.randrange(len(lines[i]) + 1)
                sign = chance.choice([*"|,·–-:()[]*_#@`>\\&<\t ", "\u200b", "（", "2019", "\n\n"])
                lines[i] = lines[i][:at] + sign + lines[i][at:]
            case _:
                lines[i] = lines[i].strip() + " " + lines[j]
    return "".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "#",
        "# \n\n## Work\n\n-\n- ,\n- | |\n- (2019)\n- 2019\n- @ @ @\n",
        "## Work\n\n### ( \n\n### ) – (\n*2019 –*\n",
        '## Work\n\n- [](x) 2019\n- [a](b "c") 2019, d\n- ![x](y) 2018\n',
        "## Education\n\n| a |\n|---|\n| |\n| 2019 |\n",
        "## Skills\n\n:\n\n: a\n\na:\n- \n",
        "## Languages\n\n()\n\nEnglish (\n",
        '## Publications\n\n- (2019).\n- "" 2018\n- A (2019). \n',
        '## References\n\n"\n\n> "a\n',
        "## Work\n\n" + "- " + ", ".join(["Acme"] * 60) + ", 2019\n",
        "## Work\n\n### " + "(" * 500 + "\n*2019*\n",
        "My name is \n\nI am a \n\nI am good at \n",
    ],
)
@pytest.mark.parametrize("source", ["a.md", "a.txt"])
def test_odd_texts(text: str, source: str) -> None:
    understand(source, text)


def test_a_very_long_resume() -> None:
    """Sixty pages, and quickly: nothing grows with the square of the length."""
    jobs = "".join(
        f"### Clerk, Office {number} Ltd, Leeds\n*{1990 + number % 30} – {1991 + number % 30}*\n\n"
        + "- Wrote letters about machines, files and other things that offices have.\n" * 6
        for number in range(400)
    )
    document = read("a.md", f"# Ada Moreau\n\n## Work\n\n{jobs}")
    profile = build_profile([document])
    assert len(profile.work) == 400


def test_reading_is_the_same_each_time() -> None:
    document = read(Path("a.md").name, TEXTS["academic.md"])
    assert build_profile([document]) == build_profile([document])
