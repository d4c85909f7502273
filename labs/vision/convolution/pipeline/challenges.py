"""What the page asks a visitor to build from stages."""

from labs.live.challenges import Challenge
from labs.vision.convolution.pipeline.row import Row


def _stacked(row: Row) -> bool:
    """Two 3 x 3 convolutions and nothing else before them."""
    three = [s.kind == "conv" and s.size == 3 for s in row.stages[:2]]
    return row.net == "yours" and row.at == 2 and three == [True, True]


def _wide(row: Row) -> bool:
    return row.net == "yours" and row.sees > row.made[0].shape[-1] // 2


def _fourteen(row: Row) -> bool:
    return row.net == "learned" and row.sees == 14


CHALLENGES = (
    Challenge("stacked", "See a 5 × 5 window with nothing but 3 × 3 kernels.",
        "Two of them in a row: make the first two stages convolutions, and point at the second.",
        _stacked),
    Challenge("wide", "Build stages of which one unit sees more than half the picture's side.",
        "A pool doubles what every later kernel adds.  Pool early, or by 4.", _wide),
    Challenge("fourteen",
        "Point at a unit of the learned LeNet that sees exactly 14 × 14 of the digit's pixels.",
        "5 after conv1, 6 after its pool; the second 5 × 5 kernel adds 4 times the jump of 2.",
        _fourteen),
)  # fmt: skip
