"""What there is to see of twenty numbers."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from labs.generative.autoencoders.plane.carpet import carpet, places
from labs.live import Frame
from labs.numerals import article, counted, listed, written

REACH = 4.0  # of a number's slider, and of the plane
TILES = 12  # of the carpet, along each axis
STEPS = 9  # pictures of a walk
NEAREST = 10  # codes that are asked what a picture is
Decode = Callable[[Tensor], Tensor]  # codes (N, k) to pictures (N, 1, 28, 28)


def sliders(f: Frame, z: Tensor) -> None:
    """Add a slider for each number of a code, (20,), in two columns."""
    rows = [
        {"name": f"z{k + 1}", "value": round(v, 2), "reach": REACH}
        for k, v in enumerate(z.tolist())
    ]
    half = len(rows) // 2
    f.notes |= {"first": rows[:half], "second": rows[half:]}


def background(f: Frame, decode: Decode, middle: Tensor, directions: Tensor) -> None:
    """Add the carpet of pictures over the plane through a middle (k,) along directions (k, 2)."""
    f.maps["codes"] = carpet(decode, middle + places(TILES, REACH) @ directions.T)


def plane(
    f: Frame, cloud: Tensor, place: Tensor, own: Tensor, ends: Tensor, names: Sequence[str]
) -> None:
    """Add codes with their classes, (3, N), the dragged place and the drawing's own, (2,) each, and
    the line between both ends (2, 2): what of them lies along the plane.
    """
    f.values["codes"] = torch.cat([cloud, torch.ones(1, cloud.shape[1])])
    f.values["codes.lines"] = ends.T[None].contiguous()
    f.notes["codes"] = {
        "classes": len(names), "names": list(names), "limit": 1, "low": [-REACH, -REACH],
        "high": [REACH, REACH], "handles": [place.clamp(-REACH, REACH).tolist()],
        "probe": own.clamp(-REACH, REACH).tolist(), "strong": True,
    }  # fmt: skip
    at = listed(place.tolist(), lambda v: written(v, ".2f"))
    f.notes["titles"] = {"codes": f"z is at {at}; the cross is your drawing"}


def pictures(f: Frame, decode: Decode, x: Tensor, z: Tensor, own: Tensor, ends: Tensor) -> None:
    """Add the drawing (1, 1, 28, 28), what its code and z decode to, (k,) each, and the walk."""
    share = torch.linspace(0, 1, STEPS)[:, None]
    codes = torch.cat([z[None], own[None], torch.lerp(ends[0], ends[1], share)])
    made = decode(codes)[:, 0]
    f.maps |= {"seen": x[0], "picture": made[:1], "rebuilt": made[1:2], "between": made[2:]}


def words(f: Frame, z: Tensor, own: Tensor, silent: Tensor, near: str) -> None:
    """Say how far z is from the drawing's code and the prior's middle, and what is near it.

    silent: (k,), which numbers tell nothing.
    """
    moved = (z - own).abs() > 5e-3
    n = int(moved.sum())
    how = f"{counted(n, 'number')} moved from your drawing's code" if n else "your drawing's code"
    quiet = [f"z{k + 1}" for k in silent.nonzero()[:, 0].tolist()]
    f.notes["words"] = {"reading": [
        {"title": how, "text": f"|z| = {written(z.norm().item(), '.2f')}; codes thrown from the "
         f"prior lie around {len(z) ** 0.5:.1f}. {near}"},
        {"title": f"{counted(len(quiet), 'silent number')}",
         "text": f"{', '.join(quiet)}: the net learned to leave them to chance, and the picture "
         "hardly changes with them."},
    ]}  # fmt: skip
    f.notes["say"] = f"{how}. {near}"


def nearest(z: Tensor, codes: Tensor, labels: Tensor, names: Sequence[str]) -> str:
    """Return a sentence of the classes of the codes (N, k) nearest to z: (k,)."""
    order = (codes - z).norm(dim=1).topk(NEAREST, largest=False).indices
    votes = labels[order].bincount(minlength=len(names))
    best = int(votes.argmax())
    return f"Of the {NEAREST} nearest test codes {int(votes[best])} show {article(names[best])}."
