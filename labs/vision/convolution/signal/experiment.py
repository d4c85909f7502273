"""The 1-D part of the lab: a signal under a sliding filter."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import shown
from labs.vision.convolution import kernels
from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.received import Rules, edited
from labs.vision.convolution.signal import pen, view
from labs.vision.convolution.signal.challenges import CHALLENGES
from labs.vision.convolution.signal.examples import LONG, SIGNALS, TAPS

RULES = Rules(
    options={
        "signal": (*SIGNALS, "yours"),
        "taps": (*TAPS, "yours"),
        "flip": ("correlation", "convolution"),
    },
    counts={"padding": (0, 3)},
)
MOST = 7  # taps


class Signal:
    """A signal under a sliding filter; a step moves the window by one place."""

    challenges = CHALLENGES

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "signal": "lecture", "taps": "lecture", "flip": "correlation", "padding": 0,
        }  # fmt: skip
        self.x = row(SIGNALS["lecture"])
        self.w = row(TAPS["lecture"])
        self.at = 0  # the place of the window
        self.met: set[str] = set()
        generator = torch.Generator().manual_seed(0)
        self.random = torch.randn(LONG, LONG, generator=generator)  # of the nets that share nothing

    def receive(self, event: Mapping) -> None:
        """Take in an edited number, a stroke of the pen or a setting.  Raises ValueError."""
        kind, panel, name = event.get("kind"), event.get("panel"), event.get("setting")
        if kind == "edit" and panel == "x1":
            self.x, self.settings["signal"] = edited(self.x, event), "yours"
        elif kind == "edit" and panel == "w1":
            self.w, self.settings["taps"] = edited(self.w, event), "yours"
        elif kind == "link" and panel == "x1":
            self.x, self.settings["signal"] = kernels.read_row(event.get("value"), LONG), "yours"
        elif kind == "link" and panel == "w1":
            self.w, self.settings["taps"] = kernels.read_row(event.get("value"), MOST), "yours"
        elif kind == "stroke" and panel == "pen":
            self.x, self.settings["signal"] = pen.drawn(self.x, event.get("points")), "yours"
        elif isinstance(name, str) and name in RULES:
            value = self.settings[name] = RULES.checked(name, event.get("value"))
            if name == "signal" and value != "yours":
                self.x = row(SIGNALS[str(value)])
            if name == "taps" and value != "yours":
                self.w = row(TAPS[str(value)])
        elif name != "visible":
            raise ValueError(f"The signal has no setting {shown(name)}.")
        self.at = max(0, min(self.at, len(self.y) - 1))

    def step(self) -> bool:
        """Move the window by one place, round and round."""
        self.at = (self.at + 1) % max(1, len(self.y))
        return not self.fault

    def frame(self) -> Frame:
        """Return the rows of numbers, the window's sum, and the three matrices."""
        y = self.y
        self.met = met(self.challenges, self.met, self)
        frame = Frame(
            maps=view.matrices(self, self.random),
            values={
                "x1": self.x[None], "w1": self.w[None], "pen": view.drawn(self, y),
                "y1": torch.zeros(1, 1) if self.fault else y[None],
            },
            notes=view.notes(self, y),
        )  # fmt: skip
        view.explain_window(self, frame, y)
        return frame

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: numbers of the visitor's own, or ""."""
        rows = {"x1": ("signal", self.x), "w1": ("taps", self.w)}
        return {
            name: kernels.written(row) if self.settings[setting] == "yours" else ""
            for name, (setting, row) in rows.items()
        }

    @property
    def flip(self) -> bool:
        """Whether the taps are turned round: convolution, not cross-correlation."""
        return self.settings["flip"] == "convolution"

    @property
    def padding(self) -> int:
        """Zeros at either end of the signal."""
        return int(self.settings["padding"])

    @property
    def fault(self) -> str:
        """Why there is no output; empty when there is one."""
        n, m, p = len(self.x), len(self.w), self.padding
        if m <= n + 2 * p:
            return ""
        return f"{m} taps do not fit into {n} numbers with a padding of {p}: pad more."

    @property
    def y(self) -> Tensor:
        """The output: (n + 2 padding - m + 1,), empty where the taps do not fit."""
        if self.fault:
            return torch.zeros(0)
        x, w = self.x[None, None], self.w[None, None]
        return convolve(x, w, padding=self.padding, flip=self.flip)[0, 0]


def row(numbers: Sequence[float]) -> Tensor:
    """Return numbers as a signal that can be dragged in small steps, whole as they may be."""
    return torch.tensor(numbers, dtype=torch.float32)
