"""A script that gives the numbers on the screen, by torch.autograd."""

from collections.abc import Iterator

from torch import Tensor

from labs.basics.backprop.passes import Numbers
from labs.models.dense import Dense

LOSSES = {
    "log": "-(y * a.clamp_min(LEAST).log() + (1 - y) * (1 - a).clamp_min(LEAST).log()).sum()",
    "squared": "0.5 * ((a - y) ** 2).sum()",
    "binary cross-entropy": "F.binary_cross_entropy_with_logits(a, y, reduction='sum')",
    "softmax cross-entropy": "-(y * a.log_softmax(0)).sum()",
}
SCRIPT = '''"""One example through a dense net, as Glassbox showed it.  Needs torch."""

import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
WEIGHTS = {weights}  # a row for each unit: bias, then the weights
ACTIVATIONS = {activations}
LEAST = math.exp(-100)  # so that no logarithm of a probability goes below -100
FUNCTIONS = {{"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu,
             "identity": lambda z: z}}

x, y = torch.tensor({x}, requires_grad=True), torch.tensor({y})
weights = [torch.tensor(w, requires_grad=True) for w in WEIGHTS]
a, pres, posts = x, [], []
for w, activation in zip(weights, ACTIVATIONS):
    z = w @ torch.cat([torch.ones(1), a])
    a = FUNCTIONS[activation](z)
    pres.append(z)
    posts.append(a)
loss = {loss}
found = torch.autograd.grad(loss, [*pres, *posts, *weights, x])
names = [f"{{kind}}{{i + 1}}" for kind in ("z", "a", "W") for i in range(len(weights))] + ["x"]
print("loss", f"{{loss.item():.9e}}")
for name, gradient in zip(names, found):
    print(f"dL/d{{name}}", *(f"{{v:.9e}}" for v in gradient.flatten().tolist()))
'''


def script(net: Dense, x: Tensor, y: Tensor, loss: str) -> str:
    """Return a script that prints the loss and every gradient of one example."""
    return SCRIPT.format(
        weights=[w.tolist() for w in net.weights], x=x.tolist(), y=y.tolist(), loss=LOSSES[loss],
        activations=[layer.activation for layer in net.layers],
    )  # fmt: skip


def rows(n: Numbers) -> Iterator[dict[str, object]]:
    """Yield every weight with its gradient."""
    for i, (w, g) in enumerate(zip(n.weights, n.dweights, strict=True)):
        for k in range(w.shape[0]):
            for j in range(w.shape[1]):
                yield {"layer": i + 1, "unit": k + 1, "input": j or "bias",
                       "weight": w[k, j].item(), "gradient": g[k, j].item()}  # fmt: skip
