"""What the page asks a visitor to find out about the valley of the loss."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.vision.convolution.fit.experiment import Fit

FAST = 600  # steps
FLAT, WRONG = 1e-3, 0.2  # a loss so small beside the first, a tap so far from its goal
EDGE, LONG = 1.9, 100  # a rate in units of 1 / the steepest curvature; steps at it


def _fast(lab: "Fit") -> bool:
    return len(lab.goal) == 5 and lab.found is not None and lab.found <= FAST


def _flat(lab: "Fit") -> bool:
    """The output is nearly right, and the kernel is not."""
    first, now = lab.history[0][1], lab.history[-1][1]
    return now < FLAT * first and lab.distance > WRONG


def _edge(lab: "Fit") -> bool:
    """Plain descent at a rate near the largest that is stable goes down all the same."""
    plain = lab.settings["momentum"] == 0 and float(lab.settings["rate"]) >= EDGE
    step, loss = lab.turned
    return plain and not lab.trouble and lab.steps - step >= LONG and lab.history[-1][1] < loss


CHALLENGES = (
    Challenge(
        "fast",
        f"Let a kernel of 5 × 5 be found within {FAST} steps.",
        "Too little momentum crawls, too much swings past.  Polyak knew how much is best.",
        _fast,
    ),
    Challenge(
        "flat",
        "Catch a loss below a thousandth of the first, while a tap is still off by more than 0.2.",
        "Take the momentum away: the floor of the valley is nearly level.",
        _flat,
    ),
    Challenge(
        "edge",
        f"Without momentum, hold a rate of {EDGE} or more for {LONG} steps and still go downhill.",
        "Rates are in units of one over the steepest curvature: at 2 the steps begin to grow.",
        _edge,
    ),
)
