"""Scenes: one to eight doodles on a canvas, the class of each pixel and the box of each doodle.

Every doodle is scaled, turned, mirrored and sheared by chance; they may overlap, and scribbles lie
among them that belong to nothing.  `Maker(doodles)(generator)` returns one scene.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from labs.data.doodles import CLASSES, RIM, SIDE, Doodles, silhouette

WIDTH, HEIGHT = 256, 192
SHARP = 2  # the ink is drawn so many times larger, and then reduced
SIZES = (32.0, 150.0)  # of a doodle's longer side, in pixels
PENS = (1.5, 6.5)  # widths of a pen, in pixels
MOST = 8  # doodles in a scene
HARD = 0.4  # of the scenes have hard edges, as a pad draws them
COVERED = 0.3  # of the smaller of two boxes, at most, that the other covers


@dataclass(frozen=True)
class LabelledScene:
    """ink: (192, 256) uint8, 255 is full.  pixels: (192, 256) uint8, 0 where nothing is, c + 1 on
    a doodle of class c; the later doodle lies on top.  boxes: (K, 4) as x0, y0, x1, y1 in pixels.
    labels: (K,).
    """

    ink: np.ndarray
    pixels: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray

    def tensors(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return x (1, 1, 192, 256) in [0, 1], pixels (192, 256), boxes (K, 4), labels (K,)."""
        x = torch.from_numpy(self.ink)[None, None].float() / 255
        rest = (self.pixels.astype(np.int64), self.boxes.astype(np.float32), self.labels)
        return x, *(torch.from_numpy(a) for a in rest)  # type: ignore[return-value]


Line = tuple[np.ndarray, float]  # points (n, 2) in pixels, and the width of the pen in pixels


def render(lines: Sequence[Line]) -> Image.Image:
    """Return the ink of lines, grey, WIDTH x HEIGHT, smooth at its edges."""
    image = Image.new("L", (WIDTH * SHARP, HEIGHT * SHARP))
    pen = ImageDraw.Draw(image)
    for points, width in lines:
        draw_line(pen, points, width)
    return image.reduce(SHARP)


def draw_line(pen: ImageDraw.ImageDraw, points: np.ndarray, width: float, ink: int = 255) -> None:
    """Draw one line, points (n, 2) in pixels of the reduced picture, with round ends."""
    path, thick = points * SHARP, max(1, round(width * SHARP))
    if len(path) > 1:
        pen.line(path.ravel().tolist(), fill=ink, width=thick)
    radius = thick / 2 - 0.5
    if radius > 1:
        for x, y in path if thick > 6 else path[[0, -1]]:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)


def smooth(points: np.ndarray) -> np.ndarray:
    """Return a line with its corners cut (Chaikin): (2 n, 2) points from (n, 2)."""
    if len(points) < 3:
        return points
    a, b = points[:-1], points[1:]
    cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], 1).reshape(-1, 2)
    return np.concatenate([points[:1], cut[1:-1], points[-1:]])


