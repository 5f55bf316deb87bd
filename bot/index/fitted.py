"""What serving knows from example questions: fitted by the build, which has the time for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.models.encoder import Encoder
from bot.models.onnx import Floats

FILE = "fitted.npz"
_VECTORS = "vectors"


@dataclass(frozen=True, slots=True)
class Fit:
    """Something to be fitted.

    Attributes:
        key: changes with all that it is fitted from but the encoder.
        questions: what is embedded for it.
        make: the arrays fitted to the questions' vectors, shape (len(questions), dimensions).
    """

    key: str
    questions: Sequence[str]
    make: Callable[[Floats], Mapping[str, Floats]]

    def fitted(self, encoder: Encoder) -> "Fitted":
        """Embed the questions and fit, which may take seconds."""
        vectors = encoder.queries(self.questions)
        return Fitted(self.key, {**self.make(vectors), _VECTORS: vectors})


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted: arrays by name, `vectors` among them."""

    key: str
    arrays: Mapping[str, Floats]

    @property
    def vectors(self) -> Floats:
        """The questions' vectors, shape (questions, dimensions)."""
        return self.arrays[_VECTORS]

    def save(self, folder: Path) -> None:
        named = {f"{self.key}.{name}": array for name, array in self.arrays.items()}
        np.savez(folder / FILE, **named)  # type: ignore[arg-type]

    @classmethod
    def load(cls, folder: Path) -> "Fitted":
        """Read what was saved.

        Raises:
            OSError, ValueError: there is nothing that could be read.
        """
        with np.load(folder / FILE) as content:
            key = next((name.partition(".")[0] for name in content.files), "")
            return cls(key, {name.partition(".")[2]: content[name] for name in content.files})
