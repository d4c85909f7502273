"""One dimension: a signal, a few taps, the sliding window, and the matrix that it is."""

import math
from collections.abc import Mapping
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.vision.convolution.arithmetic import explain, number_text
from labs.vision.convolution.convolve import convolve

LONG = 48  # numbers of the signal that is long enough to be drawn
CELLS = 16  # numbers up to which each has a cell


def long_signal() -> tuple[float, ...]:
    """Return a wave with a step in it, and a little noise."""
    noise = torch.randn(LONG, generator=torch.Generator().manual_seed(3))
    at = torch.arange(LONG)
    clean = 0.5 * torch.sin(2 * math.pi * at / 32) + 0.8 * (at >= 30)
    return tuple((clean + 0.12 * noise).tolist())


SIGNALS: Mapping[str, tuple[float, ...]] = {
    "lecture": (1, 1, 1, 0, 0),
    "step": (0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0),
    "impulse": (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    "ramp": (0, 0.2, 0.4, 0.6, 0.8, 1, 1, 0.8, 0.6, 0.4, 0.2, 0),
    "noise": (0.3, -0.8, 0.5, 0.9, -0.4, 0.1, -0.7, 0.6, 0.2, -0.3, 0.8, -0.5),
    "long": long_signal(),
}
TAPS: Mapping[str, tuple[float, ...]] = {
    "lecture": (1, 0, 1),
    "difference": (-1, 1),
    "mean": (1 / 3, 1 / 3, 1 / 3),
    "wide": (1 / 7,) * 7,
    "binomial": (0.25, 0.5, 0.25),
    "delay": (1, 0, 0),
}
OPTIONS = {
    "signal": (*SIGNALS, "yours"),
    "taps": (*TAPS, "yours"),
    "flip": ("correlation", "convolution"),
}
LARGEST = 1e4
PADDINGS = (0, 3)
REACHES = (1.5, 3.0, 6.0, 12.0, 30.0, 100.0, 1e3, 1e4, 1e5)  # of the drawing's axis


def banded(w: Tensor, n: int, padding: int, *, flip: bool = False) -> Tensor:
    """Return the matrix (n + 2 padding - m + 1, n) that does to a signal what the taps w: (m,) do.

    Row i holds the taps from column i - padding on; what would fall outside is cut off.
    """
    m = len(w)
    w = w.flip(0) if flip else w
    matrix = torch.zeros(n + 2 * padding - m + 1, n + 2 * padding)
    for i in range(len(matrix)):
        matrix[i, i : i + m] = w
    return matrix[:, padding : padding + n].contiguous()


def counts(n: int, m: int) -> tuple[int, int, int]:
    """Return the weights of n inputs to n units: fully connected, local with m neighbours (fewer
    at the two ends), and shared.
    """
    local = sum(min(n, i + m // 2 + 1) - max(0, i - (m - 1) // 2) for i in range(n))
    return n * n, local, m


class Signal:
    """A signal under a sliding filter; a step moves the window by one place."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "signal": "lecture", "taps": "lecture", "flip": "correlation", "padding": 0,
        }  # fmt: skip
        self.x = torch.tensor(SIGNALS["lecture"])
        self.w = torch.tensor(TAPS["lecture"])
        self.at = 0  # the place of the window
        generator = torch.Generator().manual_seed(0)
        self.random = torch.randn(LONG, LONG, generator=generator)  # of the nets that share nothing

    def receive(self, event: Mapping) -> None:
        """Take in an edited number, a clicked place or a setting.  Raises ValueError."""
        kind, panel, name = event.get("kind"), event.get("panel"), event.get("setting")
        value = event.get("value")
        if kind == "edit" and panel in ("x1", "w1"):
            self._edit(str(panel), event)
        elif kind == "stroke" and panel == "pen":
            self._draw(event.get("points"))
        elif name == "padding":
            self.settings["padding"] = rounded(value, *PADDINGS, "The padding")
        elif isinstance(name, str) and name in OPTIONS:
            self.settings[name] = option(value, OPTIONS[name], name)
            if name == "signal" and value != "yours":
                self.x = torch.tensor(SIGNALS[str(value)])
            if name == "taps" and value != "yours":
                self.w = torch.tensor(TAPS[str(value)])
        elif name == "along":
            self.step()
        elif name != "visible":
            raise ValueError(f"The signal has no setting {shown(name)}.")
        self.at = min(self.at, len(self.y) - 1)

    def _edit(self, panel: str, event: Mapping) -> None:
        numbers = self.x if panel == "x1" else self.w
        index = whole(event.get("index"), 0, len(numbers) - 1, "A cell")
        numbers = numbers.clone()
        numbers[index] = number(event.get("value"), -LARGEST, LARGEST, "A number")
        if panel == "x1":
            self.x, self.settings["signal"] = numbers, "yours"
        else:
            self.w, self.settings["taps"] = numbers, "yours"

    def _draw(self, points: object) -> None:
        """Lay the signal along a stroke of the pen: a list of [place, value]."""
        if not isinstance(points, list) or not 1 <= len(points) <= 500:
            raise ValueError("A stroke is a list of up to 500 points.")
        path, last = [], len(self.x) - 1
        for point in points:
            if not isinstance(point, list) or len(point) != 2:
                raise ValueError("A point of a stroke is two numbers.")
            path.append(
                (number(point[0], 0, last, "A place"), number(point[1], -LARGEST, LARGEST, "It"))
            )
        self.x = self.x.clone()
        for (xa, ya), (xb, yb) in pairwise([path[0], *path]):
            a, b = round(xa), round(xb)
            for i in range(min(a, b), max(a, b) + 1):
                self.x[i] = yb if a == b else ya + (yb - ya) * (i - a) / (b - a)
        self.settings["signal"] = "yours"

    @property
    def flip(self) -> bool:
        """Whether the taps are turned round: convolution, not cross-correlation."""
        return self.settings["flip"] == "convolution"

    @property
    def y(self) -> Tensor:
        """The output: (n + 2 padding - m + 1,)."""
        padding = int(self.settings["padding"])
        return convolve(self.x[None, None], self.w[None, None], padding=padding, flip=self.flip)[
            0, 0
        ]

    def step(self) -> bool:
        """Move the window by one place, round and round."""
        self.at = (self.at + 1) % len(self.y)
        return True

    def frame(self) -> Frame:
        """Return the rows of numbers, the window's sum, and the three matrices."""
        y, n, m = self.y, len(self.x), len(self.w)
        padding = int(self.settings["padding"])
        band = torch.tensor([[abs(i - j) <= m // 2 for j in range(n)] for i in range(n)])
        full = self.random[:n, :n]
        frame = Frame(
            maps={"full": full[None], "local": (full * band)[None],
                  "shared": banded(self.w, n, padding, flip=self.flip)[None]},
            values={"x1": self.x[None], "w1": self.w[None], "y1": y[None], "pen": self.drawn()},
            notes=self._notes(y),
        )  # fmt: skip
        taps = self.w.flip(0) if self.flip else self.w
        window = F.pad(self.x, (padding, padding))[self.at : self.at + m]
        explain(
            frame, "sum", window[None, None], taps[None, None], title=f"y[{self.at}]",
            text=f"The window on the signal, times the taps{' turned round' * self.flip}, summed.",
            total=f"y[{self.at}] = Σ x·w = {number_text(y[self.at].item())}",
        )  # fmt: skip
        return frame

    def drawn(self) -> Tensor:
        """Return places, signal, and output under the middle of its window: (3, n); NaN where the
        output has no place.
        """
        y, n = self.y, len(self.x)
        shift = (len(self.w) - 1) // 2 - int(self.settings["padding"])
        under = torch.full((n,), math.nan)
        for i, value in enumerate(y.tolist()):
            if 0 <= i + shift < n:
                under[i + shift] = value
        return torch.stack([torch.arange(n).float(), self.x, under])

    def _notes(self, y: Tensor) -> dict:
        n, m, padding = len(self.x), len(self.w), int(self.settings["padding"])
        first = self.at - padding
        seen = [max(0, first), min(n, first + m)]
        largest = max(self.x.abs().max().item(), y.abs().max().item())
        reach = next((r for r in REACHES if r >= largest), REACHES[-1])
        every, local, shared = counts(n, m)
        return {
            "settings": self.settings,
            "apart": ["full", "local", "shared"],
            "away": ["x1", "y1"] if n > CELLS else [],
            "ranges": {"pen": [-reach, reach]},
            "bands": {"pen": [max(0, seen[0] - 0.5), min(n - 1, seen[1] - 0.5)]},
            "boxes": {"x1": [[0, seen[0], 1, seen[1]]], "y1": [[0, self.at, 1, self.at + 1]]},
            "marks": {"shared": [{"unit": 0, "box": [self.at, 0, self.at + 1, n]}]},
            "titles": {
                "x1": f"{n} numbers", "w1": f"{m} taps", "y1": f"{len(y)} numbers",
                "pen": f"{n} numbers in, {len(y)} out; the band is the window",
                "full": f"n² = {every:,} weights",
                "local": f"{local:,} weights" + (" (3n − 2)" if m == 3 else ""),
                "shared": f"m = {shared} weights",
            },
            "say": f"The output at place {self.at} is {number_text(y[self.at].item())}.",
        }  # fmt: skip
