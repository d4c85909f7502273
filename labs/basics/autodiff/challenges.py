"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Mapping, Sequence

from labs.basics.autodiff.differences import central, error
from labs.basics.autodiff.passes import multiplications
from labs.basics.autodiff.program import Instruction
from labs.basics.autodiff.tables import edges_out
from labs.basics.autodiff.tape import Trace
from labs.live.challenges import Challenge

SMOOTH = 1e-5  # a step at which a central difference is right, where there is no kink


def _flat(
    trace: Trace, program: Sequence[Instruction], values: Mapping[str, float], h: float
) -> bool:
    gradient = trace.gradient.values()
    moving = any(abs(p) > 0.2 for node in trace.nodes for p in node.partials)
    if not (moving and len(gradient) >= 2 and all(abs(g) < 0.02 for g in gradient)):
        return False
    away = {name: value + 1 for name, value in values.items()}  # x − x is flat everywhere
    return any(abs(central(program, away, name, SMOOTH)) > 0.02 for name in values)


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
    def off(name: str, exact: float, h: float) -> float:
        return error(central(program, values, name, h), exact)

    return h < 1e-6 and any(
        abs(exact) > 0.1 and off(name, exact, h) > 0.1 and off(name, exact, SMOOTH) < 0.01
        for name, exact in trace.gradient.items()  # at a kink no step is right
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
