"""A script that gives the numbers on the screen, with nothing but torch."""

from torch import Tensor

SCRIPT = '''"""One unit on its points, as Glassbox showed it.  Needs torch alone."""

import torch

torch.set_default_dtype(torch.float64)
w = torch.tensor({w})  # bias, w1, w2
x = torch.tensor({x})  # one column a point
t = torch.tensor({t})

z = w[0] + w[1] * x[0] + w[2] * x[1]
y = {y}
for u, v, s, said, wanted in zip(*x.tolist(), z.tolist(), y.tolist(), t.tolist()):
    print(f"x = ({{u:.2f}}, {{v:.2f}})  z = {{s:.4f}}  y = {{said:.6f}}  wanted {{wanted:.0f}}")
print("right:", int(((y >= 0.5) == (t > 0.5)).sum()), "of", len(t))
'''


def script(w: Tensor, x: Tensor, t: Tensor, *, logistic: bool) -> str:
    """Return the script for a unit (3,) and its points (2, N), which want t (N,)."""
    y = "torch.sigmoid(z)" if logistic else "(z >= 0).double()"
    return SCRIPT.format(w=w.tolist(), x=x.tolist(), t=t.tolist(), y=y)
