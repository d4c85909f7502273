"""How one number of LeNet was made: the patch, the kernel and the sum, or the ten shares."""

from collections.abc import Callable
from dataclasses import replace

import torch
from torch import Tensor

from labs.live.arithmetic import Arithmetic, product
from labs.numerals import written
from labs.vision.digit.passes import Forward, Weights
from labs.vision.digit.unit import Unit

ONE_PATCH = "The patch that this unit sees, times its kernel, summed, plus the bias, through ReLU."
SIX_PATCHES = "Six patches, one on each map of pool1, times six kernels; 150 products are summed."
SHOWN = 10  # contributions listed for a dense unit


def explain(a: Forward, weights: Weights, at: Unit, *, off: bool = False) -> Arithmetic:
    """Return how the number at unit `at` came about.  off: the unit is switched off."""
    made = MAKERS[at.layer](a, weights, at)
    if not off:
        return made
    return replace(made, sum=made.sum + "  It is switched off, so it counts as 0.")


def _pixel(a: Forward, _weights: Weights, at: Unit) -> Arithmetic:
    return Arithmetic(
        title=f"seen · row {at.row}, column {at.col}",
        text="One pixel of what the network sees: the share of ink in it.",
        sum=f"x = {a.seen[at.row, at.col]:.3f}",
    )


def _convolution(a: Forward, weights: Weights, at: Unit) -> Arithmetic:
    first = at.layer == "conv1"
    x = torch.nn.functional.pad(a.seen[None], (2,) * 4) if first else a.pool1
    patch = x[:, at.row : at.row + 5, at.col : at.col + 5].contiguous()
    kernel = weights[f"{at.layer}.weight"][at.unit]
    bias = weights[f"{at.layer}.bias"][at.unit].item()
    total = (patch * kernel).sum().item()
    z = total + bias
    return product(
        patch,
        kernel,
        ("seen",) if first else tuple(f"map {i}" for i in range(6)),
        title=f"{at.layer} · map {at.unit} · row {at.row}, column {at.col}",
        text=ONE_PATCH if first else SIX_PATCHES,
        sum=f"z = Σ x·w + b = {written(total)} {_signed(bias)} = {written(z)}{_relu(z)}",
        map="ink" if first else "signed",
    )


def _pooling(a: Forward, _weights: Weights, at: Unit) -> Arithmetic:
    source = a.conv1 if at.layer == "pool1" else a.conv2
    r, c = 2 * at.row, 2 * at.col
    patch = source[at.unit : at.unit + 1, r : r + 2, c : c + 2].contiguous()
    winner = int(patch.argmax())
    return Arithmetic(
        form="pool",
        title=f"{at.layer} · map {at.unit} · row {at.row}, column {at.col}",
        text=f"The largest of four cells of conv{at.layer[-1]} goes on; on the way back it alone "
        "gets the gradient.",
        sum=f"max = {patch.max():.3f}, from row {r + winner // 2}, column {c + winner % 2}",
        tensors={"patch": patch},
        winner=winner,
    )


def _dense(a: Forward, weights: Weights, at: Unit) -> Arithmetic:
    first = at.layer == "fc1"
    return _sum(
        a.pool2.reshape(400) if first else a.fc1,
        weights[f"{at.layer}.weight"][at.index],
        weights[f"{at.layer}.bias"][at.index].item(),
        title=f"{at.layer} · unit {at.index}",
        name=_cell_of_pool2 if first else "fc1 unit {}".format,
        relu=True,
    )


def _cell_of_pool2(i: int) -> str:
    return f"pool2 map {i // 25} ({i % 25 // 5}, {i % 5})"


def explain_logit(a: Forward, weights: Weights, digit: int) -> Arithmetic:
    """Return the largest contributions to the logit of `digit`."""
    return _sum(
        a.fc2,
        weights["fc3.weight"][digit],
        weights["fc3.bias"][digit].item(),
        title=f"logit of “{digit}”",
        name="fc2 unit {}".format,
        relu=False,
    )


def _sum(
    x: Tensor, w: Tensor, bias: float, *, title: str, name: Callable[[int], str], relu: bool
) -> Arithmetic:
    terms = x * w
    order = terms.abs().argsort(descending=True)[:SHOWN]
    total = terms.sum().item()
    shown = terms[order].sum().item()
    z = total + bias
    active = int((terms != 0).sum())
    closing = (
        f"z = {written(shown)} (these {len(order)}) {_signed(total - shown)} (the other "
        f"{len(x) - len(order)}) {_signed(bias)} (bias) = {written(z)}"
    )
    return Arithmetic(
        form="sum",
        title=title,
        text=f"{len(x)} inputs, {active} of them not 0.  The {len(order)} largest contributions:",
        sum=closing + (_relu(z) if relu else ""),
        tensors={"rows": torch.stack([x[order], w[order], terms[order]], dim=1)},
        labels=tuple(name(int(i)) for i in order),
    )


def _share(x: Tensor) -> str:
    """Return a number in [0, 1] with four decimals, or with an exponent where they would be 0."""
    return written(x, ".3e" if 0 < x < 1e-3 else ".4f")


def _softmax(a: Forward, _weights: Weights, at: Unit) -> Arithmetic:
    digit = at.col
    power = (a.logits - a.logits.max()).exp()
    p = power / power.sum()
    return Arithmetic(
        form="softmax",
        title=f"softmax · “{digit}”",
        text="Every logit through the exponential, divided by the sum of all ten.  Click the same "
        "bar again for the logit behind it.",
        sum=f"p({digit}) = {_share(power[digit])} / {power.sum():.4f} = {_share(p[digit])}",
        tensors={"rows": torch.stack([a.logits, power, p], dim=1)},
        labels=tuple(str(i) for i in range(10)),
        winner=digit,
    )


MAKERS = {
    "seen": _pixel,
    "conv1": _convolution,
    "conv2": _convolution,
    "pool1": _pooling,
    "pool2": _pooling,
    "fc1": _dense,
    "fc2": _dense,
    "softmax": _softmax,
}


def _signed(x: float) -> str:
    return f"− {abs(x):.3f}" if x < 0 else f"+ {x:.3f}"


def _relu(z: float) -> str:
    return f"   →   a = max(0, z) = {max(0.0, z):.3f}"
