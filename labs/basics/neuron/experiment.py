"""The neuron lab's experiment: a line under the hand, a rule that moves it, three units more."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.basics.neuron import challenges, points, touch, view
from labs.basics.neuron.gates import CORNERS, GATES, weights
from labs.basics.neuron.layers import Layers
from labs.basics.neuron.touch import ARROW, LARGEST
from labs.basics.neuron.unit import (
    bound,
    cross_entropy,
    gradient,
    logistic,
    perceptron_rule,
    threshold,
    with_one,
)
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import cards, number, option, shown
from labs.training.course import Course

KINDS = ("threshold", "perceptron", "logistic")
USUAL: Mapping[str, str | float] = {
    "gate": "AND", "kind": "logistic", "bias": -30.0, "w1": 20.0, "w2": 20.0,
    "learning_rate": 0.5,
}  # fmt: skip
WEIGHTS = ("bias", "w1", "w2")
KEPT = 1000  # moments of the learning that are drawn


class Neuron:
    """One unit on the plane.  w: (3,), the bias first; x: (2, N); y: (N,) of 0 and 1."""

    def __init__(self) -> None:
        self.settings = dict(USUAL)
        self.layers = Layers()
        self.selected = 1  # of the three units of the second card
        self.probe = (1.0, 1.0)
        self.hovered: tuple[int, int] | None = None
        self.own = False
        self.met: set[str] = set()
        self.told: set[str] = set()
        self.visible: set[str] | None = None
        self.w = weights("AND")
        self.set_gate("AND")

    def receive(self, event: Mapping) -> None:
        """Take in a handle, a point, a weight or a setting.  Raises ValueError in one sentence."""
        if "setting" in event:
            self._set(event["setting"], event.get("value"))
        elif event.get("kind") == "hello":
            self.told.clear()
        elif event.get("panel") == "points" and event.get("kind") == "link":
            self.x, self.y = points.from_link(str(event.get("value")))
            self.own = True
            self.begin()
        elif event.get("panel") == "plane":
            touch.plane(self, event)
        elif event.get("panel") == "network":
            touch.network(self, event)
        else:
            raise ValueError("The neuron lab knows settings, points, handles and weights.")

    @property
    def steps(self) -> int:
        """Updates since the points or the weights were set."""
        return self.updates

    def step(self) -> bool:
        """Show the unit one example (perceptron), or take one step down the gradient (logistic).

        False when the perceptron has everything right, or for a unit that does not learn.
        """
        rate, x = float(self.settings["learning_rate"]), with_one(self.x)
        if self.settings["kind"] == "threshold":
            raise ValueError(
                "McCulloch and Pitts set their weights by hand; choose perceptron or logistic to "
                "learn."
            )
        before = self.w
        if self.settings["kind"] == "perceptron":
            if self.right == len(self.y):
                return False
            k = self.example = self.updates % len(self.y)
            self.probe = tuple(self.x[:, k].tolist())  # the cross shows which one it was
            self.w = perceptron_rule(self.w, x[:, k], float(self.y[k]), rate)
        else:
            self.w = self.w - rate * gradient(self.w, x, self.y)
        self.w = self.w.clamp(-1e4, 1e4)
        self.updates += 1
        self.by_hand, self.before, self.rate = False, before, rate
        self.note()
        return True

    def frame(self) -> Frame:
        """Return the line, the sum, the tables as they are now."""
        self.met = met(challenges.CHALLENGES, self.met, self)
        return view.frame(self)

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the visitor's own points, if few."""
        return {"points": points.to_link(self.x, self.y)} if self.own else {}

    def says(self, x: Tensor) -> Tensor:
        """Return what the unit says of x: (2, N), as (N,) in [0, 1]."""
        z = self.w @ with_one(x)
        return logistic(z) if self.settings["kind"] == "logistic" else threshold(z)

    @property
    def right(self) -> int:
        """How many points are on their side of the line."""
        return int(((self.says(self.x) >= 0.5) == (self.y > 0.5)).sum())

    def loss(self) -> float:
        """Return the mean cross-entropy of the points, or the share of mistakes of a threshold."""
        if self.settings["kind"] == "logistic":
            return cross_entropy(self.w, with_one(self.x), self.y)
        return 1 - self.right / len(self.y)

    def handles(self) -> tuple[Tensor, Tensor]:
        """Return the point of the line that moves it, and the tip of the arrow that turns it."""
        foot = bound(self.w)
        size = self.w[1:].norm().clamp_min(1e-9)
        return foot, foot + self.w[1:] / size * (ARROW * torch.log1p(size))

    def set_gate(self, name: str) -> None:
        """Put the four corners of a gate."""
        self.x = CORNERS.clone()
        self.y = torch.tensor(GATES[name].wanted, dtype=torch.float64)
        self.own = False
        self.begin()

    def begin(self) -> None:
        """Begin to count from here."""
        self.updates, self.example, self.by_hand = 0, 0, False
        self.before: Tensor | None = None  # the weights that the last update changed
        self.rate = 0.0  # of that update
        self.history = Course(KEPT)  # (update, loss, share right)
        self.told.discard("points")
        self.note()

    def note(self) -> None:
        """Note weights and loss as they are now."""
        for name, value in zip(WEIGHTS, self.w.tolist(), strict=True):
            self.settings[name] = value
        self.history.note((self.updates, self.loss(), self.right / len(self.y)))

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible = cards(value)
        elif name == "gate":
            self.settings["gate"] = option(value, GATES, "A gate")
            self.set_gate(str(value))
        elif name == "kind":
            self.settings["kind"] = option(value, KINDS, "A unit")
            self.begin()
        elif name == "learning_rate":
            self.settings["learning_rate"] = number(value, 0.01, 10, "The learning rate")
        elif name in WEIGHTS:
            self.w = self.w.clone()
            self.w[WEIGHTS.index(str(name))] = number(value, -LARGEST, LARGEST, "A weight")
            self.by_hand, self.before = True, None
            self.note()
        elif name == "lecture":
            self.w = weights(str(self.settings["gate"]))
            self.begin()
        elif name == "zero":
            self.w = torch.zeros(3, dtype=torch.float64)
            self.begin()
        elif name == "xnor":
            self.layers.lecture()
        elif isinstance(name, str) and name.startswith("put ") and name[4:] in GATES:
            self.layers.put(self.selected, name[4:])
        else:
            raise ValueError(f"The neuron lab has no setting {shown(name)}.")
