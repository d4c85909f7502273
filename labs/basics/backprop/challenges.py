"""What the page asks a visitor to try, and how it knows that it was done."""

from typing import TYPE_CHECKING

from labs.basics.backprop.passes import Numbers, paths
from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.basics.backprop.experiment import Backprop


def _stuck(_lab: "Backprop", n: Numbers) -> bool:
    return n.loss > 0.5 and all(float(g.abs().max()) < 0.01 for g in n.dweights[:1])


def _learnt(lab: "Backprop", _n: Numbers) -> bool:
    return lab.updates > 0 and lab.mean_loss() < 0.05


def _closed(lab: "Backprop", n: Numbers) -> bool:
    if lab.picked is None:
        return False
    found = paths(n, *lab.picked)
    return n.loss > 0.05 and len(found) > 1 and all(path.product == 0 for path in found)


def _against(lab: "Backprop", n: Numbers) -> bool:
    if lab.picked is None:
        return False
    products = [path.product for path in paths(n, *lab.picked)]
    return any(p > 1e-4 for p in products) and any(p < -1e-4 for p in products)


CHALLENGES = (
    Challenge(
        "stuck",
        "Make a net that is wrong and cannot learn: a loss above 0.5, and no gradient in the first "
        "layer above 0.01.",
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
