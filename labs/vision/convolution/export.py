"""Scripts that give the numbers on the screen, with nothing but PyTorch and the photographs."""

import inspect
from collections.abc import Callable, Sequence

from labs.vision.convolution.convolve import FEW, add_scaled, convolve, each, meetings, output_side
from labs.vision.convolution.pictures import SIDE

HEAD = '''"""{title}, as the convolution lab of Glassbox showed it."""

from collections.abc import Iterator, Sequence
from itertools import product
from types import EllipsisType

import torch
import torch.nn.functional as F
from torch import Tensor

FEW = {few}
Steps = int | tuple[int, ...]
Index = tuple[int | slice | EllipsisType, ...]


{functions}

{body}'''
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
OWN = """from PIL import Image
import numpy as np

# Your own picture stays with you: save it as picture.png beside this script.
picture = np.asarray(Image.open("picture.png").convert("RGB"))
"""
GREY = "x = (x * torch.tensor([0.299, 0.587, 0.114]).view(3, 1, 1)).sum(-3, keepdim=True)\n"
SKIMAGE = {"cat": "chelsea", "galaxies": "hubble_deep_field"}
CONVOLVE = (convolve, meetings, add_scaled, output_side, each)


def assemble(title: str, functions: Sequence[Callable], body: str) -> str:
    """Return a script: `convolve` and the functions as they stand in the project, and what is done
    with them.
    """
    sources = "\n\n".join(inspect.getsource(function) for function in (*CONVOLVE, *functions))
    return HEAD.format(title=title, few=FEW, functions=sources, body=body)


def photo(name: str, side: int = SIDE) -> str:
    """Return the lines that make x of a photograph: (3, 512, 512), or (1, 3, side, side)."""
    lines = PHOTO.format(loader=loader(name), side=SIDE)
    small = f'x = F.interpolate(x[None], ({side}, {side}), mode="area")\n'
    return lines if side == SIDE else lines + small


def loader(source: str) -> str:
    """Return the lines that make `picture`, an array (H, W, 3) of bytes."""
    if source == "yours":
        return OWN
    if source in ("flower", "china"):
        return f'picture = load_sample_image("{source}.jpg")'
    return f"picture = skimage.data.{SKIMAGE.get(source, source)}()"
