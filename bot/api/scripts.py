"""ES modules as one classic script, so that a page needs one plain tag and no bundler is run."""

import json
import re
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

_IMPORT = re.compile(
    r'^import (?P<names>\{[^}]*\}|\w+) from "\./(?P<file>[\w.-]+)"(?: with \{[^}]*\})?;\n', re.M
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) (\w+))", re.M)


def join_modules(entry: Path) -> str:
    """One script, made small, that does what the module at `entry` does, with all that it imports.

    Modules lie in one folder and import each other by `import {…} from "./name.js"`, without
    renaming; JSON and style sheets are imported as `import NAME from "./name.json" with {…}`.

    Raises:
        ValueError: modules import each other in a circle.
    """
    joined: dict[str, str] = {}
    _join(entry, joined, ())
    script: str = jsmin(f'(() => {{\n"use strict";\n{"".join(joined.values())}}})();\n')
    return script


def _join(path: Path, joined: dict[str, str], above: tuple[str, ...]) -> None:
    if path.name in above:
        raise ValueError(" imports ".join((*above, path.name)))
    if path.name in joined:
        return
    text = path.read_text("utf-8")
    name = _variable(path.name)
    if path.suffix == ".json":
        joined[path.name] = f"const {name} = {_literal(json.loads(text))};\n"
    elif path.suffix == ".css":
        joined[path.name] = (
            f"const {name} = new CSSStyleSheet();\n{name}.replaceSync({_literal(cssmin(text))});\n"
        )
    else:
        for match in _IMPORT.finditer(text):
            _join(path.parent / match["file"], joined, (*above, path.name))
        exported = ", ".join(_EXPORT.findall(text))
        body = _IMPORT.sub(lambda m: f"const {m['names']} = {_variable(m['file'])};\n", text)
        body = _EXPORT.sub("", body)
        # A scope of its own, as a module has.
        joined[path.name] = f"const {name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _variable(file: str) -> str:
    return "$" + re.sub(r"\W", "_", file)


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
