"""Every neuron of a layer looked at: all as tiles, one of them large, and what excites it."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import ANY, Lab
from labs.pictures import as_bytes, jpeg, sheet
from labs.vision.dream.controls import REAL, of_neurons
from labs.vision.dream.nets import LITE, classes, network
from labs.vision.dream.neurons import Patch, best_patches, exciting_patches
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.portrait import Portrait
from labs.vision.dream.tiles import LayerTiles

COLUMNS = 16
LARGEST = 192  # pixels of a photograph's longer side when patches are looked for
PATCHES = 6
BROUGHT = 6  # photographs of the visitor's own that are looked through, the latest


class Neurons(Lab):
    """A layer's channels, one ascent step at a time, and what excites the chosen one."""

    name = "neurons"
    links = ("channel",)
    on = {(ANY, "click"): "click"}
    slow = True

    def __init__(self, net: str = LITE) -> None:
        self.net, self.controls = net, of_neurons(net)
        super().__init__()
        self.photos = [(name, fit_within(photo(name), LARGEST)) for name in NAMES]
        self.tiles: LayerTiles | None = None
        self.changed("layer", "")
        self.eager = False  # until somebody looks

    def release(self) -> None:
        """Give up what is on its way to the workers."""
        if self.tiles is not None:
            self.tiles.calls.cancel()

    def bring(self, picture: Tensor) -> None:
        """Look for patches in the visitor's own picture too: (1, C, H, W) in [0, 1]."""
        mine = [pair for pair in self.photos if pair[0] not in NAMES][-BROUGHT + 1 :]
        small = fit_within(picture.expand(1, 3, *picture.shape[-2:]), LARGEST)
        self.photos = [*self.photos[: len(NAMES)], *mine, ("yours", small)]
        self._patches, self._real = [], None

    def receive(self, event: Event) -> None:
        """Take in an event; begin when somebody looks."""
        super().receive(event)
        if event.get("setting") == "visible":
            self.eager = self.sees("neurons") and self.portrait.count == 0

    def changed(self, name: str, before: Value) -> None:
        """Begin with what the disk has of another layer, or look at the channel in another way."""
        if name == "diversity":
            self.choose(self.chosen)
        elif name != "show" and self.settings[name] != before:
            self.release()
            self.tiles = LayerTiles(self.net, str(self.settings["layer"]), self.sign)
            self._real: Tensor | None = None
            self.choose(0 if name == "layer" else self.chosen)

    def click(self, event: Event) -> None:
        """Look closely at the channel whose tile was clicked."""
        row, col = (whole(event.get(k), 0, 999, f"A click's {k}") for k in ("row", "col"))
        self.choose(row * COLUMNS + (col if col < COLUMNS else self.tiles.count))

    def choose(self, k: int) -> None:
        """Look closely at channel k.  Raises ValueError if the layer has fewer."""
        count = self.tiles.count
        if k >= count:
            raise ValueError(f"This layer has {count} channels; there is no tile there.")
        self.chosen, self.eager = k, True
        differ = float(self.settings["diversity"])
        self.portrait = Portrait(network(self.net), self.tiles.layer, k, differ, sign=self.sign)
        self._patches: list[Patch] = []

    @property
    def classes(self) -> Sequence[str]:
        """The names of the channels, where they are the classes."""
        return classes(self.net) if self.tiles.layer == LOGITS else ()

    @property
    def sign(self) -> int:
        """1, or -1 where channels shall be as negative as they can."""
        return int(self.settings["sign"])

    @property
    def pictures(self) -> Tensor:
        """A picture (C, 3, h, w) of bytes for each channel: made, or a patch of a photograph."""
        if self.settings["show"] != REAL:
            return self.tiles.images
        if self._real is None:
            photos = [x for _, x in self.photos]
            self._real = as_bytes(
                best_patches(network(self.net), self.tiles.layer, photos, self.sign)
            )
        return self._real

    @property
    def patches(self) -> list[Patch]:
        """The patches of photographs that excite the chosen channel most, the strongest first."""
        if not self._patches:
            photos = [x for _, x in self.photos]
            self._patches = exciting_patches(
                network(self.net), self.tiles.layer, self.chosen, photos, PATCHES, self.sign
            )
        return self._patches

    @property
    def steps(self) -> int:
        """How many channels were looked at."""
        return self.tiles.done

    def step(self) -> bool:
        """Go on with the chosen channel, then with the tiles; False when all is done."""
        self.eager = False
        if self.portrait.done:
            return self.tiles.step()
        self.portrait.step()
        return True

    def to_link(self) -> dict[str, str]:
        """Return the channel that is looked at closely."""
        return {"channel": str(self.chosen or "")}

    def from_link(self, name: str, text: str) -> None:
        """Look closely at a link's channel."""
        if not text[:9].isdecimal():
            raise ValueError("The link names a channel by its number.")
        self.choose(int(text[:9]))

    def show(self) -> Frame:
        """Return the sheet of tiles, the chosen one, and the patches that excite it."""
        done, count = self.tiles.done, self.tiles.count
        row, col = divmod(self.chosen, COLUMNS)
        return Frame(
            images={
                "sheet": jpeg(sheet(self.pictures, COLUMNS)),
                "neuron": jpeg(sheet(as_bytes(self.portrait.images), 2)),
                "patches": jpeg(sheet(torch.cat([as_bytes(p.image) for p in self.patches]), 3)),
            },
            notes={
                "photos": ["sheet"],
                "grids": {"sheet": [math.ceil(count / COLUMNS), COLUMNS]},
                "marks": {"sheet": [{"box": [row, col, row + 1, col + 1]}]},
                "titles": {
                    "sheet": self._sheet(),
                    "neuron": self._about(),
                    "patches": self._from(),
                },
                "say": f"{done} of {count} were looked at; {self._about()}.",
            },
        )

    def _sheet(self) -> str:
        done, count, calls = self.tiles.done, self.tiles.count, self.tiles.calls
        what = "classes" if self.classes else f"channels of {self.tiles.layer}"
        if self.settings["show"] != REAL:
            at_work = f"; {calls.told('batch')}" if calls or calls.trouble else ""
            return f"{done} of {count} {what} looked at{at_work}"
        return f"{count} {what}, each with its patch of {len(self.photos)} photographs"

    def _about(self) -> str:
        name = self.classes[self.chosen] if self.classes else f"channel {self.chosen}"
        if self.portrait.dead:
            return f"{name} never fires: not from noise, whatever is tried"
        return f"{name}, step {self.portrait.count}"

    def _from(self) -> str:
        if self.patches[0].value == 0:
            return "it is 0 on all of them"
        best = self.patches[0]
        return f"{best.value:.3g} on “{self.photos[best.photo][0]}”, then weaker"
