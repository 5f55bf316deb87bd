"""Curated answers: `faq.yaml`, questions with the candidate's own answers, as a Document.

Each entry is a section: its question wordings are headings, its answer is a paragraph.
"""

from typing import TypeGuard

import yaml

from bot.documents import Block, Document, Kind, Run, Section
from bot.errors import SourceError
from bot.words import guess_language

NAMES = ("faq.yaml", "faq.yml")
_HINT = "write each as '- questions: [\"…?\"]' and, below it, 'answer: …'"


def is_faq(source: str) -> bool:
    """Whether a source holds curated answers."""
    return source.rsplit("/", 1)[-1].lower() in NAMES


def read_faq(source: str, text: str) -> Document:
    """Read curated answers: a list of mappings with `questions`, one or several wordings, and
    `answer`.

    Raises:
        SourceError: it isn't YAML, or not of this form; the message begins `file:line:column`.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        place = _place(source, error.problem_mark)
        raise SourceError(
            f"{place}: not readable as YAML ({error.problem}); put quotes around a text that "
            "holds ': ' or begins with a sign, and indent lines of one entry alike"
        ) from None
    except yaml.YAMLError as error:
        raise SourceError(f"{source}: not readable as YAML ({error})") from None
    if not isinstance(root, yaml.SequenceNode):
        where = _place(source, root.start_mark if root else None)
        raise SourceError(f"{where}: must be a list of questions with answers; {_HINT}")
    sections = [Section(path=(), heading=None)]
    blocks: list[Block] = []
    for node in root.value:
        questions, answer = _entry(source, node)
        sections.append(Section(path=(questions[0].value,), heading=len(blocks)))
        number = len(sections) - 1
        blocks += [
            Block(Kind.HEADING, (_run(question, text),), 2, section=number)
            for question in questions
        ]
        blocks.append(Block(Kind.PARAGRAPH, (_run(answer, text),), 0, section=number))
    return Document(
        source=source,
        text=text,
        title=None,
        language=guess_language(" ".join(block.text for block in blocks)),
        blocks=tuple(blocks),
        sections=tuple(sections),
        entries=(),
    )


def _entry(source: str, node: yaml.Node) -> tuple[list[yaml.ScalarNode], yaml.ScalarNode]:
    place = _place(source, node.start_mark)
    if not isinstance(node, yaml.MappingNode):
        raise SourceError(f"{place}: not a question with an answer; {_HINT}")
    fields = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    unknown = set(fields) - {"questions", "question", "answer"}
    if unknown:
        raise SourceError(f"{place}: {sorted(unknown)[0]!r} isn't known here; {_HINT}")
    asked = fields.get("questions") or fields.get("question")
    wordings = asked.value if isinstance(asked, yaml.SequenceNode) else [asked]
    answer = fields.get("answer")
    if not wordings or not all(_is_text(wording) for wording in wordings):
        raise SourceError(f"{place}: 'questions' is missing or holds no text; {_HINT}")
    if not _is_text(answer):
        raise SourceError(f"{place}: 'answer' is missing or isn't a text; {_HINT}")
    return [w for w in wordings if isinstance(w, yaml.ScalarNode)], answer


def _is_text(node: object) -> TypeGuard[yaml.ScalarNode]:
    return isinstance(node, yaml.ScalarNode) and bool(node.value.strip())


def _run(node: yaml.ScalarNode, text: str) -> Run:
    """The value as a run: where it stands without the quotes around it."""
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("'", '"'):
        start, end = start + 1, end - 1
    elif node.style in ("|", ">"):
        start = text.index("\n", start) + 1
    written = text[start:end]
    start += len(written) - len(written.lstrip())
    end = start + len(written.strip())
    return Run(start, end, " ".join(node.value.split()))


def _place(source: str, mark: yaml.Mark | None) -> str:
    return f"{source}:{mark.line + 1}:{mark.column + 1}" if mark else source
