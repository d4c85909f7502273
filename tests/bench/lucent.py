"""Lucent's recipe for feature visualisation, written plainly, to be timed against ours.

Lucent 0.1.8 itself does not run beside this project's torch: it wants kornia 0.4.1 or older and
torchvision.  What its `render_vis` does in one step is all here: an image from its spectrum, four
moves that resample it one after the other, the whole network with a hook on every module and
gradients for its weights too, and Adam.  https://github.com/greentfrapp/lucent
"""

import copy
import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.vision.dream.parametrisation import COLOR

PAD, JITTERS, DEGREES, SCALES = 12, (8, 4), 10, 11


def render_vis(model: nn.Module, module: str, k: int, side: int) -> Callable[[], Tensor]:
    """Return a function that takes one step and returns the picture (1, 3, side, side)."""
    model = copy.deepcopy(model).requires_grad_()
    seen: dict[str, Tensor] = {}
    for name, part in model.named_modules():
        part.register_forward_hook(lambda _m, _x, output, name=name: seen.update({name: output}))
    draw = torch.Generator().manual_seed(0)
    spectrum = 0.01 * torch.randn(1, 3, side, side // 2 + 1, 2, generator=draw)
    spectrum.requires_grad_()
    optimizer = torch.optim.Adam([spectrum], lr=0.05)
    rows, columns = torch.fft.fftfreq(side)[:, None], torch.fft.rfftfreq(side)[None]
    scale = side / (rows.square() + columns.square()).sqrt().clamp_min(1 / side)

    def image() -> Tensor:
        waves = torch.view_as_complex(scale[..., None] * spectrum)
        x = torch.fft.irfft2(waves, (side, side)) / 4
        return torch.einsum("ij,njhw->nihw", COLOR, x).sigmoid()

    def step() -> Tensor:
        optimizer.zero_grad()
        model(moved(image(), draw))
        (-seen[module][:, k].mean()).backward()
        optimizer.step()
        return image().detach()

    return step


def moved(x: Tensor, draw: torch.Generator) -> Tensor:
    """Return x padded, shifted, scaled, turned and shifted again, each by a resampling."""
    x = F.pad(x, [PAD] * 4, value=0.5)
    x = shifted(x, JITTERS[0], draw)
    factor = 1 + (int(torch.randint(SCALES, (), generator=draw)) - SCALES // 2) / 50
    size = [math.ceil(factor * side) for side in x.shape[2:]]
    x = F.interpolate(x, size, mode="bilinear", align_corners=True)
    angle = math.radians(int(torch.randint(-DEGREES, DEGREES + 1, (), generator=draw)))
    cos, sin = math.cos(angle), math.sin(angle)
    x = warped(x, [[cos, -sin, 0], [sin, cos, 0]])
    return shifted(x, JITTERS[1], draw)


def shifted(x: Tensor, reach: int, draw: torch.Generator) -> Tensor:
    """Return x shifted by fewer than `reach` pixels."""
    right, down = torch.randint(reach, (2,), generator=draw).tolist()
    return warped(x, [[1, 0, 2 * right / x.shape[3]], [0, 1, 2 * down / x.shape[2]]])


def warped(x: Tensor, matrix: list[list[float]]) -> Tensor:
    """Return x resampled by a matrix (2, 3)."""
    grid = F.affine_grid(torch.tensor([matrix], dtype=x.dtype), list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, align_corners=False)
