"""Degrees: which levels a text names, from `degrees.yaml`."""

from functools import lru_cache

from bot.data import load_yaml
from bot.profile.profile import Education
from bot.words import fold, words


@lru_cache(maxsize=1024)  # of a question, every passage is asked
def levels(text: str) -> frozenset[str]:
    """The levels of degrees that the text names: "bachelor", "master", "doctorate"."""
    folded = {fold(word.text) for word in words(text)} | {fold(text).replace(".", "")}
    folded |= {word.replace(".", "") for word in fold(text).split()}
    return frozenset(
        level
        for level, written in load_yaml("degrees").items()
        if any(name in folded or (not name.isascii() and name in text) for name in written)
    )


def levels_of(study: Education) -> frozenset[str]:
    """The levels that a study is said to be of."""
    return levels((study.study_type or study.heading).text)
