"""What there is to see of the approximation lab, card by card."""

import torch
from torch import Tensor

from labs.basics.approximation import collapse, depth
from labs.basics.approximation.fit import LARGE, Fit
from labs.basics.approximation.target import REACH, X
from labs.live import Frame
from labs.numerals import counted, written

FINE = 1025  # places at which the sawtooth is drawn: its bends fall on them exactly


def fitted(f: Frame, fit: Fit, target: Tensor, *, first: int, own: bool) -> None:
    """Add the function, the net, its units one by one, and the sum of the first of them."""
    output, parts = fit.look()
    curves = [X, target, output]
    some = first < len(parts)
    if some:
        curves.append(fit.net.weights[-1][0, 0] + parts[:first].sum(0))
    f.values["sketch"] = torch.stack(curves)
    f.values["sketch.parts"] = parts
    f.values["error"] = torch.tensor(fit.history.moments, dtype=torch.float64).T.contiguous()
    caption = fit.trouble or (
        f"{counted(len(parts), 'unit')} in the last hidden layer, "
        f"{counted(fit.net.theta.numel(), 'parameter')}"
    )  # fmt: skip
    if some and not fit.trouble:
        caption += f"; the bias and {first} of them summed"
    digits = ".6f" if fit.error < LARGE else ".1e"
    f.notes |= {
        "ranges": {"sketch": [-REACH, REACH], "saw": [-0.2, 1.2]},
        "tops": {"sum": len(parts)},
        "idle": ["shape"] if own else [],  # the pen made another
        "strong": {"sketch": first if some else None},
        "titles": {
            "sketch": caption,
            "error": f"mean squared error / 2 = {written(fit.error, digits)}",
        },
        "words": {},
        "say": fit.trouble or f"Error {fit.error:.4f} after {counted(fit.count, 'step')}.",
    }


def collapsing(f: Frame, seed: int) -> None:
    """Add two linear layers and the one that they are."""
    net = collapse.linear_net(seed)
    one = collapse.collapsed(net)
    f.values |= {"w1": net.weights[0], "w2": net.weights[1], "product": one}
    f.notes["words"]["collapse"] = [{
        "title": "One linear map",
        "text": "The largest difference between the two layers and the one, over 1,000 points: "
        f"{written(collapse.difference(net), '.1e')}, which is rounding.",
    }]  # fmt: skip


def sawtooth(f: Frame, folds: int) -> None:
    """Add what a deep net folds, and the best that a shallow one of the same size can do."""
    x = torch.linspace(0, 1, FINE, dtype=torch.float64)
    deep = depth.fold(folds).forward(x[None]).output[0].clone()
    flat = depth.shallow(2 * folds, x, deep)
    f.values["saw"] = torch.stack([x, deep, flat])
    error = (flat - deep).abs().max().item()
    f.notes["titles"]["saw"] = f"{2 * folds} ReLUs each"
    f.notes["words"]["depth"] = [{
        "title": f"{depth.pieces(deep)} pieces from {2 * folds} units",
        "text": f"With {counted(folds, 'layer')} of two ReLUs the axis is folded "
        f"{counted(folds, 'time')}: {2**folds} straight pieces.  One layer of {2 * folds} ReLUs "
        f"has at most {2 * folds + 1} pieces; with evenly spaced bends its best fit is off by up "
        f"to {error:.2f}.  One layer needs "
        f"{counted(2**folds - 1, 'bend')} to be exact.",
    }]  # fmt: skip


def counting(f: Frame, n: int) -> None:
    """Add parity by threshold units, which count, beside AND and OR gates, which cannot."""
    net, bits = depth.parity_net(n), depth.all_bits(n)
    right = int((depth.parity(net, bits) == bits.sum(0) % 2).sum())
    f.values["parity"] = net.weights[1][:, 1:].contiguous()
    rows = torch.ones(n, n + 1, dtype=torch.float64).triu(1)  # column k has k bits set
    f.values["count"] = depth.parity(net, rows)[None]
    f.notes["words"]["parity"] = [{
        "title": f"Parity of {n} bits",
        "text": f"An OR of ANDs needs {depth.gates_for_parity(n)} ANDs, one for each of the "
        f"{2 ** (n - 1)} odd rows: that is where “exponentially many” holds.  Threshold units may "
        f"count: unit k fires when k bits are set, and with the output weights below one layer of "
        f"{n} of them is right on {right} of {2**n} rows.",
    }]  # fmt: skip
