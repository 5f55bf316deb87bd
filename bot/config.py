"""Settings: `bot.yaml` and, above it, environment variables `RESUME_BOT_…`."""

import re
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    YamlConfigSettingsSource,
)
from yaml import YAMLError

from bot.errors import BotError

CONFIG_FILE = Path("bot.yaml")


class Settings(BaseSettings):
    """Every setting, with its default. Unknown keys are refused."""

    model_config = SettingsConfigDict(
        env_prefix="RESUME_BOT_", yaml_file=CONFIG_FILE, extra="forbid", frozen=True
    )

    corpus: Path = Field(default=Path("corpus"), description="Folder with the résumé.")
    index: Path = Field(default=Path("index"), description="Folder of the built index.")
    host: str = Field(default="127.0.0.1", description="Address to serve on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to serve on; 0 picks one.")
    encoder: str = Field(
        default="all-MiniLM-L6-v2",
        description="A sentence-transformers model: a folder, or a name on the model hub.",
    )
    reranker: str = Field(
        default="ms-marco-MiniLM-L-12-v2",
        description="A cross-encoder: a folder, or a name on the model hub.",
    )
    reranker_bias: float = Field(
        default=0.0,
        description="Added to a reranker's logits so that an answer's are above 0.",
    )
    allowed_origins: list[str] = Field(
        default=["*"], description="Sites whose pages may show the widget; * is any."
    )
    rate_limit: int = Field(
        default=60, ge=0, description="Questions a minute for each address; 0 is no limit."
    )
    rate_limit_storage: str = Field(
        default="memory://",
        description="Where the counts are kept: memory://, or redis://… for several servers.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses of proxies whose X-Forwarded-For is believed, comma-separated.",
    )
    contact: str | None = Field(
        default=None, description="A link or address shown where the résumé has no answer."
    )
    public_url: str | None = Field(
        default=None,
        pattern="^https?://",
        description="The pages' address, for search engines; by default as it was asked for.",
    )
    feedback: bool = Field(
        default=True, description="Keep visitors' questions and what they think of the answers."
    )
    feedback_storage: str = Field(
        default="sqlite:///data/visitors.db",
        description="Where they are kept: sqlite:///FILE, or postgresql://… for several servers.",
    )
    feedback_days: int = Field(default=90, ge=1, description="Days for which they are kept.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given on the command line wins, then the environment, then the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, _ConfigFile(settings_cls)


class _ConfigFile(YamlConfigSettingsSource):
    """`bot.yaml`, which must be a mapping; pydantic-settings takes that for granted."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        content = super()._read_file(file_path)
        if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
            raise BotError(f"{file_path}: holds no settings; each line must read 'setting: value'")
        return content


def load_settings(**overrides: Any) -> Settings:
    """The settings, with those of `overrides` that aren't None on top.

    Raises:
        BotError: the file isn't YAML, or a setting is unknown or out of its bounds.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise BotError(
            f"setting {name!r}: {first['msg']} (look in {CONFIG_FILE} and at RESUME_BOT_"
            f"{name.upper()})"
        ) from None
    except SettingsError as error:
        named = re.search(r'field "(\w+)"', str(error))
        name = named[1] if named else "?"
        raise BotError(
            f"setting {name!r}: not JSON (look at RESUME_BOT_{name.upper()}; a list is written "
            'as ["one", "another"])'
        ) from None
    except UnicodeDecodeError:
        raise BotError(f"{CONFIG_FILE}: not UTF-8 text; save it as UTF-8") from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{CONFIG_FILE}:{mark.line + 1}:{mark.column + 1}" if mark else str(CONFIG_FILE)
        problem = getattr(error, "problem", None) or "not YAML"
        raise BotError(f"{place}: {problem}; each line must read 'setting: value'") from None
