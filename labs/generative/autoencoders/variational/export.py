"""A script that computes the terms of one drawing, with the zoo's weights beside it."""

from torch import Tensor

SCRIPT = '''"""The two terms of the ELBO of one drawing.  Needs torch and safetensors, and beside it
vae.safetensors, the weights as they were when the page gave them.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file

weights = load_file(Path(__file__).with_name("vae.safetensors"))
w = {{k: v.float() for k, v in weights.items()}}
x = torch.tensor({x}) / 255  # grey, row by row
eps = torch.tensor({eps})


def run(side, a):
    first = side == "encoder"  # whose layer 0 flattens
    for layer in range(3):
        name = f"{{side}}.{{2 * layer + first}}"
        a = w[f"{{name}}.weight"] @ a + w[f"{{name}}.bias"]
        a = torch.nn.functional.silu(a) if layer < 2 else a
    return a


mean, log_variance = run("encoder", x).chunk(2)
kl = (mean**2 + log_variance.exp() - 1 - log_variance) / 2
logits = run("decoder", mean + (log_variance / 2).exp() * eps)
print("KL", round(kl.sum().item(), 2), "nats")
each = torch.nn.functional.softplus(logits) - x * logits
print("reconstruction", round(each.sum().item(), 2), "nats")
'''


def script(x: Tensor, eps: Tensor) -> str:
    """Return the script for a drawing (1, 1, 28, 28) and a throw (20,)."""
    grey = (x.flatten() * 255).round().int().tolist()
    return SCRIPT.format(x=grey, eps=[round(v, 5) for v in eps.tolist()])
