"""What there is to see of a GAN on the plane."""

import torch
from torch import Tensor

from labs.generative.gan.duel import Duel
from labs.generative.gan.measures import REACH
from labs.generative.gan.plane.diagnosis import Look
from labs.live import Frame
from labs.numerals import written
from labs.training.course import Course

CELLS = 44  # of the field, along each axis
POINTS = 300  # of each side
BENT = 500  # on the grid
PUSHED = 60  # fakes with an arrow
LONGEST = 0.35  # of an arrow
SCALE = 0.4  # of an arrow, over the slope
LINES, PLACES = 13, 25  # of the noise square's grid, and places along each line
MOVED = {
    "both": "both nets moved",
    "discriminator": "the discriminator has just moved: the field changed, the fakes stood still",
    "generator": "the generator has just moved: the fakes went along their arrows",
    "": "before the first step",
}


def _grid() -> Tensor:
    """The middles of the field's cells, row by row from the top, (2, CELLS²)."""
    at = (torch.arange(CELLS) + 0.5) / CELLS * 2 * REACH - REACH
    y, x = torch.meshgrid(at.flip(0), at, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()])


def _square() -> Tensor:
    """The lines of a grid over the noise square, (2, 2 * LINES * PLACES)."""
    lines, along = torch.linspace(-1, 1, LINES), torch.linspace(-1, 1, PLACES)
    across = torch.stack(torch.meshgrid(lines, along, indexing="ij"))  # (2, LINES, PLACES)
    return torch.cat([across, across.flip(0)], 1).flatten(1)


GRID, SQUARE = _grid(), _square()
PLANE = {"low": [-REACH, -REACH], "high": [REACH, REACH], "classes": 2,
         "names": ["fake", "real"]}  # fmt: skip


def field(f: Frame, duel: Duel, loss: str, real: Tensor, z: Tensor, mover: str) -> None:
    """Add what the discriminator says of the plane, points of both sides, and the fakes' pushes.

    real: (2, n), z: noise (2, n).
    """
    bounded = loss in ("minimax", "non-saturating")
    logits = duel.judge(GRID).view(1, CELLS, CELLS)
    f.maps["field"] = logits.sigmoid() * 2 - 1 if bounded else logits.clone()
    fake = duel.fakes(z[:, :POINTS]).clone()
    f.values["field"] = points(fake, real[:, :POINTS])
    push = duel.push(fake[:, :PUSHED].contiguous(), loss)
    length = push.norm(dim=0).clamp_min(1e-12)
    arrows = push / length * (SCALE * length).clamp_max(LONGEST)
    f.values["field.arrows"] = torch.cat([fake[:, :PUSHED], arrows])
    limit = 1.0 if bounded else max(1e-6, logits.abs().nan_to_num(0).max().item())
    f.notes["field"] = PLANE | {
        "limit": limit, "word": "real" if bounded else "logit", "probability": bounded,
    }  # fmt: skip
    f.notes["titles"] = {
        "field": MOVED[mover],
        "bent": f"mean push of a fake {written(length.mean().item(), '.2g')}",
    }


def points(fake: Tensor, real: Tensor) -> Tensor:
    """Return both sides' points with their classes, (3, n); the fakes last, on top."""
    n, m = real.shape[1], fake.shape[1]
    classes = torch.cat([torch.ones(n), torch.zeros(m)])
    return torch.cat([torch.cat([real, fake], 1), classes[None]])


def bent(f: Frame, duel: Duel, z: Tensor) -> None:
    """Add the noise square's grid as the generator bends it, and the fakes on it."""
    lines = duel.fakes(SQUARE).view(2, 2 * LINES, PLACES)
    f.values["bent.lines"] = lines.transpose(0, 1).contiguous()
    fake = duel.fakes(z[:, :BENT])
    f.values["bent"] = torch.cat([fake, torch.zeros(1, BENT)])
    f.notes["bent"] = PLANE | {"limit": 1}


def courses(f: Frame, looks: Course[Look], modes: int) -> None:
    """Add both losses and the measures over steps."""
    table = looks.table()
    f.values["losses"] = table[[0, 1, 2]]
    covered = table[5] / modes if modes else torch.full_like(table[0], torch.nan)
    f.values["measures"] = torch.stack([table[0], table[3], covered])
    now = looks[-1]
    told = f"KL {written(now.kl, '.2f')} nats"
    if modes:
        told = f"{now.modes} of {modes} modes, {told}"
    f.notes["titles"] |= {"measures": told, "losses": "of the last batch"}


def words(f: Frame, name: str, text: str, situation: str) -> None:
    """Add what is recognised, and what the situation is about."""
    f.notes["words"] = {"diagnosis": [
        {"title": name.capitalize() or "How it goes", "text": text},
        {"title": "The situation", "text": situation},
    ]}  # fmt: skip
    f.notes["say"] = text
