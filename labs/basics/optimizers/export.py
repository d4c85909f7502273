"""A script that runs the same race with torch.optim, and the race as a table."""

from collections.abc import Iterator, Mapping

from labs.basics.optimizers.race import NAMES, Race
from labs.basics.optimizers.surfaces import TERMS, Formula

SCRIPT = '''"""Six optimizers on {title}, as Glassbox showed them, by torch.optim.  Needs torch."""

import torch

START, STEPS, BATCH, TERMS = {start}, {steps}, {batch}, {terms}
OPTIMIZERS = {{
    "SGD": lambda p: torch.optim.SGD(p, lr={sgd}),
    "momentum": lambda p: torch.optim.SGD(p, lr={momentum}, momentum={mu}),
    "Nesterov": lambda p: torch.optim.SGD(p, lr={nesterov}, momentum={nesterov_mu}, nesterov=True),
    "RMSProp": lambda p: torch.optim.RMSprop(p, lr={rmsprop}, alpha={rho}),
    "Adagrad": lambda p: torch.optim.Adagrad(p, lr={adagrad}),
    "Adam": lambda p: torch.optim.Adam(p, lr={adam}, betas=({beta1}, {beta2})),
}}

generator = torch.Generator().manual_seed(0)
slopes = torch.randn(TERMS, 2, dtype=torch.float64, generator=generator)
slopes = {noise} * (slopes - slopes.mean(0))


def loss(p: torch.Tensor, terms: torch.Tensor) -> torch.Tensor:
    x, y = p
    return {code} + slopes[terms].mean(0) @ p


for name, make in OPTIMIZERS.items():
    p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([p])
    draws = torch.Generator().manual_seed(0)
    for _ in range(STEPS):
        terms = torch.arange(TERMS)
        if BATCH < TERMS:
            terms = torch.randperm(TERMS, generator=draws)[:BATCH]
        optimizer.zero_grad()
        loss(p, terms).backward()
        optimizer.step()
    print(f"{{name:9}} {{p[0].item():+.9e}} {{p[1].item():+.9e}}")
'''


def script(race: Race, settings: Mapping[str, float | str]) -> str:
    """Return a script that prints where every ball is.

    Raises ValueError for a slice through a net, whose parameters would not fit into a script.
    """
    surface = race.surface
    if not isinstance(surface, Formula):
        raise ValueError("A script is written for the surfaces that are formulas.")
    return SCRIPT.format(
        title=surface.title, start=race.start, steps=race.steps, terms=TERMS,
        noise=surface.noise, code=surface.code, **settings,
    )  # fmt: skip


def rows(race: Race) -> Iterator[dict[str, object]]:
    """Yield every ball at every step."""
    trails, losses = race.trails().tolist(), race.losses().tolist()
    for k, name in enumerate(NAMES):
        for step, ((x, y), loss) in enumerate(zip(trails[k], losses[k], strict=True)):
            yield {"optimizer": name, "step": step, "x": x, "y": y, "loss": loss}
