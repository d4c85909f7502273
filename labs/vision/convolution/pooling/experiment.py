"""A map goes through ReLU and pooling, and the picture moves by a pixel: what remains, measured.

Pooling is not blind to a shift, only less sensitive, and a stride of two is sensitive in its own
way: Zhang, "Making convolutional networks shift-invariant again", https://arxiv.org/abs/1904.11486
"""

from collections.abc import Mapping
from functools import cache
from itertools import product

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data import strokes
from labs.drawing import Drawing
from labs.images import to_grey
from labs.live import Frame
from labs.live.checks import places
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.vision.convolution import kernels
from labs.vision.convolution.export import assemble
from labs.vision.convolution.pictures import READABLE, shrunk
from labs.vision.convolution.pooling import pool, view
from labs.vision.convolution.pooling.challenges import CHALLENGES
from labs.vision.convolution.pooling.controls import CONTROLS, FAR
from labs.vision.convolution.pooling.passes import Passes, passes
from labs.vision.convolution.received import FARTHEST, pointed

SIDE = 40  # cells of the picture
MAPS = ("x", "made", "rectified", "pooled")
SCRIPT = """BEFORE, AFTER = (torch.tensor(rows)[None, None] for rows in (
    {before},
    {after},
))
KERNEL = torch.tensor({kernel})


def stages(x):
    made = convolve(x, KERNEL[None, None])
    made = made.clamp_min(0) if {relu} else made
    return x, made, max_pool(made, {size}, {stride})[0], average_pool(made, {size}, {stride}), \\
        global_average(made)


for name, a, b in zip(("picture", "map", "max", "average", "global"), stages(BEFORE),
                      stages(AFTER)):
    print(f"{{name:8}} {{tuple(a.shape[2:])}} differs by {{moved(a, b):.6f}}")
"""


class Pooling(Lab):
    """Picture, map, ReLU and pool, each beside what it was before the picture moved."""

    name = "convolution.pooling"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("at",)
    on = dict.fromkeys(product(MAPS, ("hover",)), "point") | dict.fromkeys(
        product(MAPS, ("click",)), "click"
    )

    def __init__(self) -> None:
        super().__init__()
        self._measure()
        pooled = self.after.pools["max"][0, 0]
        # the cell whose window is shown: at first the strongest
        self.at = self.first = self.clicked = divmod(int(pooled.argmax()), pooled.shape[1])

    def show(self) -> Frame:
        """Return the four maps, the window of one pooled cell, and what the shift did to each."""
        s, after = self.settings, self.after
        pooled = after.pools[s["pool"]]
        cell = min(self.at[0], pooled.shape[-2] - 1), min(self.at[1], pooled.shape[-1] - 1)
        whole = (after.x, after.made, after.rectified, pooled)
        maps = {name: one[0] for name, one in zip(MAPS, whole, strict=True)}
        read = {name: m for name, m in maps.items() if max(m.shape) <= READABLE}
        frame = Frame(
            maps=maps,
            values=read | {"shifts": self.shifts},
            notes=view.notes(s, after, self.before.changes(after), cell),
        )
        view.explain_window(frame, s, after, cell)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting; those that only choose or move change nothing of the measured curve."""
        if name in ("right", "down"):
            self.after = self.passes(self.settings["right"], self.settings["down"])
        elif name != "pool":
            self._measure()

    def point(self, event: Mapping) -> None:
        """Choose the pooled cell under the pointer, or the one whose window holds the cell."""
        (row, col), stride = pointed(event), self.settings["stride"]
        self.at = (row, col) if event["panel"] == "pooled" else (row // stride, col // stride)

    def click(self, event: Mapping) -> None:
        """Choose a pooled cell; an address says which was clicked last."""
        self.point(event)
        self.clicked = self.at

    def to_link(self) -> dict[str, str]:
        """Return the pooled cell that was clicked."""
        return {"at": "" if self.clicked == self.first else "{}.{}".format(*self.clicked)}

    def from_link(self, name: str, text: str) -> None:
        """Take the pooled cell of a link."""
        self.at = self.clicked = tuple(places(text, FARTHEST, FARTHEST))

    def evidence(self) -> tuple:
        """Return settings, and all maps before and after the picture moved."""
        return self.settings, self.before, self.after

    def script(self) -> str:
        """Return the script for a map, its ReLU and its pools, before and after the shift."""
        s = self.settings
        body = SCRIPT.format(
            before=self.before.x[0, 0].tolist(), after=self.after.x[0, 0].tolist(),
            kernel=self.kernel.tolist(), relu=s["relu"] == "on", size=s["size"], stride=s["stride"],
        )  # fmt: skip
        return assemble("ReLU and pooling", (*pool.POOLS, pool.moved), body)

    @property
    def kernel(self) -> Tensor:
        """The kernel: (3, 3)."""
        return kernels.preset(self.settings["preset"], kernels.Shape(size=3))

    def input(self, right: int, down: int) -> Tensor:
        """Return the picture moved by so many pixels: (1, 1, 40, 40) in [0, 1].

        A photograph's rim comes from the photograph; around the digit there is black.
        """
        wide = wider(self.settings["source"])
        top, left = FAR - down, FAR - right
        return wide[..., top : top + SIDE, left : left + SIDE]

    def passes(self, right: int, down: int) -> Passes:
        """Return what becomes of the moved picture."""
        s = self.settings
        return passes(
            self.input(right, down), self.kernel,
            relu=s["relu"] == "on", size=s["size"], stride=s["stride"],
        )  # fmt: skip

    def _measure(self) -> None:
        """Make all maps, and (pixels, the five changes) for shifts to the right of 0 to 6."""
        self.before = self.passes(0, 0)
        self.after = self.passes(self.settings["right"], self.settings["down"])
        lines = [(k, *self.before.changes(self.passes(k, 0))) for k in range(FAR + 1)]
        self.shifts = torch.tensor(lines).T.contiguous()  # (6, 7)


@cache
def wider(source: str) -> Tensor:
    """Return a picture with a rim of 6 pixels to move into: (1, 1, 52, 52)."""
    if source != "digit":
        return to_grey(shrunk(source, SIDE + 2 * FAR))
    drawing = Drawing()
    drawing.replace(strokes.sample(8))
    small = F.interpolate(drawing.ink, (SIDE, SIDE), mode="area")
    return F.pad(small, (FAR,) * 4)
