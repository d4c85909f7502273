"""What the twenty numbers ask a visitor to try, and how it knows that it was done."""

from torch import Tensor

from labs.live.challenges import Challenge

SURE = 0.9
SMALL = 2.0
LIKE = 1e-3  # numbers that are nearer than this are the same


def _one(z: Tensor, own: Tensor, read: Tensor, ends: Tensor, mine: bool, digits: bool) -> bool:
    change = (z - own).abs()
    moved = int((change > LIKE).sum())
    sure = bool((read[:2].amax(1) > SURE).all())
    near = bool(change.max() <= SMALL)
    return digits and moved == 1 and near and sure and bool(read[0].argmax() != read[1].argmax())


def _third(z: Tensor, own: Tensor, read: Tensor, ends: Tensor, mine: bool, digits: bool) -> bool:
    along = ends[1] - ends[0]
    share = ((z - ends[0]) @ along / along.square().sum().clamp_min(LIKE)).item()
    inside = 0.1 < share < 0.9 and bool((z - ends[0] - share * along).abs().max() < LIKE)
    three = len(set(read[1:].argmax(1).tolist())) == 3  # at z, A and B
    sure = bool((read[1:].amax(1) > SURE).all())
    return digits and mine and inside and three and sure


CHALLENGES = (
    Challenge("one", "Make another digit of a drawing by moving one number of its code by 2 or "
              "less, so that LeNet is sure of what comes out, before and after.",
              "Go through the numbers: many are silent, and some hold the slant or a stroke.",
              _one),
    Challenge("third", "Make your drawing an end of the walk, and find a third digit on the way.",
              "From a 4 to a 3 the way may lead past a 9.", _third),
)  # fmt: skip
