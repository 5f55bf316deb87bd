"""Fitness: which passages can be an answer to a question at all, however near they are."""

from bot.answers.degrees import levels
from bot.dates import find_periods
from bot.passages import Passage
from bot.profile.profile import Profile
from bot.questions.intents import Intents
from bot.questions.mentions import spellings
from bot.questions.question import MentionKind, Question
from bot.words import holds_phrase, words


class Fitness:
    """Rules passages out: those of another time, degree or language than the question's, and those
    that lack the words that an answer to its topic must hold. Immutable.
    """

    def __init__(self, profile: Profile, intents: Intents) -> None:
        self._intents = intents
        self._dates = {e.entry: e.dates.period for e in profile.experiences if e.dates}
        self._levels = {
            study.entry: levels((study.study_type or study.heading).text)
            for study in profile.education
        }

    def allows(self, passage: Passage, question: Question) -> bool:
        """Whether nothing speaks against the passage."""
        needs = self._intents.needs(question.intent)
        return (
            self._is_in_time(passage, question)
            and not self._is_of_another_degree(passage, question)
            and not _is_of_another_language(passage, question)
            and (not needs or any(holds_phrase(passage.text, word) for word in needs))
        )

    def _is_in_time(self, passage: Passage, question: Question) -> bool:
        """Whether nothing says that the passage is of another time than the question's."""
        asked = question.period
        if asked is None or question.relation:
            return True
        own = find_periods(passage.text)
        if question.count:
            # A figure of all years is none of one year.
            return any(period.is_within(asked) for period in own)
        if own:
            return any(period.overlaps(asked) for period in own)
        dates = self._dates.get(passage.entry) if passage.entry is not None else None
        return dates is None or dates.overlaps(asked)

    def _is_of_another_degree(self, passage: Passage, question: Question) -> bool:
        """Whether the passage is of a study of another level than the question asks of."""
        asked = levels(question.text)
        own = self._levels.get(passage.entry) if passage.entry is not None else None
        return bool(asked and own and not asked & own)


def _is_of_another_language(passage: Passage, question: Question) -> bool:
    """Whether the question is how well somebody speaks a language that the passage doesn't name."""
    asked = question.named(MentionKind.SPEECH)
    if question.intent != "speech_check" or not asked:
        return False
    own = {spelled for word in words(passage.embedded) for spelled in spellings(word.text)}
    return own.isdisjoint(spelled for speech in asked for spelled in spellings(speech.name))
