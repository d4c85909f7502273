"""A script that gives the numbers on the screen, with nothing but torch."""

from collections.abc import Sequence

from torch import Tensor

FUNCTIONS = {
    "identity": "torch.nn.Identity()", "sigmoid": "torch.sigmoid", "tanh": "torch.tanh",
    "relu": "torch.relu", "leaky relu": "torch.nn.LeakyReLU(0.01)", "elu": "torch.nn.ELU()",
    "gelu": "torch.nn.GELU()", "silu": "torch.nn.SiLU()", "sine": "torch.sin",
    "softplus": "torch.nn.Softplus()",
}  # fmt: skip
SCRIPT = '''"""A drawn function and the net that fits it, as Glassbox showed it.  Needs torch."""

import torch

torch.set_default_dtype(torch.float64)
f = {f}
target = torch.tensor({target})
layers = [  # of each unit the bias first
{layers}
]

x = torch.linspace(-1, 1, len(target))
a = x[None]
for i, w in enumerate(layers):
    h, a = a, w[:, 1:] @ a + w[:, :1]
    a = a if i == len(layers) - 1 else f(a)
parts = layers[-1][0, 1:, None] * h  # what each unit of the last hidden layer adds
print("error", f"{{(0.5 * (a[0] - target) ** 2).mean().item():.8f}}")
whole = parts.sum(0) + layers[-1][0, 0]
print("the parts and the bias make the sum:", torch.allclose(whole, a[0]))
'''


def script(activation: str, target: Tensor, weights: Sequence[Tensor]) -> str:
    """Return the script for a function (PLACES,) and the weights of a net, layer by layer."""
    return SCRIPT.format(
        f=FUNCTIONS[activation],
        target=target.tolist(),
        layers="\n".join(f"    torch.tensor({w.tolist()})," for w in weights),
    )
