"""A script that decodes a code, with the zoo's weights beside it."""

from collections.abc import Sequence

SCRIPT = '''"""A code, decoded.  Needs torch and safetensors, and beside it
{net}.safetensors, which the page offers.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file

weights = load_file(Path(__file__).with_name("{net}.safetensors"))
w = {{k: v.float() for k, v in weights.items()}}
z = torch.tensor(
    {z}
)
for layer in (0, 2, 4):
    z = w[f"decoder.{{layer}}.weight"] @ z + w[f"decoder.{{layer}}.bias"]
    z = torch.nn.functional.silu(z) if layer < 4 else z.sigmoid()
print("ink", round(z.sum().item(), 3))
for row in z.view(28, 28)[::2]:
    print("".join(" .:-=+*#%@"[int(9.99 * v)] for v in row))
'''


def script(net: str, z: Sequence[float]) -> str:
    """Return the script for a net of the zoo and a code (k,) of its decoder."""
    return SCRIPT.format(net=net, z=[round(v, 6) for v in z])
