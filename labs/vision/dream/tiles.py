"""All channels of a layer as tiles that appear as they are made.

What was made is kept on disk, under the checksum of the weights that made it.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from labs.data import download
from labs.vision.dream.nets import network, width
from labs.vision.dream.neurons import SIDE, STEPS, Tiles, tile_steps
from labs.vision.dream.views import as_bytes

GREY = 128  # of a tile that was not begun: what the noise is on average


class LayerTiles:
    """The tiles (C, 3, SIDE, SIDE) of a layer's channels, as bytes, and their values (C,)."""

    def __init__(self, net: str, layer: str) -> None:
        self.net = net
        self.layer = layer
        self.count = width(net, layer)
        self.images = torch.full((self.count, 3, SIDE, SIDE), GREY, dtype=torch.uint8)
        self.values = torch.full((self.count,), torch.nan)  # NaN: not looked at yet
        if (file := self.file()).exists():
            kept = load_file(file)
            self.images, self.values = kept["tiles"], kept["values"]
        missing = self.values.isnan().nonzero()[:, 0].tolist()
        self._making: Iterator[Tiles] = tile_steps(network(net), layer, missing, steps=STEPS)

    @property
    def done(self) -> int:
        """How many channels were looked at."""
        return int((~self.values.isnan()).sum())

    def step(self) -> bool:
        """Take one ascent step of the batch at work; False when all channels were looked at."""
        tiles = next(self._making, None)
        if tiles is None:
            return False
        self.images[tiles.channels] = as_bytes(tiles.images)
        self.values[tiles.channels] = tiles.values
        if self.done == self.count:
            file = self.file()
            file.parent.mkdir(parents=True, exist_ok=True)
            save_file({"tiles": self.images, "values": self.values}, file)
        return True

    def file(self) -> Path:
        """Return where they are kept: another net or another recipe has another file."""
        recipe = hashlib.sha256(f"{self.net} {self.layer} {SIDE} {STEPS}".encode())
        for name, x in network(self.net).model.state_dict().items():
            recipe.update(name.encode() + x.float().contiguous().numpy().tobytes())
        return download.path("neurons", f"{recipe.hexdigest()[:24]}.safetensors")
