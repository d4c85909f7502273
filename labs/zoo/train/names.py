"""What the recipes of the name readers share: balanced sampling, the loop, the measurement."""

from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data.names import LANGUAGES, LETTERS, Labelled, encode, parse, split
from labs.models.names import END, NameReader, NameWriter
from labs.zoo.train.digits import Result

DATA = "18 lists of surnames (Robertson, 2017), 85 % of the names"
BATCH = 128
STEPS = 3000
FORGOTTEN = 0.08  # share of letters shown as unknown: names must be known by more than one


def read(data: Path) -> tuple[Labelled, Labelled]:
    """Return the training part and the held-out part of `data/names`."""
    return split(parse(data / "names"))


def fit(
    model: NameReader, data: Path, seed: int, say: Callable[[str], None], steps: int = STEPS
) -> Result:
    """Train by AdamW on names drawn with the root of their language's frequency.

    What is left of the imbalance is added to the logits in training only (Menon et al., 2020,
    https://arxiv.org/abs/2007.07314): the net learns what a name says, not how common Russian is.
    """
    train, held = read(data)
    names, y = train.pairs()
    x = [encode(name) for name in names]
    count = torch.bincount(y, minlength=len(LANGUAGES)).float()
    prior = (count.sqrt() / count.sqrt().sum()).log()
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 2e-3, steps, pct_start=0.1, cycle_momentum=False
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    model.train()
    for step in range(steps):
        index = torch.multinomial(count[y] ** -0.5, BATCH, True, generator=generator)
        batch = [forget(x[i], generator) for i in index.tolist()]
        loss = F.cross_entropy(model(batch) + prior, y[index], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        average.update_parameters(model)
        if (step + 1) % 500 == 0:
            say(f"step {step + 1}  last batch's loss {loss.item():.4f}")
    model = average.module
    model.half().float()  # measure what is shipped: weights rounded to float16
    return Result(model.eval(), measure(model, held))


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


def fit_writer(
    model: NameWriter, data: Path, seed: int, say: Callable[[str], None], steps: int = 2500
) -> Result:
    """Train a writer by AdamW on names drawn with the root of their language's frequency."""
    train, held = read(data)
    names, y = train.pairs()
    x = [encode(name) for name in names]
    count = torch.bincount(y, minlength=len(LANGUAGES)).float()
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 3e-3, steps, pct_start=0.1, cycle_momentum=False
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    model.train()
    for step in range(steps):
        index = torch.multinomial(count[y] ** -0.5, BATCH, True, generator=generator)
        loss = writing_loss(model, [x[i] for i in index.tolist()], y[index])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        average.update_parameters(model)
        if (step + 1) % 500 == 0:
            say(f"step {step + 1}  last batch's loss {loss.item():.4f}")
    model = average.module
    model.half().float()  # measure what is shipped: weights rounded to float16
    model.eval()
    names, y = held.pairs()
    with torch.no_grad():
        loss = writing_loss(model, [encode(name) for name in names], y).item()
    return Result(model, {"held_out_loss": loss, "held_out_names": float(len(held.names))})


def writing_loss(model: NameWriter, names: list[Tensor], languages: Tensor) -> Tensor:
    """Return the mean loss in nats a letter, the end of each name counted as one."""
    edge = torch.tensor([END])
    x = pad_sequence([torch.cat([edge, name]) for name in names], batch_first=True)
    y = pad_sequence([torch.cat([name, edge]) for name in names], True, padding_value=-1)
    logits, _ = model(x, languages)
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=-1)
