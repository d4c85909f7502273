"""What there is to see on the plane of codes."""

from collections.abc import Callable

import torch
from torch import Tensor

from labs.generative.autoencoders.kl import kl_to_standard_normal
from labs.generative.autoencoders.plane.carpet import REACH, carpet, places
from labs.live import Frame
from labs.numerals import listed, written
from labs.zoo.reading import read_as

STEPS = 9  # pictures of a walk
Decode = Callable[[Tensor], Tensor]  # codes (N, 2) to pictures (N, 1, 28, 28)


def plane(f: Frame, where: Tensor, drawing: Tensor) -> None:
    """Add the dragged point and both ends of the walk, (3, 2), the line, and the drawing's code."""
    f.values["codes.lines"] = where[1:].T[None].contiguous()
    f.notes["codes"] = {
        "classes": 10, "names": [str(k) for k in range(10)], "limit": 1,
        "low": [-REACH, -REACH], "high": [REACH, REACH], "handles": where.tolist(),
        "probe": drawing.clamp(-REACH, REACH).tolist(), "strong": True,
    }  # fmt: skip
    f.notes["titles"] = {"codes": "each dot is a digit; the cross is your drawing"}


def background(f: Frame, decode: Decode, cloud: Tensor) -> None:
    """Add the carpet of decoded pictures, and the codes of digits with their classes, (3, N)."""
    f.maps["codes"] = carpet(decode, places())
    f.values["codes"] = torch.cat([cloud, torch.ones(1, cloud.shape[1])])


def picture(f: Frame, x: Tensor, at: Tensor) -> None:
    """Add the picture that the dragged point is, (1, 1, 28, 28)."""
    f.maps["picture"] = x[0]
    f.notes["titles"]["picture"] = f"z = {listed(at.tolist(), lambda v: written(v, '.2f'))}"
    f.notes["words"] = {"reading": [{"title": "z", "text": f"{read_as(x)}."}]}


def drawing(
    f: Frame, x: Tensor, rebuilt: Tensor, mean: Tensor, log_variance: Tensor, empty: bool
) -> None:
    """Add the drawing as the net sees it and what comes back of it, (1, 1, 28, 28) each."""
    f.maps |= {"seen": x[0], "rebuilt": rebuilt[0]}
    kl = kl_to_standard_normal(mean[None], log_variance[None]).item()
    spread = listed((log_variance / 2).exp().tolist(), lambda v: written(v, ".2f"))
    where = listed(mean.tolist(), lambda v: written(v, ".2f"))
    f.notes["titles"]["rebuilt"] = f"from two numbers, {where}"
    text = f"Mean {where}, spread {spread}: {kl:.1f} nats from the prior. {read_as(rebuilt)}."
    f.notes["words"]["reading"].append({"title": "your drawing", "text": text})
    f.notes["say"] = "The pad is empty." if empty else f"Your drawing is at {where}."


def walk(f: Frame, decode: Decode, ends: Tensor) -> None:
    """Add pictures along the line between two places (2, 2), and the two ends' pixels mixed."""
    share = torch.linspace(0, 1, STEPS)
    between = decode(torch.lerp(ends[0], ends[1], share[:, None]))[:, 0]
    a, b = between[0], between[-1]
    mixed = torch.lerp(a, b, share[:, None, None])
    f.maps["between"] = torch.cat([between, mixed])
