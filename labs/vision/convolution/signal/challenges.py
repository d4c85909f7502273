"""What the page asks a visitor to try with a signal and a few taps."""

from torch import Tensor

from labs.live.challenges import Challenge
from labs.vision.convolution.signal.sliding import Sliding

CLOSE = 1e-3
CALM = 1 / 3  # of the signal's steps that the output's may have
ENOUGH = 5  # numbers of the output: two or three are calm because the rest is cut off
UNIT = (0.95, 1.05)  # the taps' sum at which a level counts as kept


def _ends(s: Sliding) -> bool:
    """The output is 0 but for one number up and one down, though the signal is not."""
    up, down = (int((sign * s.y > CLOSE).sum()) for sign in (1, -1))
    return (up, down) == (1, 1) and int((s.x.abs() > CLOSE).sum()) >= 3


def _echo(s: Sliding) -> bool:
    """The output holds the taps in their own order, and zeros around them."""
    w, y = s.w, s.y
    if (w - w.flip(0)).abs().max() < CLOSE or len(y) < len(w):
        return False
    windows = y.unfold(0, len(w), 1)  # (places, m)
    same = (windows - w).abs().amax(1) < CLOSE
    return bool(same.any() and (y.abs().sum() - w.abs().sum()).abs() < CLOSE)


def _calm(s: Sliding) -> bool:
    low, high = UNIT
    kept = low < s.w.sum().item() < high
    return (
        len(s.y) >= ENOUGH
        and kept
        and roughness(s.x) > CLOSE
        and roughness(s.y) < CALM * roughness(s.x)
    )


def roughness(x: Tensor) -> float:
    """Return the mean size of the steps between neighbours of x: (n,)."""
    return x.diff().abs().mean().item() if len(x) > 1 else 0.0


CHALLENGES = (
    Challenge("ends",
        "Find the two ends of a block: an output of zeros with one number up and one down.",
        "Taps that sum to 0 are blind to what is level.  The output is where neighbours differ.",
        _ends),
    Challenge("echo",
        "Let the output spell your taps in their own order, with zeros around them.  The taps must "
        "read differently backwards.",
        "A single 1 among zeros asks a filter who it is.  Mind the flip.", _echo),
    Challenge("calm",
        "Calm a signal: steps less than a third as large, on average, and its level kept.",
        "A level is kept by taps that sum to 1; the more of them, the calmer.", _calm),
)  # fmt: skip
