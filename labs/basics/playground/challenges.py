"""What the page asks a visitor to try, and how it knows that it was done."""

from typing import TYPE_CHECKING

from labs.basics.playground.settings import sizes
from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground


def _plain(lab: "Playground") -> bool:
    return lab.settings["features"] == "x1,x2" and lab.settings["kind"] == "none"


def _generated(lab: "Playground", data: str) -> bool:
    return lab.settings["data"] == data and not lab.cloud.own


def _test(lab: "Playground") -> float:
    return lab.run.history[-1].test_score


def _few(lab: "Playground") -> bool:
    units = sum(sizes(str(lab.settings["layers"])))
    return _generated(lab, "circle") and _plain(lab) and units <= 3 and _test(lab) >= 0.95


def _no_hidden(lab: "Playground") -> bool:
    return _generated(lab, "xor") and not lab.settings["layers"] and _test(lab) >= 0.95


def _spiral(lab: "Playground") -> bool:
    return _generated(lab, "spiral") and _plain(lab) and lab.run.history[-1].test < 0.05


def _hot(lab: "Playground") -> bool:
    return lab.run.fault is not None


def _dead(lab: "Playground") -> bool:
    return len(lab.dead) >= 3


CHALLENGES = (
    Challenge("few", "Circle: 95 % of the test points with at most three hidden units, from x₁ "
              "and x₂ alone.", "Three lines make a triangle: one layer of three units.", _few),
    Challenge("none", "XOR: 95 % with no hidden layer at all.",
              "One product is worth a hidden layer.", _no_hidden),
    Challenge("spiral", "Spiral: a test loss below 0.05 from x₁ and x₂ alone.",
              "Three layers of eight, Adam, a learning rate of 0.01.", _spiral),
    Challenge("hot", "Make the numbers run away, and read why.",
              "A regression, ReLU and a learning rate of ten.", _hot),
    Challenge("dead", "Kill three ReLUs.", "ReLU, and a large learning rate for a moment.", _dead),
)  # fmt: skip
