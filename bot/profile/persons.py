"""Persons: whether a line is the name of one, and whether it is the candidate's."""

import re
import unicodedata

from bot.profile.entities import is_job, is_organization
from bot.profile.vocabulary import word_list
from bot.sources.sections import is_document_title, section_kind

_LEAST_LETTERS = 3  # of a part of a name that is found in an address


def is_name(text: str) -> bool:
    """Whether the text looks like the name of a person, by its form."""
    if is_document_title(text) or section_kind(text) is not None:
        return False
    if any(char.isdigit() for char in text) or re.search(r"[@:/|!?;&]", text):
        return False
    plain = re.sub(r"\s*[(（\"“][^()（）\"”]*[)）\"”]\s*", " ", text).split(",")[0].strip()
    if re.fullmatch(r"[\u3400-\u9fff]{2,6}(?:[·‧][\u3400-\u9fff]+)*", plain):
        return len(plain) <= 4 or "·" in plain
    tokens = plain.split()
    if not 2 <= len(tokens) <= 6 or is_job(plain) or is_organization(plain):
        return False
    return (
        all(token[:1].isupper() or token in word_list("particles") for token in tokens)
        and tokens[-1][:1].isupper()
    )


def is_in_address(name: str, address: str) -> bool:
    """Whether all longer parts of a name are in an e-mail or web address: "Ada Moreau" in
    "ada.moreau@mail.example".
    """
    plain = _letters(address)
    parts = [
        part for part in map(_letters, re.split(r"[\s-]+", name)) if len(part) >= _LEAST_LETTERS
    ]
    return len(parts) > 1 and all(part in plain for part in parts)


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if char.isalpha())
