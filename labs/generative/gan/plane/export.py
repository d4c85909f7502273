"""A script that plays the same game with torch's own modules and optimizers."""

from collections.abc import Mapping

from labs.generative.gan.duel import BATCH

UNITS = {"leaky relu": "nn.LeakyReLU(0.01)", "relu": "nn.ReLU()", "tanh": "nn.Tanh()"}
OPTIMIZERS = {
    "Adam": "torch.optim.Adam({}, {}, betas=(0.5, 0.99))", "RMSProp": "torch.optim.RMSprop({}, {})",
    "momentum": "torch.optim.SGD({}, {}, momentum=0.9)", "SGD": "torch.optim.SGD({}, {})",
}  # fmt: skip
LOSSES = {
    "minimax": ("F.softplus(-real).mean() + F.softplus(fake).mean()", "-F.softplus(fake).mean()"),
    "non-saturating": ("F.softplus(-real).mean() + F.softplus(fake).mean()",
                       "F.softplus(-fake).mean()"),
    "least-squares": ("((real - 1) ** 2).mean() / 2 + (fake**2).mean() / 2",
                      "((fake - 1) ** 2).mean() / 2"),
    "hinge": ("(1 - real).relu().mean() + (1 + fake).relu().mean()", "-fake.mean()"),
    "wasserstein": ("fake.mean() - real.mean()", "-fake.mean()"),
}  # fmt: skip
SCRIPT = '''"""A GAN on the plane with the settings of Glassbox; it throws a die of its own.

Needs torch.  The target is eight Gaussians; put your own in its place.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed({seed})
angle = torch.arange(8) * math.pi / 4
centres = 0.7 * torch.stack([angle.cos(), angle.sin()], 1)


def target(n):
    return centres[torch.randint(8, (n,))] + 0.04 * torch.randn(n, 2)


def net(width, outputs):
    layers, size = [], 2
    for _ in range({depth}):
        layers += [nn.Linear(size, width), {unit}]
        size = width
    return nn.Sequential(*layers, nn.Linear(size, outputs))


G, D = net({units_g}, 2), net({units_d}, 1)
for layer in [*G, *D]:
    if isinstance(layer, nn.Linear):
        nn.init.xavier_normal_(layer.weight)
        nn.init.zeros_(layer.bias)
to_g = {optimizer_g}
to_d = {optimizer_d}


def fakes(n):
    return G(2 * torch.rand(n, 2) - 1)


def blurred(x):
    return x + {noise} * torch.randn_like(x)


for step in range({steps}):
    for _ in range({turns}):
        x, y = target({batch}), fakes({batch}).detach()
        real, fake = D(blurred(x)), D(blurred(y))
        loss = {loss_d}
        if {penalty}:
            between = torch.lerp(x, y, torch.rand(len(x), 1)).requires_grad_()
            (slope,) = torch.autograd.grad(D(between).sum(), between, create_graph=True)
            loss = loss + {penalty} * ((slope.norm(dim=1) - 1) ** 2).mean()
        to_d.zero_grad()
        loss.backward()
        to_d.step()
        if {clip}:
            for p in D.parameters():
                p.data.clamp_(-{clip}, {clip})
    fake = D(blurred(fakes({batch})))
    to_g.zero_grad()
    ({loss_g}).backward()
    to_g.step()

with torch.no_grad():
    near = torch.cdist(fakes(2000), centres)
    held = near.argmin(1)[near.amin(1) < 0.16].bincount(minlength=8)
print("fakes on each mode", held.tolist())
print("modes covered", int((held >= 62).sum()))
'''


def script(s: Mapping, steps: int) -> str:
    """Return the script for the settings and so many steps of both nets."""
    loss_d, loss_g = LOSSES[str(s["loss"])]
    made = {
        f"optimizer_{net}": OPTIMIZERS[str(s[f"optimizer_{net}"])].format(
            f"{net.upper()}.parameters()", s[f"rate_{net}"]
        )
        for net in "gd"
    }
    numbers = ("seed", "depth", "units_g", "units_d", "noise", "turns", "penalty", "clip")
    return SCRIPT.format(
        **{name: s[name] for name in numbers}, **made, unit=UNITS[str(s["unit"])], steps=steps,
        batch=BATCH, loss_d=loss_d, loss_g=loss_g,
    )  # fmt: skip
