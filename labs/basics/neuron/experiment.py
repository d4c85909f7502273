"""The neuron lab: a line under the hand, a rule that moves it, and three units to build with."""

import torch
from torch import Tensor

from labs.basics.neuron import line, points, view
from labs.basics.neuron.challenges import CHALLENGES
from labs.basics.neuron.controls import CONTROLS, LARGEST, WEIGHTS
from labs.basics.neuron.export import script
from labs.basics.neuron.gates import CORNERS, GATES, weights
from labs.basics.neuron.layers import Layers
from labs.basics.neuron.learner import Learner
from labs.basics.neuron.places import HIGH, LOW
from labs.data.link_points import MOST, snapped, to_text
from labs.live import Frame
from labs.live.checks import number, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted

FIRST = 1  # of the three units: the one that is looked at, at first
NAMES = tuple(knob.name for knob in WEIGHTS)


class Neuron(Lab):
    """One unit on the plane, and two layers of units."""

    name = "neuron"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("points", "layers", "unit")
    undoable = True
    on = {
        ("plane", "hover"): "look_at",
        ("plane", "add"): "add_point",
        ("plane", "move"): "move_point",
        ("plane", "remove"): "remove_point",
        ("plane", "clear"): "clear_points",
        ("plane", "handle"): "drag_line",
        ("network", "hover"): "ignore",
        ("network", "leave"): "ignore",
        ("network", "select"): "select",
        ("network", "edge"): "select",
        ("network", "weight"): "set_weight",
    }

    def __init__(self) -> None:
        super().__init__()
        self.unit = Learner(str(self.settings["gate"]), str(self.settings["kind"]))
        self.layers = Layers()
        self.selected = FIRST  # of the three units of the second card
        self.place = (1.0, 1.0)  # that is looked at
        self.own = False  # whether the points are the visitor's

    @property
    def gate(self) -> str:
        """The gate whose corners are the points; "" for the visitor's own."""
        return "" if self.own else str(self.settings["gate"])

    @property
    def steps(self) -> int:
        """Updates since the points or the weights were set."""
        return self.unit.count

    def step(self) -> bool:
        """Take one step of the unit's rule; False when it has nothing to learn."""
        moved = self.unit.step(float(self.settings["learning_rate"]))
        if moved and self.unit.kind == "perceptron":  # the cross shows which one it was
            self.place = tuple(self.unit.x[:, self.unit.update.example].tolist())
        self._show_weights()
        return moved

    def show(self) -> Frame:
        """Return the line, the sum at a place, the tables and the two layers."""
        f = Frame(notes={"titles": {}, "words": {}})
        lacks = {"points", "inputs"} - self.sent
        view.plane(f, self.unit, self.place, with_points="points" in lacks)
        view.arithmetic(f, self.unit, self.place)
        view.learning(f, self.unit, GATES[str(self.settings["gate"])].wanted, self.gate)
        view.layers(f, self.layers, self.selected, self.place, with_inputs="inputs" in lacks)
        self.sent |= lacks
        return f

    def changed(self, name: str, before: Value) -> None:
        """Follow a gate, a kind of unit or a weight."""
        if name == "gate":
            self.clear_points()
        elif name == "kind":
            self.unit.kind = str(self.settings["kind"])
            self.unit.begin()
        elif name in NAMES:
            w = self.unit.w.clone()
            w[NAMES.index(name)] = self.settings[name]
            self.unit.set_weights(w)

    def evidence(self) -> tuple:
        """Return the gate, the unit and the two layers."""
        return self.gate, self.unit, self.layers

    def to_link(self) -> dict[str, str]:
        """Return the visitor's own points, if few, the weights of the two layers, and which of
        their units is looked at.
        """
        same = self.layers.w.equal(Layers().w)
        return {
            "points": to_text(self.unit.x, self.unit.y.int().tolist()) if self.own else "",
            "layers": "" if same else self.layers.to_link(),
            "unit": "" if self.selected == FIRST else str(self.selected),
        }

    def from_link(self, name: str, text: str) -> None:
        """Take the points, the layers, or the unit of a link."""
        if name == "unit":
            self.selected = places(text, 2)[0]
        elif name == "layers":
            self.layers.from_link(text)
        else:
            self._set_points(*points.from_link(text))

    def left_out(self) -> str:
        """Say what a link does not hold: more points than it has room for, the learning's curve."""
        if self.own and len(self.unit.y) > MOST:
            return f"A link has room for {MOST} points of your own, and these are more."
        if not self.steps:
            return ""
        updates = counted(self.steps, "update")
        return f"The link has the weights as they are; the curve of the {updates} stays here."

    def script(self) -> str:
        """Return the script for the unit and the points as they are."""
        return script(self.unit.w, self.unit.x, self.unit.y, logistic=self.unit.kind == "logistic")

    # The buttons.

    def zero(self) -> None:
        """Begin with weights of zero."""
        self._begin(torch.zeros(3, dtype=torch.float64))

    def lecture(self) -> None:
        """Begin with the lecture's weights of the gate."""
        self._begin(weights(str(self.settings["gate"])))

    def put(self, gate: str) -> None:
        """Give the selected unit the weights of a gate."""
        self.layers.put(self.selected, gate)

    def xnor(self) -> None:
        """Build XNOR as the lecture does, which meets no challenge."""
        self.layers.lecture()
        self.restart_challenges()

    # The plane.

    def look_at(self, event: Event) -> None:
        """Show the sum at a place."""
        self.place = tuple(_place(event).tolist())

    def add_point(self, event: Event) -> None:
        """Put a point of a class."""
        label = round(number(event.get("label"), 0, 1, "A point's class"))
        self._set_points(*points.add(self.unit.x, self.unit.y, _place(event), label))

    def move_point(self, event: Event) -> None:
        """Move a point to a place."""
        x = self.unit.x.clone()
        x[:, whole(event.get("index"), 0, x.shape[1] - 1, "A point")] = _place(event)
        self._set_points(x, self.unit.y)

    def remove_point(self, event: Event) -> None:
        """Take a point away."""
        at = whole(event.get("index"), 0, len(self.unit.y) - 1, "A point")
        self._set_points(*points.remove(self.unit.x, self.unit.y, at))

    def clear_points(self, event: Event | None = None) -> None:
        """Put the four corners of the gate."""
        self._set_points(CORNERS.clone(), GATES[str(self.settings["gate"])].wanted, own=False)

    def drag_line(self, event: Event) -> None:
        """Move the line by its foot (0), or turn and steepen it by its arrow (1)."""
        handle = whole(event.get("index"), 0, 1, "A handle")
        self.unit.set_weights(line.dragged(self.unit.w, handle, _place(event)))
        self._show_weights()

    # The two layers.

    def select(self, event: Event) -> None:
        """Choose the unit that was clicked, or whose edge."""
        layer = whole(event.get("layer"), 0, 1, "A layer")
        unit = whole(event.get("unit"), 0, 1 - layer, "A unit")
        self.selected = 2 if layer == 1 else unit

    def set_weight(self, event: Event) -> None:
        """Give a unit the weight that was typed or dragged."""
        self.select(event)
        source = whole(event.get("source"), 0, 2, "An input")
        value = number(event.get("value"), -LARGEST, LARGEST, "A weight")
        self.layers.w[self.selected, source] = value

    def ignore(self, event: Event) -> None:
        """Leave a hand that hovers over the units alone: it changes nothing here."""

    def _begin(self, w: Tensor) -> None:
        self.unit.begin(w)
        self._show_weights()

    def _set_points(self, x: Tensor, y: Tensor, *, own: bool = True) -> None:
        self.own = own
        self.unit.set_points(x, y)
        self.sent.discard("points")

    def _show_weights(self) -> None:
        self.settings |= zip(NAMES, self.unit.w.tolist(), strict=True)


def _place(event: Event) -> Tensor:
    names = {"x": "x1 of a point", "y": "x2 of a point"}
    at = [number(event.get(axis), LOW, HIGH, name) for axis, name in names.items()]
    return snapped(torch.tensor(at, dtype=torch.float64))
