"""What is wrong with a GAN, recognised by numbers and named in a sentence."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

EARLY = 300  # steps before which nothing is said
SURE = 0.98  # share right from which a discriminator is never wrong
FAINT = 0.02  # slope at the fakes below which they are told nothing
BACK = 12  # looks at the past
LONG = 2.0  # way of the fakes' middle over them, in the plane's units
NARROW = 0.25  # deviation of fakes that sit in one place


class Look(NamedTuple):
    """What was measured at one step."""

    step: int
    discriminator: float  # losses
    generator: float
    js: float  # nats
    kl: float
    modes: int  # covered; -1 where there are none to count
    slope: float  # mean length of the push at the fakes
    right: float  # share of points that the discriminator calls by their name
    x: float  # the fakes' middle
    y: float
    spread: float  # their deviation


def diagnosis(looks: Sequence[Look], count: int, broken: bool) -> tuple[str, str]:
    """Return the name of what is seen and a sentence about it; count: modes there are, 0 if none.

    The name is one of "ran away", "vanishing gradient", "cycling", "mode collapse", "well", "".
    """
    now = looks[-1]
    if broken:
        return "ran away", f"The numbers ran away by step {now.step}: a rate is too large."
    if now.step < EARLY:
        return "", "Press play: the generator begins with a small grid of its own."
    recent = looks[-BACK:]
    way = sum(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 for a, b in pairwise(recent))
    few = now.modes <= count / 2 if count else now.js > 0.35
    if now.slope < FAINT and now.right > SURE:
        return "vanishing gradient", (
            f"Vanishing gradient: the discriminator is right on {now.right:.0%}, and its push at "
            f"the fakes is {now.slope:.1e} long: they are told nothing."
        )
    if few and way > LONG and len(recent) == BACK:
        return "cycling", (
            "Cycling: the fakes run from place to place, and the discriminator after them; their "
            f"middle went {way:.1f} in the last {recent[-1].step - recent[0].step} steps."
        )
    if few and now.spread < NARROW:
        on = f"{now.modes} of {count} modes are" if count and now.modes != 1 else ""
        one = f"1 of {count} modes is" if count and now.modes == 1 else ""
        what = on or one or "a small part of the target is"
        return "mode collapse", (
            f"Mode collapse: {what} covered, since all noise is sent to nearly the same place."
        )
    if (count and now.modes >= 7 / 8 * count) or (not count and now.js < 0.2):
        covered = f"{now.modes} of {count} modes are covered, " if count else ""
        return "well", f"It goes well: {covered}Jensen-Shannon {now.js:.2f} of at most 0.69 nats."
    return "", f"Jensen-Shannon divergence {now.js:.2f} nats; it would be 0 if both were the same."
