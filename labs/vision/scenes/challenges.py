"""What the page asks a visitor to try on a scene, and how it knows that it was done."""

from typing import Any

from labs.data.doodles import CLASSES
from labs.live.challenges import Challenge
from labs.models.boxes import iou

FISH = CLASSES.index("fish")


def _zoo(lab: Any) -> bool:
    """Four kinds, drawn by hand."""
    return lab.pad.by_hand and len(set(lab.found().labels.tolist())) >= 4


def _small(lab: Any) -> bool:
    """A thing smaller than 45 pixels, drawn by hand, alone."""
    found = lab.found()
    if not lab.pad.by_hand or len(found.scores) != 1:
        return False
    x0, y0, x1, y1 = found.boxes[0].tolist()
    return max(x1 - x0, y1 - y0) < 45 and bool(found.scores[0] > 0.7)


def _two_fish(lab: Any) -> bool:
    """Two fish whose boxes overlap by more than a tenth."""
    found = lab.found()
    fish = found.boxes[found.labels == FISH]
    if len(fish) < 2 or not lab.pad.touched:
        return False
    overlap = iou(fish, fish).fill_diagonal_(0)
    return bool(overlap.max() > 0.1)


DRAW = (
    Challenge(
        "four", "Draw a scene in which it finds four different kinds of things.",
        "House, fish, tree and sailboat need few strokes.", _zoo,
    ),
    Challenge(
        "small", "Draw one thing smaller than 45 pixels that it is still sure of (70 %).",
        "Take a thin pen. An apple or a fish survives best.", _small,
    ),
    Challenge(
        "fish", "Make it see two fish in one: two boxes “fish” whose IoU is above 0.1.",
        "Copy a fish, and move the copy over the first; raise the largest IoU.", _two_fish,
    ),
)  # fmt: skip


def _alone(lab: Any) -> bool:
    """The walk is over, and eleven of twelve boxes went."""
    _, moments = lab.walked()
    return lab.moment >= len(moments) > 0 and sum(m.goes for m in moments) == 11


def _lost(lab: Any) -> bool:
    """Suppression takes a thing that is there: fewer boxes than with an IoU of 0.45."""
    if not lab.pad.touched:
        return False
    (usual,) = lab.answer.detect(float(lab.settings["threshold"]), 0.45)
    return 0 < len(lab.found().scores) < len(usual.scores)


BOXES = (
    Challenge(
        "alone", "Draw one thing, and let suppression leave one box of twelve, to its end.",
        "Lower the least score until the list is full, and suppress across classes.", _alone,
    ),
    Challenge(
        "lost", "Draw or move two things of one class so that suppression wrongly takes one away.",
        "Copy a fish on the first part, let both overlap a little, and lower the largest IoU.",
        _lost,
    ),
)  # fmt: skip


def _sure(lab: Any) -> bool:
    """Precision above 0.95 with a recall of at least a half."""
    precision, recall = lab.operating()
    return lab.count >= 50 and precision > 0.95 and recall >= 0.5


SCORE = (
    Challenge(
        "sure", "Find a threshold at which 95 % of the boxes are right and half of the things are "
        "found, after 50 scenes or more.", "The price of being right is silence.", _sure,
    ),
)  # fmt: skip


def _even(lab: Any) -> bool:
    """A kernel larger than its stride, that covers evenly."""
    k, stride = int(lab.settings["kernel"]), int(lab.settings["stride"])
    return stride > 1 and k > stride and k % stride == 0


def _blocky(lab: Any) -> bool:
    """Stride 32 alone gives half of the pixels of a thing to something else."""
    sums = lab.sums()
    things = sums[-1] > 0
    return bool(
        lab.pad.touched
        and int(things.sum()) > 2000
        and float((sums[0] == sums[-1])[things].float().mean()) < 0.5
    )


PIXELS = (
    Challenge(
        "even", "Choose a kernel larger than its stride that leaves no checkerboard.",
        "The stride must divide the kernel.", _even,
    ),
    Challenge(
        "blocky", "Draw a scene of which stride 32 alone loses more than half of the pixels.",
        "Many small things, close to each other.", _blocky,
    ),
)  # fmt: skip


def _learnt(lab: Any) -> bool:
    """Half of the mean average precision within 1,000 steps."""
    return any(0 < step <= 1000 and value >= 0.5 for step, value in lab.precision)


LEARN = (
    Challenge(
        "learnt", "Let it reach a mean average precision of 0.5 within 1,000 steps.",
        "A learning rate ten times smaller or larger changes a lot.", _learnt,
    ),
)  # fmt: skip
