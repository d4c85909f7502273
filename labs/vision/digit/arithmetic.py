"""How one number of LeNet was made: the patch, the kernel and the sum, or the ten shares."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from labs.vision.digit.passes import Forward, Weights
from labs.vision.digit.unit import Unit

SHOWN = 10  # contributions listed for a dense unit


@dataclass(frozen=True)
class Explanation:
    """The arithmetic of one unit, ready to be drawn."""

    form: str  # "product", "pool", "sum", "softmax" or "none"
    title: str
    text: str
    sum: str  # the closing line, with the numbers
    tensors: dict[str, Tensor] = field(default_factory=dict)
    labels: tuple[str, ...] = ()  # of the rows of a sum
    parts: tuple[str, ...] = ()  # of the input channels of a product
    winner: int = 0
    ink: bool = False  # whether the patch is ink rather than activations

    def notes(self) -> dict:
        """Everything but the tensors, as plain data."""
        plain = {name: value for name, value in vars(self).items() if name != "tensors"}
        return plain | {"labels": list(self.labels), "parts": list(self.parts)}


def explain(a: Forward, weights: Weights, at: Unit, *, off: bool = False) -> Explanation:
    """Return how the number at unit `at` came about.  off: the unit is switched off."""
    made = MAKERS[at.layer](a, weights, at)
    if not off:
        return made
    return replace(made, sum=made.sum + "  It is switched off, so it counts as 0.")


def _pixel(a: Forward, _weights: Weights, at: Unit) -> Explanation:
    return Explanation(
        "none",
        f"seen · row {at.row}, column {at.col}",
        "One pixel of what the network sees: the share of ink in it.",
        f"x = {a.seen[at.row, at.col]:.3f}",
    )


def _convolution(a: Forward, weights: Weights, at: Unit) -> Explanation:
    first = at.layer == "conv1"
    x = torch.nn.functional.pad(a.seen[None], (2,) * 4) if first else a.pool1
    patch = x[:, at.row : at.row + 5, at.col : at.col + 5].contiguous()
    kernel = weights[f"{at.layer}.weight"][at.unit]
    bias = weights[f"{at.layer}.bias"][at.unit].item()
    product = patch * kernel
    total = product.sum().item()
    z = total + bias
    return Explanation(
        "product",
        f"{at.layer} · map {at.unit} · row {at.row}, column {at.col}",
        "The patch that this unit sees, times its kernel, summed, plus the bias, through ReLU."
        if first
        else "Six patches, one on each map of pool1, times six kernels; 150 products are summed.",
        f"z = Σ x·w + b = {number(total)} {_signed(bias)} = {number(z)}{_relu(z)}",
        {"patch": patch, "kernel": kernel, "product": product},
        parts=("seen",) if first else tuple(f"map {i}" for i in range(6)),
        ink=first,
    )


def _pooling(a: Forward, _weights: Weights, at: Unit) -> Explanation:
    source = a.conv1 if at.layer == "pool1" else a.conv2
    r, c = 2 * at.row, 2 * at.col
    patch = source[at.unit : at.unit + 1, r : r + 2, c : c + 2].contiguous()
    winner = int(patch.argmax())
    return Explanation(
        "pool",
        f"{at.layer} · map {at.unit} · row {at.row}, column {at.col}",
        f"The largest of four cells of conv{at.layer[-1]} goes on; on the way back it alone gets "
        "the gradient.",
        f"max = {patch.max():.3f}, from row {r + winner // 2}, column {c + winner % 2}",
        {"patch": patch},
        winner=winner,
    )


def _dense(a: Forward, weights: Weights, at: Unit) -> Explanation:
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


def explain_logit(a: Forward, weights: Weights, digit: int) -> Explanation:
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
) -> Explanation:
    product = x * w
    order = product.abs().argsort(descending=True)[:SHOWN]
    total = product.sum().item()
    shown = product[order].sum().item()
    z = total + bias
    active = int((product != 0).sum())
    closing = (
        f"z = {number(shown)} (these {len(order)}) {_signed(total - shown)} (the other "
        f"{len(x) - len(order)}) {_signed(bias)} (bias) = {number(z)}"
    )
    return Explanation(
        "sum",
        title,
        f"{len(x)} inputs, {active} of them not 0.  The {len(order)} largest contributions:",
        closing + (_relu(z) if relu else ""),
        {"rows": torch.stack([x[order], w[order], product[order]], dim=1)},
        labels=tuple(name(int(i)) for i in order),
    )


def _softmax(a: Forward, _weights: Weights, at: Unit) -> Explanation:
    digit = at.col
    power = (a.logits - a.logits.max()).exp()
    p = power / power.sum()
    return Explanation(
        "softmax",
        f"softmax · “{digit}”",
        "Every logit through the exponential, divided by the sum of all ten.  Click the same "
        "bar again for the logit behind it.",
        f"p({digit}) = {power[digit]:.4g} / {power.sum():.4g} = {p[digit]:.4f}",
        {"rows": torch.stack([a.logits, power, p], dim=1)},
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


def number(x: float) -> str:
    """Return x with three decimals and a true minus sign."""
    return f"{x:.3f}".replace("-", "−")


def _signed(x: float) -> str:
    return f"− {abs(x):.3f}" if x < 0 else f"+ {x:.3f}"


def _relu(z: float) -> str:
    return f"   →   a = max(0, z) = {max(0.0, z):.3f}"
