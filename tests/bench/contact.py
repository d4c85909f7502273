"""Every class dreamt by both nets, and how many of the dreams the standard net recognises.

python -m tests.bench contact
python -m tests.bench.contact FOLDER    also writes the two contact sheets, to be looked at
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from labs.models.photo import CLASSES
from labs.pictures import as_bytes, jpeg, sheet
from labs.vision.dream.classes import class_steps
from labs.vision.dream.nets import OURS, network
from labs.vision.dream.objective import LOGITS
from tests.bench.measure import Row

TOGETHER = 10  # classes in one batch
COLUMNS = 10


@cache
def dreams(net: str) -> Tensor:
    """Return the last image of each class's dream by the page's own recipe: (100, 3, H, W)."""
    images = []
    for first in range(0, len(CLASSES), TOGETHER):
        *_, last = class_steps(net, range(first, min(first + TOGETHER, len(CLASSES))))
        images.append(last.image)
    return torch.cat(images)


@torch.no_grad()
def recognised(images: Tensor, within: int) -> int:
    """Return how many of the classes' dreams the standard net has among its first `within`."""
    top = network(OURS[0])(images, [LOGITS])[LOGITS].topk(within).indices
    return int((top == torch.arange(len(CLASSES))[:, None]).any(1).sum())


def rows() -> Iterator[Row]:
    """Dream all classes by both nets; the standard net judges, also its own."""
    for net in OURS:
        bound = 30 if net == "photo-net-robust" else None
        for within in (5, 1):
            yield Row(
                f"{net}: dreams in the top-{within}", recognised(dreams(net), within),
                "of 100", at_least=bound if within == 5 else None,
            )  # fmt: skip


def main() -> None:
    """Print the rows and write the sheets."""
    for row in rows():
        print(row)
    for net in OURS:
        Path(sys.argv[1], f"{net}.jpg").write_bytes(jpeg(sheet(as_bytes(dreams(net)), COLUMNS)))


if __name__ == "__main__":
    main()
