"""A script that cleans one picture with both nets, with the zoo's weights beside it."""

from torch import Tensor

SCRIPT = '''"""One spoiled drawing, cleaned by two nets.  Needs torch and safetensors, and beside it
dae-mnist.safetensors and ae-mnist-wide.safetensors, which the page offers.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file

clean = torch.tensor({clean}) / 255  # grey, row by row
spoiled = torch.tensor({spoiled}) / 255
print("spoiled", round((spoiled - clean).square().sum().item(), 2))
for name in ("dae-mnist", "ae-mnist-wide"):
    weights = load_file(Path(__file__).with_name(f"{{name}}.safetensors"))
    w = {{k: v.float() for k, v in weights.items()}}
    x = spoiled
    for _ in range({times}):
        code = (w["W"] @ x + w["b"]).relu()
        x = (code @ w["W"] + w["c"]).sigmoid()
    print(name, round((x - clean).square().sum().item(), 2))
'''


def script(clean: Tensor, spoiled: Tensor, times: int) -> str:
    """Return the script for a drawing, the same with noise, (1, 1, 28, 28), and so many times."""
    grey = [(x.flatten() * 255).round().int().tolist() for x in (clean, spoiled)]
    return SCRIPT.format(clean=grey[0], spoiled=grey[1], times=times)
