"""What a JSON Resume says in parts, of which a question wants one: when, from whom, where."""

import pytest

from bot.service import ResumeBot
from tests.answers.conftest import BotOver, ask

RESUME = """\
{
  "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
  "basics": {
    "name": "Philippa Oduya",
    "label": "Organ builder",
    "email": "philippa@oduya.example",
    "phone": "+44 1632 960118",
    "location": {
      "address": "3 Bellows Yard",
      "postalCode": "YO1 7HH",
      "city": "York",
      "countryCode": "GB"
    },
    "profiles": [
      {"network": "Twitter", "username": "pipes_and_reeds", "url": "https://twitter.com/"},
      {"network": "Instagram", "username": "oduya.organs"},
      {"network": "LinkedIn", "url": "https://linkedin.com/in/philippa-oduya"}
    ]
  },
  "work": [
    {
      "name": "Harkness & Sons",
      "position": "Organ Builder",
      "startDate": "2016-03-01",
      "endDate": "2023-06-30",
      "highlights": ["Rebuilt the bellows of 11 village organs"]
    }
  ],
  "education": [
    {
      "institution": "Wensley College",
      "area": "Musical Instruments",
      "studyType": "Bachelor",
      "startDate": "2009-09-01",
      "endDate": "2012-06-30"
    },
    {
      "institution": "Tolworth University",
      "area": "Acoustics",
      "studyType": "Master",
      "startDate": "2012-09-01",
      "endDate": "2014-06-30"
    }
  ],
  "awards": [
    {
      "title": "Golden Reed",
      "date": "2019-10-01",
      "awarder": "Northern Crafts Guild",
      "summary": "For the swell box of a chapel by the sea."
    },
    {"title": "Young Maker Medal", "date": "2015-05-01", "awarder": "Tyneside Museums"}
  ],
  "certificates": [
    {"name": "Emergency First Aid", "date": "2021-09-03", "issuer": "Minster Training"},
    {
      "name": "Certified Pipe Voicer",
      "date": "2018-04-12",
      "issuer": "Institute of Organ Craft",
      "url": "https://organcraft.example/cpv"
    }
  ],
  "publications": [
    {
      "name": "Quiet trackers",
      "publisher": "The Bellows Quarterly",
      "releaseDate": "2020-02-01",
      "summary": "How felt and leather silence a mechanical action."
    }
  ],
  "references": [
    {
      "name": "Ignatius Holloway",
      "reference": "She hears a leak before anybody else does."
    }
  ]
}
"""


@pytest.fixture(scope="module")
def bot(bot_over: BotOver) -> ResumeBot:
    return bot_over({"resume.json": RESUME})


@pytest.mark.parametrize(
    ("question", "said", "cites"),
    [
        ("felt and leather text when", "Quiet trackers (February 1, 2020)", "2020-02-01"),
        ("bellows quarterly when", "Quiet trackers (February 1, 2020)", "2020-02-01"),
        ("organcraft badge, when", "Certified Pipe Voicer (April 12, 2018)", "2018-04-12"),
        ("first aid cert year?", "Emergency First Aid (September 3, 2021)", "2021-09-03"),
        ("cpv cert wehn", "Certified Pipe Voicer (April 12, 2018)", "2018-04-12"),
        ("In what year did she get the prize for the swell box?", "Golden Reed", "2019-10-01"),
    ],
)
def test_when_it_was_given(bot: ResumeBot, question: str, said: str, cites: str) -> None:
    _answers(bot, question, said, cites)


@pytest.mark.parametrize(
    ("question", "said", "cites"),
    [
        ("Who gave her the Golden Reed?", "Northern Crafts Guild (Golden Reed)", "Golden Reed"),
        (
            "Which organisation honoured her in October 2019?",
            "Golden Reed",
            "Northern Crafts Guild",
        ),
        ("By which guild was she honoured?", "Northern Crafts Guild", "Northern Crafts Guild"),
        ("Who awarded her the medal in 2015?", "Tyneside Museums", "Young Maker Medal"),
        ("Which museum gave her a medal?", "Tyneside Museums", "Tyneside Museums"),
        ("Who published her article?", "The Bellows Quarterly", "The Bellows Quarterly"),
        ("Qui lui a décerné le prix ?", "Northern Crafts Guild", "Tyneside Museums"),
    ],
)
def test_who_gave_it(bot: ResumeBot, question: str, said: str, cites: str) -> None:
    _answers(bot, question, said, cites)


