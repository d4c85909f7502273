"""What the dream page asks a visitor to try, and how it knows that it was done."""

from labs.live.challenges import Challenge
from labs.vision.dream.controls import NOTHING
from labs.vision.dream.scene import Scene

SURE = 0.9  # the probability from which the net is sure of a class


def _bus(scene: Scene, seen: str, p: float) -> bool:
    return scene.settings["start"] == "cat" and seen == "school bus" and p > SURE


def _nothing(scene: Scene, seen: str, p: float) -> bool:
    s = scene.settings
    return s["start"] == "noise" and seen == s["category"] and p > SURE


def _branched(scene: Scene, *_: object) -> bool:
    return scene.past.branches > 0 and scene.count >= scene.past.branched_at + 8


def _split(scene: Scene, *_: object) -> bool:
    """Both parts are a tenth of the picture or more, and had different wishes for 16 steps."""
    if scene.mask is None or not 0.1 < scene.mask.mean() < 0.9:
        return False
    elsewhere = scene.settings["outside"] not in (NOTHING, scene.wishes.target)
    return elsewhere and scene.past.apart >= 16


CHALLENGES = (
    Challenge(
        "bus",
        "Make the net see a school bus in the cat, with more than 90 %.",
        "Start from the cat, choose the layer “a class”, and let it go through its octaves twice.",
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
