"""Accounts: which of the links in a résumé's head leads to the candidate's own site, and which to
their pages on networks.
"""

import re
from collections.abc import Sequence

from bot.profile.links import DOMAIN, URL, Link
from bot.profile.pieces import Piece
from bot.profile.profile import Account, Value
from bot.profile.vocabulary import labels


def addresses(
    found: Sequence[tuple[Link, Piece]],
) -> tuple[Value | None, tuple[Account, ...]]:
    """The candidate's own site, and their pages on networks.

    Args:
        found: the links with the part of the line that each stands in.
    """
    own: Value | None = None
    accounts: list[Account] = []
    for link, part in found:
        network, username = _account_words(link, part)
        if own is None and not link.has_path and not network:
            own = link.url
        else:
            accounts.append(Account(network, username, link.url))
    return own, tuple(accounts)


def _account_words(link: Link, part: Piece) -> tuple[Value | None, Value | None]:
    """The network's and the user's name, as written before or in a link: "ORCID 0000-…"."""
    shown = link.shown
    is_address = bool(URL.fullmatch(shown.text) or DOMAIN.match(shown.text))
    before = part.text.split(shown.text)[0]
    match = re.search(r"([^\W\d_][\w .-]{1,20}?)\s*[:：]\s*$", before)
    network: Value | None = None
    if match and not labels(match[1]) & {"url"}:
        network = part.cut(*match.span(1)).value()
    after = re.match(r"\s*[(（]([^()（）]{2,20})[)）]", part.text[len(before) + len(shown) :])
    if network is None and after and link.has_path:
        at = len(before) + len(shown)
        network = part.cut(at + after.start(1), at + after.end(1)).value()
    if is_address:
        return network, None
    text = shown.text
    if network:
        user = shown.strip("@ ")
        return network, user.value()
    if words_ := re.match(r"^([^\W\d_][\w.-]+)[\s:]+(@?[\w.@-]*[\d@_][\w.@-]*)$", text):
        return shown.cut(*words_.span(1)).value(), shown.cut(*words_.span(2)).strip("@").value()
    if text.startswith("@"):
        return None, shown.strip("@").value()
    if len(text.split()) == 1 and not labels(text):
        return shown.value(), None
    return None, None
