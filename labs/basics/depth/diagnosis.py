"""What is happening in a deep net, in one sentence: what failed, when and why, or how it fares."""

import math

from labs.basics.depth.side import Side
from labs.numerals import counted, written

ENOUGH = 100.0  # times that the gradient may change from the last layer to the first
MANY = 0.5  # share of a layer's units


def sentence(side: Side) -> str:
    """Return the most urgent of what there is to say of a net."""
    health, depth = side.health(), side.shape.depth
    if not math.isfinite(health.loss) and side.largest == 0:
        return _too_large(side)
    if side.lost is not None:
        return (
            f"The numbers ran away at step {side.lost}: at a learning rate of "
            f"{side.learning_rate:.2g} the steps overshoot, the loss rose to "
            f"{written(side.largest, '.2g')} and the next one had no number in float32. Start "
            "again with a smaller learning rate."
        )
    if not math.isfinite(health.loss):
        return (
            f"The numbers run away at step {side.steps + 1}: the last step, at a learning rate of "
            f"{side.learning_rate:.2g}, led to weights whose output float32 cannot hold."
        )
    if health.dead.max() > MANY:
        worst = int(health.dead.argmax())
        return (
            f"{health.dead[worst]:.0%} of the units of layer {worst + 1} are dead: they do not "
            "move for any example, so no gradient comes through them."
        )
    if not health.norms[0] > 0:
        return "No gradient arrives at the first layer: it is too small for a number of float32."
    if not 1 / ENOUGH < health.ratio < ENOUGH:
        each = health.ratio ** (1 / max(1, depth - 1))
        what = "vanishes" if health.ratio < 1 else "explodes"
        return (
            f"The gradient {what}: over {counted(depth - 1, 'layer')} it is multiplied by "
            f"{written(health.ratio, '.1e')}, by {written(each, '.2g')} in each."
        )
    return (
        f"The gradient arrives: the first layer gets {health.ratio:.2g} times what the last one "
        "gets."
    )


def _too_large(side: Side) -> str:
    """Say in which layer a pass through initial weights leaves the numbers of float32."""
    finite = side.health().deviation.isfinite().tolist()
    place = f", in layer {finite.index(False) + 1}" if side.steps == 0 and False in finite else ""
    return (
        f"The numbers ran away before the first step{place}: the initial weights make the "
        "activations larger from layer to layer, and float32 ends at 3.4e38. Choose smaller "
        "weights, or batch norm."
    )
