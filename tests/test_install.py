"""What is installed is enough: serving does without what only building needs."""

import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import yaml

from tests.conftest import ROOT

HEAVY = {"torch", "transformers", "sentence_transformers"}


def needed(name: str, extra: str = "") -> set[str]:
    """The distributions that installing one brings along, itself included."""
    found: set[str] = set()
    waiting = [(name, extra)]
    while waiting:
        name, extra = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found and not extra:
            continue
        found.add(key)
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another system
        for requirement in requires:
            parsed = re.match(r"([\w.-]+)(?:\[([\w,-]+)\])?", requirement)
            assert parsed is not None
            wanted = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", requirement)
            if wanted is None or wanted[1] == extra:
                waiting += [(parsed[1], part) for part in (parsed[2] or "").split(",")]
    return found


def only_for_building() -> list[str]:
    """The modules that are there, but not after `pip install resume-bot`."""
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", pyproject, re.M | re.S)
    assert listed is not None
    kept: set[str] = set()
    for name, extra in re.findall(r'"([\w.-]+?)(?:\[([\w-]+)\])?[<>=~]', listed[1]):
        kept |= needed(name, extra)
    return sorted(
        module
        for module, names in packages_distributions().items()
        if not kept & {re.sub(r"[-_.]+", "-", name).lower() for name in names}
        and module not in ("bot", "tests")
    )


REFUSE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in REFUSED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refuse())
"""


def run(refused: list[str], code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"REFUSED = {refused!r}\n{REFUSE}\n{code}"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_serving_needs_only_what_it_lists(seed_index: Path, tmp_path: Path) -> None:
    refused = only_for_building()
    assert {*HEAVY, "onnx", "spellchecker", "docx"} <= set(refused)
    shutil.copytree(seed_index, tmp_path / "index")
    questions = ["Where did he study?", "Wo hat er studiert?", "Does he know Terrafrom?"]
    code = f"""
import json
from pathlib import Path
QUESTIONS = {questions!r}
from starlette.testclient import TestClient
from bot.api.app import create_app
from bot.config import Settings
from bot.index.load import load_index
from bot.service import LiveBot
import bot.server
with TestClient(create_app(Settings(), LiveBot(Path("index")))) as client:
    print(json.dumps([client.get("/ask", params={{"q": q}}).json()["answer"] for q in QUESTIONS]))
"""
    # The client that asks in this test isn't part of what serves.
    testing = {"httpx", "httpx2", "httpcore", "httpcore2", "truststore", "certifi", "sniffio"}
    done = run([name for name in refused if name not in testing], code, tmp_path)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert all("South China Agricultural University" in answer for answer in answers[:2])
    assert all(answers)


def test_building_without_its_extra_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "resume.md").write_text("# Ada\n\nLives in London.\n", encoding="utf-8")
    code = "import sys; sys.argv[1:] = ['build']; from bot.cli import main; main()"
    done = run(only_for_building(), code, tmp_path)
    assert done.returncode == 1
    assert "pip install 'resume-bot[build]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_changed_line_is_built_without_torch(seed_index: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_index, tmp_path / "index")
    (tmp_path / "corpus").mkdir()
    text = (ROOT / "corpus" / "resume.md").read_text(encoding="utf-8")
    (tmp_path / "corpus" / "resume.md").write_text(
        text.replace("Guangzhou", "Reykjavik"), encoding="utf-8"
    )
    code = "import sys; sys.argv[1:] = ['build']; from bot.cli import main; main()"
    done = run(sorted(HEAVY), code, tmp_path)
    assert done.returncode == 0, done.stderr
    embedded = re.search(r"embedded (\d+) of \d+ passages", done.stdout)
    assert embedded is not None
    assert int(embedded[1]) > 0


def instructions(stage: str) -> list[str]:
    """The instructions of one of the Dockerfile's stages, each in one line."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return text.split("\nFROM ")[-1 if stage == "serve" else -2].splitlines()


def test_the_image_holds_what_is_copied_into_it() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in instructions("build"):
        if line.startswith("COPY "):
            for name in line.split()[1:-1]:
                assert (ROOT / name).exists()
                assert f"!{name}" in ignored


def test_the_image_serves_as_nobody_from_a_read_only_disk() -> None:
    lines = instructions("serve")
    assert "USER 10001" in lines
    assert not any("[build]" in line for line in lines)
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    service = compose["services"]["bot"]
    assert service["read_only"]
    assert {volume.partition(":")[0] for volume in service["volumes"]} == set(compose["volumes"])
