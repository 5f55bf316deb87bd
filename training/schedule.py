"""What both trainings share: the optimiser's schedule, and how questions are varied."""

import math
import random

import torch
from torch import Tensor, nn

_WARM_UP = 0.05  # of the steps
_LEAST = 0.02  # of the learning rate
_TOLD = 25  # steps between two lines


class Schedule:
    """AdamW with a warm-up and a cosine decay of the learning rate."""

    def __init__(self, model: nn.Module, rate: float, steps: int) -> None:
        self._parameters = [p for p in model.parameters() if p.requires_grad]
        self._optimiser = torch.optim.AdamW(self._parameters, rate, weight_decay=0.01)
        self._rate, self._steps, self._step, self._sum = rate, steps, 0, 0.0

    def step(self, loss: Tensor) -> None:
        """Learn from one loss."""
        decay = 0.5 * (1 + math.cos(math.pi * self._step / self._steps))
        warm = min(1.0, (self._step + 1) / (_WARM_UP * self._steps))
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate * warm * max(_LEAST, decay)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self._step += 1
        self._sum += loss.item()
        if self._step % _TOLD == 0:
            print(f"{self._step}/{self._steps} loss {self._sum / _TOLD:.3f}", flush=True)  # noqa: T201
            self._sum = 0.0


def varied(question: str) -> str:
    """The question as somebody in a hurry may type it: now and then in lower case, or without its
    question mark.
    """
    if random.random() < 0.3:
        question = question.lower()
    return question.rstrip("?. ") if random.random() < 0.3 else question
