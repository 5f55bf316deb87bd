"""Train the reranker's adapter: `python -m training.reranker`, after the encoder's.

The reranker learns whether a passage answers a question: a softmax over passages of the résumé
beside an "answered by none" whose logit is 0 (as in Devlin et al. 2019 for SQuAD 2.0), so that a
logit is the log-odds of being an answer.
"""

import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from bot.models.adapter import FOLDER
from bot.models.reference import ReferenceEncoder, ReferenceReranker
from bot.models.weights import locate
from training.encoder import NAME as ENCODER
from training.lora import adapt, batches, save
from training.questions import Example, reading, resumes
from training.schedule import Schedule, varied

NAME = "ms-marco-MiniLM-L-12-v2"
RANK = 16
# The epochs of each round and its first learning rate (warm restarts, Loshchilov & Hutter 2017).
ROUNDS = ((1.0, 5e-4), (0.3, 3e-4))
QUESTIONS = 12  # a step
HARD, NEAREST, OTHERS = 4, 8, 1  # wrong passages: so many of the nearest, and others
MOST_RIGHT = 3

Case = tuple[Sequence[str], Example, Sequence[int]]  # the passages, the nearest first


def main() -> None:
    """Train, and write the adapter; the bot's own evaluation tells what it is worth."""
    random.seed(1)
    torch.manual_seed(1)
    wrapped = ReferenceReranker(locate(NAME, adapted=False)).model
    model = wrapped.model
    adapt(model.bert, RANK)
    for module in (*model.bert.encoder.modules(), model.bert.pooler, model.classifier):
        if isinstance(module, nn.LayerNorm) or module in (model.bert.pooler, model.classifier):
            module.requires_grad_(True)
        elif isinstance(module, nn.Linear) and module.bias is not None:
            module.bias.requires_grad = True
    cases = _cases()
    order: list[Case] = []
    for epochs, rate in ROUNDS:
        steps = int(epochs * len(cases) / QUESTIONS)
        schedule = Schedule(model, rate, steps)
        for _ in range(steps):
            if len(order) < QUESTIONS:
                order += random.sample(cases, len(cases))
            step, order = order[:QUESTIONS], order[QUESTIONS:]
            schedule.step(_loss(step, model, wrapped.tokenizer))
    save(model, FOLDER / f"{NAME}.safetensors")


def _cases() -> list[Case]:
    """Every question with the passages of its résumé in the order of the trained encoder."""
    encoder = ReferenceEncoder(locate(ENCODER))
    cases: list[Case] = []
    for one in map(reading, resumes(held_out=False)):
        passages = encoder.passages(one.passages)
        questions = encoder.queries([example.text for example in one.examples])
        nearest = np.argsort(-(questions @ passages.T), axis=1).tolist()
        cases += [(one.passages, e, near) for e, near in zip(one.examples, nearest, strict=True)]
    return cases


def _loss(step: Sequence[Case], model: nn.Module, tokenizer: object) -> Tensor:
    pairs: list[tuple[str, str]] = []
    ends: list[tuple[int, int, int]] = []  # first, first wrong, end
    for passages, example, near in step:
        known = {*example.right, *example.fair}
        wrong = [i for i in near if i not in known]
        hard, rest = wrong[:NEAREST], wrong[NEAREST:]
        right = random.sample(example.right, min(MOST_RIGHT, len(example.right)))
        others = random.sample(rest, min(OTHERS, len(rest)))
        chosen = [*right, *random.sample(hard, min(HARD, len(hard))), *others]
        ends.append((len(pairs), len(pairs) + len(right), len(pairs) + len(chosen)))
        text = varied(example.text)
        pairs += [(text, passages[i]) for i in chosen]
    logits = _logits(pairs, model, tokenizer)
    cross_entropy = nn.functional.binary_cross_entropy_with_logits
    loss = torch.zeros(())
    for first, wrong_from, end in ends:
        scores, count = logits[first:end], wrong_from - first
        wanted = torch.arange(end - first) < count
        none = torch.zeros(1)
        found = scores[:count].logsumexp(0) if count else none[0]
        loss = loss + torch.cat([none, scores]).logsumexp(0) - found
        loss = loss + cross_entropy(scores, wanted.float(), reduction="sum")
    return loss / len(step)


def _logits(pairs: Sequence[tuple[str, str]], model: nn.Module, tokenizer: object) -> Tensor:
    """The model's logits, shape (pairs,)."""
    places: list[int] = []
    found = []
    questions, passages = zip(*pairs, strict=True)
    for chosen, inputs in batches(tokenizer, questions, passages):
        with torch.autocast("cpu", torch.bfloat16):
            found.append(model(**inputs).logits[:, 0].float())
        places += chosen
    return torch.cat(found)[torch.tensor(places).argsort()]


if __name__ == "__main__":
    main()
