"""How one number of LeNet was made: the patch, the kernel, the sum, and where it looked."""

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

from labs.vision.digit.passes import Forward, Weights

Box = tuple[int, int, int, int]  # top, left, bottom, right, in cells
SHOWN = 10  # contributions listed for a dense unit
SHAPES = {
    "seen": (1, 28, 28),
    "conv1": (6, 28, 28),
    "pool1": (6, 14, 14),
    "conv2": (16, 10, 10),
    "pool2": (16, 5, 5),
    "fc1": (1, 10, 12),  # 120 units drawn as 10 rows of 12
    "fc2": (1, 7, 12),  # 84 units drawn as 7 rows of 12
    "softmax": (10, 1, 10),
}


@dataclass(frozen=True)
class Unit:
    """One cell of a layer as it is drawn: map `unit`, row and column within it."""

    layer: str
    unit: int
    row: int
    col: int

    def __post_init__(self) -> None:
        shape = SHAPES.get(self.layer)
        cell = (self.unit, self.row, self.col)
        if shape is None or not all(0 <= v < n for v, n in zip(cell, shape, strict=True)):
            raise ValueError(f"LeNet has no unit {self.layer[:20]} {cell}.")

    @property
    def index(self) -> int:
        """The number of a dense unit."""
        return self.row * SHAPES[self.layer][2] + self.col


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
        return {
            "form": self.form,
            "title": self.title,
            "text": self.text,
            "sum": self.sum,
            "labels": list(self.labels),
            "parts": list(self.parts),
            "winner": self.winner,
            "ink": self.ink,
        }


def explain(a: Forward, weights: Weights, at: Unit, *, off: bool = False) -> Explanation:
    """Return how the number at unit `at` came about.  off: the unit is switched off."""
    made = {
        "seen": _pixel,
        "conv1": _convolution,
        "conv2": _convolution,
        "pool1": _pooling,
        "pool2": _pooling,
        "fc1": _dense,
        "fc2": _dense,
        "softmax": _softmax,
    }[at.layer](a, weights, at)
    if not off:
        return made
    return Explanation(
        **{**vars(made), "sum": made.sum + "  It is switched off, so it counts as 0."}
    )


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
    x = a.pool2.reshape(400) if at.layer == "fc1" else a.fc1
    return _sum(
        x,
        weights[f"{at.layer}.weight"][at.index],
        weights[f"{at.layer}.bias"][at.index].item(),
        title=f"{at.layer} · unit {at.index}",
        name=(lambda i: f"pool2 map {i // 25} ({i % 25 // 5}, {i % 5})")
        if at.layer == "fc1"
        else (lambda i: f"fc1 unit {i}"),
        relu=True,
    )


def explain_logit(a: Forward, weights: Weights, digit: int) -> Explanation:
    """Return the largest contributions to the logit of `digit`."""
    return _sum(
        a.fc2,
        weights["fc3.weight"][digit],
        weights["fc3.bias"][digit].item(),
        title=f"logit of “{digit}”",
        name=lambda i: f"fc2 unit {i}",
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


def number(x: float) -> str:
    """Return x with three decimals and a true minus sign."""
    return f"{x:.3f}".replace("-", "−")


def _signed(x: float) -> str:
    return f"− {abs(x):.3f}" if x < 0 else f"+ {x:.3f}"


def _relu(z: float) -> str:
    return f"   →   a = max(0, z) = {max(0.0, z):.3f}"


def receptive_field(at: Unit) -> dict[str, tuple[int | None, Box]]:
    """Return, for every layer before `at`, the map (None: all maps) and the box that it depends on.

    The unit itself is in it too.
    """
    fields: dict[str, tuple[int | None, Box]] = {}
    box: Box = (at.row, at.col, at.row + 1, at.col + 1)
    if at.layer in ("fc1", "fc2", "softmax"):
        if at.layer != "softmax":
            fields[at.layer] = (at.unit, box)
        return fields
    fields[at.layer] = (at.unit, box)
    order = ("seen", "conv1", "pool1", "conv2", "pool2")
    unit: int | None = at.unit
    for layer in reversed(order[: order.index(at.layer) + 1]):
        top, left, bottom, right = box
        if layer == "seen":
            break
        before = order[order.index(layer) - 1]
        if layer.startswith("pool"):
            box = (2 * top, 2 * left, 2 * bottom, 2 * right)
        else:
            reach = 2 if layer == "conv1" else 0
            box = (top - reach, left - reach, bottom + 4 - reach, right + 4 - reach)
            unit = None
        size = SHAPES[before][1]
        box = (max(0, box[0]), max(0, box[1]), min(size, box[2]), min(size, box[3]))
        fields[before] = (unit, box)
    return fields
