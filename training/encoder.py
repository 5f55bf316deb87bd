"""Train the encoder's adapter: `python -m training.encoder`.

The encoder learns to put a question nearest to the passages of its résumé that answer it: a softmax
over all passages of the résumé (Karpukhin et al. 2020, with the résumé as the batch).
"""

import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from bot.models.adapter import FOLDER
from bot.models.reference import ReferenceEncoder
from bot.models.weights import locate
from training.lora import adapt, batches, save
from training.questions import Example, Reading, reading, resumes
from training.schedule import Schedule, varied

NAME = "all-MiniLM-L6-v2"
RANK = 16
EPOCHS = 3
RATE = 5e-4
TEMPERATURE = 0.05
DEPTHS = (1, 2, 4, 8)


def main() -> None:
    """Train, tell how often an answer is among the first passages, and write the adapter."""
    random.seed(1)
    torch.manual_seed(1)
    model = ReferenceEncoder(locate(NAME, adapted=False)).model
    bert = model[0].auto_model
    adapt(bert, RANK)
    held_out = [reading(resume) for resume in resumes(held_out=True)]
    readings = [reading(resume) for resume in resumes(held_out=False)]
    _tell("before", held_out, bert, model.tokenizer)
    schedule = Schedule(bert, RATE, EPOCHS * len(readings))
    for epoch in range(1, EPOCHS + 1):
        for one in random.sample(readings, len(readings)):
            schedule.step(_loss(one, bert, model.tokenizer))
        _tell(f"after {epoch}", held_out, bert, model.tokenizer)
    save(bert, FOLDER / f"{NAME}.safetensors")


def _loss(one: Reading, bert: nn.Module, tokenizer: object) -> Tensor:
    examples = [example for example in one.examples if example.right]
    likeness = _likeness(one, examples, bert, tokenizer, vary=True) / TEMPERATURE
    losses = []
    for scores, example in zip(likeness, examples, strict=True):
        fair = torch.zeros(len(scores), dtype=torch.bool)
        fair[list(example.fair)] = True
        chances = scores.masked_fill(fair, -1e4).log_softmax(0)[list(example.right)]
        # One of the right passages must be found, and each of them should be.
        losses.append(-(chances.logsumexp(0) + chances.mean()) / 2)
    return torch.stack(losses).mean()


def _likeness(
    one: Reading, examples: Sequence[Example], bert: nn.Module, tokenizer: object, *, vary: bool
) -> Tensor:
    """The cosines of questions and passages, shape (examples, passages)."""
    texts = [varied(example.text) if vary else example.text for example in examples]
    return _vectors(texts, bert, tokenizer) @ _vectors(one.passages, bert, tokenizer).T


def _vectors(texts: Sequence[str], bert: nn.Module, tokenizer: object) -> Tensor:
    """Unit vectors, shape (texts, dimensions)."""
    places: list[int] = []
    found = []
    for chosen, inputs in batches(tokenizer, texts):
        with torch.autocast("cpu", torch.bfloat16):
            states = bert(**inputs).last_hidden_state
        mask = inputs["attention_mask"][..., None]
        pooled = (states.float() * mask).sum(1) / mask.sum(1)
        found.append(nn.functional.normalize(pooled, dim=1))
        places += chosen
    return torch.cat(found)[torch.tensor(places).argsort()]


@torch.no_grad()
def _tell(when: str, readings: Sequence[Reading], bert: nn.Module, tokenizer: object) -> None:
    bert.eval()
    ranks = []
    for one in readings:
        examples = [example for example in one.examples if example.right]
        order = _likeness(one, examples, bert, tokenizer, vary=False).argsort(1, descending=True)
        for ranked, example in zip(order.tolist(), examples, strict=True):
            ranks.append(min(ranked.index(i) for i in example.right))
    shares = {n: sum(rank < n for rank in ranks) / len(ranks) for n in DEPTHS}
    told = ", ".join(f"{share:.3f} of the first {n}" for n, share in shares.items())
    print(f"{when}: an answer is among {told} ({len(ranks)} questions held out)")  # noqa: T201
    bert.train()


if __name__ == "__main__":
    main()
