"""The terms of a question: which of its words carry it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from bot.cldr import cldr
from bot.dates import find_periods
from bot.questions.cues import Cues, cues
from bot.questions.intents import OPEN, YEAR, Intents
from bot.questions.lexicon import Lexicon
from bot.questions.mentions import Gazetteer, alias_terms, longer_aliases
from bot.questions.question import Mention, MentionKind, Term
from bot.questions.translate import to_english
from bot.words import content_terms, fold, function_words, phrase_in, stem, words

_SENTENCE_ENDS = (".", "?", "!")
_ABBREVIATION = 4  # letters of a name that abbreviates another
_ABBREVIATED = 3  # letters of a small word that may be an abbreviation or a slip of any other


class TermFinder:
    """Finds the terms of questions about one index. Immutable."""

    def __init__(
        self,
        intents: Intents,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        vocabulary: Mapping[str, int],
        language: str,
    ) -> None:
        """`vocabulary` has the corpus's index terms, `language` is that of most documents."""
        self._intents = intents
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._vocabulary = vocabulary
        self._language = language

    def find(self, text: str, language: str, intent: str, asked_in: str) -> list[Term]:
        """The carrying words of the search text, which is in `language`, but for the words of the
        language it was `asked_in` that could not be translated.
        """
        mentions = self._gazetteer.find(text, language)
        periods = find_periods(text)
        times = {fold(name) for name in cldr(language).months} | cues(language).single("calendar")
        found: dict[str, Term] = {}
        for position, word in enumerate(words(text)):
            folded = fold(word.text)
            if (
                folded in function_words(language)
                or any(period.start_offset <= word.start < period.end_offset for period in periods)
                or YEAR.fullmatch(word.text)
            ):
                continue
            at = [m.kind for m in mentions if m.start <= word.start < m.end]
            named = any(kind is not MentionKind.PERSON for kind in at)
            plain = MentionKind.PERSON in at or self._is_plain(folded, language, intent)
            # A word that begins another sentence is no name for its capital.
            begins = text[: word.start].rstrip().endswith(_SENTENCE_ENDS)
            strange = folded not in times and all(
                self._is_strange(word.text, 0 if begins else position, spoken)
                for spoken in {language, asked_in}
            )
            forms = alias_terms(folded, self._language)
            found.setdefault(
                folded,
                Term(
                    word=word.text,
                    terms=forms,
                    known=named or any(form in self._vocabulary for form in forms),
                    name=named or (not plain and strange),
                    mentioned=named,
                    plain=plain,
                ),
            )
        return list(found.values())

    def in_own_words(self, text: str) -> str:
        """The text with what has another name in the résumé called by that, where one of the two is
        an abbreviation or several words: "the BI company" is the business intelligence company.
        """
        for name, own in self._called.items():
            if at := phrase_in(text, name):
                text = text[: at[0]] + own + text[at[1] :]
        return text

    @cached_property
    def _called(self) -> Mapping[str, str]:
        """What the corpus calls things by their other names."""
        called: dict[str, str] = {}
        for group in longer_aliases():
            own = next((name for name in group if self._is_held(name)), None)
            for name in group if own else ():
                unlike = " " in name or len(name) <= _ABBREVIATION
                if own and unlike and not self._is_held(name):
                    called[name] = own
        return called

    def _is_held(self, name: str) -> bool:
        """Whether the corpus has every word of the name."""
        forms = [stem(fold(word.text), self._language) for word in words(name)]
        return bool(forms) and all(form in self._vocabulary for form in forms)

    def with_places(self, text: str, mentions: Sequence[Mention], language: str) -> str:
        """The text with the places that the résumé gives for a region that it doesn't name: "in
        San Sebastián" for "in Spain". `mentions` are the text's.
        """
        stretches: dict[tuple[int, int], list[str]] = {}
        for mention in mentions:
            if mention.kind is MentionKind.PLACE:
                stretches.setdefault((mention.start, mention.end), []).append(mention.name)
        for (start, end), places in reversed(stretches.items()):
            named = content_terms(text[start:end], language)
            if named and not any(term in self._vocabulary for term in named):
                text = text[:start] + ", ".join(places) + text[end:]
        return text

    def _is_plain(self, folded: str, language: str, intent: str) -> bool:
        english = [folded, *(fold(word.text) for word in words(to_english(folded, language)))]
        return cues(language).is_plain(folded) or any(
            self._intents.words_it(intent, word) for word in english
        )

    def _is_strange(self, word: str, position: int, language: str) -> bool:
        """Whether a word looks like a name: no word of the language, or out of its case."""
        capital = position > 0 and word[0].isupper() and language != "de"
        inner = any(char.isupper() for char in word[1:]) or any(char.isdigit() for char in word)
        if word.isdigit() or len(word) == 1:
            return False
        if len(word) <= _ABBREVIATED and word.islower():
            return False
        return capital or inner or not self._lexicon.is_common(word, language)

    def is_known(self, text: str, language: str) -> bool:
        """Whether the corpus holds half of the text's carrying words or more."""
        terms = [alias_terms(term, self._language) for term in content_terms(text, language)]
        known = sum(any(form in self._vocabulary for form in forms) for forms in terms)
        return bool(terms) and known >= len(terms) / 2

    def carries(
        self,
        text: str,
        mentions: Sequence[Mention],
        language: str,
        *,
        intent: str = OPEN,
        names: bool = True,
    ) -> bool:
        """Whether the text says anything but what it is about and, if given, its intent; with or
        without other `names`.
        """
        shape = cues(language)
        return any(
            fold(word.text) not in function_words(language)
            and (names or not self._is_strange(word.text, position, language))
            and not shape.is_plain(fold(word.text))
            and not self._intents.words_it(intent, fold(word.text))
            and not any(m.start <= word.start < m.end for m in mentions)
            and not any(p.start_offset <= word.start < p.end_offset for p in find_periods(text))
            for position, word in enumerate(words(text))
        )


def head_of(text: str, shape: Cues, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The carrying words that stand right behind "which" or "what"."""
    start = shape.find("heads", text)
    if start is None:
        return ()
    behind = words(text[start:])[1:]
    by_word = {term.word: term for term in terms}
    head: list[Term] = []
    for word in behind:
        if word.text not in by_word:
            break
        head.append(by_word[word.text])
    return tuple(head)


def counted_in(text: str, start: int, terms: Sequence[Term]) -> Term | None:
    """The first carrying word after "how many"."""
    after = [t for t in terms if not t.mentioned and text.find(t.word, start) >= 0]
    return min(after, key=lambda term: text.find(term.word, start), default=None)
