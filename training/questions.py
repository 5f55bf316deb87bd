"""The training data: invented résumés with recruiters' questions, one file for each.

A file has the lines of a résumé, each behind its number in brackets, and below `@questions` a line
for each question: kind, question (behind those it follows, with `>>` between), the numbers of the
lines that answer (`-` if the résumé doesn't say), those that may be cited too, and the words that
an answer must hold (alternatives with ` / `, several with ` + ` between).
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.evaluation import normalise
from bot.passages import Passage, split
from bot.questions.translate import to_english
from bot.sources import read_corpus
from bot.words import guess_language

RESUMES = Path(__file__).parent / "resumes"
# Of each letter two are left out, to measure with.
HELD_OUT = re.compile(r"[a-l](03|14)")
_LINE = re.compile(r"\[(\d+)\] ?(.*)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a file has it: `lines` and `also` are numbers of lines."""

    kind: str
    question: str
    history: tuple[str, ...]
    lines: tuple[int, ...]
    also: tuple[int, ...]
    gold: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Resume:
    """A résumé of the training data; `lines` are its text, without the numbers."""

    name: str
    suffix: str
    lines: tuple[str, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question over the passages of a résumé.

    Attributes:
        text: what the models read, a follow-up with what it follows.
        right, fair: indexes of the passages that answer, and of those that are no mistake.
    """

    text: str
    right: tuple[int, ...]
    fair: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages of a résumé as the models read them, and the questions over them."""

    name: str
    passages: tuple[str, ...]
    examples: tuple[Example, ...]


def resumes(*, held_out: bool) -> list[Resume]:
    """Those to train on, or those that are left out.

    Raises:
        BotError: a file isn't of the format.
    """
    files = sorted(RESUMES.glob("*.txt"))
    return [_read(file) for file in files if bool(HELD_OUT.fullmatch(file.stem)) == held_out]


def reading(resume: Resume) -> Reading:
    """The résumé cut into passages as the bot does it, with its questions."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"resume.{resume.suffix}").write_text(
            "\n".join(resume.lines) + "\n", encoding="utf-8"
        )
        document = read_corpus(Path(folder)).documents[0]
    passages = split([document])
    of_line: dict[int, list[Passage]] = {}
    for passage in passages:
        for line in range(passage.line, document.line(passage.end - 1) + 1):
            of_line.setdefault(line, []).append(passage)
    examples = [example for asked in resume.asked for example in _examples(asked, resume, of_line)]
    return Reading(resume.name, tuple(p.embedded for p in passages), tuple(examples))


def _examples(asked: Asked, resume: Resume, of_line: dict[int, list[Passage]]) -> Iterator[Example]:
    """The question, if its lines are among the passages."""
    right: list[int] = []
    fair = [passage.id for line in asked.also for passage in of_line.get(line, ())]
    wordings = [normalise(word) for words in asked.gold for word in words]
    for line in asked.lines:
        found = of_line.get(line, [])
        # Of a line with several sentences, those that hold the answer's words are meant.
        holding = [p for p in found if any(f" {w} " in f" {normalise(p.text)} " for w in wordings)]
        meant = holding if len(found) > 1 and holding else found
        right += [passage.id for passage in meant]
        fair += [passage.id for passage in found if passage not in meant]
    if right or not asked.lines:
        yield Example(
            _as_read(asked, resume, of_line),
            tuple(dict.fromkeys(right)),
            tuple(dict.fromkeys(i for i in fair if i not in right)),
        )


def _as_read(asked: Asked, resume: Resume, of_line: dict[int, list[Passage]]) -> str:
    """The question as the bot puts it to the models: in English, a follow-up behind the title of
    the entry that it goes on about, or else behind the question before.
    """
    text = to_english(asked.question, guess_language(asked.question))
    if not asked.history:
        return text
    before = next((a for a in resume.asked if a.question == asked.history[-1]), asked)
    entries = {p.entry for line in before.lines for p in of_line.get(line, ())} - {None}
    if len(entries) != 1:
        return f"{asked.history[-1]} {text}"
    titles = (p for found in of_line.values() for p in found if p.entry in entries)
    return f"{min(titles, key=lambda passage: passage.id).text}: {text}"


def _read(file: Path) -> Resume:
    """A file of the format above."""
    head, *rest = file.read_text(encoding="utf-8").splitlines()
    lines: list[str] = []
    asked: list[Asked] = []
    for number, line in enumerate(rest, 2):
        place = f"{file}:{number}"
        if line.startswith("["):
            match = _LINE.fullmatch(line)
            if match is None or int(match[1]) != len(lines) + 1:
                raise BotError(f"{place}: expected '[{len(lines) + 1}] …'")
            lines.append(match[2])
        elif line.strip() and not line.startswith("@"):
            asked.append(_asked(line, place, len(lines)))
    return Resume(file.stem, head.split()[-1], tuple(lines), tuple(asked))


def _asked(line: str, place: str, most: int) -> Asked:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) < 3:
        raise BotError(f"{place}: expected 'kind | question | lines | also | answer'")
    kind, question, lines, also, answer = [*fields, "", ""][:5]
    right, fair = _numbers(lines), _numbers(also)
    if any(not 1 <= n <= most for n in (*right, *fair)) or not (right or lines == "-"):
        raise BotError(f"{place}: names no line or one that isn't there; '-' is none")
    *history, last = (part.strip() for part in question.split(">>"))
    gold = tuple(
        tuple(word.strip() for word in words.split(" / ")) for words in answer.split(" + ")
    )
    return Asked(kind, last, tuple(history), right, fair, gold if answer else ())


def _numbers(field: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", field))
