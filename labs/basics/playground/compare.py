"""Runs side by side: run A beside run B, and sixteen at once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from labs.basics.playground.exam import Moment
from labs.basics.playground.eye import SIDE, Eye, eye_of, field_of
from labs.basics.playground.sweep import shown
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground

POINTS = 200  # of a curve on the screen


@dataclass(frozen=True)
class Kept:
    """A run that was kept for comparison: what it was, how it went, what it said."""

    words: str
    history: Sequence[Moment]
    field: Tensor  # (1 or classes, SIDE, SIDE)


def keep(lab: "Playground") -> Kept:
    """Return the run as it is now, to be compared with."""
    field = field_of(lab, eye_of(lab).look()).clone()
    return Kept(words(lab), list(lab.run.history), field)


def replay_from_here(lab: "Playground") -> None:
    """Keep this run as A and begin again, as B, from the same weights and batches."""
    lab.kept = keep(lab)
    first = lab.run.first
    lab.restart()
    if first.shape == lab.run.net.theta.shape:
        lab.run.begin_from(first)


def words(lab: "Playground") -> str:
    """Return a run's settings in a few words."""
    s = lab.settings
    parts = [
        f"{s['layers'] or 'no hidden layer'}", str(s["activation"]), str(s["optimizer"]),
        f"η {s['learning_rate']:.2g}", f"batch {s['batch']}",
    ]  # fmt: skip
    parts += [f"{k} {s[k]:g}" for k in ("l1", "l2", "dropout", "max_norm") if s[k]]
    return ", ".join(parts) + f" · epoch {lab.run.epoch}"


def curves(lab: "Playground", *names: str) -> Tensor:
    """Return (1 + 4, points): epochs, this run's two values, and run A's two."""
    mine, kept = lab.run.history, lab.kept.history if lab.kept else []
    if not kept:
        thin = _thin(mine)  # their numbers one by one: of tuples numpy takes seven times as long
        flat = np.fromiter(chain.from_iterable(thin), float, len(thin) * len(Moment._fields))
        known = flat.reshape(len(thin), -1).T[[0, *map(Moment._fields.index, names)]]
        empty = np.full((len(names), known.shape[1]), math.nan)
        return _shown(torch.from_numpy(np.concatenate([known, empty])))
    rows = {m.epoch: [getattr(m, n) for n in names] for m in _thin(mine)}
    theirs = {m.epoch: [getattr(m, n) for n in names] for m in _thin(kept)}
    nothing = [math.nan] * len(names)
    table = [
        [epoch, *rows.get(epoch, nothing), *theirs.get(epoch, nothing)]
        for epoch in sorted(rows.keys() | theirs.keys())
    ]
    return _shown(torch.tensor(table).T.contiguous())


def _shown(curves: Tensor) -> Tensor:
    """The curves without what a screen's float32 cannot hold: a lost run reaches 1e308."""
    return curves.where(curves.abs() < torch.finfo(torch.float32).max, math.nan)


def _thin(history: Sequence[Moment]) -> list[Moment]:
    stride = max(1, len(history) // POINTS)
    return [*history[:-1:stride], *history[-1:]]


def replay(lab: "Playground", f: Frame, field: Tensor) -> None:
    """Add run A beside run B."""
    f.maps["run_b"] = _one(field)
    f.notes["titles"]["run_b"] = words(lab)
    if lab.kept is not None:
        f.maps["run_a"] = _one(lab.kept.field)
        f.notes["titles"]["run_a"] = lab.kept.words
    else:
        f.maps["run_a"] = _one(untrained(lab))
        f.notes["titles"]["run_a"] = "nothing kept yet: this run before its first step"
    f.values["replay"] = curves(lab, "train", "test")


def untrained(lab: "Playground") -> Tensor:
    """Return the plane of the run's initial weights, (1 or classes, SIDE, SIDE)."""
    first = lab.run.first
    if lab.before is None or lab.before[0] is not first:
        eye = Eye(lab.run, lab.features)  # of its own: the other's maps are on their way
        lab.before = first, field_of(lab, eye.look(first))
    return lab.before[1]


def _one(field: Tensor) -> Tensor:
    """A field as one signed map: of classes, the first two against each other."""
    return field if len(field) == 1 else field[1:2] - field[:1]


def sweep(lab: "Playground", f: Frame) -> None:
    """Add the sixteen little planes."""
    s = shown(lab)
    x = eye_of(lab).x.view(-1, SIDE, SIDE)[:, 1::3, 1::3]
    side = x.shape[1]
    output = s.net.forward(x.reshape(len(x), -1).double()).output  # (16, outputs, side * side)
    task = lab.run.setup.task
    fields = torch.stack([_one(task.field(o).view(-1, side, side))[0] for o in output])
    f.maps["sweep"] = fields.nan_to_num(0, 0, 0).clamp(-1, 1)
    losses = s.losses()
    best = int(losses.nan_to_num(math.inf).argmin())
    f.notes["labels"] = {
        "sweep": [f"{name} · {loss:.2g}" for name, loss in zip(s.labels(), losses.tolist(),
                                                               strict=True)]
    }  # fmt: skip
    f.notes["marks"] = {"sweep": [{"unit": best, "box": None}]}
    f.notes["titles"]["sweep"] = (
        "sixteen seeds before their first step; start a sweep, then play" if lab.sweep is None
        else f"epoch {s.epoch}; the outlined net has the smallest test loss"
    )  # fmt: skip
