"""What the page asks a visitor to try, and how it knows that it was done."""

from typing import TYPE_CHECKING

from labs.basics.depth.health import Health
from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.basics.depth.experiment import Depth


def _revived(lab: "Depth", mine: Health, _other: Health | None) -> bool:
    s = lab.shape
    return s.activation == "sigmoid" and s.depth >= 10 and 0.1 < mine.ratio < 10


def _dead(_lab: "Depth", mine: Health, _other: Health | None) -> bool:
    return float(mine.dead.max()) >= 0.9


def _exploded(lab: "Depth", mine: Health, _other: Health | None) -> bool:
    return mine.ratio > 1e6


def _deep(lab: "Depth", mine: Health, _other: Health | None) -> bool:
    return lab.shape.depth == 50 and mine.accuracy > 0.9


def _scale(lab: "Depth", mine: Health, _other: Health | None) -> bool:
    s = lab.shape
    return s.depth >= 20 and not s.norm and not s.residual and s.initial == "unit normal" and (
        0.1 < mine.ratio < 10
    )  # fmt: skip


CHALLENGES = (
    Challenge(
        "revived",
        "Bring the gradient of a sigmoid net of ten layers back: first to last between 0.1 and 10.",
        "Its slope is at most 1/4: larger weights, or something that goes around the layers.",
        _revived,
    ),
    Challenge(
        "dead",
        "Kill nine in ten ReLU units of a layer.",
        "A learning rate that is far too large does it in a few steps.",
        _dead,
    ),
    Challenge(
        "exploded",
        "Make the gradient explode by a factor of a million from the last layer to the first.",
        "Depth, and a scale above He's.",
        _exploded,
    ),
    Challenge(
        "deep",
        "Train fifty layers to more than 90 % on the digits.",
        "Residual connections and batch norm; then press play.",
        _deep,
    ),
    Challenge(
        "scale",
        "Find by hand the scale that makes “unit normal” weights work for 20 plain ReLU layers.",
        "He says √(2 / width), as a factor.",
        _scale,
    ),
)
