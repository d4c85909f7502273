"""What there is to see of a Gaussian process: its mean and doubt, the worth of each place."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.search.functions import HEIGHT, Function
from labs.basics.search.gaussian_process import covariance
from labs.live import Frame
from labs.live.controls import Value
from labs.numerals import counted, number, written

SIGMAS = 2  # standard deviations that the band is wide, to each side
WORTHS = {"ei": "expected improvement", "ucb": "bound, β σ − μ", "thompson": "− the first draw"}


@dataclass(frozen=True)
class Belief:
    """What a process believes at the places x, (M,) each: mean, std and the worth of a trial there;
    draws, (K, M); the lowest loss so far; and how likely the points are, in nats.
    """

    x: Tensor
    mean: Tensor
    std: Tensor
    worth: Tensor
    draws: Tensor
    best: float
    likelihood: float

    @property
    def next(self) -> float:
        """The place that is worth most."""
        return round(self.x[self.worth.argmax()].item(), 4)


def frame(
    b: Belief,
    function: Function,
    points: Sequence[tuple[float, float]],
    truth: Callable[[Tensor], Tensor] | None,
    settings: Mapping[str, Value],
) -> Frame:
    """Return the process over the axis, the worth of every place, and the next one's numbers."""
    f = Frame()
    known = torch.full_like(b.x, torch.nan) if truth is None else truth(b.x)
    f.values["process"] = torch.stack([b.x, known, b.mean])
    f.values["process.band"] = torch.stack([b.mean - SIGMAS * b.std, b.mean + SIGMAS * b.std])
    f.values["process.parts"] = b.draws
    far = torch.linspace(0, 1, len(b.x), dtype=torch.float64)[:, None]
    kernel = {
        "length": settings["length"],
        "signal": settings["signal"],
        "kernel": settings["kernel"],
    }
    shape = covariance(far, far[:1], **kernel)[:, 0]
    f.values["shape"] = torch.stack([far[:, 0], torch.full_like(shape, torch.nan), shape])
    f.values["process.dots"] = torch.tensor(points).reshape(-1, 2).T.contiguous()
    f.values["worth"] = torch.stack([b.x, torch.full_like(b.x, torch.nan), b.worth])
    low, high = b.worth.min().item(), b.worth.max().item()
    room = max(high - low, 1e-3)
    how = str(settings["acquisition"])
    f.notes = {
        "ranges": {
            "process": list(HEIGHT),
            "worth": [low, low + 1.08 * room],
            "shape": [0, 1.1 * settings["signal"] ** 2],
        },
        "bands": {"process": [b.next, b.next], "worth": [b.next, b.next]},
        "strong": {"process": 1 if how == "thompson" else None},
        "titles": {
            "process": f"{counted(len(points), 'point')}; log likelihood "
            f"{written(b.likelihood, '.2f')} at this length",
            "shape": f"{settings['kernel']}, length {written(settings['length'], '.3g')}",
            "worth": f"{WORTHS[how]}, largest at {written(b.next, '.3f')}",
        },
        "idle": [name for name, of in (("beta", "ucb"), ("draw", "thompson")) if of != how]
        + ([] if function.truth else ["truth"]),
        "next": arithmetic(b, how, settings),
        "say": f"The next place is {written(b.next, '.2f')}.",
    }
    return f


def arithmetic(b: Belief, how: str, settings: Mapping[str, Value]) -> dict:
    """Return how the worth of the next place is made."""
    at = b.worth.argmax()
    mean, std = b.mean[at].item(), b.std[at].item()
    rows = [["mean μ", number(mean)], ["doubt σ", number(std)]]
    if how == "ei":
        z = (b.best - mean) / std if std > 0 else 0.0
        share = 0.5 * math.erfc(-z / math.sqrt(2))
        density = math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
        rows += [
            ["best so far ℓ*", number(b.best)],
            ["z = (ℓ* − μ) / σ", number(z)],
            ["Φ(z), how probably it is better", number(share)],
            ["φ(z)", number(density)],
        ]
        total = f"EI = (ℓ* − μ) Φ(z) + σ φ(z) = {number(b.worth[at].item())}"
    elif how == "ucb":
        beta = float(settings["beta"])
        rows += [
            ["β", written(beta, ".1f")],
            ["μ − β σ, how low it may be", number(mean - beta * std)],
        ]
        total = f"β σ − μ = {number(b.worth[at].item())}"
    else:
        rows += [["the draw there", number(-b.worth[at].item())]]
        total = "Thompson sampling believes one draw and goes to its lowest place."
    title = f"Why {written(b.next, '.3f')}"
    return {"title": title, "head": ["", ""], "rows": rows, "sum": total}


SCRIPT = '''"""A Gaussian process as Glassbox showed it.  Needs scikit-learn and numpy."""

import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern

points = np.array({points}).reshape(-1, 2)
low, high = {low}, {high}
kernel = ConstantKernel({signal}**2, "fixed") * {kernel}
process = GaussianProcessRegressor(kernel, alpha={noise}, optimizer=None)
if len(points):
    process.fit((points[:, :1] - low) / (high - low), points[:, 1])
x = np.linspace(0, 1, 201)[:, None]
mean, std = process.predict(x, return_std=True)
print("mean", np.round(mean[::20], 4))
print("std", np.round(std[::20], 4))
'''
PEERS = {
    "squared exponential": 'RBF({length}, "fixed")',
    "Matérn 5/2": 'Matern({length}, "fixed", nu=2.5)',
    "Matérn 1/2": 'Matern({length}, "fixed", nu=0.5)',
}


def script(
    points: Sequence[tuple[float, float]], function: Function, s: Mapping[str, Value], b: Belief
) -> str:
    """Return a script that computes mean and doubt with scikit-learn."""
    kernel = PEERS[str(s["kernel"])].format(length=s["length"])
    low, high = function.range
    return SCRIPT.format(points=list(points), low=low, high=high, kernel=kernel,
                         signal=s["signal"], noise=s["noise"])  # fmt: skip
