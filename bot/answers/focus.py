"""The focus: what an answer was about, for what is asked next."""

from bot.answers.answer import Answer
from bot.index.store import PassageStore
from bot.profile.profile import Credential, Language, Profile
from bot.questions.question import Focus


def focus_of(answer: Answer, profile: Profile, passages: PassageStore) -> Focus:
    """The entries that the answer is about, the items of the Profile that it names, and the
    passages that it cites.
    """
    cited = tuple(dict.fromkeys(i for said in answer.statements for i in said.proof))
    known: tuple[Credential | Language, ...] = (
        *(*profile.certificates, *profile.awards, *profile.publications),
        *profile.languages,
    )
    items = tuple(item for item in known if _is_told(item, answer, passages))
    return Focus(answer.focus, items, cited)


def _is_told(item: Credential | Language, answer: Answer, passages: PassageStore) -> bool:
    """Whether a statement names the item and cites a line that does."""
    name = item.language if isinstance(item, Language) else item.name
    proof = {i for said in answer.statements if name.text in said.text for i in said.proof}
    return bool(proof) and any(passages.at(s.source, s.start) in proof for s in name.spans)
