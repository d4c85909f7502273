"""What there is to see at the bottleneck, card by card."""

import math

import torch
from torch import Tensor

from labs.generative.autoencoders.bottleneck.net import Coder
from labs.generative.autoencoders.data import Digits
from labs.generative.autoencoders.pca import turned
from labs.live import Frame
from labs.numerals import counted, written

ROW = 8  # numbers of a code in a row
SHOWN = 16  # pictures of a basis
NUDGE = 0.5  # of a number of the code, to see what it does


def passed(
    f: Frame, data: Digits, coder: Coder, x: Tensor, code: Tensor, output: Tensor, by_hand: bool
) -> None:
    """Add the drawing x: (784, 1), its code (k, 1), what comes back, and what PCA gives back."""
    k = coder.size
    by_pca = data.pca.rebuild(x[:, 0] + data.pca.mean, k)[:, None] - data.pca.mean[:, None]
    f.maps["seen"] = data.picture(x).clamp(0, 1)
    f.maps["rebuilt"] = data.picture(output).clamp(0, 1)
    f.maps["by_pca"] = data.picture(by_pca).clamp(0, 1)
    cells = torch.full((-(-k // ROW) * ROW,), torch.nan)
    cells[:k] = code[:, 0]
    f.values["code"] = cells.view(-1, ROW)
    mine, best = ((part - x).square().sum().item() for part in (output, by_pca))
    f.notes |= {
        "titles": {
            "code": f"{counted(k, 'number')} instead of 784",
            "rebuilt": "by a code changed by hand" if by_hand else f"error {written(mine, '.1f')}",
            "by_pca": f"error {written(best, '.1f')}",
        },
        "idle": [] if coder.depth else ["activation"],
        "say": coder.trouble or f"Error {written(mine, '.1f')}, by PCA {written(best, '.1f')}.",
    }


def progress(f: Frame, data: Digits, coder: Coder) -> None:
    """Add the errors over steps, beside the least that a linear code of this size can have."""
    steps, train, test, _ = coder.history.table()
    optimum = torch.full_like(steps, data.pca.error(coder.size))
    f.values["error"] = torch.stack([steps, train, test, optimum])
    f.notes["titles"]["error"] = coder.trouble or "squared error a digit"


def looks(f: Frame, data: Digits, coder: Coder, code: Tensor) -> None:
    """Add what each number of the code does to the picture, for a linear net its column."""
    k = min(coder.size, SHOWN)
    if coder.linear:
        f.maps["looks"] = coder.decoder[:, :k].T.reshape(-1, 28, 28)
        what = "columns of the decoder: what one more of each number adds"
    else:
        nudges = code + NUDGE * torch.eye(coder.size)[:, :k]
        changes = (coder.decode(nudges) - coder.decode(code)) / NUDGE
        f.maps["looks"] = changes.T.reshape(-1, 28, 28)
        what = "what a little more of each number adds to this drawing"
    f.notes["titles"]["looks"] = what


def subspaces(f: Frame, data: Digits, coder: Coder) -> None:
    """Add the principal components beside the axes of the linear net's own subspace."""
    k, shown = coder.size, min(coder.size, SHOWN)
    f.maps["principal"] = data.pca.axes[:, :shown].T.reshape(-1, 28, 28)
    steps, *_, angle = coder.history.table()
    f.values["angle"] = torch.stack([steps, angle])
    f.notes["titles"]["principal"] = f"{data.pca.kept(k):.1%} of the variance"
    now = angle[-1].item()
    if coder.linear and math.isfinite(now):
        f.maps["own"] = turned(coder.decoder, data.pca)[:, :shown].T.reshape(-1, 28, 28)
        f.notes["titles"] |= {
            "own": "turned within its own subspace to where digits vary most",
            "angle": f"the largest is {written(now, '.2f')}°",
        }
    else:
        f.maps["own"] = torch.zeros(shown, 28, 28)
        f.notes["titles"] |= {
            "own": "only a linear net spans a subspace",
            "angle": "only if linear",
        }
    f.notes["limits"] = {"own": 0.15, "principal": 0.15}


def tests(f: Frame, data: Digits, coder: Coder) -> None:
    """Add a test digit of each class, and what comes back of it."""
    x = data.test[:, [int((data.labels == k).nonzero()[0]) for k in range(10)]]
    _, output = coder(x)
    both = torch.cat([data.picture(x), data.picture(output)])
    f.maps["tests"] = both.clamp(0, 1)
    last = coder.history[-1]
    f.notes["titles"]["tests"] = (
        f"test error {written(last[2], '.1f')} a digit; linear, in training: at least "
        f"{data.pca.error(coder.size):.1f}"
    )
