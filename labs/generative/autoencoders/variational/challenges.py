"""What the variational part asks a visitor to try, and how it knows that it was done."""

from labs.live.challenges import Challenge


def _collapsed(s: dict, look: tuple, steps: int) -> bool:
    return steps > 0 and look[3] <= 3


def _plain(s: dict, look: tuple, steps: int) -> bool:
    return steps > 0 and s["beta"] < 0.2 and look[2] > 60


CHALLENGES = (
    Challenge("collapse", "Make all but three numbers of the code fall silent.",
              "A large β makes each nat dear; press play.", _collapsed),
    Challenge("plain", "Let the code tell more than 60 nats a picture, and look at what the "
              "prior's throws become.", "Without β the spreads shrink.", _plain),
)  # fmt: skip
