"""What the approximation page asks a visitor to try, and how it knows that it was done."""

from torch import Tensor

from labs.basics.approximation.fit import Fit
from labs.basics.approximation.target import SHAPES
from labs.live.challenges import Challenge

CLOSE = 0.001  # mean squared error
OTHER = 0.01  # mean squared difference from each known shape at which a drawing is one's own


def _fit(s: dict, fit: Fit, target: Tensor, own: bool) -> bool:
    other = all((target - shape).square().mean() > OTHER for shape in SHAPES.values())
    return own and other and fit.error < CLOSE and bool(target.std() > 0.1)


def _few(s: dict, fit: Fit, target: Tensor, own: bool) -> bool:
    few = s["width"] * s["depth"] <= 5
    return s["shape"] == "wave" and not own and few and fit.error < CLOSE


CHALLENGES = (
    Challenge("fit", "Draw a function of your own and get the error below 0.001.",
              "More units, or a little patience.", _fit),
    Challenge("few", "Fit the wave to 0.001 with five units or fewer.", "Sine units know waves.",
              _few),
    Challenge("line", "Make eight units say nothing but a line.",
              "Identity: layers without a bend.",
              lambda s, fit, target, own: s["activation"] == "identity" and s["width"] >= 8
              and fit.count > 0),
    Challenge("fold", "Find where the shallow net of the same size first fails on the sawtooth.",
              "Three folds and up.", lambda s, fit, target, own: s["folds"] == 3),
)  # fmt: skip
