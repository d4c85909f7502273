"""A map goes through ReLU and pooling, and the picture moves by a pixel: what remains, measured.

Pooling is not blind to a shift, only less sensitive, and a stride of two is sensitive in its own
way: Zhang, "Making convolutional networks shift-invariant again", https://arxiv.org/abs/1904.11486
"""

from collections.abc import Mapping
from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data import strokes
from labs.data.photos import NAMES
from labs.drawing import Drawing
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import shown
from labs.vision.convolution import kernels
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.pictures import READABLE, luminance, shrunk
from labs.vision.convolution.pooling import view
from labs.vision.convolution.pooling.challenges import CHALLENGES
from labs.vision.convolution.pooling.pool import average_pool, global_average, max_pool, moved
from labs.vision.convolution.received import Rules, pointed

SIDE, FAR = 40, 6  # cells of the picture; pixels that it may move
KINDS = ("max", "average", "global")
RULES = Rules(
    options={
        "source": ("digit", *NAMES), "preset": kernels.NAMES, "relu": ("on", "off"), "pool": KINDS,
    },
    counts={"size": (1, 6), "stride": (1, 6), "right": (-FAR, FAR), "down": (-FAR, FAR)},
)  # fmt: skip


class Pooling:
    """Picture, map, ReLU and pool, each beside what it was before the picture moved."""

    challenges = CHALLENGES

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "source": "digit", "preset": "sobel_x", "relu": "on", "pool": "max", "size": 2,
            "stride": 2, "right": 1, "down": 0,
        }  # fmt: skip
        self.met: set[str] = set()
        self._measured: tuple[tuple, list[tuple[float, ...]]] = ((), [])
        pooled = self.maps(*self.shift)[3][0, 0]
        self.at = divmod(int(pooled.argmax()), pooled.shape[1])  # the cell whose window is shown

    def receive(self, event: Mapping) -> None:
        """Take in a pointer on a map, or a setting.  Raises ValueError in one sentence."""
        kind, name = event.get("kind"), event.get("setting")
        if kind in ("hover", "click"):
            self._point(event)
        elif isinstance(name, str) and name in RULES:
            self.settings[name] = RULES.checked(name, event.get("value"))
        elif kind != "hello" and name != "visible":
            raise ValueError(f"Pooling has no setting {shown(name)}.")

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the four maps, the window of one pooled cell, and what the shift did to each."""
        x, made, rectified, pooled = self.maps(*self.shift)
        maps = {"x": x[0], "made": made[0], "rectified": rectified[0], "pooled": pooled[0]}
        read = {name: m for name, m in maps.items() if max(m.shape) <= READABLE}
        shifts = torch.tensor(self.shifts()).T.contiguous()
        frame = Frame(maps=maps, values=read | {"shifts": shifts})
        self.met = met(self.challenges, self.met, self)
        frame.notes = view.notes(self, (x, made, rectified, pooled))
        view.explain_window(self, frame, rectified[0, 0])
        return frame

    @property
    def shift(self) -> tuple[int, int]:
        """Pixels to the right, and down."""
        return int(self.settings["right"]), int(self.settings["down"])

    @property
    def kernel(self) -> Tensor:
        """The kernel: (3, 3)."""
        return kernels.preset(str(self.settings["preset"]), kernels.Shape(size=3))

    @property
    def window(self) -> tuple[int, int]:
        """The pool's window and stride, in cells."""
        return int(self.settings["size"]), int(self.settings["stride"])

    def input(self, right: int, down: int) -> Tensor:
        """Return the picture moved by so many pixels: (1, 1, 40, 40) in [0, 1].

        A photograph's rim comes from the photograph; around the digit there is black.
        """
        wide = wider(str(self.settings["source"]))
        top, left = FAR - down, FAR - right
        return wide[..., top : top + SIDE, left : left + SIDE]

    def maps(self, right: int, down: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return picture, convolution, ReLU and pool of the moved picture, each (1, 1, h, w)."""
        x = self.input(right, down)
        made = convolve(x, self.kernel[None, None])
        rectified = made.clamp_min(0) if self.settings["relu"] == "on" else made
        return x, made, rectified, self.pooled(rectified)

    def pooled(self, x: Tensor, kind: str = "") -> Tensor:
        """Return x: (1, 1, h, w) pooled as the settings say, or in another way."""
        kind = kind or str(self.settings["pool"])
        if kind == "global":
            return global_average(x)
        return max_pool(x, *self.window)[0] if kind == "max" else average_pool(x, *self.window)

    def changes(self, right: int, down: int) -> list[float]:
        """Return by what share picture, ReLU's map and its three pools differ from the unmoved."""
        before, after = (self._compared(*shift) for shift in ((0, 0), (right, down)))
        return [moved(a, b) for a, b in zip(before, after, strict=True)]

    def shifts(self) -> list[tuple[float, ...]]:
        """Return (pixels, the five changes) for shifts to the right of 0 to 6 pixels."""
        state = tuple(v for k, v in self.settings.items() if k not in ("right", "down", "pool"))
        if self._measured[0] != state:
            lines = [(float(k), *self.changes(k, 0)) for k in range(FAR + 1)]
            self._measured = (state, lines)
        return self._measured[1]

    def _compared(self, right: int, down: int) -> list[Tensor]:
        x, _, rectified, _ = self.maps(right, down)
        return [x, rectified, *(self.pooled(rectified, kind) for kind in KINDS)]

    def _point(self, event: Mapping) -> None:
        """Choose the pooled cell under the pointer, or the one whose window holds the cell."""
        (row, col), panel, stride = pointed(event), event.get("panel"), self.window[1]
        if panel not in ("x", "made", "rectified", "pooled"):
            raise ValueError("Point at one of the four maps.")
        if panel != "pooled":
            row, col = row // stride, col // stride
        self.at = (row, col)


@cache
def wider(source: str) -> Tensor:
    """Return a picture with a rim of 6 pixels to move into: (1, 1, 52, 52)."""
    if source != "digit":
        return luminance(shrunk(source, SIDE + 2 * FAR)[0])[None]
    drawing = Drawing()
    drawing.replace(strokes.sample(8))
    small = F.interpolate(drawing.ink, (SIDE, SIDE), mode="area")
    return F.pad(small, (FAR,) * 4)
