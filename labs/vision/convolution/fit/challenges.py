"""What the page asks a visitor to find out about the valley of the loss."""

from collections.abc import Mapping

from labs.live.challenges import Challenge
from labs.vision.convolution.fit.descent import Descent

FAST = 600  # steps
FLAT, WRONG = 1e-3, 0.2  # a loss so small beside the first, a tap so far from its goal
EDGE, LONG = 1.9, 100  # a rate in units of 1 / the steepest curvature; steps at it


def _fast(_: Mapping, run: Descent) -> bool:
    return len(run.goal) == 5 and run.found is not None and run.found <= FAST


def _flat(_: Mapping, run: Descent) -> bool:
    """The output is nearly right, and the kernel is not."""
    first, now = run.history[0][1], run.history[-1][1]
    return now < FLAT * first and run.distance > WRONG


def _edge(s: Mapping, run: Descent) -> bool:
    """Plain descent at a rate near the largest that is stable goes down all the same."""
    plain, (step, loss) = s["momentum"] == 0 and s["rate"] >= EDGE, run.turned
    return plain and not run.fault and run.steps - step >= LONG and run.history[-1][1] < loss


CHALLENGES = (
    Challenge("fast", f"Let a kernel of 5 × 5 be found within {FAST} steps.",
        "Too little momentum crawls, too much swings past.  Polyak knew how much is best.", _fast),
    Challenge("flat",
        "Catch a loss below a thousandth of the first, while a tap is still off by more than 0.2.",
        "Take the momentum away: the floor of the valley is nearly level.", _flat),
    Challenge("edge",
        f"Without momentum, hold a rate of {EDGE} or more for {LONG} steps and still go downhill.",
        "Rates are in units of one over the steepest curvature: at 2 the steps begin to grow.",
        _edge),
)  # fmt: skip
