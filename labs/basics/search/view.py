"""What the search lab shows: the space with its trials, the best losses, and one method's runs."""

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

import torch
from torch import Tensor

from labs.basics.search import halving
from labs.basics.search.far import Far
from labs.basics.search.objectives import Objective
from labs.basics.search.race import Race
from labs.basics.search.racers import NAMES, YOU, Racer, Trial
from labs.basics.search.ranges import said
from labs.basics.search.space import Axis
from labs.live import Frame
from labs.numerals import counted, minus, number

FIELD = 72  # places across and up at which a known loss is shown
SHOWN = 300  # trials of one method that are drawn, the last ones


class Seen(Protocol):
    """What of the lab is shown."""

    settings: Mapping
    objective: Objective
    race: Race
    past: Sequence
    other: Race | None
    fault: dict | None
    chosen: str
    picked: Trial | None
    far: Far | None
    trouble: str

    def curves(self) -> dict[str, Tensor]:
        """The best losses of all races by racer."""


def frame(lab: Seen) -> Frame:
    """Return all that the cards show."""
    race, racer, f = lab.race, lab.race.racers[lab.chosen], Frame()
    scale = Scale([t.loss for _, t in race.every_trial()], lab.objective)
    view = [int(k) for k in str(lab.settings["axes"])]
    curves = lab.curves()
    trials(f, lab, scale, view)
    best(f, lab, curves)
    standings(f, race, curves, lab.chosen)
    runs(f, racer, lab.picked, lab.objective, int(lab.settings["eta"]))
    parallel(f, racer, lab.picked, scale)
    brackets(f, lab.objective, int(lab.settings["eta"]))
    f.notes["typed"] = {"text": said(lab.objective.axes), "fault": lab.fault}
    f.notes["titles"] |= {"runs": told(lab.chosen, lab.picked or racer.best, lab.objective)}
    f.notes["say"] = spoken(race, curves)
    return f


class Scale:
    """The colours of losses: 1 for the lowest, 0 for guessing and worse, by their logarithm."""

    def __init__(self, losses: Sequence[float], objective: Objective) -> None:
        known = [v for v in losses if math.isfinite(v)]
        self.high = objective.guess
        self.low = min([*known, self.high / 10])
        if objective.shape is not None:
            self.low = 0.004  # Branin's minimum / 100, rounded

    def __call__(self, loss: Tensor) -> Tensor:
        """Return the places of losses in the scale, in [0, 1]."""
        low, high = math.log(self.low), math.log(self.high)
        return ((high - loss.clamp_min(1e-9).log()) / (high - low)).clamp(0, 1).nan_to_num(0)


def trials(f: Frame, lab: Seen, scale: Scale, view: Sequence[int]) -> None:
    """Add every trial as a dot over two settings, and the true loss where it is known."""
    every = lab.race.every_trial()
    losses = scale(torch.tensor([t.loss for _, t in every]))
    i, j = view
    rows = [(t.unit[i], t.unit[j], NAMES.index(name), t.state == "cut") for name, t in every]
    table = torch.tensor(rows, dtype=torch.float32).reshape(-1, 4)
    f.values["space"] = torch.cat([table, losses[:, None]], 1).T.contiguous()
    axes = lab.objective.axes
    third = 3 - i - j
    waiting = [(u[i], u[j]) for u in lab.race.racers[YOU].waiting]
    f.notes["space"] = {
        "x": marks(axes[i]), "y": marks(axes[j]), "chosen": NAMES.index(lab.chosen),
        "picked": next((k for k, (_, t) in enumerate(every) if t is lab.picked), None),
        "waiting": waiting, "low": number(scale.low), "high": number(scale.high),
    }  # fmt: skip
    yours = axes[third].value(float(lab.settings["third"]))
    words = f"your trials: {axes[third].label} = {figure(yours)}"
    f.notes["titles"] = {"space": words}
    if lab.objective.shape is not None:
        f.maps["space"] = scale(known_losses(lab.objective, i, j, lab.settings["third"]))[None]


def known_losses(objective: Objective, i: int, j: int, rest: float) -> Tensor:
    """Return the true final loss over two axes, (FIELD, FIELD), row 0 the upper edge."""
    line = torch.linspace(0, 1, FIELD, dtype=torch.float64)
    unit = torch.full((FIELD, FIELD, len(objective.axes)), rest, dtype=torch.float64)
    unit[..., i], unit[..., j] = line[None, :], line.flip(0)[:, None]
    return objective.shape(unit.reshape(FIELD**2, -1)).reshape(FIELD, FIELD)


def marks(axis: Axis) -> dict:
    """Return an axis's title and the numbers at it, with their places."""
    at = [(u, minus(figure(axis.value(u)))) for u in (0, 0.5, 1)]
    return {"title": axis.label + (" (log)" if axis.log else ""), "ticks": at}


def figure(value: float) -> str:
    """Return a setting in few digits."""
    if value == int(value) and abs(value) < 1e5:
        return str(int(value))
    return f"{value:.1e}" if abs(value) < 1e-2 else f"{value:.3g}"


def best(f: Frame, lab: Seen, curves: Mapping[str, Tensor]) -> None:
    """Add the best loss against what was spent: the median of the races, and their middle half."""
    costs, middles, bands = lab.race.costs(), [], []
    for name in NAMES:
        known = curves[name]
        middles.append(known.nanmedian(0).values)
        ends = known.nanquantile(torch.tensor([0.25, 0.75]), 0)
        bands.append(ends if len(known) > 1 else torch.full_like(ends, torch.nan))
    f.values["best"] = torch.stack([costs, *middles])
    f.values["best.bands"] = torch.stack(bands)  # (racers, 2, POINTS)
    done = len(lab.past) + lab.race.over
    every = f"{counted(int(lab.settings['races']), 'race')}"
    words = [f"{done} of {every} over"]
    if lab.past or lab.other:
        words.append("the median and the middle half")
    if lab.far is not None:
        words.append(lab.trouble or lab.far.calls.told("training"))
    f.notes["titles"]["best"] = "; ".join(words)


