"""One to ten thousand résumés through the same pipeline: `python -m benchmarks.growth`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import faiss
import numpy as np

from benchmarks.machine import described, written
from benchmarks.resumes import questions, write_resumes
from benchmarks.servers import ROOT, ask_each, bot_command, quantile, serving
from bot.index.load import Index, load_index
from bot.models.onnx import Floats

HERE = Path(__file__).parent
SIZES = (1, 10, 100, 1_000, 10_000)
ASKED = 60
NEAREST = 10
Figures = Mapping[str, float]


def measure(count: int, folder: Path) -> Figures:
    """Build an index of so many résumés, and ask it."""
    names = write_resumes(count, folder / "corpus")
    index = folder / "index"
    seconds, build_memory = build(folder / "corpus", index)
    asked = questions(names, ASKED)
    with serving(bot_command(index), asked[0]) as server:
        times = ask_each(server, asked[1:])
        memory, cold = server.memory(), server.cold
    loaded = load_index(index)
    return {
        "résumés": count,
        "passages": loaded.manifest.passages,
        "build": seconds,
        "build memory": build_memory,
        "index": size(loaded.manifest.folder(index)),
        "memory": memory["rss"],
        "cold": cold,
        "p50": quantile(times, 0.5) * 1000,
        "p95": quantile(times, 0.95) * 1000,
        "recall": recall(loaded, asked),
    }


def build(corpus: Path, index: Path) -> tuple[float, float]:
    """Seconds and MB at most that building took, models not included."""
    command = [sys.executable, "-m", "bot", "build", "--corpus", str(corpus), "--index", str(index)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the build of {corpus} failed")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def size(folder: Path) -> float:
    """MB in the folder, models not included."""
    return sum(path.stat().st_size for path in folder.iterdir()) / 2**20


def recall(index: Index, asked: Sequence[str]) -> float:
    """Share of the nearest passages by an exact search that the index finds, in the mean."""
    vectors = index.vectors.get(list(range(index.manifest.passages)))
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    most = min(NEAREST, len(vectors))
    queries: Floats = np.ascontiguousarray(index.encoder.queries(asked))
    _, truth = exact.search(queries, most)
    found = [{i for i, _ in index.vectors.search(query, most)} for query in queries]
    return float(
        np.mean([len(set(t) & f) / most for t, f in zip(truth.tolist(), found, strict=True)])
    )


def table(rows: Sequence[Figures]) -> Iterator[str]:
    """The figures in Markdown, and what grew by how much from each size to the next."""
    yield (
        "| résumés | passages | build, s | its memory, MB | index, MB | server, MB "
        "| cold start, s | p50, ms | p95, ms | recall at 10 |"
    )
    yield "|---" * 10 + "|"
    for row in rows:
        yield (
            f"| {row['résumés']:,} | {row['passages']:,} | {row['build']:.1f} "
            f"| {row['build memory']:.0f} | {row['index']:.1f} | {row['memory']:.0f} "
            f"| {row['cold']:.2f} | {row['p50']:.1f} | {row['p95']:.1f} | {row['recall']:.3f} |"
        )


def draw(rows: Sequence[Figures], to: Path) -> None:
    """What grows with the corpus, each against its value for one résumé."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    counts = [row["résumés"] for row in rows]
    for key in ("passages", "build", "index", "memory", "p50", "p95"):
        axes.loglog(counts, [row[key] / rows[0][key] for row in rows], "o-", label=key)
    axes.set_xlabel("résumés")
    axes.set_ylabel("times that of one résumé")
    axes.legend()
    figure.tight_layout()
    figure.savefig(to, metadata={"Date": None})


def main() -> None:
    """Measure, print and draw, and write it into the README beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--models", type=Path, default=ROOT / "index" / "models")
    parser.add_argument("--write", action="store_true", help="into README.md, with the picture")
    options = parser.parse_args()
    rows = []
    for count in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "index").mkdir()
            if options.models.is_dir():  # so that making them isn't counted
                (Path(folder) / "index" / "models").symlink_to(options.models.resolve())
            rows.append(measure(count, Path(folder)))
        print(json.dumps(rows[-1]))  # noqa: T201
    text = "\n".join([f"{described(['onnxruntime', 'faiss-cpu', 'torch'])}.", "", *table(rows)])
    print(text)  # noqa: T201
    if options.write:
        draw(rows, HERE / "growth.svg")
        written(HERE / "README.md", "growth", text)


if __name__ == "__main__":
    main()
