"""Every neuron of a layer looked at: tiles that appear as they are made, and one of them large.

What was made is kept on disk, under the checksum of the weights that made it.
"""

import hashlib
import math
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from labs.data import download
from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.live import Frame
from labs.live.checks import option, shown, whole
from labs.vision.dream.nets import layers, network, width
from labs.vision.dream.neurons import BATCH, SIDE, STEPS, exciting_patches, visualise
from labs.vision.dream.views import as_bytes, jpeg

COLUMNS = 16
LARGEST = 192  # pixels of a photograph's longer side when patches are looked for


class Neurons:
    """A layer's channels, BATCH of them a step, and the photographs that excite the chosen one."""

    slow = True

    def __init__(self, net: str) -> None:
        self.net = net
        self.settings: dict[str, str] = {"layer": self.usual(net)}
        self._open()

    @staticmethod
    def usual(net: str) -> str:
        """Return the layer that is shown first."""
        return layers(net)[len(layers(net)) // 2]

    def _open(self) -> None:
        """Begin with what the disk has of this layer."""
        self.layer = self.settings["layer"]
        self.count = width(self.net, self.layer)
        self.tiles = torch.zeros(self.count, 3, SIDE, SIDE, dtype=torch.uint8)
        self.values = torch.full((self.count,), torch.nan)  # NaN: not looked at yet
        self.chosen = 0
        if (file := self._file()).exists():
            kept = load_file(file)
            self.tiles, self.values = kept["tiles"], kept["values"]
        self._excite()

    def receive(self, event: Mapping) -> None:
        """Take in a layer or a click on a tile.  Raises ValueError in one sentence."""
        name = event.get("setting")
        if name == "layer":
            self.settings["layer"] = option(event.get("value"), layers(self.net), "layer")
            if self.settings["layer"] != self.layer:
                self._open()
        elif event.get("kind") == "click":
            row, col = (whole(event.get(k), 0, 999, f"A click's {k}") for k in ("row", "col"))
            if col >= COLUMNS or row * COLUMNS + col >= self.count:
                raise ValueError(f"This layer has {self.count} channels; there is no tile there.")
            self.chosen = row * COLUMNS + col
            self._excite()
        elif event.get("kind") not in ("hover", "hello") and name != "visible":
            raise ValueError(f"The tiles know a layer and clicks, not {shown(name)}.")

    @property
    def steps(self) -> int:
        """How many channels were looked at."""
        return int((~self.values.isnan()).sum())

    def step(self) -> bool:
        """Look at the next channels; False when all were looked at."""
        missing = self.values.isnan().nonzero()[:, 0].tolist()[:BATCH]
        if not missing:
            return False
        for part in visualise(network(self.net), self.layer, missing, steps=STEPS):
            self.tiles[part.channels] = as_bytes(part.images)
            self.values[part.channels] = part.values
        if len(missing) < BATCH or not self.values.isnan().any():
            file = self._file()
            file.parent.mkdir(parents=True, exist_ok=True)
            save_file({"tiles": self.tiles, "values": self.values}, file)
            return False
        return True

    def frame(self) -> Frame:
        """Return the sheet of tiles, the chosen one, and the patches that excite it."""
        rows = math.ceil(self.count / COLUMNS)
        row, col = divmod(self.chosen, COLUMNS)
        value, done = self.values[self.chosen].item(), self.steps
        about = "not looked at yet" if math.isnan(value) else f"mean activation {value:.3g}"
        return Frame(
            images={
                "sheet": jpeg(_sheet(self.tiles, COLUMNS)),
                "neuron": jpeg(_sheet(self.tiles[self.chosen][None], 1)),
                "patches": jpeg(self.patches),
            },
            notes={
                "settings": self.settings,
                "photos": ["sheet"],
                "grids": {"sheet": [rows, COLUMNS]},
                "marks": {"sheet": [{"box": [row, col, row + 1, col + 1]}]},
                "titles": {
                    "sheet": f"{done} of {self.count} channels of {self.layer}",
                    "neuron": f"channel {self.chosen}: {about}",
                    "patches": f"it is at most {self.peak:.3g} there",
                },
                "say": f"{done} of {self.count} channels were looked at.",
            },
        )

    def _excite(self) -> None:
        photos = [fit_within(photo(name), LARGEST) for name in NAMES]
        found = exciting_patches(network(self.net), self.layer, self.chosen, photos, 4)
        self.peak = found[0][0]
        self.patches = _sheet(torch.cat([as_bytes(patch) for _, patch in found]), 2)

    def _file(self) -> Path:
        """Where this layer's tiles are kept: another net or another recipe has another file."""
        recipe = hashlib.sha256(f"{self.net} {self.layer} {SIDE} {STEPS}".encode())
        for name, x in network(self.net).model.state_dict().items():
            recipe.update(name.encode() + x.float().contiguous().numpy().tobytes())
        return download.path("neurons", f"{recipe.hexdigest()[:24]}.safetensors")


def _sheet(tiles: Tensor, columns: int) -> Tensor:
    """Return tiles (N, 3, H, W) of bytes side by side: (1, 3, rows * H, columns * W)."""
    n, c, h, w = tiles.shape
    rows = math.ceil(n / columns)
    full = torch.full((rows * columns, c, h, w), 128, dtype=torch.uint8)
    full[:n] = tiles
    sheet = full.view(rows, columns, c, h, w).permute(2, 0, 3, 1, 4)
    return sheet.reshape(1, c, rows * h, columns * w)
