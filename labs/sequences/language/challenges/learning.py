"""Challenges for a network in training."""

import math

from labs.live.challenges import Challenge
from labs.sequences.language.progress import RECENT, Progress

FEW = 7  # characters that the net still hesitates between


def _hesitates_less(progress: Progress, clip: float, trouble: str, symbols: int) -> bool:
    return progress.steps > 0 and progress.held_out < math.log(FEW)


def _clipped(progress: Progress, clip: float, trouble: str, symbols: int) -> bool:
    last = progress.recent
    if len(last) < RECENT or min(report.norm for report in last) <= clip:
        return False
    return sum(report.loss for report in last) / RECENT < 0.75 * progress.first


def _worse(progress: Progress, clip: float, trouble: str, symbols: int) -> bool:
    if trouble:
        return True
    return progress.steps > 1 and progress.recent[-1].loss > 1.5 * math.log(symbols)


LEARNING = (
    Challenge(
        "few",
        f"On the held-out text, bring its perplexity below {FEW}: it hesitates between fewer than "
        f"{FEW} characters.",
        "Let it train. The sentence above the loss says how far it is.",
        _hesitates_less,
    ),
    Challenge(
        "clipped",
        f"Clip the gradient at {RECENT} steps in a row, and let it learn all the same: a quarter "
        "of the first loss gone.",
        "Adam divides by the size of the gradient: a short one teaches as much as a long one.",
        _clipped,
    ),
    Challenge(
        "worse",
        "Make it worse than knowing nothing: half as much again as the logarithm of the number of "
        "symbols.",
        "A learning rate of 1 steps over every valley.",
        _worse,
    ),
)
