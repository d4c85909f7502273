"""The neuron lab's experiment: a line under the hand, a rule that moves it, three units more."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from labs.basics.neuron import challenges, view
from labs.basics.neuron.gates import CORNERS, GATES, weights
from labs.basics.neuron.layers import Layers
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
from labs.live.checks import number, option, shown, whole

KINDS = ("threshold", "perceptron", "logistic")
LOW, HIGH = -0.5, 1.5  # of the plane
LARGEST = 40.0  # size of a weight
ARROW = 0.12  # length of the handle's arrow for a weight vector of length e - 1
USUAL: Mapping[str, str | float] = {
    "gate": "AND", "kind": "logistic", "bias": -30.0, "w1": 20.0, "w2": 20.0,
    "learning_rate": 0.5,
}  # fmt: skip
WEIGHTS = ("bias", "w1", "w2")
MOST = 200  # points


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
        self._gate("AND")

    def receive(self, event: Mapping) -> None:
        """Take in a handle, a point, a weight or a setting.  Raises ValueError in one sentence."""
        if "setting" in event:
            self._set(event["setting"], event.get("value"))
        elif event.get("kind") == "hello":
            self.told.clear()
        elif event.get("panel") == "plane":
            self._point(event)
        elif event.get("panel") == "network":
            self._unit(event)
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
        if self.settings["kind"] == "perceptron":
            if self.right == len(self.y):
                return False
            k = self.updates % len(self.y)
            self.example = k
            self.w = perceptron_rule(self.w, x[:, k], float(self.y[k]), rate)
        else:
            self.w = self.w - rate * gradient(self.w, x, self.y)
        self.w = self.w.clamp(-1e4, 1e4)
        self.updates += 1
        self.by_hand = False
        self._note()
        return True

    def frame(self) -> Frame:
        """Return the line, the sum, the tables as they are now."""
        self.met |= {c.key for c in challenges.CHALLENGES if c.done(self)}
        return view.frame(self)

    def address(self) -> dict[str, str]:
        """Everything that a link needs is a setting."""
        return {}

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

    # helpers

    def _gate(self, name: str) -> None:
        """Put the four corners of a gate."""
        self.x = CORNERS.clone()
        self.y = torch.tensor(GATES[name].wanted, dtype=torch.float64)
        self.own = False
        self._begin()

    def _begin(self) -> None:
        self.updates, self.example, self.by_hand = 0, 0, False
        self.history: list[tuple[int, float, float]] = []
        self.told.discard("points")
        self._note()

    def _note(self) -> None:
        for name, value in zip(WEIGHTS, self.w.tolist(), strict=True):
            self.settings[name] = value
        self.history.append((self.updates, self.loss(), self.right / len(self.y)))
        if len(self.history) > 1000:
            self.history = self.history[::2] + self.history[-1:]

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible = set(map(str, value)) if isinstance(value, list) else None
        elif name == "gate":
            self.settings["gate"] = option(value, GATES, "A gate")
            self._gate(str(value))
        elif name == "kind":
            self.settings["kind"] = option(value, KINDS, "A unit")
            self._begin()
        elif name == "learning_rate":
            self.settings["learning_rate"] = number(value, 0.01, 10, "The learning rate")
        elif name in WEIGHTS:
            self.w = self.w.clone()
            self.w[WEIGHTS.index(str(name))] = number(value, -LARGEST, LARGEST, "A weight")
            self.by_hand = True
            self._note()
        elif name == "lecture":
            self.w = weights(str(self.settings["gate"]))
            self._begin()
        elif name == "zero":
            self.w = torch.zeros(3, dtype=torch.float64)
            self._begin()
        elif name == "xnor":
            self.layers.lecture()
        elif isinstance(name, str) and name.startswith("put ") and name[4:] in GATES:
            self.layers.put(self.selected, name[4:])
        else:
            raise ValueError(f"The neuron lab has no setting {shown(name)}.")

    def _point(self, event: Mapping) -> None:
        kind = event.get("kind")
        if kind in ("hover", "add", "move", "handle"):
            u = number(event.get("x"), LOW, HIGH, "x1 of a point")
            v = number(event.get("y"), LOW, HIGH, "x2 of a point")
        if kind == "hover":
            self.probe = (u, v)
            return
        if kind == "handle":
            self._drag(whole(event.get("index"), 0, 1, "A handle"), u, v)
            return
        if kind == "add":
            if len(self.y) >= MOST:
                raise ValueError(f"There is room for {MOST} points.")
            label = number(event.get("label"), 0, 1, "A point's class")
            self.x = torch.cat([self.x, torch.tensor([[u], [v]], dtype=torch.float64)], 1)
            self.y = torch.cat([self.y, torch.tensor([round(label)], dtype=torch.float64)])
        elif kind == "move":
            self.x = self.x.clone()
            self.x[:, whole(event.get("index"), 0, len(self.y) - 1, "A point")] = torch.tensor(
                [u, v], dtype=torch.float64
            )
        elif kind == "remove":
            keep = torch.arange(len(self.y)) != whole(
                event.get("index"), 0, len(self.y) - 1, "A point"
            )
            if keep.sum() < 2:
                raise ValueError("Two points are needed at least.")
            self.x, self.y = self.x[:, keep], self.y[keep]
        elif kind == "clear":
            self._gate(str(self.settings["gate"]))
            return
        else:
            raise ValueError(f"The plane knows no event {shown(kind)}.")
        self.own = True
        self._begin()

    def _drag(self, index: int, u: float, v: float) -> None:
        """Move the line by its foot (0), or turn and steepen it by its arrow (1)."""
        foot, _ = self.handles()
        place = torch.tensor([u, v], dtype=torch.float64)
        normal = self.w[1:].clone()
        if index == 0:
            foot = place
        else:
            arrow = place - foot
            length = arrow.norm().clamp_min(1e-6).item()
            normal = arrow / length * min(LARGEST, math.expm1(length / ARROW))
        w = torch.cat([-(normal @ foot)[None], normal])
        self.w = w * min(1.0, LARGEST / w.abs().max().clamp_min(1e-9).item())
        self.by_hand = True
        self._note()

    def _unit(self, event: Mapping) -> None:
        """Take in a click or a weight of the three units."""
        kind = event.get("kind")
        if kind == "leave":
            self.hovered = None
            return
        low = -1 if kind == "hover" else 0
        layer = whole(event.get("layer"), low, 1, "A layer")
        unit = whole(event.get("unit"), 0, 0 if layer == 1 else 1, "A unit")
        if kind == "hover":
            self.hovered = (layer, unit)
            return
        self.selected = 2 if layer == 1 else unit
        if kind == "weight":
            source = whole(event.get("source"), 0, 2, "An input")
            self.layers.w[self.selected, source] = number(
                event.get("value"), -LARGEST, LARGEST, "A weight"
            )
        elif kind not in ("select", "edge"):
            raise ValueError(f"These units know no event {shown(kind)}.")