def standings(f: Frame, race: Race, curves: Mapping[str, Tensor], chosen: str) -> None:
    """Add one row for each method: what it spent, and the best that it found."""
    rows, axes = [], " · ".join(axis.label for axis in race.objective.axes)
    for name, racer in race.racers.items():
        ends = curves[name][:, -1]
        ends = ends[ends.isfinite()]
        found = racer.best
        rows.append([
            name, f"{len(racer.trials):,}", f"{racer.spent:,}",
            number(found.loss) if found else "—",
            number(ends.mean().item()) if len(ends) > 1 else "—",
            settings_of(found) if found else "point into the space" if name == YOU else "—",
        ])  # fmt: skip
    f.notes["standings"] = {
        "head": ["", "trials", "epochs", "lowest loss", "mean of races", axes],
        "rows": rows, "on": NAMES.index(chosen),
    }  # fmt: skip


def settings_of(trial: Trial) -> str:
    """Return the settings of a trial in one line."""
    return minus(" · ".join(figure(v) for v in trial.values.values()))


def told(name: str, trial: Trial | None, objective: Objective) -> str:
    """Return what is known of a trial, in words."""
    if trial is None:
        return "No trial yet."
    words = " · ".join(figure(trial.values[a.name]) for a in objective.axes)
    ended = {"cut": ", then cut", "done": ", all there are", "trains": " so far"}[trial.state]
    if trial.lost:
        ended = ", where its numbers ran away"
    loss = f"; lowest loss {number(trial.loss)}" if math.isfinite(trial.loss) else ""
    after = counted(len(trial.losses), "epoch")
    return minus(f"{name}, trial {trial.number + 1}: {words}{loss}; {after}{ended}")


def runs(f: Frame, racer: Racer, picked: Trial | None, objective: Objective, eta: int) -> None:
    """Add the learning curves of one method, and the rungs at which trials are cut."""
    some = racer.trials[-SHOWN:]
    x = torch.arange(1, objective.epochs + 1, dtype=torch.float32)
    lines = torch.full((len(some) + 1, len(x)), torch.nan)
    lines[0] = x
    for k, trial in enumerate(some, 1):
        lines[k, : len(trial.losses)] = torch.tensor(trial.losses)
    lines[1:][lines[1:] > 10 * objective.guess] = torch.nan
    f.values["runs"] = lines
    halves = racer.name in ("halving", "Hyperband")
    rungs = [r for _, r in halving.hyperband(objective.epochs, eta)[0]] if halves else []
    f.notes["runs"] = {
        "ink": NAMES.index(racer.name), "rungs": rungs, "first": len(racer.trials) - len(some),
        "cut": [t.state == "cut" for t in some],
        "picked": number_of(picked or racer.best, racer),
    }  # fmt: skip


def number_of(trial: Trial | None, racer: Racer) -> int | None:
    """Return a trial's number if it is one of the racer's."""
    known = trial is not None and trial.number < len(racer.trials)
    return trial.number if known and racer.trials[trial.number] is trial else None


def parallel(f: Frame, racer: Racer, picked: Trial | None, scale: Scale) -> None:
    """Add the trials of one method as lines across all settings and the loss."""
    some = racer.trials[-SHOWN:]
    colors = scale(torch.tensor([t.loss for t in some]))
    units = torch.tensor([t.unit for t in some]).reshape(-1, len(racer.objective.axes))
    f.values["parallel"] = torch.cat([units, 1 - colors[:, None]], 1).T.contiguous()
    ends = [(0, number(scale.low)), (1, number(scale.high))]
    loss = {"title": "lowest loss (log)", "ticks": ends}
    f.notes["parallel"] = {
        "axes": [*(marks(axis) for axis in racer.objective.axes), loss],
        "first": len(racer.trials) - len(some), "picked": number_of(picked or racer.best, racer),
    }  # fmt: skip


def brackets(f: Frame, objective: Objective, eta: int) -> None:
    """Add the arithmetic of Hyperband: how many trials are trained how far, bracket by bracket."""
    R = objective.epochs
    several = halving.hyperband(R, eta)
    top = len(several) - 1
    head = ["", *(f"s = {top - k}" for k in range(len(several)))]
    rows = []
    for i in range(top + 1):
        cells = [f"{b[i][0]} × {b[i][1]}" if i < len(b) else "" for b in several]
        rows.append([f"rung {i}", *cells])
    rows.append(["epochs in all", *(f"{halving.epochs(b):,}" for b in several)])
    n = several[0][0][0]
    f.notes["halving"] = {
        "head": head, "rows": rows,
        "text": f"Trials × epochs.  With R = {R} and η = {eta}: s_max = ⌊log_η R⌋ = {top}.  A "
        "bracket s begins with n = ⌈(s_max + 1) η^s / (s + 1)⌉ trials of r = R / η^s epochs.  At "
        f"each rung the best ⌊n / η⌋ go on, η times as far.  Successive halving here is the first "
        f"column, again and again: {n} trials, of which one is trained for all {R} epochs.",
        "sum": "A trial that goes on is resumed, so a rung costs what it adds.",
    }  # fmt: skip


def spoken(race: Race, curves: Mapping[str, Tensor]) -> str:
    """Return who leads, in a sentence."""
    known = {n: r.best.loss for n, r in race.racers.items() if r.best is not None}
    if not known:
        return "No trial yet."
    first = min(known, key=known.__getitem__)
    return f"{first} leads with a loss of {number(known[first])}."
