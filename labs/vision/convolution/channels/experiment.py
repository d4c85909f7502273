"""Many channels: a photograph as a volume, a bank of kernels through it, and the stack of maps."""

from collections.abc import Mapping

from torch import Tensor

from labs.data.photos import NAMES
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import shown, whole
from labs.vision.convolution.channels import view
from labs.vision.convolution.channels.challenges import CHALLENGES
from labs.vision.convolution.channels.volume import Cost, costs
from labs.vision.convolution.channels.weights import COLOURS, WAYS, Weights
from labs.vision.convolution.convolve import output_side
from labs.vision.convolution.pictures import jpeg, shrunk
from labs.vision.convolution.received import Rules, pointed

SIDE = 128  # pixels
RULES = Rules(
    options={"source": NAMES, "way": WAYS, "scale": ("unit", "layer")},
    counts={"maps": (1, 8), "size": (1, 7), "stride": (1, 4), "padding": (0, 3)},
)


class Channels:
    """A volume under a bank of kernels of which every number can be dragged."""

    challenges = CHALLENGES

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "source": "coffee", "way": "bank", "scale": "unit", "maps": 4, "size": 3, "stride": 1,
            "padding": 0,
        }  # fmt: skip
        self.weights = Weights(3)
        self.chosen = 0  # the map whose kernel is on the table
        self.at = (64, 64)
        self.met: set[str] = set()
        self._told = ""  # the picture that the browser has

    def receive(self, event: Mapping) -> None:
        """Take in an edit, a click on a kernel or map, a link or a setting.  Raises ValueError."""
        kind, panel, name = event.get("kind"), event.get("panel"), event.get("setting")
        if kind == "hello":
            self._told = ""
        elif kind == "edit":
            self.weights.edit(self.way, self.chosen, int(self.settings["maps"]), event)
        elif panel == "kernels" and kind == "link":
            self.weights.read(event.get("value"))
        elif kind == "click":
            self._click(panel, event)
        elif isinstance(name, str) and name in RULES:
            self.settings[name] = RULES.checked(name, event.get("value"))
            self.weights.resize(int(self.settings["size"]))
        elif name == "again":
            self.weights = Weights(int(self.settings["size"]))
        elif name != "visible":
            raise ValueError(f"The channels have no setting {shown(name)}.")
        self.chosen = min(self.chosen, self.count - 1)

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the volume, the kernels, the stack of maps, the sum of one cell, and the costs."""
        x, y = self.input(), self.output()[0]
        maps = int(self.settings["maps"])
        frame = Frame(maps={"stack": y, "bank": self.weights.tiles(self.way, maps)})
        if self._told != self.settings["source"]:
            self._told = str(self.settings["source"])
            frame.images["photo"] = jpeg(x[0])
            frame.maps["volume"] = x[0]
        slices = self.weights.slices(self.way, self.chosen)
        if slices is not None:
            frame.values |= dict(zip(COLOURS, slices, strict=True))
        frame.values["mix"] = self.weights.mix[:maps]
        self.met = met(self.challenges, self.met, self)
        frame.notes = view.notes(self, y)
        view.explain_cell(self, frame, y)
        return frame

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: numbers of the visitor's own, or ""."""
        return {"kernels": self.weights.text}

    @property
    def way(self) -> str:
        """How the maps are made."""
        return str(self.settings["way"])

    @property
    def count(self) -> int:
        """How many maps come out."""
        return 3 if self.way == "depthwise" else int(self.settings["maps"])

    def input(self) -> Tensor:
        """Return the photograph (1, 3, 128, 128) in [0, 1]."""
        return shrunk(str(self.settings["source"]), SIDE)

    def output(self) -> Tensor:
        """Return the stack of maps: (1, d, H', W')."""
        return self.weights.apply(self.way, self.input(), int(self.settings["maps"]), self.how)

    @property
    def how(self) -> dict[str, int]:
        """Stride and padding."""
        return {name: int(self.settings[name]) for name in ("stride", "padding")}

    @property
    def side(self) -> int:
        """Cells along a side of the maps."""
        m = 1 if self.way == "pointwise" else int(self.settings["size"])
        return output_side(SIDE, m, self.how["stride"], self.how["padding"], 1)

    def costs(self) -> Mapping[str, Cost]:
        """Return what every way costs for maps of the side on the screen."""
        s = self.settings
        return costs(3, int(s["maps"]), int(s["size"]), self.side**2)

    def cell(self) -> tuple[int, int]:
        """Return the row and column of the cell whose sum is shown."""
        return min(self.at[0], self.side - 1), min(self.at[1], self.side - 1)

    def _click(self, panel: object, event: Mapping) -> None:
        unit = whole(event.get("unit"), 0, 23, "A tile")
        if panel == "bank" and self.way in ("bank", "pointwise"):
            self.chosen = unit // 3
        elif panel == "cost":
            self.settings["way"] = WAYS[min(unit, len(WAYS) - 1)]
        elif panel == "stack":
            self.chosen = min(unit, self.count - 1)
            self.at = pointed(event)
