"""Stages in a row over one picture: point at any unit of any of them, and see what it saw."""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data import strokes
from labs.data.photos import NAMES
from labs.drawing.mnist import as_mnist
from labs.drawing.pad import Pad
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import option, shown, whole
from labs.vision.convolution.pictures import luminance, shrunk
from labs.vision.convolution.pipeline import plan, view
from labs.vision.convolution.pipeline.chain import Chain
from labs.vision.convolution.pipeline.challenges import CHALLENGES
from labs.vision.convolution.pipeline.lenet import lenet
from labs.vision.convolution.pipeline.stages import Stage, run
from labs.vision.convolution.received import Rules, pointed

SIDE = 64  # pixels of a photograph
FIRST = "astronaut"  # the picture at first
RULES = Rules(options={"net": ("yours", "learned", "random"), "source": (*NAMES, "drawing")})


class Pipeline:
    """A row of stages, and one unit of one of them under the pointer."""

    challenges = CHALLENGES

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "net": "yours", "source": FIRST, "word": "max2",
        }  # fmt: skip
        self.chain = Chain()
        self.pad = Pad("x", str)
        self.pad.show(strokes.sample(3))
        self.at, self.unit, self.cell = 6, 0, (7, 7)  # the stage, its map, and the unit there
        self.met: set[str] = set()
        self._ran: tuple[tuple, tuple[list[Tensor], str]] = ((), ([], ""))

    def receive(self, event: Mapping) -> None:
        """Take in a pointer, an edit, a stroke or a setting.  Raises ValueError."""
        kind, panel, name = event.get("kind"), event.get("panel"), event.get("setting")
        if panel == self.pad.name:
            self.pad.receive(event)
            if kind in ("stroke", "sample"):
                self.settings["source"] = "drawing"
        elif panel == "stages" and kind == "link":
            self.chain.read(event.get("value"))
            self._look(len(self.stages()))
        elif kind in ("hover", "click"):
            self._point(event)
        elif kind == "edit":
            self._edit(event)
        elif isinstance(name, str) and name in RULES:
            self.settings[name] = RULES.checked(name, event.get("value"))
            if name == "net":
                self._look(len(self.stages()))
        elif name in ("word", "add", "remove"):
            self._change(str(name), event.get("value"))
        elif kind != "hello" and name != "visible":
            raise ValueError(f"The pipeline has no setting {shown(name)}.")

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the picture, every stage's maps, and what the unit under the pointer saw."""
        made, fault = self.run()
        frame = Frame(maps={panel(k): y[0] for k, y in enumerate(made)})
        for k in range(len(made), len(self.stages()) + 1):
            frame.maps[panel(k)] = torch.zeros(1, 1, 1)
        self.met = met(self.challenges, self.met, self)
        frame.notes = view.notes(self, made, fault)
        view.explain_unit(self, frame, made)
        view.show_kernel(self, frame)
        self.pad.tell(frame)
        source = str(self.settings["source"])  # a stroke chooses the drawing
        frame.notes["address"] = frame.notes.get("address", {}) | {
            "word": "", "stages": self.chain.text, "source": "" if source == FIRST else source,
        }  # fmt: skip
        return frame

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the stages and the drawing."""
        stages = {"stages": self.chain.text} if self.chain.text else {}
        return stages | self.pad.address()

    @property
    def own(self) -> bool:
        """Whether the stages are the visitor's own."""
        return self.settings["net"] == "yours"

    def stages(self) -> list[tuple[str, Stage]]:
        """Return the stages, named."""
        return self.chain.stages if self.own else lenet(str(self.settings["net"]))

    def conv_at(self) -> int:
        """Return the number of the last convolution up to the chosen stage; 0 if there is none."""
        kinds = [stage.kind for _, stage in self.stages()[: self.at]]
        return max((k for k, kind in enumerate(kinds, 1) if kind == "conv"), default=0)

    def titles(self) -> list[tuple[str, int]]:
        """Return each stage's name and how many maps it makes, the picture first."""
        made, _ = self.run()
        named = [("picture", 1)]
        for k, (name, _) in enumerate(self.stages(), 1):
            named.append((f"{k} {name}", made[k].shape[1] if k < len(made) else 1))
        return named

    def input(self) -> Tensor:
        """Return the picture: (1, 1, 64, 64), or what LeNet reads, (1, 1, 28, 28)."""
        if not self.own:
            return as_mnist(self.pad.ink)
        if self.settings["source"] == "drawing":
            return F.interpolate(self.pad.ink, (SIDE, SIDE), mode="area")
        return luminance(shrunk(str(self.settings["source"]), SIDE)[0])[None]

    def run(self) -> tuple[list[Tensor], str]:
        """Return the picture and what every stage made of it, and where it ended early, why."""
        state = (*self.settings.values(), self.pad.changes, *self.chain.steps)
        if self._ran[0] != state:
            self._ran = (state, run(self.input(), [stage for _, stage in self.stages()]))
        return self._ran[1]

    def _look(self, stage: int) -> None:
        """Look at the unit in the middle of a stage, whose word is then in the list."""
        self.at = min(max(0, stage), len(self.stages()))
        made, _ = self.run()
        self.at = min(self.at, len(made) - 1)
        height, width = made[self.at].shape[-2:]
        self.unit, self.cell = 0, (height // 2, width // 2)
        self._name()

    def _name(self) -> None:
        if self.own and self.at:
            self.settings["word"] = self.chain.steps[self.at - 1].word

    def _point(self, event: Mapping) -> None:
        if event.get("panel") == "table":
            return self._look(whole(event.get("unit"), 0, plan.MOST, "A row"))
        names = [panel(k) for k in range(len(self.stages()) + 1)]
        at = names.index(option(event.get("panel"), names, "The stage"))
        made, _ = self.run()
        if at >= len(made):
            return None
        count, height, width = made[at].shape[1:]
        unit, (row, col) = whole(event.get("unit"), 0, 4096, "A map"), pointed(event)
        self.at, self.unit = at, min(unit, count - 1)
        self.cell = (min(row, height - 1), min(col, width - 1))
        return self._name()

    def _change(self, name: str, value: object) -> None:
        """Change, add or remove a stage of the visitor's own, and look at it."""
        if not self.own:
            raise ValueError("LeNet's stages are what they are; take your own to change them.")
        if name == "word":
            self.chain.change(self.at - 1, value)
            self._look(self.at)
        elif name == "add":
            self.chain.add(self.at)
            self._look(self.at + 1)
        else:
            self.chain.remove(self.at - 1)
            self._look(max(1, self.at - 1))

    def _edit(self, event: Mapping) -> None:
        """Drag a number of the kernel on the table."""
        if event.get("panel") != "kernel" or not self.own:
            raise ValueError("Choose a convolution of your own to edit its kernel.")
        self.chain.edit(self.conv_at() - 1, event)
        self._name()


def panel(k: int) -> str:
    """Return the name of the panel that shows what stage k made; 0 is the picture."""
    return f"s{k}"
