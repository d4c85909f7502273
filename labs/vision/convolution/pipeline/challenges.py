"""What the page asks a visitor to build from stages."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge
from labs.vision.convolution.pipeline.stages import reach

if TYPE_CHECKING:
    from labs.vision.convolution.pipeline.experiment import Pipeline


def _stacked(lab: "Pipeline") -> bool:
    """Two 3 x 3 convolutions and nothing else before them."""
    stages = [stage for _, stage in lab.stages()]
    three = [s.kind == "conv" and s.size == 3 for s in stages[:2]]
    return lab.own and lab.at == 2 and three == [True, True]


def _wide(lab: "Pipeline") -> bool:
    stages = [stage for _, stage in lab.stages()]
    made, _ = lab.run()
    whole = lab.at < len(made) and reach(stages, lab.at) > made[0].shape[-1] // 2
    return lab.own and whole


def _fourteen(lab: "Pipeline") -> bool:
    stages = [stage for _, stage in lab.stages()]
    return lab.settings["net"] == "learned" and reach(stages, lab.at) == 14


CHALLENGES = (
    Challenge(
        "stacked",
        "See a 5 × 5 window with nothing but 3 × 3 kernels.",
        "Two of them in a row: make the first two stages convolutions, and point at the second.",
        _stacked,
    ),
    Challenge(
        "wide",
        "Build stages of which one unit sees more than half the picture's side.",
        "A pool doubles what every later kernel adds.  Pool early, or by 4.",
        _wide,
    ),
    Challenge(
        "fourteen",
        "Point at a unit of the learned LeNet that sees exactly 14 × 14 of the digit's pixels.",
        "5 after conv1, 6 after its pool; the second 5 × 5 kernel adds 4 times the jump of 2.",
        _fourteen,
    ),
)
