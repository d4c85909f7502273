"""What the recipes of the character models share: streams of text, the loop, the measurement."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data.text import PRINTABLE, Corpus
from labs.files import writing
from labs.models.characters import KINDS, CharNet, detach, held_out_loss
from labs.zoo.train.digits import Result, Say

CLIP = 1.0  # largest norm of the gradient


@dataclass(frozen=True)
class Recipe:
    """How a character model is trained."""

    kind: str
    epochs: int
    seed: int
    learning_rate: float = 4e-3
    dropout: float = 0.2
    batch: int = 32
    length: int = 64


def streams(
    numbers: Tensor, batch: int, length: int, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield x and y, (batch, length) each, along `batch` places of the text at once.

    A window begins where the last one ended, so that the state may be carried over.
    """
    start = int(torch.randint(length, (), generator=generator))
    per = (len(numbers) - 1 - start) // batch
    x = numbers[start : start + per * batch].view(batch, per)
    y = numbers[start + 1 : start + 1 + per * batch].view(batch, per)
    for at in range(0, per - length + 1, length):
        yield x[:, at : at + length], y[:, at : at + length]


def fit(corpus: Corpus, recipe: Recipe, say: Say) -> Result:
    """Train by AdamW, one cycle, on all but the last tenth; ship the moving average of weights.

    The state goes to a file in the temporary folder now and then; a run of the same recipe that
    was broken off goes on from the last of its epochs.
    """
    train, held = (PRINTABLE.encode(part) for part in corpus.parts)
    torch.manual_seed(recipe.seed)  # initial weights and dropout; a training is its own process
    model = KINDS[recipe.kind](dropout=recipe.dropout)
    optimizer = torch.optim.AdamW(
        model.parameters(), recipe.learning_rate, betas=(0.9, 0.99), weight_decay=0.01
    )
    steps = recipe.epochs * ((len(train) - recipe.length) // (recipe.batch * recipe.length) + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.learning_rate, steps, pct_start=0.1, cycle_momentum=False
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    generator = torch.Generator().manual_seed(recipe.seed)
    saved = Path(tempfile.gettempdir()) / f"glassbox-{recipe.kind}-{corpus.name}.resume.pt"
    parts = {"model": model, "average": average, "optimizer": optimizer, "schedule": schedule}
    first = 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        if state["recipe"] == asdict(recipe):
            for key, part in parts.items():
                part.load_state_dict(state[key])
            generator.set_state(state["generator"])
            torch.set_rng_state(state["dropout"])
            first = state["epoch"]
    for epoch in range(first, recipe.epochs):
        loss = one_epoch(model, average, optimizer, schedule, train, recipe, generator)
        seen = held_out_loss(average.module.eval(), held[:20_000])
        say(f"epoch {epoch + 1:2d}  training {loss:.4f}  held out {seen:.4f} nats a character")
        state = {key: part.state_dict() for key, part in parts.items()}
        state |= {"recipe": asdict(recipe), "epoch": epoch + 1}
        state |= {"generator": generator.get_state(), "dropout": torch.get_rng_state()}
        with writing(saved) as file:
            torch.save(state, file)
    measured = measure(average.module, train, held)
    saved.unlink(missing_ok=True)
    return measured


def one_epoch(
    model: CharNet,
    average: AveragedModel,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    train: Tensor,
    recipe: Recipe,
    generator: torch.Generator,
) -> float:
    """Read the text once; return the mean loss, nats a character."""
    model.train()
    total, count, state = 0.0, 0, None
    for x, y in streams(train, recipe.batch, recipe.length, generator):
        logits, state = model(x, state)
        state = detach(state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        average.update_parameters(model)
        total, count = total + loss.item(), count + 1
    return total / count


def measure(model: CharNet, train: Tensor, held: Tensor) -> Result:
    """Return the model as it is shipped, with its losses on the whole held-out tenth."""
    model.half().float()  # measure what is shipped: weights rounded to float16
    model.eval()
    metrics = {
        "held_out_loss": held_out_loss(model, held),
        "training_loss": held_out_loss(model, train[: len(held)]),
    }
    return Result(model, metrics)
