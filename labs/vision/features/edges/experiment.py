"""Edges: Canny's method, every stage of it, and what became of one pixel."""

from collections.abc import Mapping
from itertools import product as pairs

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.arithmetic import product
from labs.live.challenges import Challenge
from labs.live.controls import Knob, Value
from labs.numerals import counted, written
from labs.pictures import jpeg
from labs.vision.features.edges.canny import Canny, canny
from labs.vision.features.edges.export import script
from labs.vision.features.gradient import SOBEL
from labs.vision.features.source import SOURCE, OnePicture

STAGES = ("blurred", "gradient", "thinned", "thresholds", "edges")
FEW = 400  # pixels
CHALLENGES = (
    Challenge(
        "few", f"Blur a photograph by less than a pixel, and keep 100 to {FEW} edge pixels.",
        "Raise the lower threshold, too: what is weak and joined to a strong one stays.",
        lambda s, c: s["source"] != "drawing" and s["sigma"] < 1
        and 100 <= int(c.edges.sum()) < FEW,
    ),
    Challenge(
        "joined", "With a blur below a pixel, let more than half of the edge pixels be weak: they "
        "only live by their strong neighbours.",
        "Move the two thresholds apart.",
        lambda s, c: s["sigma"] < 1
        and 2 * int((c.edges & ~c.strong).sum()) > int(c.edges.sum()) > 200,
    ),
)  # fmt: skip


