"""Stages in a row over one picture: point at any unit of any of them, and see what it saw."""

from collections.abc import Mapping, Sequence

import torch.nn.functional as F
from torch import Tensor

from labs.data import strokes
from labs.drawing.mnist import as_mnist
from labs.drawing.pad import Pad
from labs.images import to_grey
from labs.live import Frame
from labs.live.checks import option, places, whole
from labs.live.controls import Value
from labs.live.lab import ANY, Lab
from labs.vision.convolution.pictures import shrunk
from labs.vision.convolution.pipeline import plan, view
from labs.vision.convolution.pipeline.challenges import CHALLENGES
from labs.vision.convolution.pipeline.controls import CONTROLS, WORD
from labs.vision.convolution.pipeline.export import script
from labs.vision.convolution.pipeline.lenet import lenet
from labs.vision.convolution.pipeline.row import Row
from labs.vision.convolution.pipeline.stages import Stage, run
from labs.vision.convolution.received import edited, pointed

SIDE = 64  # pixels of a photograph
ADDED = "binomial"  # what a new stage is at first
STAGES = tuple(map(str, range(plan.MOST + 1)))  # as an address names the one that is looked at


class Pipeline(Lab):
    """A row of stages, and one unit of one of them under the pointer."""

    name = "convolution.pipeline"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("stages", "x", "at")
    on = {
        ("x", ANY): "draw",
        ("kernel", "edit"): "edit",
        ("table", "click"): "choose_stage",
        (ANY, "hover"): "point",
        (ANY, "click"): "click",
    }

    def __init__(self) -> None:
        super().__init__()
        self.own_stages = plan.parse(plan.EXAMPLE)
        self.pad = Pad("x")
        self.pad.show(strokes.sample(3))
        self.clicked: tuple[int, ...] = ()
        self._ran: tuple[tuple, tuple[list[Tensor], str]] = ((), ([], ""))
        self._look(len(self.own_stages))

    @property
    def row(self) -> Row:
        """What every stage made, and the unit under the pointer."""
        s = self.settings
        drawn = not self.own or s["source"] == "drawing"
        return Row(self.stages(), *self.run(), s["net"], drawn, self.at, self.unit, self.cell)

    @property
    def own(self) -> bool:
        """Whether the stages are the visitor's own."""
        return self.settings["net"] == "yours"

    def show(self) -> Frame:
        """Return the picture, every stage's maps, and what the unit under the pointer saw."""
        row = self.row
        frame = Frame(maps=view.maps(row), notes=view.notes(row))
        view.explain_unit(frame, row)
        view.show_kernel(frame, row)
        self.pad.tell(frame)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: other stages, or another stage in the place of one's own."""
        if name == "net":
            self._look(len(self.stages()))
        elif name == "word":
            self._check_own()
            if self.at and self.settings["word"] != "yours":
                self.own_stages[self.at - 1] = plan.step(self.settings["word"])
            self._look(self.at)

    def usual(self, name: str) -> Value | None:
        """The word of the stage that is looked at is the stages' own, and no address says it."""
        return self.settings["word"] if name == "word" else super().usual(name)

    def add(self) -> None:
        """Add a stage after the one that is looked at, and look at it."""
        self._check_own()
        if len(self.own_stages) >= plan.MOST:
            raise ValueError(f"Up to {plan.MOST} stages stand in a row.")
        self.own_stages.insert(self.at, plan.step(ADDED))
        self._look(self.at + 1)

    def remove(self) -> None:
        """Take out the stage that is looked at, and look at the one before."""
        self._check_own()
        del self.own_stages[max(0, self.at - 1) : self.at]
        self._look(max(1, self.at - 1))

    def draw(self, event: Mapping) -> None:
        """Take in what the pad sends; who draws wants to see the drawing."""
        self.pad.receive(event)
        if event["kind"] in ("stroke", "sample"):
            self.settings["source"] = "drawing"

    def edit(self, event: Mapping) -> None:
        """Change a number of the kernel of the last convolution up to the stage."""
        at = self.row.conv - 1
        if not self.own or at < 0:
            raise ValueError("Choose a convolution of your own to edit its kernel.")
        self.own_stages[at] = plan.Step("yours", edited(self.own_stages[at].kernel, event))
        self._name()

    def choose_stage(self, event: Mapping) -> None:
        """Look at the middle unit of a row of the table."""
        self._look(whole(event.get("unit"), 0, plan.MOST, "A row"))

    def point(self, event: Mapping) -> None:
        """Look at the unit under the pointer."""
        names = [f"s{k}" for k in range(len(self.stages()) + 1)]
        at = names.index(option(event.get("panel"), names, "The stage"))
        made, _ = self.run()
        if at >= len(made):
            return
        count, height, width = made[at].shape[1:]
        unit, (row, col) = whole(event.get("unit"), 0, 4096, "A map"), pointed(event)
        self.at, self.unit = at, min(unit, count - 1)
        self.cell = (min(row, height - 1), min(col, width - 1))
        self._name()

    def click(self, event: Mapping) -> None:
        """Look at a unit; an address says which was clicked last."""
        self.point(event)
        self.clicked = (self.unit, *self.cell)

    def evidence(self) -> tuple:
        """Return the stages and the unit under the pointer."""
        return (self.row,)

    def to_link(self) -> dict[str, str]:
        """Return the stages, the drawing, and which stage is looked at, if it is not the last, with
        the unit of it that was clicked.
        """
        last = self.at == len(self.run()[0]) - 1 and not self.clicked
        at, text = ".".join(map(str, (self.at, *self.clicked))), plan.to_text(self.own_stages)
        stages = "" if text == plan.EXAMPLE else text
        return {"stages": stages, "at": "" if last else at} | self.pad.address()

    def from_link(self, name: str, text: str) -> None:
        """Take the stages of a link, its drawing, or the stage that is looked at."""
        if name == "x":
            self.pad.receive({"kind": "link", "value": text})
        elif name == "at":
            stage, _, unit = text.partition(".")
            self._look(int(option(stage, STAGES, "A stage")))
            if unit:
                count, height, width = self.run()[0][self.at].shape[1:]
                self.unit, *cell = places(unit, count - 1, height - 1, width - 1)
                self.cell = tuple(cell)
                self.clicked = (self.unit, *cell)
        else:
            self.own_stages = plan.parse(text)
            self._look(len(self.stages()))

    def left_out(self) -> str:
        """Say where a picture on the pad stays."""
        return self.pad.left_out()

    def script(self) -> str:
        """Return the script for the stages in a row."""
        return script(self.input(), self.row.stages)

    def stages(self) -> Sequence[tuple[str, Stage]]:
        """Return the stages, named."""
        return plan.stages(self.own_stages) if self.own else lenet(self.settings["net"])

    def input(self) -> Tensor:
        """Return the picture: (1, 1, 64, 64), or what LeNet reads, (1, 1, 28, 28)."""
        if not self.own:
            return as_mnist(self.pad.ink)
        if self.settings["source"] == "drawing":
            return F.interpolate(self.pad.ink, (SIDE, SIDE), mode="area")
        return to_grey(shrunk(self.settings["source"], SIDE))

    def run(self) -> tuple[list[Tensor], str]:
        """Return the picture and what every stage made of it, and where it ended early, why."""
        s = self.settings
        state = (s["net"], s["source"], self.pad.changes, *self.own_stages)
        if self._ran[0] != state:
            self._ran = (state, run(self.input(), [stage for _, stage in self.stages()]))
        return self._ran[1]

    def _check_own(self) -> None:
        if not self.own:
            raise ValueError("LeNet's stages are what they are; take your own to change them.")

    def _look(self, stage: int) -> None:
        """Look at the unit in the middle of a stage, whose word is then in the list."""
        made, _ = self.run()
        self.at = min(max(0, stage), len(made) - 1)
        height, width = made[self.at].shape[-2:]
        self.unit, self.cell = 0, (height // 2, width // 2)
        self.clicked: tuple[int, ...] = ()  # unit, row and column; none since the stage was chosen
        self._name()

    def _name(self) -> None:
        chosen = self.own and self.at
        self.settings["word"] = self.own_stages[self.at - 1].word if chosen else WORD.default
