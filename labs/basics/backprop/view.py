"""What the backprop lab shows: both passes as far as they are walked, and one weight's gradient."""

from collections.abc import Sequence

from torch import Tensor

from labs.basics.backprop import picture, tables
from labs.basics.backprop.notation import names
from labs.basics.backprop.passes import Numbers, Step
from labs.basics.backprop.picture import Weight
from labs.basics.backprop.words import sub
from labs.live import Frame
from labs.numerals import counted, number

REACH = 2.0  # a slider goes from -2 to 2, further for a larger value


def walk(n: Numbers, order: Sequence[Step], at: int, notation: str, picked: Weight | None) -> Frame:
    """Return diagram, matrices and table after the first `at` steps of the order.

    Every edge on a path from the loss to the weight that was picked glows.
    """
    done = order[:at]
    known = set(done)
    ahead, end = 2 * len(n.weights), len(order)
    frame = Frame(values=picture.matrices(n, known))
    frame.notes = {
        "diagram": picture.diagram(n, known, done[-1] if done else None, picked, notation),
        "table": tables.table(n, notation, done, order[max(0, at - 1)]),
        "timeline": {
            "at": at, "count": end,
            "said": [["forwards", ahead], ["loss", ahead + 1], ["backwards", end - 1],
                     ["update", end]],
        },
    }  # fmt: skip
    return frame


def gradients(
    each: Sequence[Numbers], at: int, weight: Weight, notation: str, loss: str
) -> dict[str, dict]:
    """Return the paths to one weight in the example `at`, and its gradient in every example."""
    return {
        "paths": tables.paths_to(each[at], *weight, notation),
        "batch": tables.batch(each, weight, at, loss, _letter(notation)),
    }


def sliders(example: Tensor, inputs: int) -> list[dict]:
    """Return a slider for each input and each target of an example, (inputs + outputs,)."""
    named = [
        (f"x{sub(k + 1)}" if k < inputs else f"y*{sub(k - inputs + 1)}", v)
        for k, v in enumerate(example.tolist())
    ]
    return [{"name": k, "value": v, "reach": max(REACH, 2 * abs(v))} for k, v in named]


def titles(loss: float, mean: float, updates: int, notation: str) -> dict[str, str]:
    """Return a line above the diagram and above the loss curve."""
    return {
        "diagram": f"{_letter(notation)} = {number(loss)}, mean over all {number(mean)}",
        "losses": f"after {counted(updates, 'update')}",
    }


def _letter(notation: str) -> str:
    return names(notation, 0, 2).loss
