"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Mapping, Sequence

from labs.basics.autodiff.differences import central, error
from labs.basics.autodiff.passes import multiplications
from labs.basics.autodiff.program import Instruction
from labs.basics.autodiff.tables import edges_out
from labs.basics.autodiff.tape import Trace
from labs.live.challenges import Challenge


def _flat(trace: Trace, *_: object) -> bool:
    gradient = trace.gradient.values()
    curved = any(node.operation != "variable" and node.inputs for node in trace.nodes)
    moving = any(abs(p) > 0.2 for node in trace.nodes for p in node.partials)
    return curved and moving and len(gradient) >= 2 and all(abs(g) < 0.02 for g in gradient)


def _summed(trace: Trace, *_: object) -> bool:
    return any(
        node.operation == "variable" and len({k for k, _ in edges_out(trace.nodes, j)}) >= 4
        for j, node in enumerate(trace.nodes)
    )


def _saturated(trace: Trace, *_: object) -> bool:
    return any(
        node.operation in ("sigmoid", "tanh") and 0 < node.partials[0] < 1e-3
        for node in trace.nodes
    )


def _rounded(
    trace: Trace, program: Sequence[Instruction], values: Mapping[str, float], h: float
) -> bool:
    return h < 1e-6 and any(
        abs(exact) > 0.1 and error(central(program, values, name, h), exact) > 0.1
        for name, exact in trace.gradient.items()
    )


def _cheap(trace: Trace, *_: object) -> bool:
    forwards, backwards = multiplications(trace.nodes)
    return forwards >= 12 * backwards > 0


CHALLENGES = (
    Challenge(
        "flat",
        "Find a place where a function of two or more variables is flat: every gradient below "
        "0.02, though something still varies inside.",
        "In “a part used three times”, try both variables near 0.",
        _flat,
    ),
    Challenge(
        "summed",
        "Write a function in which one variable feeds four different nodes.",
        "Every mention counts: x*exp(x) + sin(x) + x**2.",
        _summed,
    ),
    Challenge(
        "saturated",
        "Saturate a sigmoid or a tanh: a local derivative between 0 and 0.001.",
        "Take “a logistic unit” and make w1 and x1 large.",
        _saturated,
    ),
    Challenge(
        "rounded",
        "Make the central difference wrong by more than 10 % with a step that is too small.",
        "The knob h goes down to 1e-14, and float64 holds 16 digits.",
        _rounded,
    ),
    Challenge(
        "cheap",
        "Write a function for which forward mode costs twelve times what reverse mode costs.",
        "Forward mode needs a pass for every variable.",
        _cheap,
    ),
)
