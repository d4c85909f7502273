"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Callable, Mapping
from functools import wraps

from labs.basics.playground.controls import AXES, USUAL
from labs.basics.playground.diagnosis import dead
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.run import Run
from labs.basics.playground.setup import sizes
from labs.live.challenges import Challenge
from labs.live.controls import Value

Settings = Mapping[str, Value]
# A preset that trains on as it is has not been solved by the visitor, nor by turning these.
BESIDE = {"noise", "share", "seed", "edges", "scale", "stop", "schedule", "total"} | {
    axis.name for axis in AXES
}


def _own(done: Callable[..., bool]) -> Callable[..., bool]:
    """The test, which fails while the settings are those that the preset brought."""

    @wraps(done)
    def test(s: Settings, *state: object) -> bool:
        if not done(s, *state):
            return False
        brought = USUAL | PRESETS[s["preset"]].settings
        return any(s[k] != v for k, v in brought.items() if k not in BESIDE)

    return test


def _generated(s: Settings, own: bool, data: str) -> bool:
    return s["data"] == data and not own


def _plain(s: Settings) -> bool:
    return s["features"] == "x1,x2" and s["kind"] == "none"


@_own
def _few(s: Settings, own: bool, run: Run) -> bool:
    few = _generated(s, own, "circle") and _plain(s) and sum(sizes(s["layers"])) <= 3
    return few and run.history[-1].test_score >= 0.95


@_own
def _no_hidden(s: Settings, own: bool, run: Run) -> bool:
    none = _generated(s, own, "xor") and not sizes(s["layers"])
    return none and run.history[-1].test_score >= 0.95


@_own
def _spiral(s: Settings, own: bool, run: Run) -> bool:
    return _generated(s, own, "spiral") and _plain(s) and run.history[-1].test < 0.05


@_own
def _hot(s: Settings, own: bool, run: Run) -> bool:
    return run.fault is not None


@_own
def _dead(s: Settings, own: bool, run: Run) -> bool:
    return len(dead(run)) >= 3


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
