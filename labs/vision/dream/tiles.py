"""All channels of a layer as tiles that appear as they are made.

What was made is kept on disk, under the checksum of the weights that made it.
"""

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from labs import files
from labs.data import download
from labs.pictures import as_bytes
from labs.vision.dream.nets import checksum, network, width
from labs.vision.dream.neurons import RATE, SIDE, STEPS, Tiles, tile_steps

GREY = 128  # of a tile that was not begun: what the noise is on average
MOST = 400_000_000  # bytes of all that is kept


class LayerTiles:
    """The tiles (C, 3, SIDE, SIDE) of a layer's channels, as bytes, and their values (C,)."""

    def __init__(self, net: str, layer: str, sign: int = 1) -> None:
        self.net = net
        self.layer = layer
        self.sign = sign
        self.count = width(net, layer)
        self.images = torch.full((self.count, 3, SIDE, SIDE), GREY, dtype=torch.uint8)
        self.values = torch.full((self.count,), torch.nan)  # NaN: not looked at yet
        self._read()
        missing = self.values.isnan().nonzero()[:, 0].tolist()
        self._making: Iterator[Tiles] = tile_steps(
            network(net), layer, missing, sign=sign, steps=STEPS
        )

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
            with contextlib.suppress(OSError):  # of a full disk; then they are made again
                with files.writing(self.file()) as file:
                    file.write(save({"tiles": self.images, "values": self.values}))
                files.bound(self.file().parent, MOST)
        return True

    def file(self) -> Path:
        """Return where they are kept: another net or another recipe has another file."""
        recipe = f"{checksum(self.net)} {self.layer} {SIDE} {STEPS} {RATE}"
        recipe += " negative" * (self.sign < 0)
        name = hashlib.sha256(recipe.encode()).hexdigest()[:24]
        return download.path("neurons", f"{name}.safetensors")

    def _read(self) -> None:
        """Take what the disk has; what cannot be used is thrown away, and made again."""
        file = self.file()
        try:
            kept = load(file.read_bytes())
            images, values = kept["tiles"], kept["values"]
            if (images.shape, values.shape) != (self.images.shape, self.values.shape):
                raise ValueError
            self.images, self.values = images, values
            file.touch()  # the oldest are removed first
        except FileNotFoundError:
            pass
        except (OSError, SafetensorError, ValueError, KeyError):
            with contextlib.suppress(OSError):
                file.unlink()
