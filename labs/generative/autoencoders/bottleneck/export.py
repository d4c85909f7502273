"""A script that trains the same autoencoder and gives the numbers on the screen."""

from collections.abc import Mapping

from labs.generative.autoencoders.bottleneck.net import BATCH, EASED, WIDTH

FUNCTIONS = {
    "tanh": "nn.Tanh()", "relu": "nn.ReLU()", "leaky relu": "nn.LeakyReLU(0.01)",
    "sigmoid": "nn.Sigmoid()", "silu": "nn.SiLU()", "gelu": "nn.GELU()",
}  # fmt: skip
SCRIPT = '''"""An autoencoder of digits, as Glassbox trained it.  Needs torch and scikit-learn."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

data = load_digits()
x = torch.from_numpy(data.images).float()[:, None] / 16
x = F.interpolate(x, (20, 20), mode="bicubic", align_corners=False).clamp(0, 1)
x = F.pad(x, (4, 4, 4, 4)).flatten(1)
order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))
test, train = order.split([round(0.2 * len(x)), len(x) - round(0.2 * len(x))])
mean = x[train].mean(0)
x, x_test = x[train] - mean, x[test] - mean

sizes, code, f = {sizes}, {depth}, {f}
generator = torch.Generator().manual_seed({seed})
layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
for layer in layers:
    b, a = layer.weight.shape
    deviation = {deviation}
    layer.weight.data = deviation * torch.empty(b, a).normal_(generator=generator)
    nn.init.zeros_(layer.bias)


def run(x):
    """Return code and output."""
    for i, layer in enumerate(layers):
        x = layer(x)
        if i == code:
            z = x
        elif i < len(layers) - 1:
            x = f(x)
    return z, x


optimizer = torch.optim.Adam([p for layer in layers for p in layer.parameters()])
generator.manual_seed({seed})
for step in range({steps}):
    y = x[torch.randint(len(x), ({batch},), generator=generator)]
    spoiled = y
    if {noise}:  # share of pixels set to black
        lost = torch.rand(y.T.shape, generator=generator).T < {noise}
        spoiled = torch.where(lost, -mean, y)
    z, out = run(spoiled)
    loss = 0.5 * (out - y).square().sum(1).mean() + {sparse} * z.abs().sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.param_groups[0]["lr"] = {rate} / (1 + step / {eased})
    optimizer.step()

with torch.no_grad():
    error = (run(x_test[:360])[1] - x_test[:360]).square().sum(1).mean()
print("test error", round(error.item(), 2))
variances = torch.linalg.eigvalsh((x.T @ x / len(x)).double()).flip(0)
print("least error of a linear code", round(variances[sizes[code + 1]:].sum().item(), 2))
'''


def script(s: Mapping, steps: int) -> str:
    """Return the script for the settings and so many steps."""
    hidden = [WIDTH] * int(s["depth"])
    relu = "relu" in str(s["activation"])
    return SCRIPT.format(
        sizes=[784, *hidden, int(s["code"]), *hidden, 784],
        f=FUNCTIONS[str(s["activation"])],
        deviation="(2 / a) ** 0.5" if relu else "(2 / (a + b)) ** 0.5",
        steps=steps, batch=BATCH, eased=EASED, rate=s["learning_rate"],
        depth=int(s["depth"]), seed=int(s["seed"]), noise=s["noise"], sparse=s["sparse"],
    )  # fmt: skip
