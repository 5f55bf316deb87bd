"""On what, with what and when something was measured."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def described(packages: Sequence[str]) -> str:
    """One line: date, processor, cores, memory, Python and the packages' versions."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    name = next(
        (line.split(":")[1].strip() for line in info.splitlines() if "model name" in line),
        platform.machine(),
    )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    versions = [f"{package} {_version(package)}" for package in packages]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {name}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"{', '.join(versions)}"
    )


def load_average() -> float:
    """How many processes wanted a core in the last minute: above the cores, others were at it."""
    return os.getloadavg()[0]


def written(path: Path, mark: str, text: str) -> None:
    """Put the text between a file's lines `<!-- MARK -->` and `<!-- end of MARK -->`."""
    content = path.read_text(encoding="utf-8")
    first, last = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->\n"
    before, _, rest = content.partition(first)
    _, _, after = rest.partition(last)
    path.write_text(f"{before}{first}\n{text.strip()}\n\n{last}{after}", encoding="utf-8")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
