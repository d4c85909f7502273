"""A script for one kernel over one picture."""

import base64
from collections.abc import Mapping

from PIL import Image
from torch import Tensor

from labs.pictures import saved
from labs.vision.convolution.convolve import transpose
from labs.vision.convolution.export import GREY, assemble, photo
from labs.vision.convolution.pictures import GRID
from labs.vision.convolution.plane.filtering import Setting

DRAWING = """import base64
import io

import numpy as np
from PIL import Image

PNG = "{png}"
x = torch.from_numpy(np.array(Image.open(io.BytesIO(base64.b64decode(PNG)))))[None].float() / 255
"""
BODY = """{picture}
KERNEL = torch.tensor({kernel})
STRIDE, PADDING, DILATION, MODE = {stride}, {padding}, {dilation}, {mode!r}
FLIP, TRANSPOSED = {flip}, {transposed}

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
"""


def script(kernel: Tensor, how: Setting, settings: Mapping, drawing: Image.Image) -> str:
    """Return the script for a kernel (m, m) and a picture as they are now.

    drawing: what the source "drawing" stands for, white ink on black.
    """
    if settings["source"] == "drawing":
        png = base64.b64encode(saved(drawing, "PNG")).decode()
        picture = DRAWING.format(png=png)
    elif settings["source"] == "grid":
        picture = f"x = torch.tensor([{GRID.tolist()}])\n"
    else:
        picture = photo(settings["source"]) + (GREY if settings["colour"] == "grey" else "")
    body = BODY.format(picture=picture, kernel=kernel.tolist(), **vars(how))
    return assemble("One kernel over one picture", (transpose,), body)
