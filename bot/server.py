"""Running the HTTP server, and the rebuilding beside it."""

import ctypes
import gc
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.index.load import Index

_log = logging.getLogger(__name__)
_POLL = 0.3  # seconds between two looks at the corpus
_Stamps = set[tuple[Path, int, int, int]]
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")  # read when numpy and FAISS are imported
# Of mallopt(3): M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD. The last two, in bytes, else grow
# with the largest block that was freed.
_MALLOC = {-8: 2, -3: 256 * 1024, -1: 256 * 1024}
_GRACE = 5  # seconds that open requests have when the server stops


def run_server(settings: Settings, *, watch: bool, report: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Raises:
        BotError: the index can't be used, or the port can't be had.
    """
    # The models spread over the cores themselves; other threads would spin beside them.
    os.environ.update({name: os.environ.get(name, "1") for name in _THREADS})
    _spare_memory()
    gc.disable()
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("bot").setLevel(logging.INFO)
    with _listen(settings.host, settings.port) as listener:
        seen = _stamps(settings.corpus)  # what is edited while the server starts is seen, too
        if watch:
            _rebuild(settings)
        with ThreadPoolExecutor(1) as beside:
            index = beside.submit(_load, settings.index)
            # Most of the start is importing; none of what is imported ever becomes garbage.
            import uvicorn

            from bot.api.app import create_app
            from bot.service import LiveBot

            gc.freeze()
            live = LiveBot(settings.index, index.result())
        gc.enable()
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(settings, live),
                log_level="warning",
                server_header=False,
                proxy_headers=True,
                forwarded_allow_ips=settings.trusted_proxies,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        report(f"serving index {live.bot.index_id} on http://{shown}:{port} (stop with Ctrl+C)")
        stopping = threading.Event()
        if watch:
            threading.Thread(target=_watch, args=(settings, seen, stopping), daemon=True).start()
        try:
            server.run(sockets=[listener])
        finally:
            stopping.set()


def _spare_memory() -> None:
    """Have the C library's malloc give back what is freed, where it is glibc's: by itself it keeps
    a heap for each thread, and what an index took in one isn't used by the next in another.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for option, value in _MALLOC.items():
            mallopt(option, value)


def _load(folder: Path) -> "Index":
    from bot.index.load import load_index

    return load_index(folder)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
        # asyncio sets it only on sockets that say they are TCP's. Without it, the body of a reply
        # waits up to 40 ms for the client to acknowledge its head.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        hint = (
            "stop the other program, or choose another port with --port"
            if error.errno == 98 or "in use" in str(error)
            else "check --host and --port"
        )
        raise BotError(f"{host}:{port}: can't serve there ({error.strerror}); {hint}") from None


def _watch(settings: Settings, seen: _Stamps, stopping: threading.Event) -> None:
    """Rebuild when the corpus differs from `seen`, once it no longer changes.

    It is looked at, not listened to: a folder that is replaced, or comes only later, is followed
    too, and so is one on a network or in a container, which send no events.
    """
    while not stopping.wait(_POLL):
        now = _stamps(settings.corpus)
        if now == seen:
            continue
        while not stopping.wait(_POLL) and (later := _stamps(settings.corpus)) != now:
            now = later
        seen = now
        _rebuild(settings)


def _stamps(folder: Path) -> _Stamps:
    """What changes when a file of the folder does."""
    stamps = set()
    for path in folder.rglob("*"):
        with suppress(OSError):  # it may be gone by now
            stat = path.stat()
            stamps.add((path, stat.st_ino, stat.st_mtime_ns, stat.st_size))
    return stamps


def _rebuild(settings: Settings) -> None:
    """Build in a process of its own: what a build loads would stay in the server's memory."""
    command = [
        *(sys.executable, "-m", "bot", "build"),
        *("--corpus", str(settings.corpus), "--index", str(settings.index)),
    ]
    environment = {name: value for name, value in os.environ.items() if name not in _THREADS}
    built = subprocess.run(  # noqa: S603
        command, check=False, capture_output=True, text=True, env=environment
    )
    for line in (built.stdout + built.stderr).splitlines():
        _log.log(logging.INFO if built.returncode == 0 else logging.ERROR, line)
