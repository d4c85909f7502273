"""Corners: the structure tensor of Harris and Stephens, and its ellipse at the pointed pixel."""

import math
from functools import partial
from itertools import product as pairs

import torch
from skimage.feature import corner_peaks
from torch import Tensor

from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.controls import Knob
from labs.numerals import counted, listed, number, written
from labs.pictures import blur, jpeg
from labs.vision.features import gradient
from labs.vision.features.corners import harris
from labs.vision.features.corners.harris import eigenvalues, ellipse, response, structure_tensor
from labs.vision.features.export import assemble
from labs.vision.features.gradient import sobel
from labs.vision.features.source import SOURCE, OnePicture

SEEN = ("picture", "response")
MOST = 150  # corners
BORDER = 4  # pixels of the rim where none is looked for: the picture ends there
REACH = 2.0  # of the window that is shown, in sigmas
BODY = """m = structure_tensor(x, {sigma})
r = response(m, {k})
peer = skimage.feature.corner_harris(x[0, 0].numpy(), k={k}, sigma={sigma})
found = skimage.feature.corner_peaks(
    r.numpy(), min_distance=4, threshold_rel={least}, exclude_border={border}, num_peaks={most}
)
print("corners:", len(found))
print("eigenvalues at ({row}, {col}):", eigenvalues(m)[:, {row}, {col}].tolist())
print("farthest from scikit-image:", float((r - torch.from_numpy(peer)).abs().max()))
"""
CHALLENGES = (
    Challenge(
        "round", "Find a pixel whose ellipse is nearly a circle: both eigenvalues large, the "
        "smaller at least 0.8 of the larger.",
        "Look for the brightest spots of the response.",
        lambda s, large, small, count: large > 0.1 and small > 0.8 * large,
    ),
    Challenge(
        "edge", "Find a straight edge: the larger eigenvalue at least 200 times the smaller.",
        "A small window sees an edge as straight.",
        lambda s, large, small, count: large > 0.3 and large > 200 * small,
    ),
)  # fmt: skip


class Corners(OnePicture):
    """A picture with its corners, the response, and the gradients around one pixel."""

    name = "features.corners"
    controls = (
        SOURCE,
        Knob("sigma", "window σ", 0.5, 6, 1.5, step=0.1, digits=1, unit=" px"),
        Knob("k", "k", 0, 0.24, 0.05, step=0.005, digits=3),
        Knob("least", "least response", 0.005, 0.5, 0.05, step=0.005, digits=3, log=True,
             unit=" of max"),
    )  # fmt: skip
    challenges = CHALLENGES
    on = OnePicture.on | dict.fromkeys(pairs(SEEN, ("hover", "click")), "point")

    def __init__(self) -> None:
        super().__init__()
        self.at = (117, 110)
        self._made: tuple = ()
        self._shown: tuple = ()

    def measure(self) -> tuple[Tensor, Tensor, list]:
        """Return structure tensors (3, H, W), responses (H, W), and corners as (row, column)."""
        s, x = self.settings, self.grey
        state = (s["sigma"], s["k"], s["least"])
        if not self._made or self._made[0] is not x or self._made[1] != state:
            m = structure_tensor(x, s["sigma"])
            r = response(m, s["k"])
            found = corner_peaks(
                r.numpy(), min_distance=4, threshold_rel=s["least"], exclude_border=BORDER,
                num_peaks=MOST,
            )  # fmt: skip
            self._made = x, state, m, r, [tuple(map(int, place)) for place in found]
        return self._made[2:]

    def show(self) -> Frame:
        """Return picture, response and corners, and the gradients in the window of one pixel."""
        m, r, corners = self.measure()
        row, col = self.at
        frame, s = Frame(), self.settings
        if not set(SEEN) <= self.sent or self._shown != (id(self._made[0]), self._made[1]):
            self.sent |= set(SEEN)
            self._shown = (id(self._made[0]), self._made[1])
            frame.images["picture"] = jpeg(self.colour)
            frame.maps["response"] = r[None].float()
        self.add_source(frame)
        right, down = sobel(self.grey, "constant")
        a, b, c = (m[i, row, col].item() for i in range(3))
        large, small = self.evidence()[1:3]
        points = gradients(right, down, (row, col), s["sigma"])
        spread = max(1e-3, points.abs().max().item(), 1.2 * math.sqrt(max(large, 0)))
        frame.values["gradients"] = torch.cat([points, torch.ones_like(points).float()])
        frame.values["gradients.lines"] = ellipse(a, b, c)[None].float()
        reach = REACH * s["sigma"] + 0.5
        box = [row + 0.5 - reach, col + 0.5 - reach, row + 0.5 + reach, col + 0.5 + reach]
        rings = [{"ring": [y + 0.5, x + 0.5, 2.5], "ink": "negative"} for y, x in corners]
        value, trace = r[row, col].item(), a + c
        two = partial(written, how=".2f")
        kind = verdict(large, small, value)
        limit = m.abs().max().item() ** 2 / 6 or 1.0
        frame.notes |= {
            "photos": ["picture"],
            "grids": {name: [self.side, self.side] for name in SEEN},
            "marks": {"picture": [*rings, {"box": box}], "response": [{"box": box}]},
            "limits": {"response": limit},
            "gradients": {"classes": 0, "limit": 1, "low": [-spread] * 2, "high": [spread] * 2,
                          "strong": True},
            "tables": {"matrix": {"said": f"Row {row}, column {col}: {kind}.", "rows": [
                ("M", ";  ".join(listed(row, two) for row in ((a, b), (b, c)))),
                ("λ₁, λ₂", f"{number(large)}, {number(small)}"),
                ("det M = λ₁ λ₂", number(a * c - b * b)),
                ("trace M = λ₁ + λ₂", number(trace)),
                (f"R = det − {written(s['k'], '.3f')} trace²", number(value)),
            ], "good": value > 0}},
            "titles": {
                "picture": f"{counted(len(corners), 'corner')}; the box is the window",
                "response": "R above 0: corners; below: edges",
                "gradients": "every dot a pixel of the window",
            },
            "say": f"{len(corners)} corners.",
        }  # fmt: skip
        return frame

    def evidence(self) -> tuple:
        """Return settings, the two eigenvalues at the chosen pixel, and how many corners."""
        m, _, corners = self.measure()
        values = eigenvalues(m[:, self.at[0], self.at[1], None, None])
        return self.settings, values[0].item(), max(0.0, values[1].item()), len(corners)

    def script(self) -> str:
        """Return the script for these corners, and scikit-image's response beside them."""
        row, col = self.at
        body = BODY.format(**self.settings, row=row, col=col, border=BORDER, most=MOST)
        return assemble("Corners of Harris and Stephens", self.settings, self.side,
                        self.pad.picture, (blur, gradient, harris), body)  # fmt: skip


def gradients(right: Tensor, down: Tensor, at: tuple[int, int], sigma: float) -> Tensor:
    """Return the gradients of a pixel's window: (2, N)."""
    reach = math.ceil(REACH * sigma)
    height, width = right.shape[-2:]
    rows = torch.arange(max(0, at[0] - reach), min(height, at[0] + reach + 1))
    cols = torch.arange(max(0, at[1] - reach), min(width, at[1] + reach + 1))
    return torch.stack([g[0, 0][rows][:, cols].flatten() for g in (right, down)]).float()


def verdict(large: float, small: float, value: float) -> str:
    """Return what the two eigenvalues say of a pixel, in words."""
    if large < 0.02:
        return "flat, both eigenvalues are small"
    if value > 0:
        return "a corner, both are large"
    return "an edge, one is large"
