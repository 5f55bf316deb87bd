"""The command line. What a command needs is imported inside it, so that all start at once."""

import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import bot
from bot.errors import BotError

_PATH = click.Path(path_type=Path)


class _Group(click.Group):
    """Turns an error that the user can mend into one line and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BotError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"resume-bot: {error}", err=True)
            ctx.exit(1)
        except ModuleNotFoundError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(
                f"resume-bot: {error.name} isn't installed; run pip install 'resume-bot[build]'",
                err=True,
            )
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bot.__version__, prog_name="resume-bot")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Answer questions about a candidate from the résumé only, with exact citations."""
    del debug


def _index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--index", type=_PATH, metavar="DIR", help="The built index.  [default: index]"
    )(command)


def _corpus_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--corpus", type=_PATH, metavar="DIR", help="The résumé's folder.  [default: corpus]"
    )(command)


@main.command()
@_corpus_option
@_index_option
def build(corpus: Path | None, index: Path | None) -> None:
    """Read the corpus and publish a new index."""
    from bot.config import load_settings
    from bot.index.build import build_index
    from bot.questions.intents import intent_fit

    settings = load_settings(corpus=corpus, index=index)
    result = build_index(
        settings.corpus,
        settings.index,
        encoder=settings.encoder,
        reranker=settings.reranker,
        reranker_bias=settings.reranker_bias,
        fit=intent_fit(),
        report=click.echo,
        progress=sys.stdout.isatty(),
    )
    for document in result.corpus.documents:
        count = result.passages_of[document.source]
        click.echo(f"read {document.source}: {count} passages, {len(document.entries)} entries")
    for source in result.corpus.skipped:
        click.echo(f"skipped {source}: not a format that is read")
    click.echo(f"embedded {result.embedded} of {result.passages} passages")
    steps = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in result.steps.items())
    click.echo(f"published index {result.manifest.build} in {settings.index} ({steps})")


@main.command()
@_index_option
@click.option("--host", metavar="H", help="Address to serve on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), metavar="P", help="[default: 8000]")
@click.option("--watch", is_flag=True, help="Rebuild when the corpus changes.")
def serve(index: Path | None, host: str | None, port: int | None, watch: bool) -> None:
    """Serve the built index over HTTP."""
    from bot.config import load_settings
    from bot.server import run_server

    settings = load_settings(index=index, host=host, port=port)
    run_server(settings, watch=watch, report=click.echo)


def _check_question(question: str) -> None:
    """Refuse what the HTTP interface refuses, too.

    Raises:
        click.UsageError: the question is empty, too long, not UTF-8 or has control characters.
    """
    from bot.api.questions import MOST_CHARACTERS

    if not question.strip():
        raise click.UsageError("the question is empty")
    if len(question) > MOST_CHARACTERS:
        raise click.UsageError(
            f"a question has at most {MOST_CHARACTERS:,} characters, this {len(question):,}"
        )
    for char in question:
        kind = unicodedata.category(char)
        if kind == "Cs":  # what Python makes of an argument's undecodable byte
            raise click.UsageError("the question is not UTF-8")
        if kind == "Cc" and char not in "\t\n\r":
            raise click.UsageError(f"the question holds a control character, U+{ord(char):04X}")


@main.command()
@click.argument("question")
@_index_option
@click.option("--json", "as_json", is_flag=True, help="Print the whole reply as JSON.")
def ask(question: str, index: Path | None, as_json: bool) -> None:
    """Answer one QUESTION, with its citations as footnotes."""
    from bot.api.footnotes import as_text
    from bot.config import load_settings
    from bot.index.load import load_index
    from bot.replies.reply import Message
    from bot.service import ResumeBot

    _check_question(question)
    settings = load_settings(index=index)
    reply = ResumeBot(load_index(settings.index)).reply([Message(role="user", content=question)])
    click.echo(reply.model_dump_json(indent=2) if as_json else as_text(reply).rstrip("\n"))


@main.command()
@_corpus_option
def profile(corpus: Path | None) -> None:
    """Print what was understood of the corpus, as JSON Resume.

    Under meta.found it says for each value where it was found.
    """
    import json

    from bot.config import load_settings
    from bot.profile.build import build_profile
    from bot.profile.jsonresume import to_json_resume
    from bot.sources import read_corpus

    documents = read_corpus(load_settings(corpus=corpus).corpus).resumes
    resume = to_json_resume(build_profile(documents), documents)
    click.echo(json.dumps(resume, ensure_ascii=False, indent=2))


@main.command()
@_corpus_option
def check(corpus: Path | None) -> None:
    """Say what in the corpus a reader could stumble over, with file:line.

    Dates that contradict each other, private data, hidden text, sections that weren't
    understood. The exit status is 0 whatever is found.
    """
    from bot.config import load_settings
    from bot.profile.build import build_profile
    from bot.profile.check import check as check_documents
    from bot.sources import hidden_texts, read_corpus

    folder = load_settings(corpus=corpus).corpus
    read = read_corpus(folder)
    profile_ = build_profile(read.resumes)
    found = check_documents(read.resumes, profile_, hidden_texts(folder))
    for finding in found:
        click.echo(str(finding))
    if not found:
        click.echo("nothing found")


@main.command(name="eval")
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE.jsonl …")
@_index_option
@click.option("--failures", is_flag=True, help="List every wrong answer with the reason.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(files: tuple[Path, ...], index: Path | None, failures: bool, as_json: bool) -> None:
    """Score the built index on question files."""
    from bot.config import load_settings
    from bot.evaluation import evaluate_files
    from bot.index.load import load_index
    from bot.service import ResumeBot

    settings = load_settings(index=index)
    report = evaluate_files(ResumeBot(load_index(settings.index)), files)
    click.echo(report.as_json() if as_json else report.as_table(failures=failures))


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.option(
    "--since", type=click.IntRange(1), metavar="DAYS", help="Only the last DAYS.  [default: all]"
)
def insights(form: str, since: int | None) -> None:
    """Print what visitors asked, what wasn't answered, and what they disliked."""
    import time

    from bot.config import load_settings
    from bot.feedback import insights as found_in
    from bot.feedback.database import read_log

    begin = int(time.time()) - since * 86_400 if since else 0
    found = found_in.insights(*read_log(load_settings().feedback_storage, begin))
    match form:
        case "json":
            click.echo(found_in.as_json(found))
        case "csv":
            click.echo(found_in.as_csv(found))
        case _:
            found_in.print_table(found)
