"""What there is to see of three nets beside each other."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.live import Frame
from labs.numerals import written
from labs.zoo.reading import read_as, shares

SAMPLES, WAY = 8, 9  # pictures in a row
NAMES = {"ae": "autoencoder", "vae": "variational", "gan": "GAN"}
Pictures = Mapping[str, Tensor]  # by the keys of NAMES


def rebuilt(f: Frame, x: Tensor, found: Pictures, digit: int, left: int) -> None:
    """Add the drawing x and what each net has for it, (1, 1, 28, 28); digit: the GAN's class."""
    f.maps["seen"] = x[0]
    f.notes["titles"] = {"seen": read_as(x)}
    for key, y in found.items():
        f.maps[key] = y[0]
        error = (y - x).square().sum().item()
        f.notes["titles"][key] = f"error {written(error, '.1f')}, {read_as(y)}"
    doing = f"{left} steps to go" if left else "searched"
    f.notes["words"] = {"gan_words": [{
        "title": f"nearest fake: a {digit}, {doing}",
        "text": "A GAN has no encoder and gives nothing back. This fake's noise was found by "
        "gradient steps, from two starts for every class.",
    }]}  # fmt: skip


def rows(
    f: Frame, samples: Pictures, ways: Pictures, errors: Mapping[str, float],
    sure: Mapping[str, float],
) -> None:  # fmt: skip
    """Add samples and ways from A to B, (N, 28, 28) a net, and a table of what LeNet makes of them.

    errors: squared errors of the drawing.  sure: LeNet of samples, a mean.
    """
    f.maps["samples"] = torch.cat([samples[key][:SAMPLES] for key in NAMES])
    f.maps["ways"] = torch.cat([ways[key] for key in NAMES])
    table = []
    for key, name in NAMES.items():
        least = shares(ways[key][:, None]).amax(1).min().item()
        table.append([name, written(errors[key], ".1f"), f"{sure[key]:.0%}", f"{least:.0%}"])
    f.notes["table"] = {
        "head": ["", "error of yours", "sure of a sample", "least on the way"], "rows": table,
    }  # fmt: skip
    f.notes["say"] = "; ".join(f"{row[0]}: error {row[1]}, samples {row[2]}" for row in table)
