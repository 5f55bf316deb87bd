"""Which representation a client wants."""

from collections.abc import Sequence

import mimeparse
from fastapi import Request

JSON = "application/json"
TEXT = "text/plain"
HTML = "text/html"
EVENTS = "text/event-stream"


def preferred(request: Request, offers: Sequence[str]) -> str:
    """The media type of `offers` that the Accept header likes best.

    The first offer is the default: it wins where the client has no preference, accepts none
    of them, or sends a header that can't be read.
    """
    accept = ",".join(request.headers.getlist("accept")).lower()
    try:
        # Where two are liked alike, the library takes the last.
        best = mimeparse.best_match(list(reversed(offers)), accept) if accept.strip(" ,") else ""
    except mimeparse.MimeTypeParseException:
        best = ""
    return best or offers[0]
