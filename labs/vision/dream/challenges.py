"""What the dream page dares a visitor to do, and how it knows that it was done."""

from typing import TYPE_CHECKING

from torch import Tensor

from labs.challenges import Challenge
from labs.vision.dream.objective import LOGITS

if TYPE_CHECKING:
    from labs.vision.dream.experiment import Dream

SURE = 0.9


def _surely(lab: "Dream", after: Tensor) -> str:
    """The class that the net sees with more than 90 %, where a class is the target."""
    if lab.target() != LOGITS or lab.count == 0:
        return ""
    p = after[0].softmax(0)
    return str(lab.options["category"][int(p.argmax())]) if p.max() > SURE else ""


def _bus(lab: "Dream", after: Tensor) -> bool:
    return lab.settings["start"] == "cat" and _surely(lab, after) == "school bus"


def _nothing(lab: "Dream", after: Tensor) -> bool:
    wanted = lab.settings["category"]
    return lab.settings["start"] == "noise" and _surely(lab, after) == wanted


def _branched(lab: "Dream", after: Tensor) -> bool:
    return lab.branches > 0 and lab.count >= lab.branched_at + 8


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
)
