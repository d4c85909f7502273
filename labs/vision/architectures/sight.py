"""What a network sees of a photograph that is placed, blurred and painted over, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.live import Frame
from labs.models.imagenet import SHORTER, SIDE, centre
from labs.pictures import blur, jpeg
from labs.vision.architectures.classify import Glance, glance

SHOWN = 5  # classes
FINE = 56  # cells a side at most of a map as it is sent
GREY = 0.5  # what paint is, in every channel
DARK = 0.2  # of the photo's brightness where nothing speaks for the class


@dataclass(frozen=True)
class Seen:
    """The photo with its paint and without it, and what the network makes of both."""

    names: tuple[str, ...]  # of the classes
    plain: Tensor  # (1, 3, S, S) in [0, 1]
    x: Tensor  # the same, painted over
    cover: float  # the share that is painted over
    before: Tensor  # (classes,): the probabilities without paint
    now: Glance
    chosen: int  # the class that Grad-CAM is for

    @property
    def said(self) -> str:
        """The likeliest class."""
        return self.names[int(self.now.p.argmax())]

    @property
    def said_before(self) -> str:
        """The likeliest class without paint."""
        return self.names[int(self.before.argmax())]


def window(x: Tensor, side: int, zoom: float, across: float, down: float) -> Tensor:
    """Return a square of a photo x: (1, C, H, W) in [0, 1], as (1, 3, side, side).

    zoom: 1 for the square that networks are tested on, more for a smaller one.  across, down: -1 to
    1, from one edge of the photo to the other.
    """
    if (zoom, across, down) == (1, 0, 0):
        return centre(x, side)
    height, width = x.shape[-2:]
    edge = max(1, round(min(height, width) * SIDE / SHORTER / zoom))
    top = round((height - edge) * (1 + down) / 2)
    left = round((width - edge) * (1 + across) / 2)
    part = x[..., top : top + edge, left : left + edge].expand(1, 3, edge, edge)
    part = F.interpolate(part, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return part.clamp(0, 1).contiguous()


def placed(x: Tensor, side: int, settings: Mapping[str, str | float]) -> Tensor:
    """Return what the settings show of a photo x: (1, C, H, W) in [0, 1], as (1, 3, side, side)."""
    zoom, across, down, sigma = (float(settings[k]) for k in ("zoom", "across", "down", "blur"))
    plain = window(x, side, zoom, across, down)
    return blur(plain, sigma) if sigma else plain


def look(
    model: nn.Module,
    names: tuple[str, ...],
    plain: Tensor,
    ink: Tensor,
    stages: Sequence[str],
    *,
    chosen: int | None = None,
    before: Tensor | None = None,
) -> Seen:
    """Return what a model makes of a photo (1, 3, S, S) under paint.

    ink: (1, 1, h, w) in [0, 1], stretched over the photo.  chosen: the class that Grad-CAM is for;
    None for the likeliest.  before: (classes,), what it says without paint, if that is known.
    """
    ink = F.interpolate(ink, plain.shape[-2:], mode="area").clamp(0, 1)
    x = torch.lerp(plain, torch.full_like(plain, GREY), ink)
    now, cover = glance(model, x, stages, chosen), ink.mean().item()
    if before is None:
        before = now.p
        if cover:
            with torch.no_grad():
                before = model(plain)[0].softmax(0)
    k = int(now.p.argmax()) if chosen is None else chosen
    return Seen(names, plain, x, cover, before, now, k)


def show(seen: Seen, layer: str) -> Frame:
    """Return the photo, what the network says of it, and why; layer: of which Grad-CAM is."""
    p, order = seen.now.p.topk(SHOWN)
    cam = seen.now.cam / seen.now.cam.max().clamp_min(1e-12)
    light = F.interpolate(cam[None, None], seen.x.shape[-2:], mode="bilinear")
    names, where = [seen.names[k] for k in order], f"for “{seen.names[seen.chosen]}”"
    row, (first, order_before) = (order == seen.chosen).nonzero(), seen.before.topk(SHOWN)
    return Frame(
        images={"picture": jpeg(seen.plain), "lit": jpeg(seen.x * (DARK + (1 - DARK) * light))},
        maps={"cam": cam[None]},
        values={"says": p, "before": first},
        notes={
            "colors": {"cam": "unsigned"},
            "labels": {"says": names, "before": [seen.names[k] for k in order_before]},
            "chosen": {"says": int(row[0]) if len(row) else -1},
            "titles": {
                "says": "click one to ask why",
                "before": "" if seen.cover else "the same: nothing is painted over",
                "lit": where,
                "cam": f"at {layer}",
                "cover": f"{seen.cover:.0%} painted over" if seen.cover else "paint on it",
            },
            "say": f"{names[0]}, {p[0]:.0%}.",
        },
    )


def fine(maps: Tensor) -> Tensor:
    """Return maps (K, h, w) with at most FINE cells a side, by the mean."""
    return F.adaptive_avg_pool2d(maps, min(FINE, maps.shape[-1]))
