"""A script that gives the numbers on the screen, with nothing but PyTorch and the photographs."""

import inspect

from torch import Tensor

from labs.vision.convolution.convolve import (
    FEW,
    add_scaled,
    convolve,
    each,
    meetings,
    output_side,
    transpose,
)
from labs.vision.convolution.pictures import GRID, SIDE
from labs.vision.convolution.plane.filtering import Setting

SCRIPT = '''"""One kernel over one picture, as the convolution lab of Glassbox showed it."""

from collections.abc import Iterator, Sequence
from itertools import product
from types import EllipsisType

import torch
import torch.nn.functional as F
from torch import Tensor

{picture}
KERNEL = torch.tensor({kernel})
STRIDE, PADDING, DILATION, MODE = {stride}, {padding}, {dilation}, {mode!r}
FLIP, TRANSPOSED = {flip}, {transposed}
FEW = {few}

Steps = int | tuple[int, ...]
Index = tuple[int | slice | EllipsisType, ...]


{functions}

planes, weight = x[:, None], KERNEL[None, None]  # every channel by itself
if TRANSPOSED:
    weight = weight.flip(2, 3) if FLIP else weight
    y = transpose(planes, weight, stride=STRIDE, padding=PADDING, dilation=DILATION)
else:
    planes = F.pad(planes, (PADDING,) * 4, mode=MODE) if PADDING else planes
    y = convolve(planes, weight, stride=STRIDE, dilation=DILATION, flip=FLIP)
print("shape", tuple(y[:, 0].shape))
print("mean {{:.6f}}  std {{:.6f}}  min {{:.6f}}  max {{:.6f}}".format(
    y.mean().item(), y.std().item(), y.min().item(), y.max().item()))
'''
PHOTO = """import skimage.data
from sklearn.datasets import load_sample_image

{loader}
x = torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 255
short = min(x.shape[2:])
top, left = ((n - short) // 2 for n in x.shape[2:])
x = x[..., top : top + short, left : left + short]
if short != {side}:
    x = F.interpolate(x, ({side}, {side}), mode="bilinear", antialias=True, align_corners=False)
x = x[0].clamp(0, 1)
"""
GREY = "x = (x * torch.tensor([0.299, 0.587, 0.114]).view(3, 1, 1)).sum(0, keepdim=True)\n"
OWN = """from PIL import Image
import numpy as np

# Your own picture stays with you: save it as picture.png beside this script.
picture = np.asarray(Image.open("picture.png").convert("RGB"))
"""
SKIMAGE = {"cat": "chelsea", "galaxies": "hubble_deep_field"}
FUNCTIONS = (convolve, transpose, meetings, add_scaled, output_side, each)


def script(kernel: Tensor, how: Setting, source: str, colour: str) -> str:
    """Return the script for a kernel (m, m) and a picture as they are now."""
    if source == "grid":
        picture = f"x = torch.tensor([{GRID.tolist()}])\n"
    else:
        picture = PHOTO.format(loader=loader(source), side=SIDE)
        picture += GREY if colour == "grey" else ""
    return SCRIPT.format(
        picture=picture,
        kernel=kernel.tolist(),
        functions="\n\n".join(inspect.getsource(function) for function in FUNCTIONS),
        few=FEW,
        **vars(how),
    )


def loader(source: str) -> str:
    """Return the line that makes `picture`, an array (H, W, 3) of bytes."""
    if source in ("drawing", "yours"):
        return OWN
    if source in ("flower", "china"):
        return f'picture = load_sample_image("{source}.jpg")'
    return f"picture = skimage.data.{SKIMAGE.get(source, source)}()"
