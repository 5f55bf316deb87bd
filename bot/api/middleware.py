"""What happens to every request and response."""

from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.timing import Timings, timed


class CommonHeaders:
    """Adds the security headers and, as `Server-Timing`, the milliseconds of each stage so far
    and of all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        timings = Timings()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                stages = {**timings.seconds, "total": perf_counter() - began}
                headers["Server-Timing"] = ", ".join(
                    f"{name};dur={seconds * 1000:.1f}" for name, seconds in stages.items()
                )
            await send(message)

        with timed(timings):
            await self._app(scope, receive, send_with_headers)


class HeadAsGet:
    """Has HEAD answered wherever GET is; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)


class BodyLimit:
    """Stops reading a request's body after so many bytes, whatever its length was said to be.

    Raises:
        HTTPException: 413, from the `receive` that the application reads with.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most_bytes:
                raise HTTPException(413, f"The body has more than {self._most_bytes:,} bytes.")
            return message

        await self._app(scope, receive_some if scope["type"] == "http" else receive, send)
