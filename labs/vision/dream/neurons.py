"""Look at every neuron: what each channel of a layer looks for, and which photographs excite it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.dream.ascent import Ascent, visualise_steps
from labs.vision.dream.network import Network
from labs.vision.dream.objective import channels
from labs.vision.dream.parametrisation import noise
from labs.vision.dream.transforms import Transforms

SIDE = 64  # pixels of a tile
STEPS = 48
BATCH = 16
PATCH = 48  # pixels of an exciting patch


@dataclass(frozen=True)
class Tiles:
    """Some channels' visualisations: images (N, 3, SIDE, SIDE), values (N,); dead where 0 moved."""

    channels: list[int]
    images: Tensor
    values: Tensor
    dead: Tensor  # (N,) bool: no gradient at any step


def visualise(
    network: Network, layer: str, wanted: Sequence[int], *, seed: int = 0, steps: int = STEPS
) -> Iterator[Tiles]:
    """Yield the visualisations of the channels `wanted`, BATCH at a time, each from noise."""
    how = Ascent(transforms=Transforms(jitter=4, scale=0.1, rotation=8))
    for start in range(0, len(wanted), BATCH):
        part = list(wanted[start : start + BATCH])
        generator = torch.Generator().manual_seed(seed)
        first = noise(len(part), SIDE, SIDE, generator=generator)
        objective = channels(layer, torch.tensor(part))
        moved = torch.zeros(len(part))
        for step in visualise_steps(
            network, first, objective, how, steps=steps, generator=generator
        ):
            moved = torch.maximum(moved, step.gradient.abs().amax((1, 2, 3)))
        with torch.no_grad():
            final = network(step.image, [layer])[layer].mean((2, 3))
        values = final[torch.arange(len(part)), torch.tensor(part)]
        yield Tiles(part, step.image, values, moved == 0)


@torch.no_grad()
def exciting_patches(
    network: Network, layer: str, k: int, photos: Sequence[Tensor], count: int = 6
) -> list[tuple[float, Tensor]]:
    """Return the `count` patches (1, 3, PATCH, PATCH) of photos that excite channel k most.

    One patch of each photograph at most, the strongest first, with its activation.
    """
    found = []
    for x in photos:
        maps = network(x, [layer])[layer][0, k]
        row, column = divmod(int(maps.argmax()), maps.shape[1])
        centre = ((row + 0.5) / maps.shape[0], (column + 0.5) / maps.shape[1])
        found.append((maps.max().item(), _cut(x, centre)))
    return sorted(found, key=lambda pair: -pair[0])[:count]


def _cut(x: Tensor, centre: tuple[float, float]) -> Tensor:
    """Return the patch of x: (1, 3, H, W) around a place given in shares, inside the picture."""
    height, width = x.shape[-2:]
    side = min(PATCH, height, width)
    top = min(max(round(centre[0] * height - side / 2), 0), height - side)
    left = min(max(round(centre[1] * width - side / 2), 0), width - side)
    patch = x[..., top : top + side, left : left + side]
    return patch if side == PATCH else F.interpolate(patch, (PATCH, PATCH), mode="bilinear")
