"""HOG: the cells over the picture, the histogram of one, and the picture made again from all."""

from collections.abc import Mapping
from itertools import product as pairs

import torch

from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.checks import whole
from labs.live.controls import Knob
from labs.numerals import written
from labs.pictures import blur, jpeg
from labs.vision.features.export import assemble
from labs.vision.features.gradients import hog
from labs.vision.features.gradients.hog import cells, differences, glyphs
from labs.vision.features.gradients.inverse import Inverse
from labs.vision.features.source import SOURCE, OnePicture

DIRECTIONS = 9
NAMES = tuple(f"{180 * (k + 0.5) / DIRECTIONS:.0f}°" for k in range(DIRECTIONS))
MOST = 300  # steps of the reconstruction
STAR = 16  # pixels of a cell's star
BODY = """histograms = cells(x, {cell}, {directions})
peer = skimage.feature.hog(x[0, 0].numpy(), {directions}, ({cell}, {cell}), (2, 2))
print("cell ({row}, {col}):", [round(v, 4) for v in histograms[0, :, {row}, {col}].tolist()])
mine = hog(x, {cell}, {directions})[0]
print("numbers:", len(mine))
print("farthest from scikit-image:", float((mine - torch.from_numpy(peer)).abs().max()))
"""
CHALLENGES = (
    Challenge(
        "again", "Let the picture be made again from fewer than 4,000 numbers, to a loss below "
        "0.05.",
        "Large cells are few numbers; let it play.",
        lambda s, numbers, losses: numbers < 4000 and len(losses) > 20 and losses[-1] < 0.05,
    ),
)  # fmt: skip


class Histograms(OnePicture):
    """A picture, its histograms, and another picture on its way to the same histograms."""

    name = "features.hog"
    controls = (
        SOURCE,
        Knob("cell", "cell", 4, 32, 8, unit=" px", whole=True),
    )
    challenges = CHALLENGES
    side = 128
    slow = True
    on = OnePicture.on | dict.fromkeys(
        pairs(("picture", "stars"), ("hover", "click")), "point"
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.at = (34, 92)  # the pixel whose cell is shown
        self._made: tuple = ()

    @property
    def inverse(self) -> Inverse:
        """The reconstruction of the histograms as they are now."""
        s, x = self.settings, self.grey
        state = s["cell"], DIRECTIONS
        if not self._made or self._made[0] is not x or self._made[1] != state:
            self._made = x, state, Inverse(x.float(), *state), cells(x, *state)[0]
            self.sent.clear()
        return self._made[2]

    @property
    def steps(self) -> int:
        """Steps of the reconstruction."""
        return len(self.inverse.losses)

    def step(self) -> bool:
        """Bring the other picture one step nearer."""
        going = self.steps < MOST and bool(self.inverse.size)
        if going:
            self.inverse.step()
        return going and self.steps < MOST

    def show(self) -> Frame:
        """Return the picture with its cells, the stars, one histogram, and the reconstruction."""
        inverse = self.inverse
        histograms, frame = self._made[3], Frame()
        s, (_, rows, cols) = self.settings, histograms.shape
        cell = s["cell"]
        row, col = (min(at // cell, n - 1) for at, n in zip(self.at, (rows, cols), strict=True))
        if "stars" not in self.sent:
            self.sent.add("stars")
            frame.images["picture"] = jpeg(self.colour)
            frame.maps["stars"] = glyphs(histograms, STAR).float()
        self.add_source(frame)
        histogram = histograms[:, row, col]
        frame.values["histogram"] = histogram.float() * cell**2
        frame.maps["again"] = inverse.picture[0]
        losses = torch.tensor([range(len(inverse.losses)), inverse.losses])
        frame.values["losses"] = losses
        numbers = inverse.goal.numel()
        loss = f"loss {written(inverse.losses[-1])}" if inverse.losses else "loss not begun"
        if not inverse.size:
            loss = "all are 0: nothing to make again"
        box = {"box": [row * cell, col * cell, (row + 1) * cell, (col + 1) * cell]}
        star = {"box": [row * STAR, col * STAR, (row + 1) * STAR, (col + 1) * STAR]}
        grid = [{"line": [k * cell, 0, k * cell, cols * cell], "ink": "dim"} for k in
                range(rows + 1)]  # fmt: skip
        grid += [{"line": [0, k * cell, rows * cell, k * cell], "ink": "dim"} for k in
                 range(cols + 1)]  # fmt: skip
        right, down = (g[0, row * cell : (row + 1) * cell, col * cell : (col + 1) * cell]
                       for g in differences(self.grey))  # fmt: skip
        total = (right.square() + down.square()).sqrt().sum().item()
        frame.notes |= {
            "photos": ["picture"],
            "grids": {"picture": [self.side] * 2, "stars": [STAR * rows, STAR * cols],
                      "again": [self.side] * 2},
            "marks": {"picture": [*grid, box], "stars": [star]},
            "colors": {"stars": "unsigned", "again": "ink"},
            "limits": {"again": 1.0},
            "titles": {
                "picture": f"{rows} × {cols} cells of {cell} × {cell} pixels",
                "stars": "strokes lie along the edges",
                "histogram": f"votes of {cell * cell} pixels, Σ|∇| = {written(total, '.2f')}",
                "again": f"from {numbers:,} numbers; {loss}",
            },
            "say": f"{numbers} numbers.",
        }  # fmt: skip
        return frame

    def point(self, event: Mapping) -> None:
        """Choose the cell under the pointer."""
        row, col = (whole(event.get(k), 0, 1 << 12, f"A pointer's {k}") for k in ("row", "col"))
        if event["panel"] == "stars":
            row, col = (v // STAR * self.settings["cell"] for v in (row, col))
        self.at = min(row, self.side - 1), min(col, self.side - 1)

    def evidence(self) -> tuple:
        """Return settings, how many numbers there are, and the losses so far."""
        return self.settings, self.inverse.goal.numel(), self.inverse.losses

    def script(self) -> str:
        """Return the script for these histograms, and scikit-image's beside them."""
        s = self.settings
        rows = self.side // s["cell"]
        row, col = (min(at // s["cell"], rows - 1) for at in self.at)
        body = BODY.format(**s, directions=DIRECTIONS, row=row, col=col)
        return assemble("Histograms of oriented gradients", s, self.side, self.pad.picture,
                        (blur, hog), body)  # fmt: skip
