"""The picture that hand-made features are taken of: a photograph, a drawing, or a visitor's own."""

from collections.abc import Mapping

import torch.nn.functional as F
from torch import Tensor

from labs.data import strokes
from labs.data.photos import NAMES, photo
from labs.drawing.pad import Pad
from labs.images import sent_picture, to_grey
from labs.live import Frame
from labs.live.checks import places, whole
from labs.live.controls import Select, Value, same
from labs.live.lab import ANY, Lab
from labs.pictures import middle

FIRST = 4  # the digit on the pad before anybody has drawn
SOURCE = Select(
    "source", "picture", (*same(*NAMES), ("drawing", "your drawing"), ("yours", "your picture")),
    "coffee", shown=True,
)  # fmt: skip


def square(x: Tensor, side: int) -> Tensor:
    """Return the middle of a picture x: (1, C, H, W) in [0, 1], as (1, 3, side, side)."""
    x = middle(x.expand(1, 3, *x.shape[-2:]))
    if x.shape[-1] != side:
        x = F.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return x.clamp(0, 1).contiguous()


class OnePicture(Lab):
    """The base of the labs that look at one picture, `side` pixels a side."""

    links = ("x", "at")
    on = {("x", ANY): "draw", ("camera", "picture"): "see"}
    side = 192

    def __init__(self) -> None:
        super().__init__()
        self.pad = Pad("x")
        self.pad.show(strokes.sample(FIRST))
        self.mine: Tensor | None = None  # the visitor's own picture, (1, 3, side, side)
        self._state: tuple = ()
        self._seen: Tensor | None = None
        self.clicked: tuple[int, int] | None = None  # the pixel `at` as a click chose it

    def receive(self, event: Mapping) -> None:
        """Take in an event; the pixel that a click chooses is in the address."""
        super().receive(event)
        if event.get("kind") == "click":
            self.clicked = getattr(self, "at", None)

    def point(self, event: Mapping) -> None:
        """Choose the pixel under the pointer."""
        row, col = (
            whole(event.get(k), 0, self.side - 1, f"A pointer's {k}") for k in ("row", "col")
        )
        self.at = row, col

    @property
    def colour(self) -> Tensor:
        """The picture (1, 3, side, side) in [0, 1]; the same tensor until there is another."""
        source = self.settings["source"]
        state = (source, self.pad.changes if source == "drawing" else 0)
        if state != self._state or self._seen is None:
            if source == "drawing":
                found = square(1 - self.pad.ink, self.side)  # dark ink on white paper
            elif source == "yours":
                assert self.mine is not None
                found = self.mine
            else:
                found = square(photo(source), self.side)
            self._state, self._seen = state, found
            self._grey = to_grey(found).double()
        return self._seen

    @property
    def grey(self) -> Tensor:
        """The same in grey: (1, 1, side, side), float64."""
        _ = self.colour  # brings the grey up to date
        return self._grey

    def changed(self, name: str, before: Value) -> None:
        """Refuse the visitor's own picture where there is none."""
        if name == "source" and self.settings["source"] == "yours" and self.mine is None:
            raise ValueError("Bring a picture first: by the camera, a file, or from the clipboard.")

    def draw(self, event: Mapping) -> None:
        """Take in what the pad sends; who draws wants to see the drawing."""
        self.pad.receive(event)
        if event["kind"] == "stroke" and self.settings["source"] != "drawing":
            self.settings["source"] = "drawing"
            self.renewed()

    def see(self, event: Mapping) -> None:
        """Look at a picture of the camera, of a file or of the clipboard."""
        self.load_picture(sent_picture(event))

    def load_picture(self, x: Tensor) -> None:
        """Look at a visitor's own picture x: (1, C, H, W) in [0, 1]."""
        self.mine = square(x, self.side)
        self._state = ()
        self.settings["source"] = "yours"
        self.renewed()

    def renewed(self) -> None:
        """Follow another picture."""

    def usual(self, name: str) -> Value | None:
        """Return what an address need not say; a picture that it cannot hold is left out."""
        if name == "source" and self.settings["source"] == "yours":
            return "yours"
        return super().usual(name)

    def add_source(self, frame: Frame) -> None:
        """Add the pad to a frame, in sight only while it is what is looked at."""
        self.pad.tell(frame)
        frame.notes["away"] = [] if self.settings["source"] == "drawing" else ["x"]

    def to_link(self) -> dict[str, str]:
        """Return a drawing, and the pixel that was clicked."""
        at = "" if self.clicked is None else "{}.{}".format(*self.clicked)
        return {"at": at} | self.pad.address()

    def left_out(self) -> str:
        """Say where the visitor's own picture stays."""
        mine = "The picture that you brought stays here."
        return mine if self.settings["source"] == "yours" else self.pad.left_out()

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing of a link, or its pixel."""
        if name == "at":
            self.at = self.clicked = tuple(places(text, self.side - 1, self.side - 1))
        else:
            self.pad.receive({"kind": "link", "value": text})