class Edges(OnePicture):
    """One picture, and the five stages between it and its edges."""

    name = "features"
    controls = (
        SOURCE,
        Knob("sigma", "blur σ", 0, 5, 1.4, step=0.1, digits=1, unit=" px"),
        Knob("low", "lower threshold", 0, 3, 0.2, step=0.01, digits=2),
        Knob("high", "upper threshold", 0, 3, 0.4, step=0.01, digits=2),
    )
    challenges = CHALLENGES
    on = OnePicture.on | dict.fromkeys(
        pairs(("picture", *STAGES), ("hover", "click")), "point"
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.at = (60, 69)  # the pixel that is explained
        self._made: tuple[tuple, Canny] | None = None
        self._shown: tuple = ()

    @property
    def stages(self) -> Canny:
        """The stages as the settings are now."""
        s, x = self.settings, self.grey
        state = (s["sigma"], s["low"], s["high"])
        if self._made is None or self._made[0][1:] != state or self._made[0][0] is not x:
            self._made = (x, *state), canny(x, *state)
        return self._made[1]

    def show(self) -> Frame:
        """Return the picture, the stages, and the steps of one pixel."""
        c = self.stages
        frame = Frame()
        if not {"picture", *STAGES} <= self.sent or self._shown is not self._made[0]:
            self.sent |= {"picture", *STAGES}
            self._shown = self._made[0]
            frame.images["picture"] = jpeg(self.colour)
            double = 0.5 * c.weak + 0.5 * c.strong
            maps = (c.blurred, c.magnitude, c.thinned, double, c.edges.double())
            frame.maps |= {k: x[0].float() for k, x in zip(STAGES, maps, strict=True)}
        self.add_source(frame)
        describe(frame, c, self.at, self.side)
        explain(frame, c, self.at, self.settings)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Keep the lower threshold below the upper one, which gives way."""
        super().changed(name, before)
        s = self.settings
        if name == "low":
            s["high"] = max(s["high"], s["low"])
        elif name == "high":
            s["low"] = min(s["low"], s["high"])

    def evidence(self) -> tuple:
        """Return settings and stages."""
        return self.settings, self.stages

    def script(self) -> str:
        """Return the script for these edges, and scikit-image's beside them."""
        return script(self.settings, self.side, self.pad.picture)


def describe(frame: Frame, c: Canny, at: tuple[int, int], side: int) -> None:
    """Add titles, colours and marks; `at` is the pixel that is marked."""
    row, col = at
    mark = [{"box": [row, col, row + 1, col + 1]}]
    weak, strong, edges = (int(x.sum()) for x in (c.weak & ~c.strong, c.strong, c.edges))
    gone = weak + strong - edges
    frame.notes |= {
        "photos": ["picture"],
        "grids": {name: [side, side] for name in ("picture", *STAGES)},
        "marks": dict.fromkeys(("picture", *STAGES), mark),
        "limits": {"blurred": 1.0, "thresholds": 1.0, "edges": 1.0},
        "colors": {"blurred": "grey", "gradient": "unsigned", "thinned": "unsigned",
                   "thresholds": "unsigned", "edges": "unsigned"},
        "titles": {
            "picture": f"{side} × {side}, in grey for what follows",
            "blurred": "a Gaussian, weights by distance",
            "gradient": f"|∇| up to {written(c.magnitude.max().item(), '.2f')}",
            "thinned": f"{counted(int((c.thinned > 0).sum()), 'pixel')} are largest across "
            "their edge",
            "thresholds": f"{strong:,} strong, {weak:,} weak",
            "edges": f"{counted(edges, 'pixel')}; {gone:,} weak ones left alone",
        },
        "say": f"{edges} edge pixels.",
    }  # fmt: skip


def explain(frame: Frame, c: Canny, at: tuple[int, int], s: Mapping) -> None:
    """Add how one pixel came to be an edge, or not: the sum of its gradient, and every decision."""
    row, col = at
    value = {k: getattr(c, k)[0, 0, row, col].item() for k in
             ("right", "down", "magnitude", "ahead", "behind", "thinned")}  # fmt: skip
    weak, strong, edge = (getattr(c, k)[0, 0, row, col].item() for k in ("weak", "strong", "edges"))
    angle = torch.rad2deg(torch.atan2(torch.tensor(value["down"]), torch.tensor(value["right"])))
    thin = value["thinned"] > 0
    size = written(value["magnitude"])
    verdict = ("strong" if strong else "weak"
               if weak else "below both")  # fmt: skip
    last = "an edge"
    if not edge:
        last = "joined to no strong one" if weak else "no edge"
    elif not strong:
        last = "joined to a strong one"
    rows = [
        ("gradient →, ↓", f"{written(value['right'])}, {written(value['down'])}",
         f"towards {written(angle.item(), '.0f')}°"),
        ("size", size, "√(→² + ↓²)"),
        ("ahead, behind", f"{written(value['ahead'])}, {written(value['behind'])}",
         "the largest: stays" if thin else "not the largest: goes"),
        ("thresholds", f"{written(s['low'], '.2f')}, {written(s['high'], '.2f')}",
         verdict if thin else "already gone"),
        ("hysteresis", "edge" if edge else "none", last if thin else "already gone"),
    ]  # fmt: skip
    said = f"Row {row}, column {col}: {'an edge' if edge else 'no edge'}."
    frame.notes["tables"] = {"pixel": {"said": said, "rows": rows, "good": bool(edge)}}
    patch = window(c.blurred, row, col)
    kernel = torch.tensor(SOBEL)
    product(
        torch.stack([patch, patch]), torch.stack([kernel, kernel.T]),
        parts=("to the right", "downwards"), title="gradient of the blurred picture",
        text="The window around the pixel, times each of Sobel's two kernels, summed.",
        sum=f"→ = {written(value['right'])},  ↓ = {written(value['down'])},  |∇| = {size}",
        map="grey",
    ).show(frame)  # fmt: skip


def window(x: Tensor, row: int, col: int) -> Tensor:
    """Return the 3 x 3 pixels of x: (1, 1, H, W) around one, whose rim goes on as it ends."""
    height, width = x.shape[-2:]
    rows = torch.arange(row - 1, row + 2).clamp(0, height - 1)
    cols = torch.arange(col - 1, col + 2).clamp(0, width - 1)
    return x[0, 0][rows][:, cols].float()
