"""Many channels: a photograph as a volume, a bank of kernels through it, and the stack of maps."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data.photos import NAMES
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.vision.convolution.channels import bank, view
from labs.vision.convolution.channels.volume import Cost, costs, depthwise, pointwise
from labs.vision.convolution.convolve import convolve, output_side
from labs.vision.convolution.kernels import resize
from labs.vision.convolution.pictures import jpeg, shrunk

SIDE = 128  # pixels
WAYS = ("bank", "depthwise", "pointwise", "separable")
SCALES = ("unit", "layer")
COLOURS = ("red", "green", "blue")
COUNTS = {"maps": (1, 8), "size": (1, 7), "stride": (1, 4), "padding": (0, 3)}
LARGEST = 1e4


class Channels:
    """A volume under a bank of kernels of which every number can be dragged."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "source": "coffee", "way": "bank", "scale": "unit", "maps": 4, "size": 3, "stride": 1,
            "padding": 0,
        }  # fmt: skip
        self.bank, self.within = bank.bank(3), bank.within(3)
        self.mix = bank.mixtures()
        self.chosen = 0  # the map whose kernel is on the table
        self.at = (64, 64)
        self.edited: set[int] = set()
        self._told = ""  # the picture that the browser has

    # the three verbs

    def receive(self, event: Mapping) -> None:
        """Take in an edit, a click on a kernel or a map, or a setting.  Raises ValueError."""
        kind, panel, name = event.get("kind"), event.get("panel"), event.get("setting")
        value = event.get("value")
        if kind == "hello":
            self._told = ""
        elif kind == "edit":
            self._edit(panel, event)
        elif kind == "click":
            self._click(panel, event)
        elif name == "source":
            self.settings["source"] = option(value, NAMES, "The picture")
        elif name == "scale":
            self.settings["scale"] = option(value, SCALES, "The scale")
        elif name == "way":
            self.settings["way"] = option(value, WAYS, "The way")
        elif isinstance(name, str) and name in COUNTS:
            self.settings[name] = rounded(value, *COUNTS[name], name)
            self._resize()
        elif name == "again":
            self._begin()
        elif name != "visible":
            raise ValueError(f"The channels have no setting {shown(name)}.")
        self.chosen = min(self.chosen, self.count - 1)

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the volume, the kernels, the stack of maps, the sum of one cell, and the costs."""
        x, y = self.input(), self.output()[0]
        frame = Frame(maps={"stack": y, "bank": self.tiles()})
        if self._told != self.settings["source"]:
            self._told = str(self.settings["source"])
            frame.images["photo"] = jpeg(x[0])
            frame.maps["volume"] = x[0]
        slices = self._slices()
        if slices is not None:
            frame.values |= dict(zip(COLOURS, slices, strict=True))
        frame.values["mix"] = self.mix[: int(self.settings["maps"])]
        frame.notes = view.notes(self, y)
        view.explain_cell(self, frame, y)
        return frame

    # what page and tests ask for

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
        x, how = self.input(), self.how
        d = int(self.settings["maps"])
        if self.way == "bank":
            return convolve(x, self.bank[:d], **how)
        if self.way == "pointwise":
            return pointwise(x, self.mix[:d], **how)
        y = depthwise(x, self.within, **how)
        return y if self.way == "depthwise" else pointwise(y, self.mix[:d])

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

    def tiles(self) -> Tensor:
        """Return all kernels as tiles, three in a row: (K, m, m)."""
        d = int(self.settings["maps"])
        if self.way == "bank":
            return self.bank[:d].flatten(0, 1)
        return self.mix[:d].reshape(-1, 1, 1) if self.way == "pointwise" else self.within

    def cell(self) -> tuple[int, int]:
        """Return the row and column of the cell whose sum is shown."""
        return min(self.at[0], self.side - 1), min(self.at[1], self.side - 1)

    # helpers

    def _begin(self) -> None:
        size = int(self.settings["size"])
        self.bank, self.within, self.mix = bank.bank(size), bank.within(size), bank.mixtures()
        self.edited = set()

    def _resize(self) -> None:
        size = int(self.settings["size"])
        if size == self.bank.shape[-1]:
            return
        flat = [resize(kernel, size) for kernel in self.bank.flatten(0, 1)]
        self.bank = torch.stack(flat).view(8, 3, size, size)
        self.within = torch.stack([resize(kernel, size) for kernel in self.within])

    def _slices(self) -> Tensor | None:
        """The slices on the table, (3, m, m): of the chosen kernel, or one for each channel."""
        if self.way == "pointwise":
            return None
        return self.bank[self.chosen] if self.way == "bank" else self.within

    def _edit(self, panel: object, event: Mapping) -> None:
        value = number(event.get("value"), -LARGEST, LARGEST, "A kernel's number")
        if panel == "mix":
            d = int(self.settings["maps"])
            index = whole(event.get("index"), 0, 3 * d - 1, "A cell")
            self.mix = self.mix.clone()
            self.mix.view(-1)[index] = value
            return
        slices = self._slices()
        if panel not in COLOURS or slices is None:
            raise ValueError("The slices that can be edited are red, green and blue, and the mix.")
        index = whole(event.get("index"), 0, slices[0].numel() - 1, "A kernel's cell")
        slices[COLOURS.index(panel)].view(-1)[index] = value
        if self.way == "bank":
            self.edited.add(self.chosen)

    def _click(self, panel: object, event: Mapping) -> None:
        unit = whole(event.get("unit"), 0, 23, "A tile")
        if panel == "bank" and self.way in ("bank", "pointwise"):
            self.chosen = unit // 3
        elif panel == "cost":
            self.settings["way"] = WAYS[min(unit, len(WAYS) - 1)]
        elif panel == "stack":
            self.chosen = unit
            self.at = (
                whole(event.get("row"), 0, 2 * SIDE, "A row"),
                whole(event.get("col"), 0, 2 * SIDE, "A column"),
            )
