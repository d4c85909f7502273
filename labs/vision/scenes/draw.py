"""Draw a scene: boxes with names and coloured pixels while the stroke is made; what makes the net
say so; and a visitor's own annotation against the net's.
"""

import torch
from torch import Tensor

from labs.data.doodles import CLASSES
from labs.data.scenes import HEIGHT, WIDTH
from labs.drawing.pad import Pad
from labs.live import Frame
from labs.live.checks import numbers, whole
from labs.live.experiment import Event
from labs.models.scene import Detections
from labs.numerals import written
from labs.vision.scenes import challenges
from labs.vision.scenes import controls as c
from labs.vision.scenes.annotation import Judged, box_of, filled, judge_box, judge_mask
from labs.vision.scenes.canvas import POINTED, OnScene, add_pad, listed, tags
from labs.vision.scenes.colours import NONE, colour, painted
from labs.vision.scenes.why import PLACES, BoxScore, PixelScore, Score, cell_of, gradient, occlusion

ROWS = 8  # detections that are listed
SURE = 0.9  # share of a pixel’s class from which on it is sure


class Draw(OnScene):
    """The scene at work, with gradients, occlusion and a visitor's annotation."""

    name = "scenes.draw"
    controls = (
        c.THRESHOLD, c.OVERLAP, c.VIEW, *c.HELD, c.WHY, c.MINE, c.LABEL,
    )  # fmt: skip
    challenges = challenges.DRAW
    links = ("x", "at", "own", "chosen")
    on = {
        ("x", "*"): "draw",
        ("found", "click"): "choose",
        ("pointed", "click"): "point",
        ("own", "*"): "annotate",
    }  # fmt: skip
    quick = True

    def __init__(self) -> None:
        self.chosen = 0  # the detection whose gradient is shown
        self.own = Pad("own")
        self._wiped: tuple[tuple, Tensor] | None = None
        super().__init__()

    # What a hand does.

    def turn(self, degrees: str) -> None:
        """Turn what is held."""
        self.pad.change(turn=float(degrees))

    def scale(self, times: str) -> None:
        """Make what is held larger or smaller."""
        self.pad.change(times=float(times))

    def mirror(self) -> None:
        """Mirror what is held."""
        self.pad.change(mirror=True)

    def copy(self) -> None:
        """Copy what is held."""
        self.pad.copy()

    def remove(self) -> None:
        """Take what is held away."""
        self.pad.remove()

    def choose(self, event: Event) -> None:
        """Choose a detection of the list."""
        self.chosen = whole(event.get("unit"), 0, ROWS - 1, "A row")

    def annotate(self, event: Event) -> None:
        """Take in what the visitor draws as a box or a mask."""
        self.own.receive(event)

    def to_link(self) -> dict[str, str]:
        """Return the drawing, the annotation, and what is chosen."""
        chosen = {"chosen": str(self.chosen) if self.chosen else ""}
        return super().to_link() | self.own.address() | chosen

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "own":
            self.own.receive({"kind": "link", "value": text})
        elif name == "chosen":
            self.chosen = int(*numbers(text, 1, 0, ROWS - 1))
        else:
            super().from_link(name, text)

    # What there is to see.

    def target(self, found: Detections) -> tuple[Score, str, int] | None:
        """Return whose gradient is shown, in words too, and its class; None where nothing is."""
        if self.settings["why"] == "pixel":
            row, col = self.pointed
            entry = int(self.answer.pixels[0, :, row, col].argmax())
            name = ("background", *CLASSES)[entry]
            return PixelScore(row, col, entry), f"“{name}” at row {row}, column {col}", entry - 1
        if not len(found.scores):
            return None
        which = min(self.chosen, len(found.scores) - 1)
        label = int(found.labels[which])
        at = cell_of(self.answer, found, which)
        return BoxScore(at, label), f"the box “{CLASSES[label]}”", label

    def settle(self) -> bool:
        """Slide the wiping square when the hand rests."""
        if not self.sees("why"):
            return False
        target = self.target(self.found())
        key = self._key()
        if target is None or (self._wiped and self._wiped[0] == key):
            return False
        self._wiped = key, occlusion(self.net, self.pad.x, target[0])
        return True

    def _key(self) -> tuple:
        s = self.settings
        return (self.pad.changes, s["why"], s["threshold"], s["iou"], self.chosen, self.at)

    def show(self) -> Frame:
        """Return the scene with its answer, and what the cards in sight need."""
        found, frame = self.found(), Frame(notes={"titles": {}})
        add_pad(frame, self, found, self._coloured())
        found_rows(frame, found, self.chosen)
        frame.notes["say"] = listed(found)
        if self.sees("why"):
            self._show_why(frame, found)
        if self.sees("own"):
            self._show_own(frame, found)
        return frame

    def _coloured(self) -> bytes:
        view = self.settings["view"]
        if view == "none":
            return painted(torch.zeros(HEIGHT, WIDTH))
        if view == "confidence":
            best, said = self.answer.pixels[0].softmax(0).max(0)
            return painted(torch.where(best > SURE, said, 0))
        return painted(self.answer.said[0])

    def _show_why(self, frame: Frame, found: Detections) -> None:
        target = self.target(found)
        frame.images["pointed"] = painted(self.answer.said[0], self.pad.x[0, 0])
        frame.notes["photos"] = ["pointed"]
        frame.notes.setdefault("grids", {})["pointed"] = list(self.cells)
        row, col = self.at
        dot = [{"box": [row, col, row + 1, col + 1], "ink": "accent"}]
        marks = tags(found, (POINTED, POINTED))
        frame.notes["marks"]["pointed"] = (
            [*marks, *dot] if self.settings["why"] == "pixel" else marks
        )
        if target is None:
            frame.maps["gradient"] = torch.zeros(1, HEIGHT, WIDTH)
            frame.maps["occlusion"] = torch.zeros(1, *PLACES)
            frame.notes["titles"] |= {"gradient": "nothing is found", "occlusion": ""}
            return
        score, words, _ = target
        slopes = gradient(self.net, self.pad.x, score)
        frame.maps["gradient"] = slopes[None]
        frame.notes["titles"]["gradient"] = f"of {words}, to the ink of each pixel"
        frame.notes["limits"] = {"gradient": max(float(slopes.abs().quantile(0.999)), 1e-6)}
        if self._wiped and self._wiped[0] == self._key():
            drop = self._wiped[1].clamp_min(0)
            frame.maps["occlusion"] = drop[None]
            frame.notes["titles"]["occlusion"] = f"at most {written(drop.max(), '.2f')}"
        else:
            frame.maps["occlusion"] = torch.zeros(1, *PLACES)
            frame.notes["titles"]["occlusion"] = "when the hand rests"

    def judged(self, found: Detections) -> tuple[Judged, Tensor] | None:
        """Return how the visitor's annotation compares, and its box; None where there is none."""
        mask = self.own.ink[0, 0, :HEIGHT] > 0.5
        if not mask.any():
            return None
        label = CLASSES.index(str(self.settings["label"]))
        box = box_of(mask)
        if self.settings["mine"] == "box":
            return judge_box(box, label, found), box
        return judge_mask(filled(mask), label, self.answer), box

    def _show_own(self, frame: Frame, found: Detections) -> None:
        frame.images["under"] = painted(torch.zeros(HEIGHT, WIDTH), self.pad.x[0, 0])
        self.own.tell(frame)
        judged, label = self.judged(found), CLASSES.index(str(self.settings["label"]))
        is_box = self.settings["mine"] == "box"
        marks = [{**m, "ink": NONE} for m in tags(found)] if is_box else []
        rows = [["IoU", "–"], ["loss", "–"], ["the net says", "–"]]
        if judged:
            result, (x0, y0, x1, y1) = judged[0], judged[1].tolist()
            if is_box:
                box = [y0 / HEIGHT, x0 / WIDTH, y1 / HEIGHT, x1 / WIDTH]
                marks.append({"box": box, "text": "yours", "ink": colour(label)})
            rows = [
                ["IoU", written(result.agreement, ".3f")],
                ["1 − GIoU" if is_box else "cross-entropy, nats", written(result.loss, ".3f")],
                ["the net says", result.said or "nothing here"],
            ]
        frame.notes["marks"]["own"] = marks
        frame.notes["agreement"] = {"head": ["yours against the net’s", ""], "rows": rows}


def found_rows(frame: Frame, found: Detections, chosen: int) -> None:
    """Add the list of detections, best first."""
    rows = [
        [CLASSES[label], score, 0.0, f"{written(100 * score, '.0f')} %"]
        for score, label in zip(found.scores.tolist(), found.labels.tolist(), strict=True)
    ][:ROWS]
    last = min(chosen, len(rows) - 1) if rows else -1
    frame.notes["found"] = {"rows": rows, "chosen": last, "foot": "objectness × class share"}
