"""A track: a closed line in metres, smoothed and widened to a road.

Every place of the world belongs to the nearest point of the centre line, which a raster of cells of
half a metre remembers.  Distance along the road, offset from its middle, and whether a place is on
it, are then one look-up and one projection, for any number of cars at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from labs import urlsafe

WIDTH, HEIGHT = 100.0, 66.0  # metres of the world
HALF = 4.5  # metres from the middle of the road to its edge
CELL, FINE = 0.5, 0.25  # metres of the raster, and of the one that rays are followed on
SHORT = 0.1  # metres of a ray's shortest step
POINTS = 400  # of the centre line
SHORTEST, LONGEST = 110.0, 600.0  # metres of a lap
KNOTS = 80  # points by which an address holds a track
SMOOTHING = (2.0, 3.0, 4.5, 6.5, 9.0)  # metres: the first that makes a road is taken
VERGE = 1.0  # metres between two stretches of road, and to the world's edge


@dataclass(frozen=True)
class Track:
    """A road.  Lengths in metres, x to the right and y up; the lap runs along `line`."""

    knots: tuple[tuple[int, int], ...]  # as an address holds them, in thousandths of the width
    line: Tensor  # (POINTS, 2) the middle of the road
    along: Tensor  # (POINTS, 2) unit vectors in driving direction
    across: Tensor  # (POINTS, 2) unit vectors to the left
    near: Tensor  # (rows, columns) of cells: the nearest point of the line, row 0 at y = 0
    steps: Tensor  # (rows, columns) of cells of FINE metres: how far a ray goes on from there
    length: float  # of a lap

    @property
    def spacing(self) -> float:
        """Metres between two points of the line."""
        return self.length / len(self.line)

    def cell(self, xy: Tensor) -> tuple[Tensor, Tensor]:
        """Return row and column of places (..., 2); those outside get the nearest cell."""
        rows, columns = self.near.shape
        at = (xy / CELL).long()
        return at[..., 1].clamp(0, rows - 1), at[..., 0].clamp(0, columns - 1)

    def held(self, xy: Tensor) -> Tensor:
        """Return places (..., 2), those outside the world moved to its edge."""
        return torch.minimum(xy.clamp_min(0), xy.new_tensor([WIDTH - 0.01, HEIGHT - 0.01]))

    def locate(self, xy: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return of places (..., 2) the nearest point of the line, the metres along the lap in
        [0, length), and the metres to the left of the middle.
        """
        index = self.near[self.cell(xy)]
        away = xy - self.line[index]
        position = index * self.spacing + (away * self.along[index]).sum(-1)
        return index, position % self.length, (away * self.across[index]).sum(-1)

    def clear(self, xy: Tensor) -> Tensor:
        """Return the metres from places (..., 2) to the edge of the road, negative beyond it."""
        return HALF - self.locate(xy)[2].abs()

    def to_link(self) -> str:
        """Return the knots as text for an address."""
        return urlsafe.to_text(b"".join(v.to_bytes(2, "little") for k in self.knots for v in k))


def from_link(text: str) -> Track:
    """Return the track of an address.  Raises ValueError in one sentence."""
    try:
        data = urlsafe.from_text(text[: 6 * KNOTS])
    except ValueError:
        data = b""
    if len(data) != 4 * KNOTS:
        raise ValueError("The track in the link is damaged, so the default one is used.")
    flat = [int.from_bytes(data[i : i + 2], "little") for i in range(0, len(data), 2)]
    return track(tuple(zip(flat[::2], flat[1::2], strict=True)))


def drawn(points: Sequence[Sequence[float]]) -> Track:
    """Return the track along a line drawn by hand, points (x, y) in metres.

    Raises ValueError in one sentence for what cannot be a track.
    """
    line = torch.tensor(points, dtype=torch.float64).reshape(-1, 2)
    steps = line.diff(dim=0).norm(dim=1)
    if len(line) < 8 or steps.sum() < SHORTEST / 2:
        raise ValueError("Draw one long line, once around: this is too short for a track.")
    gap = (line[0] - line[-1]).norm()
    if gap > 0.35 * steps.sum():
        raise ValueError("A track comes back to where it began; this line ends far from there.")
    knots = spaced(line, KNOTS) / WIDTH * 1000
    return track(tuple((round(x), round(y)) for x, y in knots.tolist()))


