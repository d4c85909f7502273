"""What the forged drawings ask a visitor to try, and how it knows that it was done."""

from labs.live.challenges import Challenge


def _real(first: float, now: float, steps: int, own: bool) -> bool:
    return own and first > 0


def _turned(first: float, now: float, steps: int, own: bool) -> bool:
    return own and first < 0 < now and 0 < steps <= 5


CHALLENGES = (
    Challenge("real", "Draw something that the discriminator takes for real (a logit above 0).",
              "Choose first what it is; mind the width of the stroke.", _real),
    Challenge("turned", "Find a drawing that is a fake, and real after five steps or fewer.",
              "The steps follow the purple and green map.", _turned),
)  # fmt: skip
