"""A Markdown résumé as a web page in several layouts, and as a Word file.

What Markdown readers of résumés take for a line stays one: a soft break is printed as a break
where its line ends well before the margin, as nobody wraps a text there.
"""

import io
import re

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.sources.sections import section_kind

LAYOUTS = ("one", "caps", "hyphens", "dates", "two", "left", "right")
_SIDE = ("skills", "languages", "interests", "certificates")
_SHORT = 66  # characters: a shorter line wasn't wrapped, but ended
_BASE = """@page{size:A4;margin:20mm} body{font:10.5pt Liberation Sans,Arial,sans-serif;margin:0}
td,th{padding:1mm 4mm;text-align:left} *{print-color-adjust:exact}"""
_CSS = {
    "one": "",
    "caps": "body{font:12pt Liberation Serif,serif} ul{list-style:'– '}"
    "h2{text-transform:uppercase;letter-spacing:2px;font-size:12.5pt}",
    "hyphens": "body{hyphens:auto;text-align:justify;width:92mm}",
    "dates": ".line{display:flex;justify-content:space-between}",
    "two": ".c{column-count:2;column-gap:10mm;font-size:9pt}",
    "left": "body{display:grid;grid-template-columns:58mm 1fr;gap:8mm}"
    "aside{background:#235;color:#fff;padding:4mm;font-size:9.5pt}aside a{color:#fff}"
    "aside td,aside th{padding:1mm 3mm 1mm 0}",
    "right": "body{display:grid;grid-template-columns:1fr 55mm;gap:8mm}"
    "aside td,aside th{padding:1mm 3mm 1mm 0}",
}
_MARGINAL = (
    # A title, and its dates below in a style of their own.
    (r"<h3>(.*?)</h3>\s*<p><(?:em|strong)>([^<]*)</(?:em|strong)></p>", r"\1", r"\2"),
    # A bold title with bars, the dates last.
    (r"<p>(<strong>[^\n]*) \| ([^|\n]*\d{4}[^|\n]*)</p>", r"\1", r"\2"),
)


def parsed(markdown: str) -> list[Token]:
    """The tokens; a break that ends a short line in a paragraph is a hard one."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    items = 0
    for token in tokens:
        items += token.nesting if token.type in ("list_item_open", "list_item_close") else 0
        width = 0
        for child in token.children or []:
            if child.type in ("softbreak", "hardbreak"):
                if not items and width < _SHORT:
                    child.type = "hardbreak"
                width = 0
            width += len(child.content)
    return tokens


def page(markdown: str, layout: str, language: str = "en") -> str:
    """The Markdown as a web page in one of `LAYOUTS`."""
    parser = MarkdownIt("commonmark")
    body = str(parser.renderer.render(parsed(markdown), parser.options, {}))
    if layout == "dates":
        for pattern, title, dates in _MARGINAL:
            body = re.sub(pattern, f"<p class=line><b>{title}</b><span>{dates}</span></p>", body)
    head, *sections = re.split(r"(?=<h2)", body)
    side = [part for part in sections if _title_kind(part) in _SIDE]
    main = [part for part in sections if part not in side]
    aside, rest = f"<aside>{''.join(side)}</aside>", f"<main>{head}{''.join(main)}</main>"
    match layout:
        case "two":
            body = f"{head}<div class=c>{''.join(sections)}</div>"
        case "left":
            body = aside + rest
        case "right":
            body = rest + aside
        case _:
            pass
    style = f"<style>{_BASE}{_CSS[layout]}</style>"
    return f"<!doctype html><html lang={language}><meta charset=utf-8>{style}<body>{body}"


def _title_kind(section: str) -> str | None:
    return section_kind(re.sub(r"<[^>]*>", "", section.partition("</h2>")[0]))


def word(markdown: str) -> bytes:
    """The Markdown as a Word file with styles, lists, tables and links."""
    document = docx.Document()
    lists: list[str] = []
    heading = 0
    table: list[list[Token]] = []
    for token in parsed(markdown):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append("List Bullet" if token.type[0] == "b" else "List Number")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "heading_open" | "heading_close":
                heading = int(token.tag[1]) * (token.nesting > 0)
            case "table_open":
                table = [[]]
            case "tr_close":
                table.append([])
            case "table_close":
                _add_table(document, table[:-1])
                table = []
            case "inline" if table:
                table[-1].append(token)
            case "inline" if heading:
                _write(document.add_heading("", heading - 1), token)
            case "inline":
                style = f"{lists[-1]} {len(lists)}".replace(" 1", "") if lists else None
                _write(document.add_paragraph(style=style), token)
            case _:
                pass
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    """The document as the bytes of its file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_table(document: "docx.document.Document", rows: list[list[Token]]) -> None:
    """The rows as a table, the first marked as its header."""
    table = document.add_table(len(rows), len(rows[0]))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, written in zip(table.rows, rows, strict=True):
        for cell, inline in zip(row.cells, written, strict=True):
            _write(cell.paragraphs[0], inline)


def _write(paragraph: Paragraph, inline: Token) -> None:
    strong = emphasis = False
    link = None
    for token in inline.children or []:
        match token.type:
            case "strong_open" | "strong_close":
                strong = token.type == "strong_open"
            case "em_open" | "em_close":
                emphasis = token.type == "em_open"
            case "link_open":
                kind = (
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
                )
                target = paragraph.part.relate_to(str(token.attrs["href"]), kind, is_external=True)
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), target)
                paragraph._p.append(link)
            case "link_close":
                link = None
            case "hardbreak":
                paragraph.add_run().add_break()
            case "text" | "softbreak" | "code_inline":
                run: Run = paragraph.add_run(token.content or " ")
                run.bold, run.italic = strong or None, emphasis or None
                if link is not None:
                    link.append(run._r)
            case _:
                pass
