"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Sequence

from labs.basics.backprop.passes import Numbers, paths
from labs.basics.backprop.picture import Weight
from labs.live.challenges import Challenge


def _stuck(n: Numbers, *_: object) -> bool:
    return n.loss > 0.5 and float(n.dweights[0].abs().max()) < 0.001


def _learnt(_n: Numbers, _picked: Weight | None, losses: Sequence[tuple[int, float]]) -> bool:
    (_, first), (updates, last) = losses[0], losses[-1]
    return updates > 0 and last < 0.05 < first


def _closed(n: Numbers, picked: Weight | None, *_: object) -> bool:
    products = [path.product for path in paths(n, *picked)] if picked else []
    return n.loss > 0.05 and len(products) > 1 and not any(products)


def _against(n: Numbers, picked: Weight | None, *_: object) -> bool:
    products = [path.product for path in paths(n, *picked)] if picked else []
    return any(p > 1e-4 for p in products) and any(p < -1e-4 for p in products)


CHALLENGES = (
    Challenge(
        "stuck",
        "Make a net that is wrong and cannot learn: a loss above 0.5, and no gradient in the first "
        "layer above 0.001.",
        "Large first weights saturate the hidden units: drag the cells of the first matrix.",
        _stuck,
    ),
    Challenge(
        "learnt",
        "Let a net learn all its examples: a mean loss below 0.05.",
        "Set the update to all examples, play to whole updates, and try learning rates.",
        _learnt,
    ),
    Challenge(
        "closed",
        "Find a weight all of whose paths are closed: several paths, each product exactly 0.",
        "In the ReLU net, click a weight into a unit whose z is negative.",
        _closed,
    ),
    Challenge(
        "against",
        "Find a weight whose paths pull in opposite directions.",
        "It needs two paths or more: a weight in the first of three layers, or two outputs.",
        _against,
    ),
)
