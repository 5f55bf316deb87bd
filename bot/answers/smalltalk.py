"""The smalltalk answerer: greetings, thanks, and what isn't about the candidate."""

from bot.answers.answer import Answer, Outcome, Statement
from bot.answers.wording import Wording
from bot.questions.question import Question

NAME = "smalltalk"
_OUTCOMES = {
    "greeting": Outcome.SMALLTALK,
    "thanks": Outcome.SMALLTALK,
    "goodbye": Outcome.SMALLTALK,
    "about_bot": Outcome.SMALLTALK,
    "off_topic": Outcome.OFF_TOPIC,
    "injection": Outcome.OFF_TOPIC,
}


def answer_smalltalk(question: Question, wording: Wording) -> Answer | None:
    """A fixed line, if the question is no question about the candidate."""
    outcome = _OUTCOMES.get(question.intent)
    if outcome is None:
        return None
    return Answer(outcome, (Statement(wording.say(question.intent)),), NAME)
