"""docs/widget.md tells all that the widget offers; its texts are complete; the script is small."""

import gzip
import json
import re
from pathlib import Path

import pytest

from bot.api.assets import Assets, web_folder
from bot.api.scripts import join_modules
from tests.conftest import ROOT

FOLDER = ROOT / "web" / "widget"
DOCS = (ROOT / "docs" / "widget.md").read_text("utf-8")
SCRIPTS = "".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.js")))
STYLES = (FOLDER / "widget.css").read_text("utf-8")


def test_script_is_small() -> None:
    script = Assets(web_folder()).widget.encode()
    assert len(gzip.compress(script, 9)) < 20_000


def test_attributes_are_documented() -> None:
    documented = set(re.findall(r"^\| `(data-\w+)`", DOCS, re.M)) | {"data-inline"}
    in_attributes = set(re.findall(r'"(data-[a-z]+)"', SCRIPTS))
    read = {
        f"data-{name}"
        for names in re.findall(r"const \{ ([\w, .]+) \} = (?:this|script\?)\.dataset", SCRIPTS)
        for name in re.findall(r"\b(?<!\.)\w+", names)
        if name != "settings"
    }
    assert documented == in_attributes | read


def test_properties_are_documented() -> None:
    assert set(re.findall(r"--resume-bot-[\w-]+", STYLES)) == set(
        re.findall(r"`(--resume-bot-[\w-]+)`", DOCS)
    )


def test_parts_are_documented() -> None:
    parts = set(re.findall(r'\bpart: "(\w+)"', SCRIPTS))
    described = DOCS[DOCS.index("there are parts") : DOCS.index("## From")]
    assert parts == set(re.findall(r"`(\w+)`", described))


def test_events_are_documented() -> None:
    emitted = set(re.findall(r'\bemit\("(\w+)"', SCRIPTS))
    assert {f"resume-bot:{name}" for name in emitted} == set(
        re.findall(r"^\| `(resume-bot:\w+)`", DOCS, re.M)
    )


def test_texts_are_whole() -> None:
    texts = json.loads((FOLDER / "texts.json").read_text("utf-8"))
    assert texts["languages"] == ["en", "de", "fr", "es", "zh"]
    for name, each in texts.items():
        assert len(each) == len(texts["languages"]), name
        assert all(each), name
        # All fill in the same.
        assert len({tuple(sorted(re.findall(r"\{\w+\}", text))) for text in each}) == 1, name
    named = set(re.findall(r'"(\w+)"', SCRIPTS))
    assert set(texts) - {"languages"} <= named


def test_modules_are_joined_in_order_and_each_once(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        'import { b } from "./b.js";\nimport { c } from "./c.js";\nconst own = 1;\nb(c, own);\n'
    )
    (tmp_path / "b.js").write_text(
        'import { c } from "./c.js";\nconst own = 2;\nexport function b() { return c + own; }\n'
    )
    (tmp_path / "c.js").write_text(
        'import NAMES from "./d.json" with { type: "json" };\n// Why.\nexport const c = NAMES;\n'
    )
    (tmp_path / "d.json").write_text('{"é": 1}')
    script = join_modules(tmp_path / "a.js")
    assert script.count("const own") == 2
    assert "import" not in script
    assert "export" not in script
    assert "Why" not in script
    places = [script.index(f"const ${name}") for name in ("d_json", "c_js", "b_js", "a_js")]
    assert places == sorted(places)


def test_modules_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = b;\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport const b = a;\n')
    with pytest.raises(ValueError, match=r"a\.js imports b\.js imports a\.js"):
        join_modules(tmp_path / "a.js")
