"""What the plane of codes asks a visitor to try, and how it knows that it was done."""

from torch import Tensor

from labs.live.challenges import Challenge

EVEN = 0.3  # least share of each of two digits that are in balance


def _between(read: Tensor, places: Tensor) -> bool:
    first, second, third = read.topk(3).values.tolist()
    return second > EVEN and first + second > 0.8 and third < 0.15


def _far(read: Tensor, places: Tensor) -> bool:
    return bool(read.max() > 0.99) and bool(places[0].norm() > 2.8)


CHALLENGES = (
    Challenge("between", "Find a picture that LeNet cannot decide about: two digits, at least 30 % "
              "each.", "Look along the border of two colours.", _between),
    Challenge("far", "Find a digit that LeNet is sure of, more than 99 %, at least 2.8 from the "
              "middle.", "The prior has little there, but some digits live at the rim.", _far),
)  # fmt: skip
