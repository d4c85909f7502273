"""One dimension: a signal, a few taps, the sliding window, and the matrix that it is."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.vision.convolution.convolve import convolve

SIGNALS: Mapping[str, tuple[float, ...]] = {
    "lecture": (1, 1, 1, 0, 0),
    "step": (0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0),
    "impulse": (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    "ramp": (0, 0.2, 0.4, 0.6, 0.8, 1, 1, 0.8, 0.6, 0.4, 0.2, 0),
    "noise": (0.3, -0.8, 0.5, 0.9, -0.4, 0.1, -0.7, 0.6, 0.2, -0.3, 0.8, -0.5),
}
TAPS: Mapping[str, tuple[float, ...]] = {
    "lecture": (1, 0, 1),
    "difference": (-1, 1),
    "mean": (1 / 3, 1 / 3, 1 / 3),
    "binomial": (0.25, 0.5, 0.25),
    "delay": (1, 0, 0),
}
OPTIONS = {
    "signal": (*SIGNALS, "yours"),
    "taps": (*TAPS, "yours"),
    "flip": ("correlation", "convolution"),
}
LARGEST = 1e4


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
        self.random = torch.randn(32, 32, generator=generator)  # of the nets that share nothing

    def receive(self, event: Mapping) -> None:
        """Take in an edited number, a clicked place or a setting.  Raises ValueError."""
        kind, panel, name = event.get("kind"), event.get("panel"), event.get("setting")
        value = event.get("value")
        if kind == "edit" and panel in ("x1", "w1"):
            self._edit(str(panel), event)
        elif name == "padding":
            self.settings["padding"] = rounded(value, 0, 2, "The padding")
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
        padding, m, n = int(self.settings["padding"]), len(self.w), len(self.x)
        y = self.y
        taps = self.w.flip(0) if self.flip else self.w
        padded = torch.nn.functional.pad(self.x, (padding, padding))
        patch = padded[self.at : self.at + m]
        matrix = banded(self.w, n, padding, flip=self.flip)
        band = matrix.new_tensor([[abs(i - j) <= m // 2 for j in range(n)] for i in range(n)])
        full = self.random[:n, :n]
        total = f"{y[self.at]:.3f}".replace("-", "−")
        every, local, shared = counts(n, m)
        return Frame(
            maps={"full": full[None], "local": (full * band)[None], "shared": matrix[None]},
            values={
                "x1": self.x[None], "w1": self.w[None], "y1": y[None],
                "sum.patch": patch[None, None], "sum.kernel": taps[None, None],
                "sum.product": (patch * taps)[None, None],
            },
            notes={
                "settings": self.settings,
                "apart": ["full", "local", "shared"],
                "marks": {"shared": [{"unit": 0, "box": [self.at, 0, self.at + 1, n]}]},
                "sum": {
                    "form": "product", "title": f"y[{self.at}]",
                    "text": "The window on the signal, times the taps"
                    + (" turned round, summed." if self.flip else ", summed."),
                    "sum": f"y[{self.at}] = Σ x·w = {total}", "labels": [], "parts": ["window"],
                    "winner": 0, "ink": False,
                },
                "titles": {
                    "x1": f"{n} numbers", "w1": f"{m} taps", "y1": f"{len(y)} numbers",
                    "full": f"n² = {every} weights",
                    "local": f"{local} weights" + (" (3n − 2)" if m == 3 else ""),
                    "shared": f"m = {shared} weights",
                },
                "say": f"The output at place {self.at} is {total}.",
            },
        )  # fmt: skip
