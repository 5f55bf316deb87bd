"""The files of the `web` folder: templates, static files and the widget's script."""

import hashlib
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.templating import Jinja2Templates

import bot
from bot.api.scripts import join_modules

_PACKAGE = Path(bot.__file__).parent


def web_folder() -> Path:
    """The `web` folder: inside the package when installed, beside it in the repository."""
    installed = _PACKAGE / "web"
    return installed if installed.is_dir() else _PACKAGE.parent / "web"


class Assets:
    """What is read from the `web` folder, once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def static(self) -> Path:
        """The folder served below `/static`."""
        return self._folder / "static"

    @cached_property
    def templates(self) -> Jinja2Templates:
        """The templates. Whatever they show is escaped."""
        environment = Environment(
            loader=FileSystemLoader(self._folder / "templates"),
            autoescape=True,  # for every name: select_autoescape() passes over ".html.j2"
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["version"] = self.version
        return Jinja2Templates(env=environment)

    @cached_property
    def widget(self) -> str:
        """The widget as one script that carries its style sheet and its texts."""
        return join_modules(self._folder / "widget" / "main.js")

    @cached_property
    def version(self) -> str:
        """Eight hexadecimal digits that change whenever a file of the folder does."""
        digest = hashlib.sha256()
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(self._folder).as_posix().encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()[:8]
