"""Doodles as strokes: drawings of fifteen things by many hands, from Google's Quick, Draw! data.

Ha & Eck, "A neural representation of sketch drawings", https://arxiv.org/abs/1704.03477; the data:
https://github.com/googlecreativelab/quickdraw-dataset, CC BY 4.0.  Seven categories come as the
strokes that were drawn, eight as bitmaps of 28 x 28, whose lines are traced here.

`held_out()` is what ships with the lab: 75 drawings of each category that no net has seen.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import binary_fill_holes, maximum_filter, minimum_filter
from skimage.measure import approximate_polygon
from skimage.morphology import skeletonize

AS_STROKES = ("airplane", "bicycle", "camera", "cat", "eye", "guitar", "headphones")
AS_BITMAPS = ("apple", "car", "fish", "flower", "house", "sailboat", "tree", "umbrella")
CLASSES = tuple(sorted(AS_STROKES + AS_BITMAPS))
HELD_OUT = Path(__file__).with_name("doodles_held_out.npz")
KEPT = 75  # drawings of each category that are held out
MOST = 1800  # training drawings of a category
SIDE, RIM = 64, 8  # a silhouette's side, and the empty pixels around the drawing in it
FINE = 4  # how many times a bitmap is enlarged before its lines are traced


@dataclass(frozen=True)
class Doodles:
    """Drawings whose longer side is 1 and whose middle is (0, 0), x to the right and y down.

    points: (P, 2).  last: (P,) bool, true where a stroke ends.  offsets: (N + 1,), where each
    drawing begins.  labels: (N,), an index into CLASSES.
    """

    points: np.ndarray
    last: np.ndarray
    offsets: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def strokes(self, index: int) -> list[np.ndarray]:
        """Return the strokes of a drawing, (points, 2) each."""
        part = slice(self.offsets[index], self.offsets[index + 1])
        return np.split(self.points[part], np.flatnonzero(self.last[part])[:-1] + 1)


def pack(drawings: list[list[np.ndarray]], labels: list[int]) -> dict[str, np.ndarray]:
    """Return drawings of any size as arrays of small whole numbers, for a file."""
    points, last = [], []
    for strokes in drawings:
        joined = np.concatenate(strokes).astype(float)
        low = joined.min(0)
        points.append(np.round((joined - low) * 255 / max(np.ptp(joined, 0).max(), 1)))
        ends = np.zeros(len(joined), bool)
        ends[np.cumsum([len(s) for s in strokes]) - 1] = True
        last.append(ends)
    return {
        "points": np.concatenate(points).astype(np.uint8),
        "last": np.packbits(np.concatenate(last)),
        "lengths": np.array([len(p) for p in points], np.uint16),
        "labels": np.array(labels, np.uint8),
    }


def unpack(arrays: dict[str, np.ndarray]) -> Doodles:
    """Return the drawings that `pack` packed."""
    offsets = np.concatenate([[0], np.cumsum(arrays["lengths"], dtype=np.int64)])
    points = arrays["points"].astype(np.float32) / 255
    for start, end in pairwise(offsets):
        points[start:end] -= np.ptp(points[start:end], 0) / 2
    last = np.unpackbits(arrays["last"], count=len(points)).astype(bool)
    return Doodles(points, last, offsets, arrays["labels"].astype(np.int64))


@cache
def held_out() -> Doodles:
    """Return the drawings that no net of the zoo has seen, KEPT of each category."""
    with np.load(HELD_OUT) as file:
        return unpack(dict(file))


def quickdraw(folder: Path) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return training and held-out drawings, packed, from `quickdraw.npz` and its strokes.

    Of the strokes, those that Google's own net recognised; the last KEPT of each are held out, and
    of the bitmaps KEPT of the test set (all, where there are fewer).
    """
    train: tuple[list, list] = ([], [])
    test: tuple[list, list] = ([], [])

    def add(to: tuple[list, list], name: str, drawings: list[list[np.ndarray]]) -> None:
        good = [d for d in drawings if sum(len(s) for s in d) > 3]
        to[0].extend(good)
        to[1].extend([CLASSES.index(name)] * len(good))

    with np.load(folder / "quickdraw_strokes.npz") as file:
        points, offsets = file["points"], file["offsets"]
        names, labels, known = list(file["names"]), file["labels"], file["recognized"]
    for name in AS_STROKES:
        chosen = np.flatnonzero((labels == names.index(name)) & known)
        drawings = [_strokes(points[offsets[i] : offsets[i + 1]]) for i in chosen]
        add(train, name, drawings[:-KEPT])
        add(test, name, drawings[-KEPT:])
    with np.load(folder / "quickdraw.npz") as file:
        parts = [(file[f"x_{p}"], file[f"y_{p}"]) for p in ("train", "test")]
        names = list(file["names"])
    for name in AS_BITMAPS:
        for to, (x, y), most in zip((train, test), parts, (MOST, KEPT), strict=True):
            add(to, name, [trace(b) for b in x[y == names.index(name)][:most]])
    return pack(*train), pack(*test)