@pytest.mark.parametrize(
    "question", ["Which prize was awarded in 2019?", "Which awards has she won?"]
)
def test_what_was_given_is_no_question_who_gave_it(bot: ResumeBot, question: str) -> None:
    answer = ask(bot, question).answer
    assert "Golden Reed" in answer
    assert "Guild" not in answer


@pytest.mark.parametrize(
    "question", ["Who gave her the prize for poetry?", "Who paid for bellows?"]
)
def test_who_gave_something_else_is_not_said(bot: ResumeBot, question: str) -> None:
    assert not ask(bot, question).found


@pytest.mark.parametrize(
    ("question", "said", "cites"),
    [
        ("What's the postcode of her home address?", "YO1 7HH", "YO1 7HH"),
        ("Which street does she live in?", "3 Bellows Yard", "3 Bellows Yard"),
        ("Which country is she in?", "GB", "GB"),
        ("What's her address?", "3 Bellows Yard, YO1 7HH, York", "3 Bellows Yard"),
        ("Where does she live?", "York", "York"),
        ("Wie lautet ihre Postleitzahl?", "YO1 7HH", "YO1 7HH"),
        ("Dans quelle rue habite-t-elle ?", "3 Bellows Yard", "3 Bellows Yard"),
        ("¿En qué país vive?", "GB", "GB"),
        ("她的邮编是多少？", "YO1 7HH", "YO1 7HH"),
    ],
)
def test_part_of_the_address(bot: ResumeBot, question: str, said: str, cites: str) -> None:
    _answers(bot, question, said, cites)


def test_a_part_of_the_address_that_is_missing_is_not_said(bot: ResumeBot) -> None:
    assert not ask(bot, "Which state does she live in?").found


@pytest.mark.parametrize(
    ("question", "said", "cites"),
    [
        ("Under what handle does she tweet?", "pipes_and_reeds", "Twitter"),
        ("her Instagram username", "oduya.organs", "oduya.organs"),
        ("What is her username?", "pipes_and_reeds", "pipes_and_reeds"),
        ("What's her handle on LinkedIn?", "in/philippa-oduya", "LinkedIn"),
        ("Unter welchem Namen twittert sie?", "pipes_and_reeds", "Twitter"),
        ("Quel est son pseudo sur Instagram ?", "oduya.organs", "Instagram"),
        ("Is she on Twitter?", "https://twitter.com/", "https://twitter.com/"),
    ],
)
def test_handle(bot: ResumeBot, question: str, said: str, cites: str) -> None:
    _answers(bot, question, said, cites)


def test_a_handle_on_another_network_is_not_said(bot: ResumeBot) -> None:
    assert not ask(bot, "What's her GitHub username?").found


@pytest.mark.parametrize(
    ("question", "said", "cites"),
    [
        (
            "Her Wensley degree is a master's, isn't it?",
            "No. Wensley College (Bachelor",
            "Bachelor",
        ),
        ("Does she have a PhD from Tolworth?", "No. Tolworth University (Master", "Master"),
        ("Does she have a master's from Tolworth?", "Yes: Tolworth University", "Master"),
        ("Does she have a master's degree?", "Yes: Tolworth University", "Tolworth University"),
        ("Does she have a PhD from Calder?", "No. Philippa Oduya studied at", "Wensley College"),
    ],
)
def test_level_of_a_degree(bot: ResumeBot, question: str, said: str, cites: str) -> None:
    _answers(bot, question, said, cites)


@pytest.mark.parametrize("question", ["Has she got a doctorate?", "Hat sie einen Doktortitel?"])
def test_a_degree_that_is_not_listed_is_no_no(bot: ResumeBot, question: str) -> None:
    assert not ask(bot, question).found


@pytest.mark.parametrize(
    "question", ["What's that person's phone number?", "How can I reach them?"]
)
def test_a_referee_without_a_number_has_not_the_candidate_s(bot: ResumeBot, question: str) -> None:
    assert not ask(bot, "Who wrote her reference?", question).found


def _answers(bot: ResumeBot, question: str, said: str, cites: str) -> None:
    reply = ask(bot, question)
    assert reply.found
    assert said in reply.answer
    assert cites in [citation.quote for citation in reply.citations]
