"""A set of examples as one file: a zip of pictures, their labels, and the head as safetensors."""

import io
import json
import zipfile

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import nn

from labs.images import decode
from labs.pictures import png
from labs.vision.features.body import WIDTH
from labs.vision.features.source import square
from labs.vision.features.teach.examples import CLASSES, MOST, Examples, clean
from labs.vision.features.teach.roads import SIDE

MAX_BYTES = 12_000_000
LARGEST = 400_000  # bytes of a file inside
DAMAGED = (
    zipfile.BadZipFile, KeyError, TypeError, UnicodeDecodeError, SafetensorError,
    json.JSONDecodeError, NotImplementedError, RuntimeError, OSError, EOFError,
)  # fmt: skip
BROKEN = ValueError("The file is no set of examples that this page has saved, or it is damaged.")


def to_zip(examples: Examples, head: nn.Linear, l2: float) -> bytes:
    """Return the examples and their head as a file."""
    buffer = io.BytesIO()
    told = {"names": examples.names, "labels": examples.labels, "l2": l2}
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("classes.json", json.dumps(told, ensure_ascii=False, indent=1))
        file.writestr("head.safetensors", save(dict(head.state_dict())))
        for k, x in enumerate(examples.pictures):
            file.writestr(f"pictures/{k:03}.png", png(x))
    return buffer.getvalue()


def from_zip(data: bytes) -> tuple[Examples, float, dict[str, torch.Tensor]]:
    """Return examples, l2 and the head's tensors of a file.  Raises ValueError in one sentence.

    Names, numbers, sizes and pictures are checked before anything is kept; the features are
    computed anew.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"The file has {len(data) / 1e6:.0f} MB; {MAX_BYTES / 1e6:.0f} MB work.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            sizes = {info.filename: info.file_size for info in file.infolist()}
            if len(sizes) > MOST + 2 or max(sizes.values(), default=0) > LARGEST:
                raise BROKEN
            told = json.loads(read(file, "classes.json"))
            names, labels, l2 = told["names"], told["labels"], told["l2"]
            whole = all(type(v) is int and 0 <= v < len(names) for v in labels)
            if not whole or not 0 < len(labels) <= MOST or not 2 <= len(names) <= CLASSES:
                raise BROKEN
            kept: list[str] = []
            for name in names:
                kept.append(clean(name, kept))
            head = load(read(file, "head.safetensors"))
            present = len(set(labels))
            shapes = {name: tuple(x.shape) for name, x in head.items()}
            if shapes != {"weight": (present, WIDTH), "bias": (present,)}:
                raise BROKEN
            pictures = [decode(read(file, f"pictures/{k:03}.png")) for k in range(len(labels))]
    except DAMAGED:
        raise BROKEN from None
    if not isinstance(l2, float | int) or not 0 < l2 < 1e6:
        raise BROKEN
    made = Examples(kept)
    made.add_all(torch.cat([square(x, SIDE) for x in pictures]), labels)
    return made, float(l2), head


def read(file: zipfile.ZipFile, name: str) -> bytes:
    """Return a file of a zip; never more than LARGEST bytes, whatever its head says."""
    with file.open(name) as member:
        data = member.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BROKEN
    return data
