"""The 2-D part of the lab: one kernel under the hand, one picture, and every number between."""

from collections.abc import Mapping

from torch import Tensor

from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import shown
from labs.vision.convolution import kernels
from labs.vision.convolution.pictures import READABLE, SOURCES, jpeg
from labs.vision.convolution.plane import view
from labs.vision.convolution.plane.answer import Answer
from labs.vision.convolution.plane.challenges import CHALLENGES
from labs.vision.convolution.plane.filtering import MODES, Setting, window
from labs.vision.convolution.plane.hand import RANGES, SHAPED, Hand
from labs.vision.convolution.plane.subject import Subject
from labs.vision.convolution.received import Rules, edited, pointed

RULES = Rules(
    options={
        "source": (*SOURCES, "drawing", "yours"),
        "preset": (*kernels.NAMES, "yours"),
        "colour": ("grey", "colour"),
        "flip": ("correlation", "convolution"),
        "mode": MODES,
        "way": ("forward", "transposed"),
    },
    counts={"size": kernels.SIZES, "stride": (1, 6), "padding": (0, 8), "dilation": (1, 8)},
    ranges=RANGES,
)
CHANNEL = 1  # whose arithmetic is shown in colour: green


class Filter:
    """One kernel over one picture; both may be changed while the other moves."""

    challenges = CHALLENGES

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "source": "astronaut", "preset": "sobel_x", "colour": "grey", "flip": "correlation",
            "mode": "constant", "way": "forward", "size": 3, "stride": 1, "padding": 0,
            "dilation": 1, "sigma": 1.0, "wavelength": 4.0, "angle": 0.0,
        }  # fmt: skip
        self.subject = Subject()
        self.pad = self.subject.pad
        self.hand = Hand(self.settings)
        self.answer = Answer()
        self.at = (230, 268)  # the output pixel whose arithmetic is shown
        self.met: set[str] = set()
        self._told: dict[str, Tensor] = {}  # the pictures that the browser has

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
            self.hand.own(edited(self.kernel, event))
        elif kind == "handle":
            self.hand.turn(event)
        elif kind in ("link", "restore"):
            self.hand.own(kernels.read(event.get("value")))
        elif name is not None:
            self._set(name, event.get("value"))
        else:
            raise ValueError("The convolution lab knows strokes, edits, pointers and settings.")

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the picture, the kernel, the output, and how one pixel of it was made."""
        x, y = self.input(), self.output()
        frame = Frame(values={"kernel": self.kernel})
        for name, image in (("input", x), ("output", y)):
            if self._told.get(name) is not image:  # it stays in the browser until a newer one
                self._told[name] = image
                if name in view.photos(self, x):
                    frame.images[name] = jpeg(image)
                else:
                    frame.maps[name] = image
                if max(image.shape) <= READABLE:
                    frame.values[name] = image
        frame.maps["response"] = kernels.response(self.kernel)[None]
        self.met = met(self.challenges, self.met, self)
        frame.notes = view.notes(self, x, y)
        if not self.answer.fault:
            view.explain_pixel(self, frame, x, y)
        self.pad.tell(frame)
        frame.notes["address"] = frame.notes.get("address", {}) | self.hand.told()
        return frame

    def take(self, x: Tensor) -> None:
        """Filter a visitor's own picture x: (1, C, H, W) in [0, 1]."""
        self.subject.take(x)
        self.settings["source"] = "yours"

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: a drawing, a kernel of the visitor's."""
        return self.pad.address() | self.hand.address()

    @property
    def kernel(self) -> Tensor:
        """The kernel: (m, m)."""
        return self.hand.kernel

    @property
    def how(self) -> Setting:
        """How the kernel goes over the picture now."""
        s = self.settings
        return Setting(
            int(s["stride"]), int(s["padding"]), int(s["dilation"]), str(s["mode"]),
            s["flip"] == "convolution", s["way"] == "transposed",
        )  # fmt: skip

    @property
    def fault(self) -> str:
        """Why there is no output; empty when there is one."""
        self.output()
        return self.answer.fault

    def input(self) -> Tensor:
        """Return what is filtered: (1, H, W) in grey, (3, H, W) in colour, in [0, 1]."""
        return self.subject.look(
            str(self.settings["source"]), colour=self.settings["colour"] == "colour"
        )

    def output(self) -> Tensor:
        """Return the filtered picture: (C, H', W'), computed once for each change."""
        return self.answer.give(self.input(), self.kernel, self.how)

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

    def pixel(self, y: Tensor) -> tuple[int, int]:
        """Return the row and column of the output whose arithmetic is shown."""
        row, col = self.at
        return min(row, y.shape[1] - 1), min(col, y.shape[2] - 1)

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            return
        if name == "normalise":
            self.hand.own(kernels.normalise(self.kernel))
        elif name == "turn":
            self.hand.own(self.kernel.rot90())
        elif isinstance(name, str) and name in RULES:
            if (name, value) == ("source", "yours") and self.subject.mine is None:
                raise ValueError("Bring a picture first, by the button “Your photograph” above.")
            self.settings[name] = RULES.checked(name, value)
            if name in SHAPED:
                self.hand.build()
        else:
            raise ValueError(f"The convolution lab has no setting {shown(name)}.")

    def _point(self, event: Mapping) -> None:
        """Choose the output pixel under the pointer, or the one that sees the input pixel there."""
        row, col = pointed(event)
        if event.get("panel") == "input":
            row, col = (self.how.output_of(at, len(self.kernel)) for at in (row, col))
        elif event.get("panel") != "output":
            raise ValueError("Point at the input or at the output.")
        self.at = (row, col)
