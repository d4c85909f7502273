"""What the GAN that learns digits asks a visitor to try, and how it knows that it was done."""

from labs.live.challenges import Challenge

LATE = 500  # steps


def _all(s: dict, steps: int, covered: int) -> bool:
    return covered == 10 and s["loss"] not in ("non-saturating", "minimax")


def _few(s: dict, steps: int, covered: int) -> bool:
    return steps >= LATE and covered <= 3 and s["noise"] > 0


CHALLENGES = (
    Challenge("all", "Cover all ten digits with a loss that has no logarithm in it.",
              "Hinge and least squares do, given a minute.", _all),
    Challenge("few", "With some instance noise, have three digits or fewer left after 500 steps.",
              "What keeps the fakes of a batch apart?", _few),
)  # fmt: skip
