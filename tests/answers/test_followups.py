"""Follow-ups: answered from what was spoken of, or refused; a fresh question is left alone."""

import pytest

from bot.questions.cues import cues
from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask
from tests.conftest import ROOT

RESUME = ROOT / "tests" / "profile" / "resumes" / "academic.md"


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": RESUME.read_text(encoding="utf-8")})


@pytest.mark.parametrize(
    ("before", "question", "says", "cites"),
    [
        ("Does he speak Norwegian?", "How well?", "B2", "Norwegian"),
        ("Does he speak Norwegian?", "And Spanish?", "A2", "Spanish"),
        ("What certificates has he got?", "Which one came last?", "Electrofishing", "March 2019"),
        (
            "What certificates has he got?",
            "Who issued the first one?",
            "Norwegian Diving",
            "06/2014",
        ),
        ("Does he have a diving certificate?", "When did he get it?", "June 2014", "06/2014"),
        ("Does he have a diving certificate?", "And the other one?", "Electrofishing", "2019"),
        ("How much money was there for streams under ice?", "Who paid for it?", "Polar", "Polar"),
        ("What is Zwalm Live?", "Since when?", "2019", "since 2019"),
        ("What is Zwalm Live?", "What's it written in?", "Python", "Written in Python"),
        ("Where was he in 2012?", "And in 2015?", "Fjordheim", "Fjordheim"),
        ("Has he organised a symposium?", "How many people came?", "310", "310"),
    ],
)
def test_answers_from_what_was_spoken_of(
    bot: ResumeBot, before: str, question: str, says: str, cites: str
) -> None:
    reply = ask(bot, before, question)
    assert reply.found
    assert says in reply.answer
    assert any(cites in citation.quote for citation in reply.citations)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Does he speak Norwegian?", "Since when?"),
        ("Does he have a diving certificate?", "When does it expire?"),
        ("Where did he do his PhD?", "Which mark did he get for it?"),
        ("What is the Culvert Census?", "Who paid for it?"),
        ("Does he know Kubernetes?", "Since when?"),
    ],
)
def test_refuses_what_that_does_not_say(bot: ResumeBot, before: str, question: str) -> None:
    reply = ask(bot, before, question)
    assert not reply.found
    assert not reply.citations


@pytest.mark.parametrize("before", ["Where does he work now?", "Which languages does he speak?"])
@pytest.mark.parametrize(
    "question",
    [
        "What is his e-mail address?",
        "Where did he study?",
        "Is there any Python on this CV?",
        "Who funded the sensors in small brooks?",
        "Has he looked after volunteers?",
    ],
)
def test_a_fresh_question_is_answered_as_if_asked_first(
    bot: ResumeBot, before: str, question: str
) -> None:
    assert ask(bot, before, question).answer == ask(bot, question).answer


@pytest.mark.parametrize(
    ("text", "refers"),
    [
        ("When was that?", True),
        ("How big was the team there?", True),
        ("Is there any Go on this CV?", False),
        ("Is it true that he lives in Ghent?", False),
        ("Which IT systems does she know?", False),
        ("Where did she study?", False),
    ],
)
def test_a_pronoun_refers_unless_it_only_opens_the_sentence(text: str, refers: bool) -> None:
    assert cues("en").refers(text) is refers


REFEREES = """\
# Solveig Ambrose

Dairy farmer, Sligo
solveig@ambrose.example · 020 7946 0991

## Work

### Herd manager, Drumcliff Dairy
*2014 - 2021*

- Milked 120 cows twice a day.

## References

- Cormac Tierney, vet of the herd, 020 7946 0142
- Aoife Lynskey, cheese buyer
"""


@pytest.fixture(scope="module")
def farmer(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.md": REFEREES})


@pytest.mark.parametrize(
    "questions",
    [
        ("Who was her boss at the dairy?", "What's that person's phone number?"),
        ("Who did she work for in 2016?", "How can I contact them?"),
        ("What's her boss's phone number?",),
        ("What is Aoife Lynskey's e-mail address?",),
        ("What's the phone number of Drumcliff Dairy?",),
        ("Where does her supervisor live?",),
    ],
)
def test_how_to_reach_somebody_else_is_not_how_to_reach_the_candidate(
    farmer: ResumeBot, questions: tuple[str, ...]
) -> None:
    assert not ask(farmer, *questions).found


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        ("Who are her referees?", "What's their phone number?", "020 7946 0142"),
        ("Who are her referees?", "How can I reach her?", "solveig@ambrose.example"),
        ("Who was her boss at the dairy?", "What's her phone number?", "020 7946 0991"),
        ("What is her name?", "What's that person's phone number?", "020 7946 0991"),
        ("Where did they work in 2016?", "How can I contact them?", "solveig@ambrose.example"),
    ],
)
def test_whose_number_is_meant(farmer: ResumeBot, before: str, question: str, said: str) -> None:
    assert said in ask(farmer, before, question).answer
