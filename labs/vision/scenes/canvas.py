"""What every part of the page has in common: a scene that is drawn, and the net's answer to it."""

from collections.abc import Mapping
from typing import ClassVar

import torch
from torch import Tensor

from labs import zoo
from labs.data.doodles import CLASSES
from labs.data.scenes import HEIGHT, WIDTH
from labs.drawing import Stroke
from labs.drawing.ink import ink_of
from labs.live import Frame
from labs.live.checks import numbers, whole
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.scene import Detections, Scene, SceneNet
from labs.numerals import written
from labs.vision.scenes.colours import NONE, colour
from labs.vision.scenes.export import script
from labs.vision.scenes.pad import ScenePad
from labs.vision.scenes.samples import sample

NET = "scene-net"
FIRST = "street"  # the scene on the pad when the page opens
POINTED = 4  # pixels of a cell that is pointed at


class OnScene(Lab):
    """A lab about a drawn scene: its pad is the panel `x`."""

    links: ClassVar[tuple[str, ...]] = ("x", "at")
    cells: ClassVar[tuple[int, int]] = (HEIGHT // POINTED, WIDTH // POINTED)
    """Rows and columns of the cells that can be pointed at."""
    at: tuple[int, int] = (15, 15)
    """The cell that is looked at: its row and column."""

    def __init__(self) -> None:
        super().__init__()
        self.net: SceneNet = zoo.load(NET)  # type: ignore[assignment]
        self._seen_at, self._answer = -1, None
        self.pad = ScenePad("x", lambda: self.found().boxes)
        self.pad.show(sample(FIRST))

    @property
    def answer(self) -> Scene:
        """The net's answer to the scene as it is now."""
        if self._seen_at != self.pad.changes or self._answer is None:
            with torch.no_grad():
                self._answer = self.net(self.pad.x)
            self._seen_at = self.pad.changes
        return self._answer

    def found(self) -> Detections:
        """Return what the net finds on the scene, at the thresholds of the settings."""
        (found,) = self.answer.detect(*self.limits)
        return found

    @property
    def limits(self) -> tuple[float, float]:
        """The least score and the largest IoU, where a part of the page does not set them 0.4 and
        0.45.
        """
        s = self.settings
        return float(s.get("threshold", 0.4)), float(s.get("iou", 0.45))

    @property
    def pointed(self) -> tuple[int, int]:
        """Row and column of the pixel in the middle of the cell that is looked at."""
        side = HEIGHT // self.cells[0]
        row, column = (side * i + side // 2 for i in self.at)
        return row, column

    def evidence(self) -> tuple:
        """Return the lab itself: challenges look at what is found and at what was drawn."""
        return (self,)

    def script(self) -> str:
        """Return a script that finds the same boxes and colours the same pixels."""
        return script(self.pad.x, *self.limits)

    def draw(self, event: Event) -> None:
        """Take in what the pad sends."""
        self.pad.receive(event)

    def put(self, picture: Tensor) -> None:
        """Put the ink of a photograph of a sketch (1, C, H, W) on the pad.

        Raises ValueError in one sentence where it has none.
        """
        ink, dark = ink_of(picture, WIDTH)
        top = (WIDTH - HEIGHT) // 2  # the ink stands in the middle of a square; a scene above
        placed = torch.zeros_like(ink)
        placed[..., :HEIGHT, :] = ink[..., top : top + HEIGHT, :]
        self.pad.put(placed, "dark on paper: inverted" if dark else "bright ink")

    def take(self, strokes: list[Stroke]) -> None:
        """Draw what was drawn on another part of the page."""
        self.pad.draw(strokes)

    def to_link(self) -> dict[str, str]:
        """Return the drawing as a link holds it, and where one looks."""
        away = self.at != type(self).at
        return self.pad.address() | {"at": ",".join(map(str, self.at)) if away else ""}

    def from_link(self, name: str, text: str) -> None:
        """Draw what a link holds, and look where it says."""
        if name == "at":
            row, column = numbers(text, 2, 0, WIDTH)
            self.point({"row": int(row), "col": int(column)})
        else:
            self.pad.receive({"kind": "link", "value": text})

    def point(self, event: Event) -> None:
        """Look at a cell that was clicked."""
        rows, columns = self.cells
        row = whole(event.get("row"), 0, rows - 1, "A row")
        self.at = row, whole(event.get("col"), 0, columns - 1, "A column")

    def left_out(self) -> str:
        """Say that a photograph stays here."""
        here = self.pad.drawing.base is not None
        return "The photograph of your sketch stays here." if here else ""


def tags(found: Detections, size: tuple[float, float] = (HEIGHT, WIDTH)) -> list[Mapping]:
    """Return detections as marks of a picture: boxes in [0, 1], or in cells where `size` is 192 and
    256 over their number; with names and colours.
    """
    marks = []
    for (x0, y0, x1, y1), score, label in zip(
        found.boxes.tolist(), found.scores.tolist(), found.labels.tolist(), strict=True
    ):
        box = [y0 / size[0], x0 / size[1], y1 / size[0], x1 / size[1]]
        text = f"{CLASSES[label]} {written(100 * score, '.0f')} %"
        marks.append({"box": box, "text": text, "ink": colour(label)})
    return marks


def outlines(boxes: Tensor) -> list[Mapping]:
    """Return true boxes (K, 4) in pixels as thin marks without a class."""
    return [{"box": [y0, x0, y1, x1], "ink": NONE, "thick": 1}
            for x0, y0, x1, y1 in boxes.tolist()]  # fmt: skip


def listed(found: Detections) -> str:
    """Return in a sentence what was found."""
    if not len(found.scores):
        return "Nothing is found."
    words = [CLASSES[label] for label in found.labels.tolist()]
    return f"Found: {', '.join(words)}."


def add_pad(frame: Frame, lab: OnScene, found: Detections, picture: bytes) -> None:
    """Add the pad with what lies under its strokes: coloured pixels, and boxes over them."""
    frame.images["seen"] = picture
    frame.notes.setdefault("marks", {})["x"] = tags(found)
    lab.pad.tell(frame)
