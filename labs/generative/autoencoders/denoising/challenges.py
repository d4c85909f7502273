"""What the noise asks a visitor to try, and how it knows that it was done."""

from torch import Tensor

from labs.live.challenges import Challenge
from labs.zoo.reading import shares

SURE = 0.9
MUCH = 200  # squared error of a drawing that is hard to make out


def _rescued(s: dict, pictures: Tensor, hidden: float, own: bool) -> bool:
    if not own or not pictures[0].any():
        return False
    much = (pictures[1] - pictures[0]).square().sum() > MUCH
    clean, spoiled, cleaned = shares(pictures)
    digit = int(clean.argmax())
    lost = int(spoiled.argmax()) != digit
    return bool(much) and lost and bool(clean.max() > SURE) and bool(cleaned[digit] > SURE)


def _filled(s: dict, pictures: Tensor, hidden: float, own: bool) -> bool:
    if s["gauss"] or s["pepper"] or hidden < 0.2:
        return False
    spoiled, cleaned = (pictures[1:] - pictures[0]).square().flatten(1).sum(1).tolist()
    return cleaned < spoiled / 2


CHALLENGES = (
    Challenge("rescued", "Spoil a drawing of yours by a squared error above 200, so that LeNet "
              "reads another digit, and have it read right, by more than 90 %, when cleaned.",
              "Salt and pepper misleads LeNet early; clean more than once.", _rescued),
    Challenge("filled", "Without other noise, paint a hole over a fifth of the ink or more, and "
              "get back more than half of what it took.",
              "A hole across a stroke is easier than one at its end.", _filled),
)  # fmt: skip
