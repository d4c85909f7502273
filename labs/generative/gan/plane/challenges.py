"""What the plane asks a visitor to try, and how it knows that it was done."""

from labs.generative.gan.plane.diagnosis import Look
from labs.live.challenges import Challenge


def _eight(s: dict, look: Look, modes: int, seen: str) -> bool:
    return modes == 8 and look.modes == 8 and s["loss"] not in ("non-saturating", "minimax")


def _drawn(s: dict, look: Look, modes: int, seen: str) -> bool:
    return s["target"] == "drawing" and look.step > 0 and look.js < 0.2


def _chased(s: dict, look: Look, modes: int, seen: str) -> bool:
    return seen == "cycling"


CHALLENGES = (
    Challenge("eight", "Cover all eight Gaussians with a loss that has no logarithm in it.",
              "Least squares does, with patience; Wasserstein wants a gradient penalty.", _eight),
    Challenge("drawn", "Draw a target of your own, and bring the Jensen-Shannon divergence below "
              "0.2 nats.", "One broad stroke is easier than letters.", _drawn),
    Challenge("chased", "Make the fakes run in circles without the situation's button.",
              "A generator that is much quicker than its judge, of tanh units.", _chased),
)  # fmt: skip
