"""Scripts that give the numbers on the screen without this project."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

from PIL import Image

from labs.pictures import saved
from labs.urlsafe import to_text

SKIMAGE = {"cat": "chelsea", "galaxies": "hubble_deep_field"}
SQUARE = """picture = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() / 255
short = min(picture.shape[2:])
top, left = ((n - short) // 2 for n in picture.shape[2:])
picture = picture[..., top : top + short, left : left + short]
if short != {side}:
    picture = F.interpolate(
        picture, ({side}, {side}), mode="bilinear", antialias=True, align_corners=False
    )
picture = picture.clamp(0, 1)
"""
GREY = """weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
x = (picture * weights).sum(1, keepdim=True).double()
"""


def source(piece: Callable | ModuleType) -> str:
    """Return a function's text, or a module's without its docstring and imports of this project."""
    text = inspect.getsource(piece)
    if not isinstance(piece, ModuleType):
        return text
    text = text.removeprefix(f'"""{piece.__doc__}"""')
    kept = [line for line in text.splitlines() if not line.startswith(("from ", "import "))]
    return "\n".join(kept).strip() + "\n"


def loader(name: str, drawing: Image.Image) -> str:
    """Return lines that make `picture` for `SQUARE`: an array or a picture (H, W, 3) of bytes."""
    if name == "yours":
        return ("# Your own picture stays with you: save it as picture.png beside this script.\n"
                'picture = Image.open("picture.png").convert("RGB")\n')  # fmt: skip
    if name == "drawing":
        data = to_text(saved(drawing, "PNG"))
        return (f'ink = Image.open(io.BytesIO(base64.urlsafe_b64decode("{data}===")))\n'
                'picture = 255 - np.array(ink.convert("RGB"))\n')  # fmt: skip
    if name in ("flower", "china"):
        return f'picture = load_sample_image("{name}.jpg")\n'
    return f"picture = skimage.data.{SKIMAGE.get(name, name)}()\n"


def assemble(
    title: str, s: Mapping, side: int, drawing: Image.Image,
    pieces: Sequence[Callable | ModuleType], body: str, constants: str = "",
) -> str:  # fmt: skip
    """Return a script: the picture that the settings name, the pieces as they stand in the project,
    and what is done with them.
    """
    head = f'"""{title}, as the features lab of Glassbox showed it."""\n\n'
    head += (
        "import base64\nimport io\nimport math\nfrom dataclasses import dataclass\n\n"
        "import numpy as np\nimport skimage.data\nimport skimage.feature\nimport torch\n"
        "import torch.nn.functional as F\nfrom PIL import Image\nfrom scipy import ndimage\n"
        "from sklearn.datasets import load_sample_image\nfrom torch import Tensor, nn\n"
    )
    parts = "\n\n".join(source(piece) for piece in pieces)
    picture = loader(s["source"], drawing) + SQUARE.format(side=side) + GREY
    return f"{head}\n{constants}\n\n{parts}\n\n{picture}\n{body}"
