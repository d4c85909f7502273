"""The 2-D part of the lab: one kernel under the hand, one picture, and every number between."""

import math
import time
from collections.abc import Mapping

import torch
from torch import Tensor

from labs.challenges import met
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.pad import Pad
from labs.vision.convolution import kernels, view
from labs.vision.convolution.challenges import CHALLENGES
from labs.vision.convolution.filtering import MODES, Setting, filtered, window
from labs.vision.convolution.kernel_text import LARGEST, read, written
from labs.vision.convolution.pictures import SOURCES, jpeg, luminance, picture

OPTIONS = {
    "source": (*SOURCES, "drawing", "yours"),
    "preset": (*kernels.NAMES, "yours"),
    "colour": ("grey", "colour"),
    "flip": ("correlation", "convolution"),
    "mode": MODES,
    "way": ("forward", "transposed"),
}
RANGES = {"sigma": (0.3, 3.0), "wavelength": (2.0, 12.0), "angle": (-90.0, 90.0)}
COUNTS = {"size": kernels.SIZES, "stride": (1, 6), "padding": (0, 8), "dilation": (1, 8)}
SHAPED = ("size", "sigma", "wavelength", "angle")
CHANNEL = 1  # whose arithmetic is shown in colour: green


class Filter:
    """One kernel over one picture; both may be changed while the other moves."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "source": "astronaut", "preset": "sobel_x", "colour": "grey", "flip": "correlation",
            "mode": "constant", "way": "forward", "size": 3, "stride": 1, "padding": 0,
            "dilation": 1, "sigma": 1.0, "wavelength": 4.0, "angle": 0.0,
        }  # fmt: skip
        self.pad = Pad("x", str)
        self.mine: Tensor | None = None  # the visitor's own photograph, (3, 512, 512)
        self.kernel = kernels.preset("sobel_x", kernels.Shape())
        self.at = (230, 268)  # the output pixel whose arithmetic is shown
        self.met: set[str] = set()
        self.milliseconds = math.nan
        self._changes = 0
        self._done: tuple | None = None  # the state that `_output` belongs to
        self._told: dict[str, tuple] = {}  # the states of the pictures that the browser has
        self._seen: tuple | None = None  # the state that `_input` belongs to
        self._input = torch.zeros(1, 1, 1)
        self._fault = ""
        self._output = torch.zeros(1, 1, 1)

    # the three verbs

    def receive(self, event: Mapping) -> None:
        """Take in an edit, a hovered pixel, a stroke or a setting.  Raises ValueError."""
        kind, panel, name = event.get("kind"), event.get("panel"), event.get("setting")
        if panel == self.pad.name:
            self.pad.receive(event)
            if kind == "stroke":
                self.settings["source"] = "drawing"
        elif kind == "hello":
            self._told = {}
        elif kind in ("hover", "click"):
            self._point(event)
        elif kind == "edit":
            self._edit(event)
        elif kind == "handle":
            self._turn(event)
        elif kind in ("link", "restore"):
            self._restore(event.get("value"))
        elif name is not None:
            self._set(name, event.get("value"))
        else:
            raise ValueError("The convolution lab knows strokes, edits, pointers and settings.")

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the picture, the kernel, the output, and how one pixel of it was made."""
        y = self.output()
        x = self.input()
        frame = Frame(values={"kernel": self.kernel, "weights": self.kernel})
        for name, image, state in (("input", x, self._seen), ("output", y, self._done)):
            if self._told.get(name) != state:  # a picture stays in the browser until a newer one
                self._told[name] = state
                if name in view.photos(self, x):
                    frame.images[name] = jpeg(image)
                else:
                    frame.maps[name] = image
        frame.maps["response"] = kernels.response(self.kernel)[None]
        self.met = met(CHALLENGES, self.met, self)
        frame.notes = view.notes(self, x, y)
        if not self._fault:
            view.explain_pixel(self, frame, x, y)
        self.pad.tell(frame)
        frame.notes["address"] = frame.notes.get("address", {}) | self.told()
        return frame

    # what page and tests ask for

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: a kernel of the visitor's own."""
        return {"kernel": written(self.kernel)} if self.settings["preset"] == "yours" else {}

    def told(self) -> dict[str, str | float]:
        """Return what the page's address must say now; what is empty is taken out of it."""
        wave = {}
        if self.settings["preset"] == "gabor":  # a handle writes no address itself
            now, usual = self.shape, kernels.Shape()
            for name in ("angle", "wavelength"):
                value = round(getattr(now, name), 1)
                wave[name] = "" if value == getattr(usual, name) else value
        return (self.address() or {"kernel": ""}) | wave

    @property
    def how(self) -> Setting:
        """How the kernel goes over the picture now."""
        s = self.settings
        return Setting(
            int(s["stride"]), int(s["padding"]), int(s["dilation"]), str(s["mode"]),
            s["flip"] == "convolution", s["way"] == "transposed",
        )  # fmt: skip

    @property
    def shape(self) -> kernels.Shape:
        """What the kernels with a formula depend on now."""
        s = self.settings
        return kernels.Shape(
            int(s["size"]), float(s["sigma"]), float(s["angle"]), float(s["wavelength"])
        )

    @property
    def fault(self) -> str:
        """Why there is no output; empty when there is one."""
        self.output()
        return self._fault

    def input(self) -> Tensor:
        """Return what is filtered: (1, H, W) in grey, (3, H, W) in colour, in [0, 1]."""
        source, colour = self.settings["source"], self.settings["colour"]
        drawing = self.pad.changes if source == "drawing" else 0
        state = (source, colour, drawing, id(self.mine))
        if self._seen == state:
            return self._input
        if source == "drawing":
            x = self.pad.ink[0]
        elif source == "yours" and self.mine is not None:
            x = self.mine
        else:
            x = picture(str(source) if source in SOURCES else "astronaut")
        self._seen, self._input = state, x if colour == "colour" else luminance(x)
        return self._input

    def output(self) -> Tensor:
        """Return the filtered picture: (C, H', W'), computed once for each change."""
        x = self.input()
        state = (self._changes, self._seen, self.how)
        if self._done != state:
            self._done = state
            began = time.perf_counter()
            try:
                self._output, self._fault = filtered(x, self.kernel, self.how), ""
            except ValueError as fault:
                text = str(fault).rstrip(".")
                self._output, self._fault = torch.zeros(1, 1, 1), text[0].upper() + text[1:] + "."
            self.milliseconds = 1000 * (time.perf_counter() - began)
        return self._output

    def arithmetic(self) -> tuple[Tensor, Tensor, float]:
        """Return the input numbers at the chosen output pixel, the kernel as it met them (both
        (m, m)), and the sum.
        """
        x, y, how = self.input(), self.output(), self.how
        row, col = self.pixel(y)
        c = min(CHANNEL, len(x) - 1)
        patch = window(x[c], len(self.kernel), how, row, col)
        kernel = self.kernel.flip(0, 1) if how.flip else self.kernel
        return patch, kernel, y[c, row, col].item()

    # helpers

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            return
        if name == "normalise":
            self._own(kernels.normalise(self.kernel))
        elif name == "turn":
            self._own(self.kernel.rot90())
        elif not isinstance(name, str):
            raise ValueError(f"The convolution lab has no setting {shown(name)}.")
        elif name in OPTIONS:
            self.settings[name] = option(value, OPTIONS[name], name)
            if name == "preset" and value != "yours":
                self._build()
        elif name in RANGES:
            self.settings[name] = number(value, *RANGES[name], name)
        elif name in COUNTS:
            self.settings[name] = rounded(value, *COUNTS[name], name)
        else:
            raise ValueError(f"The convolution lab has no setting {shown(name)}.")
        if name in SHAPED:
            self._build()

    def _build(self) -> None:
        """Make the kernel anew, as its preset and the knobs say."""
        name = self.settings["preset"]
        if name == "yours":
            self.kernel = kernels.resize(self.kernel, int(self.settings["size"]))
        else:
            self.kernel = kernels.preset(str(name), self.shape)
        self._changes += 1

    def _own(self, kernel: Tensor) -> None:
        self.kernel = kernel.contiguous()
        self.settings["preset"] = "yours"
        self._changes += 1

    def _edit(self, event: Mapping) -> None:
        m = len(self.kernel)
        index = whole(event.get("index"), 0, m * m - 1, "A kernel's cell")
        value = number(event.get("value"), -LARGEST, LARGEST, "A kernel's number")
        kernel = self.kernel.clone()
        kernel.view(-1)[index] = value
        self._own(kernel)

    def _turn(self, event: Mapping) -> None:
        """Give the Gabor kernel the wave whose frequency lies under the handle."""
        if self.settings["preset"] != "gabor":
            raise ValueError("Only a Gabor kernel has a wave to turn.")
        u, v = (number(event.get(key), 0, 1, f"A handle's {key}") for key in ("u", "v"))
        angle, wavelength = kernels.wave_at(u, v)
        low, high = RANGES["wavelength"]
        self.settings |= {"angle": angle, "wavelength": min(high, max(low, wavelength))}
        self._build()

    def _restore(self, text: object) -> None:
        self._own(read(text))
        self.settings["size"] = len(self.kernel)

    def _point(self, event: Mapping) -> None:
        """Choose the output pixel under the pointer, or the one that sees the input pixel there."""
        row, col = (
            whole(event.get(key), 0, 1 << 14, f"A pointer's {key}") for key in ("row", "col")
        )
        how = self.how
        if event.get("panel") == "input":
            middle = how.reach(len(self.kernel)) // 2
            if how.transposed:
                row, col = (at * how.stride + middle - how.padding for at in (row, col))
            else:
                row, col = ((at + how.padding - middle) // how.stride for at in (row, col))
        elif event.get("panel") != "output":
            raise ValueError("Point at the input or at the output.")
        self.at = (max(0, row), max(0, col))

    def pixel(self, y: Tensor) -> tuple[int, int]:
        """Return the row and column of the output whose arithmetic is shown."""
        row, col = self.at
        return min(row, y.shape[1] - 1), min(col, y.shape[2] - 1)
