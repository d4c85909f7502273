"""One pixel: evolution looks for the few pixels whose colour changes the verdict; a black box.

Su, Vargas & Sakurai, "One pixel attack for fooling deep neural networks",
https://arxiv.org/abs/1710.08864

No gradient is asked for.  A candidate is a list of (row, column, colour); differential evolution
(Storn & Price, https://doi.org/10.1023/A:1008202821328, here scipy's) breeds the candidates.
"""

from collections.abc import Iterator

import numpy as np
import torch
from scipy.optimize import differential_evolution
from torch import Tensor, nn

from labs.images import quantise
from labs.vision.adversarial.record import Step, check, last, reached, together


def one_pixel_steps(
    model: nn.Module, x: Tensor, y: Tensor, *, pixels: int = 1, generations: int = 40,
    population: int = 80, targeted: bool = False, generator: torch.Generator | None = None,
) -> Iterator[Step]:  # fmt: skip
    """Yield the best candidate of every generation, until the image is fooled.

    pixels: how many may change.  The loss is the probability of y, which falls (targeted: rises).
    Raises ValueError.
    """
    check(x, y)
    if not 1 <= pixels <= x[0, 0].numel():
        raise ValueError(f"between 1 and {x[0, 0].numel()} pixels can change, got {pixels}")
    generator = generator or torch.Generator().manual_seed(0)
    seeds = torch.randint(2**31, (len(x),), generator=generator).tolist()
    yield from together(
        _one(model, x[i : i + 1], y[i : i + 1], pixels, generations, population, targeted, seed)
        for i, seed in enumerate(seeds)
    )


def one_pixel(model: nn.Module, x: Tensor, y: Tensor, **how) -> Tensor:
    """Return x with at most `pixels` pixels changed."""
    return last(one_pixel_steps(model, x, y, **how))


def paint(x: Tensor, candidates: np.ndarray) -> Tensor:
    """Return x: (1, C, H, W) with the pixels of each candidate (P, pixels * (2 + C)) painted in.

    Colours have 256 levels, as in the paper: what fools still does when it is a file.
    """
    channels, height, width = x.shape[1:]
    genes = torch.from_numpy(candidates).to(x.dtype).view(len(candidates), -1, 2 + channels)
    rows = (genes[..., 0] * height).long().clamp(0, height - 1)  # (P, pixels)
    columns = (genes[..., 1] * width).long().clamp(0, width - 1)
    images = x.repeat(len(genes), 1, 1, 1)
    who = torch.arange(len(genes))[:, None]
    images[who, :, rows, columns] = quantise(genes[..., 2:].clamp(0, 1))
    return images


def _one(
    model: nn.Module, x: Tensor, y: Tensor, pixels: int, generations: int, population: int,
    targeted: bool, seed: int,
) -> Iterator[Step]:  # fmt: skip
    """The evolution for one image."""
    random = np.random.default_rng(seed)
    genes = pixels * (2 + x.shape[1])
    people = random.random((population, genes))
    costs: np.ndarray | None = None  # of the people, once they have been asked
    sign = -1 if targeted else 1

    @torch.no_grad()
    def cost(columns: np.ndarray) -> np.ndarray:  # (genes, P) -> (P,)
        if costs is not None and np.allclose(columns.T, people, rtol=0, atol=1e-9):
            return costs  # every generation begins with the last one's survivors
        p = model(paint(x, columns.T)).softmax(1)[:, y]
        return sign * p[:, 0].double().numpy()

    def look(image: Tensor) -> Step:
        with torch.no_grad():  # never around a yield: it would reach whoever asks for steps
            logits = model(image)
        return Step(image, x, logits, logits.softmax(1)[:, y].view(1))

    step = look(x)
    yield step
    for _ in range(generations):
        if bool(reached(step.logits, y, targeted=targeted)):
            return
        bred = differential_evolution(
            cost, [(0.0, 1.0)] * genes, maxiter=1, init=people, polish=False, tol=0, atol=0,
            vectorized=True, updating="deferred", rng=random,
        )  # fmt: skip
        people, costs = bred.population, bred.population_energies
        step = look(paint(x, bred.x[None]))
        yield step
