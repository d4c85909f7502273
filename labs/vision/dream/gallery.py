"""Every neuron of a layer looked at: all as tiles, one of them large, and what excites it."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.live import Frame
from labs.live.checks import cards, number, option, shown, whole
from labs.vision.dream.nets import layers, network
from labs.vision.dream.neurons import exciting_patches
from labs.vision.dream.portrait import Portrait
from labs.vision.dream.tiles import LayerTiles
from labs.vision.dream.views import as_bytes, jpeg, sheet

COLUMNS = 16
LARGEST = 192  # pixels of a photograph's longer side when patches are looked for
PATCHES = 6
BROUGHT = 6  # photographs of the visitor's own that are looked through, the latest


class Neurons:
    """A layer's channels, one ascent step at a time, and what excites the chosen one."""

    slow = True

    def __init__(self, net: str) -> None:
        self.net = net
        self.settings: dict[str, str | float] = {"layer": self.usual(net), "diversity": 0.6}
        self.photos = [(name, fit_within(photo(name), LARGEST)) for name in NAMES]
        self._open()
        self.eager = False  # until somebody looks

    @staticmethod
    def usual(net: str) -> str:
        """Return the layer that is shown first."""
        return layers(net)[len(layers(net)) // 2]

    def bring(self, picture: Tensor) -> None:
        """Look for patches in the visitor's own picture too: (1, C, H, W) in [0, 1]."""
        mine = [pair for pair in self.photos if pair[0] not in NAMES][-BROUGHT + 1 :]
        small = fit_within(picture.expand(1, 3, *picture.shape[-2:]), LARGEST)
        self.photos = [*self.photos[: len(NAMES)], *mine, ("yours", small)]
        self._excite()

    def receive(self, event: Mapping) -> None:
        """Take in a layer, a weight or a click on a tile.  Raises ValueError in one sentence."""
        name, value, kind = event.get("setting"), event.get("value"), event.get("kind")
        if name == "layer":
            self.settings["layer"] = option(value, layers(self.net), "layer")
            if self.settings["layer"] != self.tiles.layer:
                self._open()
        elif name == "diversity":
            self.settings["diversity"] = number(value, 0, 4, "The wish to differ")
            self._choose(self.chosen)
        elif kind == "click":
            row, col = (whole(event.get(k), 0, 999, f"A click's {k}") for k in ("row", "col"))
            if col >= COLUMNS or row * COLUMNS + col >= self.tiles.count:
                count = self.tiles.count
                raise ValueError(f"This layer has {count} channels; there is no tile there.")
            self._choose(row * COLUMNS + col)
        elif name == "visible":
            self.eager = "neurons" in (cards(value) or ()) and self.portrait.count == 0
        elif kind not in ("hover", "hello"):
            raise ValueError(f"The tiles know a layer and clicks, not {shown(name)}.")

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

    def frame(self) -> Frame:
        """Return the sheet of tiles, the chosen one, and the patches that excite it."""
        done, count = self.tiles.done, self.tiles.count
        row, col = divmod(self.chosen, COLUMNS)
        return Frame(
            images={
                "sheet": jpeg(sheet(self.tiles.images, COLUMNS)),
                "neuron": jpeg(sheet(as_bytes(self.portrait.images), 2)),
                "patches": jpeg(sheet(torch.cat([as_bytes(p.image) for p in self.patches]), 3)),
            },
            notes={
                "settings": self.settings,
                "photos": ["sheet"],
                "grids": {"sheet": [math.ceil(count / COLUMNS), COLUMNS]},
                "marks": {"sheet": [{"box": [row, col, row + 1, col + 1]}]},
                "titles": {
                    "sheet": f"{done} of {count} channels of {self.tiles.layer} looked at",
                    "neuron": self._about(),
                    "patches": self._from(),
                },
                "say": f"{done} of {count} channels were looked at; {self._about()}.",
            },
        )

    def _open(self) -> None:
        """Begin with what the disk has of this layer."""
        self.tiles = LayerTiles(self.net, str(self.settings["layer"]))
        self._choose(0)

    def _choose(self, k: int) -> None:
        """Look at channel k closely."""
        self.chosen, self.eager = k, True
        self.portrait = Portrait(
            network(self.net), self.tiles.layer, k, float(self.settings["diversity"])
        )
        self._excite()

    def _excite(self) -> None:
        pictures = [x for _, x in self.photos]
        self.patches = exciting_patches(
            network(self.net), self.tiles.layer, self.chosen, pictures, PATCHES
        )

    def _about(self) -> str:
        if self.portrait.dead:
            return f"channel {self.chosen} never fires: not from noise, whatever is tried"
        return f"channel {self.chosen}, step {self.portrait.count}"

    def _from(self) -> str:
        if self.patches[0].value == 0:
            return "it is 0 on all of them"
        best = self.patches[0]
        return f"{best.value:.3g} on “{self.photos[best.photo][0]}”, then weaker"
