"""Look at every neuron: what each channel of a layer looks for, and which photographs excite it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.dream.ascent import Ascent
from labs.vision.dream.network import Network
from labs.vision.dream.objective import channels, maps
from labs.vision.dream.parametrisation import noise
from labs.vision.dream.transforms import Transforms
from labs.vision.dream.visualise import visualise_steps

SIDE = 64  # pixels of a tile
STEPS = 48
RATE = 0.2  # of Adam; at 0.05 the tiles stay pale
BATCH = 16
PATCH = 48  # pixels of an exciting patch
MOVED = Ascent(transforms=Transforms(jitter=4, scale=0.1, rotation=8))


@dataclass(frozen=True)
class Tiles:
    """Some channels' visualisations: images (N, 3, SIDE, SIDE), values (N,); dead where 0 moved."""

    channels: list[int]
    images: Tensor
    values: Tensor  # the channel's mean for its image
    dead: Tensor  # (N,) bool: no gradient at any step so far
    done: bool  # whether this was the batch's last step


@dataclass(frozen=True)
class Patch:
    """The place of a photograph that excites a channel most."""

    value: float  # the activation there
    image: Tensor  # (1, 3, PATCH, PATCH)
    photo: int  # which of the photographs


def tile_steps(
    network: Network,
    layer: str,
    wanted: Sequence[int],
    *,
    sign: int = 1,
    seed: int = 0,
    steps: int = STEPS,
) -> Iterator[Tiles]:
    """Yield every step of the visualisations of the channels `wanted`, BATCH at a time, from noise.

    sign: -1 for what makes a channel most negative.  Values are NaN until a batch's last step.
    """
    for start in range(0, len(wanted), BATCH):
        part = list(wanted[start : start + BATCH])
        ks = torch.tensor(part)
        generator = torch.Generator().manual_seed(seed)
        first = noise(len(part), SIDE, SIDE, generator=generator)
        moved = torch.zeros(len(part))
        for step in visualise_steps(
            network, first, sign * channels(layer, ks), MOVED,
            steps=steps, generator=generator, learning_rate=RATE,
        ):  # fmt: skip
            moved = torch.maximum(moved, step.gradient.abs().amax((1, 2, 3)))
            done, values = step.number == steps, torch.full((len(part),), torch.nan)
            if done:
                values = _means(network, layer, step.image, ks)
            yield Tiles(part, step.image, values, moved == 0, done)


def visualise(
    network: Network, layer: str, wanted: Sequence[int], *, seed: int = 0, steps: int = STEPS
) -> Iterator[Tiles]:
    """Yield the finished visualisations of the channels `wanted`, BATCH at a time."""
    return (t for t in tile_steps(network, layer, wanted, seed=seed, steps=steps) if t.done)


@torch.no_grad()
def exciting_patches(
    network: Network, layer: str, k: int, photos: Sequence[Tensor], count: int = 6, sign: int = 1
) -> list[Patch]:
    """Return the `count` patches of photos (1, 3, H, W) that excite channel k most, or with sign -1
    make it most negative.

    One patch of each photograph at most, the strongest first.
    """
    found = []
    for i, x in enumerate(photos):
        signed = sign * maps(network(x, [layer])[layer])[0, k]
        found.append(Patch(sign * signed.max().item(), _strongest(x, signed), i))
    return sorted(found, key=lambda patch: -sign * patch.value)[:count]


@torch.no_grad()
def best_patches(network: Network, layer: str, photos: Sequence[Tensor], sign: int = 1) -> Tensor:
    """Return for every channel the one patch of all photos (1, 3, H, W) that excites it most:
    (C, 3, PATCH, PATCH).
    """
    signed = [sign * maps(network(x, [layer])[layer])[0] for x in photos]
    peaks = torch.stack([one.amax((1, 2)) for one in signed])  # (photos, C)
    return torch.cat([_strongest(photos[i], signed[i][k]) for k, i in enumerate(peaks.argmax(0))])


@torch.no_grad()
def fires(network: Network, layer: str, k: int, photos: Sequence[Tensor]) -> bool:
    """Return whether channel k is anything but zero anywhere on any of these photographs."""
    return any(bool(network(x, [layer])[layer][:, k].any()) for x in photos)


@torch.no_grad()
def _means(network: Network, layer: str, images: Tensor, ks: Tensor) -> Tensor:
    return maps(network(images, [layer])[layer]).mean((2, 3)).gather(1, ks[:, None])[:, 0]


def _strongest(x: Tensor, map_: Tensor) -> Tensor:
    """The patch of a photo x: (1, 3, H, W) where a map (h, w) of it is largest."""
    row, column = divmod(int(map_.argmax()), map_.shape[1])
    return _cut(x, ((row + 0.5) / map_.shape[0], (column + 0.5) / map_.shape[1]))


def _cut(x: Tensor, centre: tuple[float, float]) -> Tensor:
    """Return the patch of x: (1, 3, H, W) around a place given in shares, inside the picture."""
    height, width = x.shape[-2:]
    side = min(PATCH, height, width)
    top = min(max(round(centre[0] * height - side / 2), 0), height - side)
    left = min(max(round(centre[1] * width - side / 2), 0), width - side)
    patch = x[..., top : top + side, left : left + side]
    return patch if side == PATCH else F.interpolate(patch, (PATCH, PATCH), mode="bilinear")
