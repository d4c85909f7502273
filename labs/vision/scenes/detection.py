"""Detection, opened up: the grid, one cell's arithmetic, all boxes, and suppression as a walk."""

import torch

from labs.data.doodles import CLASSES
from labs.data.scenes import HEIGHT, WIDTH
from labs.live import Frame
from labs.live.checks import numbers, whole
from labs.live.experiment import Event
from labs.live.lab import Value
from labs.models.scene import ANCHORS, CELL, Detections, Scene, apart
from labs.numerals import written
from labs.vision.scenes import challenges
from labs.vision.scenes import controls as c
from labs.vision.scenes.canvas import OnScene, add_pad, listed
from labs.vision.scenes.colours import NONE, colour, painted
from labs.vision.scenes.suppression import Moment, walk

ROWS, COLUMNS = HEIGHT // CELL, WIDTH // CELL
LISTED = 12  # boxes of the walk: the best before suppression
LEAST = 0.02  # score of a box that is drawn at all


class Boxes(OnScene):
    """How a grid of cells becomes a few boxes."""

    name = "scenes.boxes"
    controls = (c.THRESHOLD, c.OVERLAP, c.ANCHOR, c.WITHIN, c.AGAIN)
    challenges = challenges.BOXES
    links = ("x", "at", "moment")
    cells = (ROWS, COLUMNS)
    at = (3, 3)
    on = {("x", "*"): "draw", ("grid", "click"): "point", ("walk", "click"): "jump"}
    quick = True

    def __init__(self) -> None:
        self.moment = 0  # of the walk
        self._walked: tuple[tuple, tuple[Detections, list[Moment]]] | None = None
        super().__init__()

    @property
    def steps(self) -> int:
        """How many moments of the walk are over."""
        return self.moment

    def changed(self, name: str, before: Value) -> None:
        """Begin the walk again where its list has changed."""
        if name in ("threshold", "iou", "within"):
            self.moment = 0

    def again(self) -> None:
        """Begin the walk again."""
        self.moment = 0

    def draw(self, event: Event) -> None:
        """Take in what the pad sends; another scene has another walk."""
        super().draw(event)
        if event.get("kind") not in ("hello", "lift"):
            self.moment = 0

    def jump(self, event: Event) -> None:
        """Go to the moment at which a box of the list was kept or went."""
        unit = whole(event.get("unit"), 0, LISTED - 1, "A row")
        moments = self.walked()[1]
        fate = [i for i, m in enumerate(moments) if (m.keeper == unit and m.rival < 0)
                or (m.rival == unit and m.goes)]  # fmt: skip
        self.moment = fate[0] + 1 if fate else self.moment

    def to_link(self) -> dict[str, str]:
        """Return the drawing, the cell, and the moment of the walk."""
        return super().to_link() | {"moment": str(self.moment) if self.moment else ""}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "moment":
            self.moment = int(*numbers(text, 1, 0, len(self.walked()[1])))
        else:
            super().from_link(name, text)

    def step(self) -> bool:
        """Go on by one comparison."""
        last = len(self.walked()[1])
        self.moment = min(self.moment + 1, last)
        return self.moment < last

    def candidates(self) -> Detections:
        """Return all boxes with at least the least score, best first."""
        (found,) = self.answer.candidates(float(self.settings["threshold"]))
        return found

    def walked(self) -> tuple[Detections, list[Moment]]:
        """Return the best boxes before suppression, and the moments of suppression among them."""
        s = self.settings
        key = (self.pad.changes, s["threshold"], s["iou"], s["within"])
        if self._walked is None or self._walked[0] != key:
            found = self.candidates()
            best = Detections(found.boxes[:LISTED], found.scores[:LISTED], found.labels[:LISTED])
            boxes = apart(best) if s["within"] == "class" else best.boxes
            self._walked = key, (best, list(walk(boxes, float(s["iou"]))))
        return self._walked[1]

    def show(self) -> Frame:
        """Return the scene with its boxes, and what the cards in sight need."""
        found, frame = self.found(), Frame(notes={"titles": {}, "grids": {}, "photos": []})
        pixels = self.answer.said[0]
        add_pad(frame, self, found, painted(pixels))
        frame.notes["say"] = listed(found)
        picture = painted(torch.zeros_like(pixels), self.pad.x[0, 0])
        for name in ("grid", "all", "walking"):
            frame.images[name] = picture
            frame.notes["grids"][name] = [ROWS, COLUMNS]
            frame.notes["photos"].append(name)
        if self.sees("cell"):
            show_cell(frame, self.answer, self.at, int(self.settings["anchor"]))
        if self.sees("all"):
            show_all(frame, self.answer, self.candidates(), found)
        if self.sees("walk"):
            show_walk(frame, *self.walked(), self.moment, float(self.settings["iou"]))
        return frame