def _strokes(points: np.ndarray) -> list[np.ndarray]:
    """Return strokes from rows (x, y, 1 at a stroke's last point)."""
    return np.split(points[:, :2], np.flatnonzero(points[:, 2])[:-1] + 1)


def trace(bitmap: np.ndarray) -> list[np.ndarray]:
    """Return the lines of a drawing (H, W), white on black, as strokes in its pixels times FINE.

    The lines are thinned to one pixel; each walk follows one from its end, as straight as it can.
    """
    height, width = bitmap.shape
    large = Image.fromarray(bitmap).resize((width * FINE, height * FINE), Image.Resampling.BICUBIC)
    thin = skeletonize(np.pad(np.asarray(large) > 110, 1))
    left = {(int(y), int(x)) for y, x in np.argwhere(thin)}
    whole = frozenset(left)
    around = [(-1, 0), (0, -1), (0, 1), (1, 0), (-1, -1), (-1, 1), (1, -1), (1, 1)]

    def near(p: tuple[int, int], among: set | frozenset) -> list[tuple[int, int]]:
        return [q for dy, dx in around if (q := (p[0] + dy, p[1] + dx)) in among]

    ends = sorted(p for p in whole if len(near(p, whole)) == 1)
    strokes = []
    while left:
        start = next((p for p in ends if p in left), None) or min(left)
        before = [q for q in near(start, whole) if q not in left]
        walk = [before[0], start] if before else [start]  # begins on the line it branches from
        left.discard(start)
        while options := near(walk[-1], left):
            back = walk[max(0, len(walk) - 5)]
            ahead = (walk[-1][0] - back[0], walk[-1][1] - back[1])
            here = walk[-1]
            walk.append(
                max(
                    options, key=lambda q: (q[0] - here[0]) * ahead[0] + (q[1] - here[1]) * ahead[1]
                )
            )
            left.discard(walk[-1])
        joined = [q for q in near(walk[-1], whole) if q not in walk[-4:]]
        walk += joined[:1]  # ends on the line it runs into, or closes its loop
        if len(walk) > 4:
            line = approximate_polygon(np.array(walk, float), 0.9)
            strokes.append(line[:, ::-1])
    return strokes


def silhouette(strokes: list[np.ndarray]) -> np.ndarray:
    """Return what a drawing covers: (SIDE + 2 RIM) squared, 0 or 255, its longer side SIDE long.

    Its lines, with small gaps closed, and all that they enclose.
    """
    side = SIDE + 2 * RIM
    image = Image.new("L", (side, side))
    pen = ImageDraw.Draw(image)
    for stroke in strokes:
        pen.line(((stroke + 0.5) * SIDE + RIM).ravel().tolist(), fill=255, width=2)
    closed = minimum_filter(maximum_filter(np.asarray(image), 7), 7)
    return binary_fill_holes(closed > 0).astype(np.uint8) * 255
