"""One example through a dense net, forwards and backwards: the numbers, and their order.

The engine is `labs.models.dense`, in float64; here its tensors are named and put in the order in
which a person would compute them.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.backprop.presets import Preset
from labs.models.dense import LOSSES, Dense, Layer, initialise


@dataclass(frozen=True)
class Numbers:
    """Everything that one example makes, an entry for each layer; vectors are (units,)."""

    x: Tensor  # (inputs,)
    y: Tensor  # (outputs,)
    weights: list[Tensor]  # (units, inputs + 1), the bias in column 0
    pre: list[Tensor]  # z = W (1, a)
    post: list[Tensor]  # a = f(z)
    slope: list[Tensor]  # f'(z)
    loss: float
    dpost: list[Tensor]  # dL/da
    dpre: list[Tensor]  # dL/dz, the lecture's delta
    dweights: list[Tensor]  # dL/dW
    dx: Tensor  # dL/dx

    def below(self, i: int) -> Tensor:
        """Return the input of layer i, without the constant 1."""
        return self.x if i == 0 else self.post[i - 1]


@dataclass(frozen=True)
class Step:
    """One thing to compute: "pre", "post", "loss", "dpost", "dpre", "dweight" or "update"."""

    kind: str
    layer: int


def build(preset: Preset, activation: str | None = None) -> Dense:
    """Return the preset's net, with its hidden activation or another one."""
    *hidden, last = preset.sizes
    output = "sigmoid" if preset.loss == "log" else "identity"
    layers = [Layer(size, activation or preset.activation) for size in hidden]
    inputs = len(preset.examples[0][0])
    net = Dense(inputs, [*layers, Layer(last, output)], dtype=torch.float64)
    initialise(net, "Xavier", torch.Generator().manual_seed(preset.seed))
    if preset.weights is not None:
        for w, rows in zip(net.weights, preset.weights, strict=True):
            w.copy_(torch.tensor(rows, dtype=torch.float64))
    return net


def examples(preset: Preset) -> Tensor:
    """Return the preset's examples as columns, (inputs + outputs, examples)."""
    return torch.tensor([[*x, *y] for x, y in preset.examples], dtype=torch.float64).T.contiguous()


def check_loss(loss: str, y: Tensor) -> None:
    """Raise ValueError where the targets y, (outputs, N), are none that the loss can take."""
    if loss != "squared" and (y.min() < 0 or y.max() > 1):
        raise ValueError("A cross-entropy needs targets from 0 to 1; choose squared here.")
    if loss == "softmax cross-entropy" and len(y) == 1:
        raise ValueError("A softmax needs more than one output; choose the three classes.")


def numbers(net: Dense, x: Tensor, y: Tensor, loss: str) -> Numbers:
    """Return both passes of one example, x: (inputs,) and y: (outputs,)."""
    p = net.forward(x[:, None])
    net.backward(p, LOSSES[loss].slope(p.output, y[:, None]), inputs=True)

    def copies(tensors: list[Tensor]) -> list[Tensor]:
        return [t[:, 0].clone() for t in tensors]

    return Numbers(
        x.clone(), y.clone(), [w.clone() for w in net.weights], copies(p.z), copies(p.a),
        copies([f.derivative(z) for f, z in zip(net.fs, p.z, strict=True)]),
        LOSSES[loss].value(p.output, y[:, None]).item(), copies(p.g), copies(p.delta),
        [g.clone() for g in net.gradients], p.g_x[:, 0].clone(),
    )  # fmt: skip


def steps(layers: int) -> list[Step]:
    """Return what is computed, in order: forwards, loss, backwards, update."""
    ahead = [Step(kind, i) for i in range(layers) for kind in ("pre", "post")]
    back = [Step(kind, i) for i in reversed(range(layers)) for kind in ("dpost", "dpre", "dweight")]
    return [*ahead, Step("loss", layers - 1), *back, Step("update", layers - 1)]


@dataclass(frozen=True)
class Path:
    """One way from the loss back to a weight: the unit in each layer, and the product along it."""

    units: tuple[int, ...]  # from the output's unit down to the weight's own
    factors: tuple[float, ...]
    product: float


def paths(n: Numbers, layer: int, unit: int, source: int) -> list[Path]:
    """Return every path from the loss to W[layer][unit, source]; their products add up to its
    gradient.

    source: column of W, 0 is the bias.  Factors: dL/da at the output; then f'(z) of each unit and
    the weight to the unit below, in turn; at last the weight's own input.
    """
    below = 1.0 if source == 0 else n.below(layer)[source - 1].item()
    top = len(n.weights) - 1
    found: list[Path] = []

    def walk(at: int, units: tuple[int, ...], factors: tuple[float, ...]) -> None:
        k = units[-1]
        factors = (*factors, n.slope[at][k].item())
        if at == layer:
            whole = (*factors, below)
            if k == unit:
                found.append(Path(units, whole, math.prod(whole)))
            return
        for j in range(len(n.pre[at - 1])):
            if at - 1 > layer or j == unit:
                walk(at - 1, (*units, j), (*factors, n.weights[at][k, j + 1].item()))

    for k in range(len(n.pre[top])):
        if top > layer or k == unit:
            walk(top, (k,), (n.dpost[top][k].item(),))
    return found
