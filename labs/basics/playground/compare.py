"""Runs side by side: run A beside run B, and sixteen at once."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import torch
from torch import Tensor

from labs.basics.playground.exam import Moment
from labs.basics.playground.eye import SIDE, Eye, one
from labs.basics.playground.grid import SEEDS, Grid
from labs.basics.playground.setup import NO_LAYER
from labs.basics.playground.sweep import COPIES, Sweep
from labs.live import Frame
from labs.live.controls import Value
from labs.numerals import written

POINTS = 200  # of a curve on the screen
LARGEST = 99.0  # loss in a cell: what is more has run away


@dataclass(frozen=True)
class Kept:
    """A run that was kept for comparison: what it was, how it went, its plane."""

    words: str
    history: Sequence[Moment]
    field: Tensor  # (1 or classes, SIDE, SIDE)


def words(s: Mapping[str, Value], epoch: int) -> str:
    """Return a run's settings in a few words."""
    layers = "no hidden layer" if s["layers"] == NO_LAYER else s["layers"]
    parts = [
        layers, s["activation"], s["optimizer"], f"η {written(s['learning_rate'], '.2g')}",
        f"batch {s['batch']}",
    ]  # fmt: skip
    parts += [f"{k} {written(s[k], 'g')}" for k in ("l1", "l2", "dropout", "max_norm") if s[k]]
    return ", ".join(parts) + f" · epoch {epoch}"


def curves(mine: Sequence[Moment], kept: Kept | None, *names: str) -> Tensor:
    """Return (1 + 4, points): epochs, this run's two values, and run A's two; NaN where there is
    none, and for what a screen's float32 cannot hold: a lost run reaches 1e308.
    """
    tables = [_table(history, names) for history in (mine, *([kept.history] if kept else []))]
    epochs = np.union1d(tables[0][0], tables[1][0]) if kept else tables[0][0]
    found = np.full((1 + 2 * len(names), len(epochs)), math.nan)
    found[0] = epochs
    for row, table in zip((1, 1 + len(names)), tables, strict=False):
        found[row : row + len(names), np.searchsorted(epochs, table[0])] = table[1:]
    found[np.abs(found) >= np.finfo(np.float32).max] = math.nan
    return torch.from_numpy(found)


def _table(history: Sequence[Moment], names: Sequence[str]) -> np.ndarray:
    """Return epochs and values of a history, thinned for a screen: (1 + names, points)."""
    stride = max(1, len(history) // POINTS)
    thin = [*history[:-1:stride], *history[-1:]]
    # their numbers one by one: of tuples numpy takes seven times as long
    flat = np.fromiter(chain.from_iterable(thin), float, len(thin) * len(Moment._fields))
    return flat.reshape(len(thin), -1).T[[0, *map(Moment._fields.index, names)]]


def replay(f: Frame, eye: Eye, field: Tensor, kept: Kept | None, now: str) -> None:
    """Add run A beside run B; now: what B is, in words."""
    f.maps["run_b"], f.maps["run_a"] = one(field), one(kept.field if kept else eye.untrained())
    f.values["replay"] = curves(eye.run.history, kept, "train", "test")
    f.notes["titles"]["run_b"] = now
    f.notes["titles"]["run_a"] = (
        kept.words if kept else "nothing kept yet: this run before its first step"
    )


def sixteen(f: Frame, eye: Eye, s: Sweep, *, begun: bool) -> None:
    """Add the sixteen little planes of a sweep, or of one that has not begun."""
    x = eye.x.view(-1, SIDE, SIDE)[:, 1::3, 1::3]
    side = x.shape[1]
    output = s.net.forward(x.reshape(len(x), -1).double()).output  # (16, outputs, side * side)
    task = eye.run.setup.task
    fields = torch.stack([one(task.field(o).view(-1, side, side))[0] for o in output])
    f.maps["sweep"] = fields.nan_to_num(0, 0, 0).clamp(-1, 1)
    losses = s.losses()
    best = int(losses.nan_to_num(math.inf).argmin())
    f.notes["labels"] = {
        "sweep": [f"{name} · {written(loss, '.2g')}"
                  for name, loss in zip(s.labels(), losses.tolist(), strict=True)]
    }  # fmt: skip
    f.notes["marks"] = {"sweep": [{"unit": best, "box": None}]}
    f.notes["titles"]["sweep"] = (
        f"epoch {s.epoch}; the outlined net has the smallest test loss" if begun
        else "sixteen seeds before their first step, the best outlined; start a sweep"
    )  # fmt: skip


def grid(f: Frame, found: Grid | None) -> None:
    """Add the losses of the nets that workers train, (seeds, rates); NaN where there is none."""
    empty = torch.full((len(SEEDS), COPIES), torch.nan)
    f.values["grid"] = empty if found is None else found.losses.clamp(max=LARGEST)
    f.notes["titles"]["grid"] = (
        f"{COPIES} learning rates from {len(SEEDS)} seeds each" if found is None else found.told()
    )
