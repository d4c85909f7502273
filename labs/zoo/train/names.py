"""What the recipes of the name nets share: balanced sampling, the loop, the measurement."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data.names import LANGUAGES, LETTERS, Labelled, encode, parse, split
from labs.models.names import END, NameReader, NameWriter
from labs.zoo.train.digits import Result, Say

BATCH = 128
FORGOTTEN = 0.08  # share of letters shown as unknown: names must be known by more than one
DROPPED = 0.3  # share of inputs and outputs that dropout sets to 0
Loss = Callable[[list[Tensor], Tensor], Tensor]  # names and their languages -> the mean loss


@dataclass(frozen=True)
class Recipe:
    """How a name net is trained by AdamW."""

    steps: int
    learning_rate: float
    weight_decay: float


READING = Recipe(3000, 2e-3, 0.05)
WRITING = Recipe(2500, 3e-3, 0.02)


@dataclass(frozen=True)
class Drawn:
    """Names to train on, drawn with the root of their language's frequency."""

    names: list[Tensor]
    languages: Tensor  # (N,)

    @property
    def counts(self) -> Tensor:
        """How many names each language has, (languages,)."""
        return torch.bincount(self.languages, minlength=len(LANGUAGES)).float()

    def batch(self, generator: torch.Generator) -> tuple[list[Tensor], Tensor]:
        """Return BATCH names and their languages."""
        weights = self.counts[self.languages] ** -0.5
        index = torch.multinomial(weights, BATCH, True, generator=generator)
        return [self.names[i] for i in index.tolist()], self.languages[index]


def read(data: Path) -> tuple[Drawn, Labelled]:
    """Return the training part and the held-out part of `data/names`."""
    train, held = split(parse(data / "names"))
    names, languages = train.pairs()
    return Drawn([encode(name) for name in names], languages), held


def fit(kind: type[NameReader], data: Path, seed: int, say: Say) -> Result:
    """Train a reader of this kind; letters are forgotten now and then.

    What is left of the imbalance is added to the logits in training only (Menon et al., 2020,
    https://arxiv.org/abs/2007.07314): the net learns what a name says, not how common Russian is.
    """
    torch.manual_seed(seed)  # initial weights and dropout; a training is its own process
    model = kind(dropout=DROPPED)
    train, held = read(data)
    prior = (train.counts.sqrt() / train.counts.sqrt().sum()).log()
    generator = torch.Generator().manual_seed(seed)

    def loss(names: list[Tensor], languages: Tensor) -> Tensor:
        logits = model([forget(name, generator) for name in names])
        return F.cross_entropy(logits + prior, languages, label_smoothing=0.05)

    reader = descend(model, train, loss, READING, generator, say)
    return Result(reader, measure(reader, held))


def fit_writer(data: Path, seed: int, say: Say) -> Result:
    """Train a writer."""
    torch.manual_seed(seed)  # initial weights and dropout; a training is its own process
    model = NameWriter(dropout=DROPPED)
    train, held = read(data)
    generator = torch.Generator().manual_seed(seed)
    writer = descend(model, train, partial(writing_loss, model), WRITING, generator, say)
    names, languages = held.pairs()
    with torch.no_grad():
        loss = writing_loss(writer, [encode(name) for name in names], languages).item()
    return Result(writer, {"held_out_loss": loss, "held_out_names": float(len(held.names))})


def descend(
    model: nn.Module,
    train: Drawn,
    loss_of: Loss,
    recipe: Recipe,
    generator: torch.Generator,
    say: Say,
) -> nn.Module:
    """Train by AdamW, one cycle; return the moving average of the weights as it is shipped."""
    rate = recipe.learning_rate
    optimizer = torch.optim.AdamW(model.parameters(), rate, weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, recipe.steps, pct_start=0.1, cycle_momentum=False
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    model.train()
    for step in range(recipe.steps):
        loss = loss_of(*train.batch(generator))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        average.update_parameters(model)
        if (step + 1) % 500 == 0:
            say(f"step {step + 1}  last batch's loss {loss.item():.4f}")
    average.module.half().float()  # what is shipped: weights rounded to float16
    return average.module.eval()


def forget(name: Tensor, generator: torch.Generator) -> Tensor:
    """Return a name: (length,) with some letters unknown."""
    lost = torch.rand(len(name), generator=generator) < FORGOTTEN
    return torch.where(lost, len(LETTERS) - 1, name)


@torch.no_grad()
def measure(model: NameReader, held: Labelled) -> dict[str, float]:
    """Return accuracies on held-out names, each language counting alike in the balanced ones.

    A name of several languages is one case for each; `..._any` accepts any of its languages.
    """
    names, y = held.pairs()
    said = model([encode(name) for name in names]).argmax(1)
    claims = dict(zip(held.names, held.languages, strict=True))
    strict = said == y
    lenient = torch.tensor([s in claims[n] for n, s in zip(names, said.tolist(), strict=True)])

    def balanced(right: Tensor) -> float:
        return torch.stack([right[y == of].float().mean() for of in y.unique()]).mean().item()

    return {
        "held_out_names": float(len(held.names)),
        "shared_names": float(sum(len(of) > 1 for of in held.languages)),
        "held_out_accuracy": strict.float().mean().item(),
        "balanced_accuracy": balanced(strict),
        "balanced_accuracy_any": balanced(lenient),
    }


def writing_loss(model: NameWriter, names: list[Tensor], languages: Tensor) -> Tensor:
    """Return the mean loss in nats a letter, the end of each name counted as one."""
    edge = torch.tensor([END])
    x = pad_sequence([torch.cat([edge, name]) for name in names], batch_first=True)
    y = pad_sequence([torch.cat([name, edge]) for name in names], True, padding_value=-1)
    logits, _ = model(x, languages)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=-1)
