"""What the widget costs the page it is on: bytes, main-thread time, layout shift.

    python benchmarks/widget.py [--index index] [--runs 15] [--slowdown 4]

A page of text is loaded with the script and without it, in turns, by a Chromium whose processor
is slowed down as Lighthouse does for a mid-range phone. What is said is the median of each, and of
the differences of neighbours.
"""

import gzip
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import Any

import click
from playwright.sync_api import Browser, sync_playwright

_TEXT = "<h2>Title</h2><p>" + "Some words about work and projects. " * 12 + "</p>"
_SHIFTS = """
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.shift += value;
    }).observe({ type: "layout-shift", buffered: true });
    window.longest = 0;
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
            window.longest = Math.max(window.longest, duration);
        }
    }).observe({ type: "longtask", buffered: true });
"""
# From the call to the frame in which the panel is seen.
_OPENING = """() => new Promise((done) => {
    const began = performance.now();
    ResumeBot.open();
    const opened = performance.now() - began;
    requestAnimationFrame(() => setTimeout(() => done([opened, performance.now() - began])));
})"""


@click.command()
@click.option("--index", default="index", help="Folder of a built index.")
@click.option("--runs", default=15, help="Loads of each kind.")
@click.option("--slowdown", default=4.0, help="How many times slower the processor is made.")
def main(index: str, runs: int, slowdown: float) -> None:
    """Measure what the widget costs the page that it is on."""
    with ExitStack() as stack:
        server = stack.enter_context(_bot(index))
        tag = f'<script src="{server}/widget.js" defer></script>'
        without, with_it = (stack.enter_context(_page(each)) for each in ("", tag))
        script = urllib.request.urlopen(f"{server}/widget.js").read()  # noqa: S310 - loopback
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        stack.callback(browser.close)
        loads = [
            (_load(browser, without, slowdown), _load(browser, with_it, slowdown))
            for _ in range(runs + 1)
        ][1:]  # the first warms up
    click.echo(f"widget.js: {len(gzip.compress(script, 9)):,} bytes gzipped, {len(script):,} plain")
    click.echo(f"medians of {runs} loads each, processor {slowdown:g} times slower")
    for name in ("main thread ms", "script ms", "longest task ms", "layout shift"):
        pairs = [(plain[name], ours[name]) for plain, ours in loads]
        plain, ours = (median(column) for column in zip(*pairs, strict=True))
        more = median(ours - plain for plain, ours in pairs)
        click.echo(f"{name:16} without {plain:8.3f}  with {ours:8.3f}  difference {more:7.3f}")
    for name in ("open ms", "open to frame ms"):
        click.echo(f"{name:16} {median(ours[name] for _, ours in loads):.1f}")


def _load(browser: Browser, url: str, slowdown: float) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 375, "height": 720})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    # Time of the thread on a processor, which other work of the machine does not add to.
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.add_init_script(_SHIFTS)
    page.goto(url, wait_until="networkidle")
    found = {it["name"]: it["value"] for it in devtools.send("Performance.getMetrics")["metrics"]}
    figures = {
        "main thread ms": found["TaskDuration"] * 1000,
        "script ms": found["ScriptDuration"] * 1000,
        "longest task ms": page.evaluate("longest"),
        "layout shift": page.evaluate("shift"),
    }
    if page.evaluate("'ResumeBot' in window"):
        figures["open ms"], figures["open to frame ms"] = page.evaluate(_OPENING)
    context.close()
    return figures


@contextmanager
def _bot(index: str) -> Iterator[str]:
    command = [sys.executable, "-m", "bot", "serve", "--index", index, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            for line in process.stdout or ():
                if " on http://" in line:
                    yield line.split(" on ")[1].split()[0]
                    return
            raise SystemExit("the server ended before it served")
        finally:
            process.terminate()


@contextmanager
def _page(tag: str) -> Iterator[str]:
    html = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>'
        f'<meta name="viewport" content="width=device-width">{tag}{_TEXT * 40}</html>'
    ).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(html)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()


if __name__ == "__main__":
    main()
