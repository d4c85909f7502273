"""Segmentation, opened up: strides and skips, the pointed pixel, upsampling, the sliding head."""

from itertools import pairwise

import torch
from torch import Tensor

from labs.data.doodles import CLASSES
from labs.live import Frame
from labs.models.scene import STRIDES, Scene, enlarge, strongest
from labs.numerals import written
from labs.vision.scenes import challenges
from labs.vision.scenes import controls as c
from labs.vision.scenes.canvas import OnScene, add_pad, listed
from labs.vision.scenes.colours import painted
from labs.vision.scenes.sliding import DIGITS, PACE, WINDOW, convolutional, dense, strip
from labs.vision.scenes.upsampling import bilinear, coverage, transposed

SHOWN = 5  # classes of the pointed pixel
SMALL = torch.tensor([[0.0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0], [1, 1, 1, 1]])
NAMES = ("background", *CLASSES)


class Pixels(OnScene):
    """How coarse scores become a class for each pixel."""

    name = "scenes.pixels"
    controls = (c.SKIPS, c.KERNEL, c.STRIDE, c.FILLING, c.SLIDE)
    challenges = challenges.PIXELS
    on = {("x", "*"): "draw", **{(f"s{stride}", "click"): "point" for stride in STRIDES}}
    quick = True

    def ended(self, which: int) -> Tensor:
        """Return the classes of all pixels (192, 256) where the sum ends at a stride, by number."""
        return strongest(enlarge(self.answer.terms[which], STRIDES[which])[0], 0)

    def sums(self) -> list[Tensor]:
        """Return them for every stride, the largest first."""
        return [self.ended(which) for which in range(len(STRIDES))]

    def kernel(self) -> Tensor:
        """Return the weights of the transposed convolution."""
        k = int(self.settings["kernel"])
        if self.settings["filling"] == "bilinear":
            return bilinear(k)
        if self.settings["filling"] == "random":
            return torch.rand(k, k, generator=torch.Generator().manual_seed(k))
        return torch.ones(k, k)

    def show(self) -> Frame:
        """Return the scene at four strides, and what the cards in sight need."""
        frame = Frame(notes={"titles": {}, "grids": {}, "photos": []})
        ends = STRIDES.index(int(str(self.settings["skips"])))
        add_pad(frame, self, self.found(), painted(self.ended(ends)))
        frame.notes["say"] = listed(self.found())
        if self.sees("strides"):
            self._show_strides(frame)
        if self.sees("transposed"):
            show_transposed(frame, self.kernel(), int(self.settings["stride"]))
        if self.sees("slide"):
            show_slide(frame, int(self.settings["slide"]))
        return frame

    def _show_strides(self, frame: Frame) -> None:
        sums = self.sums()
        ink, (row, col) = self.pad.x[0, 0], self.at
        for said, stride in zip(sums, STRIDES, strict=True):
            name = f"s{stride}"
            frame.images[name] = painted(said, ink)
            frame.notes["photos"].append(name)
            frame.notes["grids"][name] = list(self.cells)
            share = float((said == sums[-1]).float().mean())
            frame.notes["titles"][name] = f"as at stride 4: {written(100 * share, '.1f')} %"
            frame.notes["marks"][name] = [{"box": [row, col, row + 1, col + 1]}]
        show_pixel(frame, self.answer, *self.pointed)


def contributions(answer: Scene, row: int, col: int) -> Tensor:
    """Return what each stride adds to the scores of a pixel, (4, classes + 1); their sum is the
    pixel's scores.
    """
    sums = [enlarge(t, s)[0, :, row, col] for t, s in zip(answer.terms, STRIDES, strict=True)]
    return torch.stack([sums[0], *(b - a for a, b in pairwise(sums))])


def show_pixel(frame: Frame, answer: Scene, row: int, col: int) -> None:
    """Add the scores of one pixel, stride by stride."""
    parts = contributions(answer, row, col)
    scores = parts.sum(0)
    shares = scores.softmax(0)
    order = scores.argsort(descending=True)[:SHOWN].tolist()
    rows = [
        [NAMES[k], *(written(p, "+.2f") for p in parts[:, k]), written(scores[k], ".2f"),
         f"{written(100 * shares[k], '.1f')} %"]
        for k in order
    ]  # fmt: skip
    frame.notes["pixel"] = {
        "title": f"The pixel in row {row}, column {col}",
        "head": ["class", "stride 32", "+ 16", "+ 8", "+ 4", "= score", "softmax"],
        "rows": rows,
    }


def show_transposed(frame: Frame, weight: Tensor, stride: int) -> None:
    """Add a transposed convolution of a small map, and how often each result is covered."""
    out, k = transposed(SMALL, weight, stride), len(weight)
    cover = coverage(*SMALL.shape, k, stride)
    frame.values |= {"small": SMALL, "weight": weight, "large": out, "cover": cover}
    inner = cover[k : -k or None, k : -k or None] if min(cover.shape) > 2 * k else cover
    low, high = int(inner.min()), int(inner.max())
    word = "an even cover" if low == high else "a checkerboard"
    sums = f"{low}" if low == high else f"{low} to {high}"
    frame.notes["titles"] |= {
        "large": f"{len(out)} × {len(out)} = (4 − 1) · {stride} + {k}",
        "cover": f"inside, {sums} to a value: {word}",
    }


def show_slide(frame: Frame, left: int) -> None:
    """Add the sliding head on a strip of digits, and the dense head on one window of it."""
    x = strip()
    with torch.no_grad():
        scores = convolutional(x)[0, :, 0]  # (10, places)
        place = round(left / PACE)
        window = x[..., PACE * place : PACE * place + WINDOW]
        logits = dense(window)[0]
    frame.maps["strip"] = x[0]
    frame.notes["marks"]["strip"] = [
        {"unit": 0, "box": [0, PACE * place, WINDOW, PACE * place + WINDOW]}
    ]
    frame.maps["scores"] = scores.softmax(0)[None]
    frame.notes["marks"]["scores"] = [{"unit": 0, "box": [0, place, 10, place + 1]}]
    frame.notes.setdefault("limits", {})["scores"] = 1.0
    frame.maps["window"] = window[0]
    frame.values["dense"] = logits
    frame.values["slid"] = scores[:, place]
    apart = float((logits - scores[:, place]).abs().max())
    frame.notes["titles"] |= {
        "strip": f"{', '.join(map(str, DIGITS))}; the window begins at {PACE * place}",
        "dense": f"largest difference {written(apart, '.1e')}",
    }
