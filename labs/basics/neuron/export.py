"""A script that gives the numbers on the screen, with nothing but torch."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labs.basics.neuron.experiment import Neuron

SCRIPT = '''"""One unit on its points, as Glassbox showed it.  Needs torch alone."""

import torch

torch.set_default_dtype(torch.float64)
w = torch.tensor({w})  # bias, w1, w2
x = torch.tensor({x})  # one column a point
t = torch.tensor({t})

z = w[0] + w[1] * x[0] + w[2] * x[1]
y = torch.sigmoid(z) if {logistic} else (z >= 0).double()
for u, v, s, said, wanted in zip(*x.tolist(), z.tolist(), y.tolist(), t.tolist()):
    print(f"x = ({{u:.2f}}, {{v:.2f}})  z = {{s:.4f}}  y = {{said:.6f}}  wanted {{wanted:.0f}}")
print("right:", int(((y >= 0.5) == (t > 0.5)).sum()), "of", len(t))
'''


def script(lab: "Neuron") -> str:
    """Return the script for the unit and the points as they are."""
    return SCRIPT.format(
        w=lab.w.tolist(),
        x=lab.x.tolist(),
        t=lab.y.tolist(),
        logistic=lab.settings["kind"] == "logistic",
    )