def show_cell(frame: Frame, answer: Scene, at: tuple[int, int], anchor: int) -> None:
    """Add what one cell says with one anchor, with its arithmetic."""
    row, col = at
    raw, box = answer.cells[0, anchor, :, row, col], answer.boxes[0, anchor, row, col].tolist()
    shares = answer.shares[0, anchor, :, row, col]
    share, label = float(shares.max()), int(shares.argmax())
    objectness = float(answer.objectness[0, anchor, row, col])
    tx, ty, tw, th, to = raw[:5].tolist()
    sx, sy, ew, eh = raw[0].sigmoid(), raw[1].sigmoid(), raw[2].exp(), raw[3].exp()
    w, h = ANCHORS[anchor]
    n = written
    frame.notes["cell"] = {
        "title": f"row {row}, column {col}, anchor {w:.0f} × {h:.0f}",
        "head": ["", "the cell says", "so", "in pixels"],
        "rows": [
            ["x", f"t_x = {n(tx, '.2f')}", f"{col} + 2σ(t_x) − ½ = {n(col + 2 * sx - 0.5, '.2f')}",
             n((box[0] + box[2]) / 2, ".1f")],
            ["y", f"t_y = {n(ty, '.2f')}", f"{row} + 2σ(t_y) − ½ = {n(row + 2 * sy - 0.5, '.2f')}",
             n((box[1] + box[3]) / 2, ".1f")],
            ["width", f"t_w = {n(tw, '.2f')}", f"{w:.0f} · e^t_w = {w:.0f} · {n(ew, '.2f')}",
             n(box[2] - box[0], ".1f")],
            ["height", f"t_h = {n(th, '.2f')}", f"{h:.0f} · e^t_h = {h:.0f} · {n(eh, '.2f')}",
             n(box[3] - box[1], ".1f")],
            ["object?", f"t_o = {n(to, '.2f')}", f"σ(t_o) = {n(objectness, '.4f')}", ""],
            ["which?", "15 scores", f"“{CLASSES[label]}” {n(share, '.4f')}", ""],
        ],
        "sum": f"score = {n(objectness, '.4f')} · {n(share, '.4f')} = "
        f"{n(objectness * share, '.4f')}",
    }  # fmt: skip
    frame.values["shares"] = shares
    y0, x0, y1, x1 = (v / CELL for v in (box[1], box[0], box[3], box[2]))
    middle = [(y0 + y1) / 2, (x0 + x1) / 2]
    half = (h / CELL / 2, w / CELL / 2)
    lines = [{"line": [0, k, ROWS, k], "ink": "line"} for k in range(1, COLUMNS)]
    lines += [{"line": [k, 0, k, COLUMNS], "ink": "line"} for k in range(1, ROWS)]
    frame.notes["marks"]["grid"] = [
        *lines,
        {"box": [middle[0] - half[0], middle[1] - half[1], middle[0] + half[0],
                 middle[1] + half[1]], "ink": NONE, "thick": 1},
        {"box": [row, col, row + 1, col + 1]},
        {"box": [y0, x0, y1, x1], "ink": colour(label),
         "text": f"{CLASSES[label]} {n(100 * objectness * share, '.0f')} %"},
    ]  # fmt: skip
    frame.maps["objectness"] = answer.objectness[0]
    names = [f"{a:.0f} × {b:.0f}" for a, b in ANCHORS]
    frame.notes.setdefault("labels", {})["objectness"] = names
    frame.notes.setdefault("limits", {})["objectness"] = 1.0


