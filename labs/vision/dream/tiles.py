"""All channels of a layer as tiles that appear as they are made.

Of a layer with many channels the first batch climbs here, step by step, and workers make the
others.  What was made is kept on disk, under the checksum of the weights that made it.
"""

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from labs import files
from labs.cluster.stream import PATIENCE, Stream
from labs.data import download
from labs.pictures import as_bytes
from labs.vision.dream.nets import checksum, network, width
from labs.vision.dream.neurons import BATCH, RATE, SIDE, STEPS, Tiles, tile_steps

GREY = 128  # of a tile that was not begun: what the noise is on average
MOST = 400_000_000  # bytes of all that is kept
FEW = 2 * BATCH  # channels for which no worker is asked


def tiles(net: str, layer: str, part: list[int], sign: int, steps: int) -> tuple[Tensor, Tensor]:
    """Return the finished tiles of a batch of channels, (N, 3, SIDE, SIDE) bytes, and values (N,).

    Raises ValueError where the net is not on this machine.
    """
    every = tile_steps(network(net), layer, part, sign=sign, steps=steps)
    made = next(one for one in every if one.done)
    return as_bytes(made.images), made.values


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
        self.calls = Stream()
        missing = self._missing
        here = missing if len(missing) <= FEW else missing[:BATCH]
        self._making = self._steps(here)
        for start in range(len(here), len(missing), BATCH):
            part = missing[start : start + BATCH]
            self.calls.send(part, tiles, net, layer, part, sign, STEPS)

    @property
    def done(self) -> int:
        """How many channels were looked at."""
        return self.count - len(self._missing)

    @property
    def _missing(self) -> list[int]:
        return self.values.isnan().nonzero()[:, 0].tolist()

    def _steps(self, channels: list[int]) -> Iterator[Tiles]:
        return tile_steps(network(self.net), self.layer, channels, sign=self.sign, steps=STEPS)

    def step(self) -> bool:
        """Take one ascent step of the batch at work, and what workers have made; False when all
        channels were looked at.
        """
        if self.done == self.count:
            return False
        made = next(self._making, None)
        if made is not None:
            self.images[made.channels] = as_bytes(made.images)
            self.values[made.channels] = made.values
        if self.calls and not self.calls.trouble:
            for channels, (images, values) in self.calls.come(PATIENCE if made is None else 0):
                self.images[channels], self.values[channels] = images, values
            if self.calls.trouble:  # a whole batch at a step would hold up the others
                self.calls.cancel()
                self._making = self._steps(self._missing)
        if self.done == self.count:
            self._keep()
        return True

    def _keep(self) -> None:
        with contextlib.suppress(OSError):  # of a full disk; then they are made again
            with files.writing(self.file()) as file:
                file.write(save({"tiles": self.images, "values": self.values}))
            files.bound(self.file().parent, MOST)

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
