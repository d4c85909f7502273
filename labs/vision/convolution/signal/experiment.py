"""The 1-D part of the lab: a signal under a sliding filter."""

from collections.abc import Mapping

import torch

from labs.live import Frame
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.vision.convolution import kernels
from labs.vision.convolution.export import assemble
from labs.vision.convolution.received import edited
from labs.vision.convolution.signal import pen, view
from labs.vision.convolution.signal.challenges import CHALLENGES
from labs.vision.convolution.signal.controls import CONTROLS
from labs.vision.convolution.signal.examples import LONG, SIGNALS, TAPS
from labs.vision.convolution.signal.matrix import banded
from labs.vision.convolution.signal.sliding import Sliding

MOST = 7  # taps
SCRIPT = """x, w = torch.tensor({x}), torch.tensor({w})
y = convolve(x[None, None], w[None, None], padding={padding}, flip={flip})
print("output", [round(v, 4) for v in y.flatten().tolist()])
matrix = banded(w, len(x), {padding}, flip={flip})
print("the same by its matrix", torch.allclose(matrix @ x, y.flatten(), atol=1e-4))
"""


class Signal(Lab):
    """A signal under a sliding filter; a step moves the window by one place."""

    name = "convolution.line"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x1", "w1")
    undoable = True
    on = {("x1", "edit"): "edit_signal", ("w1", "edit"): "edit_taps", ("pen", "stroke"): "draw"}

    def __init__(self) -> None:
        super().__init__()
        self.x, self.w = SIGNALS["lecture"], TAPS["lecture"]
        self._at = 0
        generator = torch.Generator().manual_seed(0)
        self.random = torch.randn(LONG, LONG, generator=generator)  # of the nets that share nothing

    @property
    def sliding(self) -> Sliding:
        """The signal, the taps, and the output."""
        flip = self.settings["flip"] == "convolution"
        return Sliding(self.x, self.w, self.settings["padding"], flip)

    def step(self) -> bool:
        """Move the window by one place, round and round."""
        s = self.sliding
        self._at = (self._at + 1) % max(1, len(s.y))
        return not s.fault

    def show(self) -> Frame:
        """Return the rows of numbers, the window's sum, and the three matrices."""
        s = self.sliding
        self._at = max(0, min(self._at, len(s.y) - 1))
        frame = Frame(
            maps=view.matrices(s, self.random),
            values={
                "x1": s.x[None], "w1": s.w[None], "pen": view.drawn(s),
                "y1": torch.zeros(1, 1) if s.fault else s.y[None],
            },
            notes=view.notes(s, self._at),
        )  # fmt: skip
        view.explain_window(frame, s, self._at)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Take another signal or other taps; "yours" are those that are there."""
        value = self.settings[name]
        if name == "signal" and value in SIGNALS:
            self.x = SIGNALS[value]
        elif name == "taps" and value in TAPS:
            self.w = TAPS[value]

    def edit_signal(self, event: Mapping) -> None:
        """Change one number of the signal."""
        self.x, self.settings["signal"] = edited(self.x, event), "yours"

    def edit_taps(self, event: Mapping) -> None:
        """Change one of the taps."""
        self.w, self.settings["taps"] = edited(self.w, event), "yours"

    def draw(self, event: Mapping) -> None:
        """Lay the signal along a stroke of the pen."""
        self.x, self.settings["signal"] = pen.drawn(self.x, event.get("points")), "yours"

    def evidence(self) -> tuple:
        """Return signal, taps and output."""
        return (self.sliding,)

    def to_link(self) -> dict[str, str]:
        """Return the numbers that are the visitor's own."""
        rows = {"x1": ("signal", self.x), "w1": ("taps", self.w)}
        return {
            name: kernels.written(row) if self.settings[setting] == "yours" else ""
            for name, (setting, row) in rows.items()
        }

    def from_link(self, name: str, text: str) -> None:
        """Take the signal or the taps of a link."""
        if name == "x1":
            self.x, self.settings["signal"] = kernels.read_row(text, LONG), "yours"
        else:
            self.w, self.settings["taps"] = kernels.read_row(text, MOST), "yours"

    def script(self) -> str:
        """Return the script for the signal and its taps."""
        s = self.sliding
        body = SCRIPT.format(x=s.x.tolist(), w=s.w.tolist(), padding=s.padding, flip=s.flip)
        return assemble("A filter on a signal", (banded,), body)
