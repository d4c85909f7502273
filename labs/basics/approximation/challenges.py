"""What the approximation page asks a visitor to try, and how it knows that it was done."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.basics.approximation.experiment import Approximation

CLOSE = 0.001  # mean squared error


def _own(lab: "Approximation") -> bool:
    return bool(lab.own and lab.fit.error < CLOSE and lab.target.std() > 0.1)


def _few(lab: "Approximation") -> bool:
    s = lab.settings
    return s["shape"] == "wave" and not lab.own and lab.fit.error < CLOSE and s["width"] <= 5


def _line(lab: "Approximation") -> bool:
    s = lab.settings
    return s["activation"] == "identity" and s["width"] >= 8 and lab.steps > 0


def _fold(lab: "Approximation") -> bool:
    return lab.settings["folds"] == 3


CHALLENGES = (
    Challenge("fit", "Draw a function of your own and get the error below 0.001.",
              "More units, or a little patience.", _own),
    Challenge("few", "Fit the wave to 0.001 with five units or fewer.", "Sine units know waves.",
              _few),
    Challenge("line", "Make eight units say nothing but a line.",
              "Identity: layers without a bend.", _line),
    Challenge("fold", "Find where the shallow net of the same size first fails on the sawtooth.",
              "Three folds and up.", _fold),
)  # fmt: skip