def track(knots: tuple[tuple[int, int], ...]) -> Track:
    """Return the track through knots, in thousandths of the world's width, closed.

    The line is smoothed no more than a road needs.  Raises ValueError in one sentence.
    """
    rough = spaced(torch.tensor(knots, dtype=torch.float64) * WIDTH / 1000, POINTS)
    fault = ""
    for metres in SMOOTHING:
        line = spaced(smoothed(rough, metres), POINTS)
        fault = unfit(line)
        if not fault:
            return widened(knots, line)
    raise ValueError(fault)


def widened(knots: tuple[tuple[int, int], ...], line: Tensor) -> Track:
    """Return a track of a smooth closed line (POINTS, 2)."""
    length = perimeter(line)
    along = torch.nn.functional.normalize(line.roll(-1, 0) - line.roll(1, 0), dim=1)
    across = torch.stack([-along[:, 1], along[:, 0]], 1)
    centres = places(CELL)
    near = torch.cdist(centres.flatten(0, 1), line.float()).argmin(1).reshape(centres.shape[:2])
    made = Track(knots, line.float(), along.float(), across.float(), near, near, length)
    clear = made.clear(places(FINE))
    return replace(made, steps=torch.where(clear > 0, clear.clamp_min(SHORT), 0.0))


def places(cell: float) -> Tensor:
    """Return the middles of the world's cells of so many metres: (rows, columns, 2), row 0 at
    y = 0.
    """
    y, x = (torch.arange(0, end, cell) + cell / 2 for end in (HEIGHT, WIDTH))
    return torch.stack(torch.meshgrid(x, y, indexing="xy"), 2)


def perimeter(line: Tensor) -> float:
    """Return the length of a closed line (N, 2)."""
    return (line.roll(-1, 0) - line).norm(dim=1).sum().item()


def spaced(line: Tensor, count: int) -> Tensor:
    """Return `count` points at equal steps along a line (N, 2) that is closed by a straight one."""
    closed = torch.cat([line, line[:1]])
    steps = closed.diff(dim=0).norm(dim=1)
    kept = torch.cat([torch.ones(1, dtype=torch.bool), steps > 1e-9])
    closed, reached = closed[kept], torch.cat([steps.new_zeros(1), steps[steps > 1e-9].cumsum(0)])
    if len(closed) < 3:
        raise ValueError("Draw one long line, once around: this is too short for a track.")
    wanted = torch.arange(count, dtype=line.dtype) * (reached[-1] / count)
    after = torch.searchsorted(reached, wanted, right=True).clamp(1, len(closed) - 1)
    share = (wanted - reached[after - 1]) / (reached[after] - reached[after - 1])
    return torch.lerp(closed[after - 1], closed[after], share[:, None])


def smoothed(line: Tensor, metres: float) -> Tensor:
    """Return a closed line (N, 2) blurred along itself by a Gaussian of so many metres."""
    spacing = perimeter(line) / len(line)
    waves = torch.fft.rfftfreq(len(line), d=spacing, dtype=line.dtype)  # 1/m
    keep = torch.exp(-2 * (torch.pi * metres * waves) ** 2)
    return torch.fft.irfft(torch.fft.rfft(line, dim=0) * keep[:, None], n=len(line), dim=0)


def curvature(line: Tensor) -> Tensor:
    """Return one over the radius at each point of a closed line (N, 2), 1/m, left positive."""
    before, after = line - line.roll(1, 0), line.roll(-1, 0) - line
    turn = torch.atan2(
        before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0], (before * after).sum(1)
    )
    return turn / after.norm(dim=1).clamp_min(1e-9)


def unfit(line: Tensor) -> str:
    """Return in one sentence why a closed line (N, 2) cannot be the middle of a road, or ""."""
    length, count = perimeter(line), len(line)
    if not SHORTEST <= length <= LONGEST:
        return (f"A lap is {length:.0f} m long; a track has between {SHORTEST:.0f} and "
                f"{LONGEST:.0f} m.")  # fmt: skip
    margin = HALF + VERGE
    inside = (line > margin) & (line < torch.tensor([WIDTH, HEIGHT], dtype=line.dtype) - margin)
    if not inside.all():
        return f"The road is {2 * HALF:.0f} m wide: keep the line further from the edge."
    apart = torch.cdist(line, line)
    step = (torch.arange(count)[:, None] - torch.arange(count)).abs()
    far = torch.minimum(step, count - step) * (length / count) > torch.pi * HALF + VERGE
    if (apart[far] < 2 * HALF + VERGE).any():
        return "The road crosses itself, or nearly: keep its parts a road's width apart."
    if curvature(line).abs().max() > 1 / (HALF + VERGE):
        return "A bend is too sharp for a road of this width: draw it rounder."
    return ""
