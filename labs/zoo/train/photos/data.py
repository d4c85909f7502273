"""Tiny ImageNet's photos: read from their zips, and handed out in batches."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

PER_CLASS = 500  # training photos
HELD_OUT = 10  # of them, the last, show how a run goes; the validation photos never do


@dataclass(frozen=True)
class Photos:
    """Tiny ImageNet in three parts: photos (N, 3, 64, 64) uint8, labels (N,)."""

    x: Tensor
    y: Tensor
    x_held: Tensor
    y_held: Tensor
    x_val: Tensor
    y_val: Tensor


def load_photos(data: Path) -> Photos:
    """Decode the zips of `tiny_imagenet_100`; the line in `classes.txt` is the label."""
    folder = data / "tiny_imagenet_100"
    wnids = [line.split("\t")[0] for line in (folder / "classes.txt").read_text().splitlines()]
    found: dict[str, list[tuple[int, np.ndarray]]] = {"train": [], "val": []}
    for part in sorted(folder.glob("part*.zip")):
        with zipfile.ZipFile(part) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".JPEG"):
                    split, wnid, _ = name.split("/")
                    photo = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
                    found[split].append((wnids.index(wnid), np.asarray(photo)))

    def stack(split: str) -> tuple[Tensor, Tensor]:
        labels, photos = zip(*found[split], strict=True)
        return torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2), torch.tensor(labels)

    (x, y), (x_val, y_val) = stack("train"), stack("val")
    held = torch.arange(len(y)) % PER_CLASS >= PER_CLASS - HELD_OUT  # classes lie in order
    return Photos(x[~held], y[~held], x[held], y[held], x_val, y_val)


def batches(x: Tensor, y: Tensor, size: int = 250) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield x: (N, 3, H, W) uint8 in parts, as channels_last floats in [0, 1], with their y."""
    for part, at in zip(x.split(size), y.split(size), strict=True):
        yield (part.float() / 255).contiguous(memory_format=torch.channels_last), at
