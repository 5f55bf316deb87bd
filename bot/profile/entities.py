"""Named entities: whether words name a job, an organisation or a degree.

They are judged by the words of `data/profile.yaml`: what isn't known by them may still be one.
"""

from functools import cache

from bot.profile.vocabulary import word_list


@cache
def is_job(text: str) -> bool:
    """Whether the text names a job, judged by the word it ends or begins with."""
    jobs, plain = word_list("jobs"), _plain(text)
    head = plain.split(",")[0]
    return any(
        jobs.ends(some) is not None or jobs.leads(some) > 0 for some in (plain, head) if some
    )


def ends_in_job(text: str) -> bool:
    """Whether the last word of the text is that of a job: "Head Chef", not "Chef's Table"."""
    return word_list("jobs").ends(_plain(text)) is not None


@cache
def is_organization(text: str) -> bool:
    """Whether the text has a word that organisations have in their names."""
    plain = _plain(text)
    return bool(
        word_list("organizations").count(plain)
        or word_list("schools").count(plain)
        or has_legal_form(text)
    )


@cache
def has_legal_form(text: str) -> bool:
    """Whether the text ends in the legal form of a company."""
    return (word_list("legal").ends(_plain(text).rstrip(".")) is not None and " " in text) or any(
        text.endswith(form) for form in ("公司", "集团")
    )


def is_degree(text: str) -> bool:
    """Whether the text is a degree and nothing else: "BSc (Hons)"."""
    return _plain(text) in word_list("degrees") or _plain(text) in word_list("courses_whole")


def _plain(text: str) -> str:
    """The text without what stands in brackets at its end."""
    cut = min((at for mark in "(（" if (at := text.find(mark)) > 0), default=len(text))
    return text[:cut].strip()
