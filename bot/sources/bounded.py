"""Reading in a process of its own, which may take only so much time and memory.

The parsers of PDF, Word files and web pages are large programs that a damaged or hostile file
can send astray. Run apart, the worst they can do is to fail.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from bot.documents import Block, Document, Entry, Kind, Run, Section, Style
from bot.errors import SourceError

MOST_SECONDS = 9.0
MOST_MEMORY = 480 * 2**20  # bytes of address space
_FAILED = 3  # exit status for a SourceError, which is on the standard output


def read_bounded(reader: str, source: str, content: bytes | str) -> Document:
    """What the reader "module:function" of this package makes of the content.

    Raises:
        SourceError: the reader raised it, crashed, or took too much time or memory.
    """
    return _from_json(_run(reader, source, content))


def hidden_bounded(finder: str, source: str, content: bytes) -> tuple[str, ...]:
    """What the function "module:function" of this package finds hidden in the content.

    Raises:
        SourceError: as `read_bounded`.
    """
    return tuple(_run(finder, source, content))


def _run(function: str, source: str, content: bytes | str) -> Any:
    """The JSON that the function's process writes."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bot.sources.bounded", function, source, type(content).__name__],
            input=content.encode() if isinstance(content, str) else content,
            capture_output=True,
            timeout=MOST_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(
            f"{source}: takes longer than {MOST_SECONDS:.0f} s to read; "
            "export it again, or save it as text"
        ) from None
    if done.returncode == _FAILED:
        raise SourceError(done.stdout.decode())
    if done.returncode:
        raise SourceError(
            f"{source}: is damaged, or too large to read; export it again, or save it as text"
        )
    return json.loads(done.stdout)


def main() -> None:
    """Give standard input to the function that is named, and write what it makes as JSON."""
    function, source, type_ = sys.argv[1:]
    _limit_memory()
    try:
        content = sys.stdin.buffer.read()
        made = load(function)(source, content.decode() if type_ == "str" else content)
        written = json.dumps(asdict(made) if isinstance(made, Document) else made)
    except SourceError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "replace"))
        sys.exit(_FAILED)
    except (MemoryError, RecursionError):
        sys.stdout.buffer.write(
            f"{source}: needs more memory than a résumé can; export it again".encode()
        )
        sys.exit(_FAILED)
    sys.stdout.write(written)


def load(name: str) -> Callable[[str, Any], Any]:
    """The function "module:function" of this package."""
    from importlib import import_module

    module, _, function = name.partition(":")
    found: Callable[[str, Any], Any] = getattr(import_module(f"bot.sources.{module}"), function)
    return found


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # not on this system


def _from_json(made: dict[str, Any]) -> Document:
    return Document(
        source=made["source"],
        text=made["text"],
        title=made["title"],
        language=made["language"],
        blocks=tuple(_block(**block) for block in made["blocks"]),
        sections=tuple(Section(tuple(part["path"]), part["heading"]) for part in made["sections"]),
        entries=tuple(
            Entry(part["title"], part["section"], tuple(part["blocks"])) for part in made["entries"]
        ),
        pages=tuple(made["pages"]),
    )


def _block(*, kind: str, runs: list[dict[str, Any]], **rest: Any) -> Block:
    read = tuple(Run(**{**run, "style": Style(run["style"])}) for run in runs)
    return Block(kind=Kind(kind), runs=read, **rest)


if __name__ == "__main__":
    main()
