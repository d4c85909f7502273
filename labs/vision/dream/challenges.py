"""What the dream page asks a visitor to try, and how it knows that it was done."""

from typing import TYPE_CHECKING

from torch import Tensor

from labs.live.challenges import Challenge
from labs.vision.dream.objective import LOGITS

if TYPE_CHECKING:
    from labs.vision.dream.experiment import Dream

SURE = 0.9


def _surely(lab: "Dream", p: Tensor) -> str:
    """The class that the net sees with more than 90 %, where a class is the target."""
    if lab.wishes.target != LOGITS or lab.count == 0:
        return ""
    return str(lab.options["category"][int(p.argmax())]) if p.max() > SURE else ""


def _bus(lab: "Dream", p: Tensor) -> bool:
    return lab.settings["start"] == "cat" and _surely(lab, p) == "school bus"


def _nothing(lab: "Dream", p: Tensor) -> bool:
    return lab.settings["start"] == "noise" and _surely(lab, p) == lab.settings["category"]


def _branched(lab: "Dream", _p: Tensor) -> bool:
    return lab.past.branches > 0 and lab.count >= lab.past.branched_at + 8


def _split(lab: "Dream", _p: Tensor) -> bool:
    both = not lab.mask.empty and lab.wishes.outside() is not None
    return both and lab.count >= 16 and lab.settings["outside"] != lab.wishes.target


CHALLENGES = (
    Challenge(
        "bus",
        "Make the net see a school bus in the cat, with more than 90 %.",
        "Start from the cat, layer “a class”; fewer octaves change less of the picture.",
        _bus,
    ),
    Challenge(
        "nothing",
        "From noise, reach more than 90 % for any class that you choose.",
        "A little jitter and smoothness make what the net is sure of easier to look at.",
        _nothing,
    ),
    Challenge(
        "branch",
        "Scrub back and let the dream take another turn for at least eight steps.",
        "Drag the timeline, choose another layer, press “Go on from here” and play.",
        _branched,
    ),
    Challenge(
        "split",
        "Let one part of the picture dream of one layer and the rest of another, for 16 steps.",
        "Paint over a part of the small photograph, then choose what is wanted outside the mask.",
        _split,
    ),
)