class Maker:
    """Makes scenes of `doodles`; with `classes`, of these indices only."""

    def __init__(self, doodles: Doodles, classes: Sequence[int] | None = None) -> None:
        self.doodles = doodles
        chosen = range(len(CLASSES)) if classes is None else classes
        self._of = [np.flatnonzero(doodles.labels == c) for c in chosen]
        self._silhouettes: dict[int, Image.Image] = {}

    def __call__(self, generator: torch.Generator, count: int | None = None) -> LabelledScene:
        """Return one scene, of `count` doodles where they find room, of 1 to MOST otherwise."""
        seed = int(torch.randint(2**62, (1,), generator=generator))
        rng = np.random.default_rng(seed)
        if count is None:
            count = 1 + int(rng.integers(MOST))
        pen = math.exp(rng.uniform(*np.log(PENS)))
        lines: list[Line] = []
        pixels = Image.new("L", (WIDTH, HEIGHT))
        boxes: list[np.ndarray] = []
        labels: list[int] = []
        for _ in range(count):
            self._place(rng, pen, lines, pixels, boxes, labels)
        for _ in range(int(rng.integers(4))):
            lines.append((_scribble(rng), pen))
        rng.shuffle(lines)  # type: ignore[arg-type]
        ink = np.array(render(lines))
        if rng.random() < HARD:
            ink = np.where(ink > 127, np.uint8(255), np.uint8(0))
        return LabelledScene(
            ink, np.array(pixels), np.array(boxes).reshape(-1, 4), np.array(labels, np.int64)
        )

    def silhouette(self, index: int) -> Image.Image:
        """Return what a doodle covers, as a picture that is made once."""
        if index not in self._silhouettes:
            self._silhouettes[index] = Image.fromarray(silhouette(self.doodles.strokes(index)))
        return self._silhouettes[index]

    def _place(self, rng, pen, lines, pixels, boxes, labels) -> None:
        index = int(rng.choice(self._of[rng.integers(len(self._of))]))
        strokes = self.doodles.strokes(index)
        points = np.concatenate(strokes)
        for _ in range(10):
            size = math.exp(rng.uniform(*np.log(SIZES)))
            M = size * _transform(rng)
            width = min(pen * math.exp(rng.normal(0, 0.1)), max(1.2, size / 14))
            moved = points @ M.T
            low, high = moved.min(0) - width / 2, moved.max(0) + width / 2
            room = np.array([WIDTH, HEIGHT]) - (high - low)
            if (room <= 0).any():
                continue
            shift = rng.uniform(0, 1, 2) * room - low
            box = np.concatenate([low + shift, high + shift])
            if all(_covered(box, other) <= COVERED for other in boxes):
                break
        else:
            return
        if rng.random() < 0.5:
            moved = moved + rng.normal(0, 0.01 * size, moved.shape)
        moved = moved + shift
        label, times = int(self.doodles.labels[index]), int(rng.integers(3))
        x0, y0 = (math.floor(v) for v in box[:2])
        cut = (math.ceil(box[2]) - x0, math.ceil(box[3]) - y0)
        mask = _moved(self.silhouette(index), M, shift - (x0, y0), cut)
        pixels.paste(label + 1, (x0, y0), mask)
        over = ImageDraw.Draw(pixels)
        for stroke in np.split(moved, np.cumsum([len(s) for s in strokes])[:-1]):
            for _ in range(times):
                stroke = smooth(stroke)
            lines.append((stroke, width))
            draw_line(over, stroke / SHARP, width / SHARP, label + 1)
        boxes.append(box)
        labels.append(label)


def _transform(rng: np.random.Generator) -> np.ndarray:
    """Return a matrix (2, 2) that turns, mirrors, stretches and shears a little."""
    turn = rng.normal(0, 0.17) if rng.random() < 0.85 else rng.uniform(-0.8, 0.8)
    c, s = math.cos(turn), math.sin(turn)
    stretch = math.exp(rng.normal(0, 0.1))
    mirror = 1 if rng.random() < 0.5 else -1
    shear = np.array([[1, rng.normal(0, 0.08)], [0, 1]])
    return np.array([[c, -s], [s, c]]) @ shear @ np.diag([mirror * stretch, 1 / stretch])


def _moved(picture: Image.Image, M: np.ndarray, shift: np.ndarray, size: tuple) -> Image.Image:
    """Return a silhouette moved by x -> M x + shift, as a mask of `size` = (width, height)."""
    back = np.linalg.inv(M) * SIDE
    start = RIM + SIDE / 2 - back @ shift
    data = (*back[0], start[0], *back[1], start[1])
    way = Image.Transform.AFFINE
    moved = picture.transform(size, way, data, Image.Resampling.BILINEAR)
    return moved.point(lambda v: 255 * (v > 127))


def _covered(a: np.ndarray, b: np.ndarray) -> float:
    """Return how much of the smaller of two boxes the other covers."""
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    if (sides <= 0).any():
        return 0.0
    return float(np.prod(sides) / min(np.prod(a[2:] - a[:2]), np.prod(b[2:] - b[:2])))


def _scribble(rng: np.random.Generator) -> np.ndarray:
    """Return a line that is nothing: straight, bent, zigzag or a spiral, (n, 2) in pixels."""
    t = np.linspace(0, 1, 24)[:, None]
    start = rng.uniform((0, 0), (WIDTH, HEIGHT))
    way = rng.normal(0, 30, 2)
    kind = rng.integers(4)
    across = np.array([-way[1], way[0]])
    if kind == 0:
        line = start + way * t
    elif kind == 1:
        line = start + way * t + across * rng.normal(0, 0.7) * t * (1 - t) * 4
    elif kind == 2:
        line = start + way * t + across * 0.4 * np.sign(np.sin(t * rng.uniform(10, 40)))
    else:
        angle = t * rng.uniform(4, 14)
        line = start + 12 * rng.uniform(0.3, 1.3) * (t + 0.1) * np.hstack(
            [np.cos(angle), np.sin(angle)]
        )
    return line.clip(0, (WIDTH - 1, HEIGHT - 1))
