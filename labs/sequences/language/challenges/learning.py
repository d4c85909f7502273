"""Challenges for a network in training."""

import math

from labs.live.challenges import Challenge
from labs.sequences.language.progress import RECENT, Progress

OPEN = 4  # characters that a pair must leave open: a text that repeats itself is soon learnt


def _halves(progress: Progress, clip: float, trouble: str, symbols: int, pairs: float) -> bool:
    trained = progress.steps > 0 and pairs > OPEN
    return trained and progress.held_out < math.log(pairs / 2)


def _clipped(progress: Progress, clip: float, *_: object) -> bool:
    last = progress.recent
    if len(last) < RECENT or min(report.norm for report in last) <= clip:
        return False
    return sum(report.loss for report in last) / RECENT < 0.75 * progress.first


def _worse(progress: Progress, clip: float, trouble: str, symbols: int, *_: object) -> bool:
    if trouble:
        return True
    return progress.steps > 1 and progress.recent[-1].loss > 1.5 * math.log(symbols)


LEARNING = (
    Challenge(
        "few",
        "On the held-out text, bring its perplexity to half of what counting pairs of characters "
        f"gives. The text must leave more than {OPEN} characters open to a pair.",
        "Counting pairs is n = 2 under n-grams. Let it train; the sentence above the loss says how "
        "far it is.",
        _halves,
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