def show_all(frame: Frame, answer: Scene, candidates: Detections, found: Detections) -> None:
    """Add every box that is worth drawing, before anything is thrown away."""
    (every,) = answer.candidates(LEAST)
    marks = []
    for (x0, y0, x1, y1), score, label in zip(
        every.boxes.tolist(), every.scores.tolist(), every.labels.tolist(), strict=True
    ):
        opacity = f"{round(255 * min(1.0, 0.15 + score)):02x}"
        marks.append({"box": [v / CELL for v in (y0, x0, y1, x1)], "thick": 1,
                      "ink": colour(label) + opacity})  # fmt: skip
    frame.notes["marks"]["all"] = marks[::-1]
    total = answer.objectness[0].numel()
    frame.notes["count"] = {
        "head": ["", "boxes"],
        "rows": [
            ["the grid gives, 12 × 16 cells × 3 anchors", f"{total}"],
            [f"with a score of {LEAST} or more (drawn)", f"{len(every.scores)}"],
            ["with the least score or more", f"{len(candidates.scores)}"],
            ["after suppression", f"{len(found.scores)}"],
        ],
    }


def show_walk(
    frame: Frame, best: Detections, moments: list[Moment], at: int, threshold: float
) -> None:
    """Add the sorted list at a moment of suppression, and its boxes."""
    past = moments[:at]
    kept = {m.keeper for m in past}
    gone = {m.rival: m for m in past if m.goes}
    now = past[-1] if past else None
    rows, marks = [], []
    for i, (box, score, label) in enumerate(
        zip(best.boxes.tolist(), best.scores.tolist(), best.labels.tolist(), strict=True)
    ):
        seen = [m for m in past if m.rival == i]
        overlap = written(seen[-1].overlap, ".3f") if seen else "–"
        state = "kept" if i in kept else f"suppressed by {gone[i].keeper + 1}" if i in gone else ""
        if now and now.rival == i and i not in gone:
            state = f"compared with {now.keeper + 1}: stays"
        rows.append([f"{i + 1}", CLASSES[label], written(score, ".3f"), overlap, state])
        if i in gone and not (now and now.rival == i):
            continue
        active = now is not None and i in (now.keeper, now.rival)
        faded = "" if active or i in kept else "66"
        marks.append({"box": [v / CELL for v in (box[1], box[0], box[3], box[2])],
                      "ink": colour(label) + faded, "thick": 3 if active else 1.5,
                      "text": f"{i + 1}" if active or i in kept else ""})  # fmt: skip
    frame.notes["marks"]["walking"] = marks
    rows += [["", "", "", "", ""]] * (LISTED - len(rows))
    on = -1 if now is None else now.keeper if now.rival < 0 else now.rival
    text = "Press step or play: the best box is kept, and whatever overlaps it too much goes."
    if not len(best.scores):
        text = "No box has the least score."
    elif now is not None and now.rival < 0:
        text = f"Box {now.keeper + 1} is the best that is left: it is kept."
    elif now is not None:
        sign, fate = (">", "goes") if now.goes else ("≤", "stays")
        text = (
            f"IoU of {now.keeper + 1} and {now.rival + 1} is {written(now.overlap, '.3f')} {sign} "
            f"{threshold:.2f}: box {now.rival + 1} {fate}."
        )
    if now is not None and at >= len(moments):
        text += f" Done; kept: {len(kept)}."
    head = ["", "class", "score", "IoU", ""]
    frame.notes["walk"] = {"text": text, "head": head, "rows": rows, "on": on}
