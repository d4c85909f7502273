"""Classes of one's own, taught by a few examples: a linear head on features that exist already.

The anchor is Carney et al., "Teachable Machine: approachable web-based tool for exploring machine
learning classification", CHI EA 2020, https://doi.org/10.1145/3334480.3382839.
"""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data import strokes
from labs.drawing.pad import Pad
from labs.images import quantise, sent_picture
from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.checks import whole
from labs.live.controls import Button, Choice, Knob, Select, Value
from labs.live.lab import ANY, Lab
from labs.vision.features.source import square
from labs.vision.features.teach import view
from labs.vision.features.teach.answer import Heads, Seen, fitted, left_out, see
from labs.vision.features.teach.bundle import from_zip, to_zip
from labs.vision.features.teach.examples import Examples, example_set
from labs.vision.features.teach.export import script
from labs.vision.features.teach.roads import ROADS, SIDE

CHALLENGES = (
    Challenge(
        "own", "Teach it two classes of your own, with five examples each, all of which are told "
        "right when they are left out.",
        "Hold the button while you move before the camera, or draw.",
        lambda s, e, right: s["set"] == "yours" and not set(e.names) & STOCK
        and sum(e.labels.count(k) >= 5 for k in range(len(e.names))) >= 2 and right["learned"] == 1,
    ),
    Challenge(
        "wrong", "Give three examples of the textures to a wrong class, and see who notices.",
        "In the map, drag a point onto another class's name.",
        lambda s, e, right: s["set"] == "yours" and set(e.names) == {"brick", "grass", "gravel"}
        and right["learned"] < 0.85 and len(e) >= 18,
    ),
)  # fmt: skip
STOCK = {
    "brick", "grass", "gravel", "circle", "square", "triangle", "red", "green", "blue", "class 1",
    "class 2", "class 3",
}  # fmt: skip


class Teach(Lab):
    """Examples, three heads fitted to them, and what these say of the picture that is seen."""

    name = "features.teach"
    controls = (
        Select("set", "begin with",
               (("textures", "three textures"), ("forms", "shapes, by form"),
                ("paints", "shapes, by colour"), ("yours", "your own")),
               "textures", shown=True),
        Choice("road", "look by", tuple((k, road.title) for k, road in ROADS.items()), "learned",
               shown=True),
        Knob("l2", "penalty λ", 0.001, 100, 1, log=True, step=0.001, digits=3),
        Button("two_new", "Two new classes", "begin_own", trains=True),
    )  # fmt: skip
    challenges = CHALLENGES
    on = {
        ("x", ANY): "draw", ("camera", "picture"): "show_it",
        ("classes", "add"): "add", ("classes", "bring"): "bring", ("classes", "name"): "rename",
        ("classes", "class"): "add_class", ("classes", "drop"): "drop_class",
        ("classes", "hello"): "greet",
        ("*", "click"): "look_at", ("*", "remove"): "remove", ("*", "relabel"): "relabel",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.pad = Pad("x")
        self.pad.show(strokes.sample(8))
        self.remark = ""
        self._begin()

    def _begin(self) -> None:
        kept, other = example_set(self.settings["set"])
        self.examples = kept.copy()
        self._see(other)
        self.touched = False  # whether something else was shown to it since
        self._renew()

    def _renew(self) -> None:
        """Examples are others than before: heads are fitted again, and told again."""
        self._heads: tuple | None = None
        self._left: tuple | None = None
        self.sent.clear()

    def _see(self, x: Tensor, example: int | None = None) -> None:
        self.seen: Seen = see(quantise(x))  # as a file holds it
        self.shown = example  # the example that is looked at
        self.touched = True
        self.added: set[int] = set()  # classes to which this very picture was added
        self.sent.discard("seen")

    # What hands do.

    def draw(self, event: Mapping) -> None:
        """Take in what the pad sends, and look at the drawing."""
        self.pad.receive(event)
        self.touched = self.touched or event["kind"] != "hello"
        if event["kind"] not in ("hello", "lift"):
            self._see(square(1 - self.pad.ink, SIDE))

    def show_it(self, event: Mapping) -> None:
        """Look at a picture of the camera, of a file or of the clipboard."""
        self._see(square(sent_picture(event), SIDE))

    def add(self, event: Mapping) -> None:
        """Make what is seen an example of a class, once."""
        label = self._label(event, "unit")
        if label in self.added:
            return
        self.examples.keep(self.seen.picture, self.seen.features, label)
        self.added.add(label)
        self._own()

    def bring(self, event: Mapping) -> None:
        """Make a picture that was sent an example of a class."""
        label, x = self._label(event, "unit"), square(sent_picture(event), SIDE)
        self.examples.add(x, label)
        self._own()

    def rename(self, event: Mapping) -> None:
        """Name a class."""
        self.examples.rename(self._label(event, "unit"), event.get("value"))
        self._own()

    def add_class(self, event: Mapping) -> None:
        """Begin a class."""
        self.examples.add_class()
        self._own()

    def drop_class(self, event: Mapping) -> None:
        """Forget a class with its examples."""
        label = self._label(event, "unit")
        if len(set(self.examples.labels) - {label}) < 2:
            raise ValueError("Two classes with examples are the fewest that can be told apart.")
        self.examples.drop_class(label)
        self._own()

    def look_at(self, event: Mapping) -> None:
        """Look at an example."""
        index = self._index(event)
        self._see(self.examples.pictures[index][None] / 255, index)

    def remove(self, event: Mapping) -> None:
        """Forget an example; two classes keep one."""
        index = self._index(event)
        if len(set(self.examples.labels[:index] + self.examples.labels[index + 1 :])) < 2:
            raise ValueError("Two classes need an example each, so that there is something to say.")
        self.examples.remove(index)
        self.shown = None
        self._own()

    def relabel(self, event: Mapping) -> None:
        """Let an example belong to another class."""
        index, label = self._index(event), self._label(event, "label")
        labels = list(self.examples.labels)
        labels[index] = label
        if len(set(labels)) < 2:
            raise ValueError("Two classes need an example each, so that there is something to say.")
        self.examples.relabel(index, label)
        self._own()

    def greet(self, event: Mapping) -> None:
        """A panel was just opened: `receive` has forgotten what was sent."""

    def begin_own(self) -> None:
        """Begin with two classes whose only examples are a white and a black picture."""
        self.examples = Examples(["first", "second"])
        self.examples.add_all(torch.tensor([1.0, 0.0]).view(2, 1, 1, 1).expand(2, 3, SIDE, SIDE),
                              [0, 1])  # fmt: skip
        self.shown = None
        self._own()

    def take(self, data: bytes) -> None:
        """Go on from a saved set.  Raises ValueError in one sentence."""
        self.examples, self.settings["l2"], head = from_zip(data)
        self.shown = None
        self._own()
        mine = self.heads.by["learned"]
        away = (head["weight"].float() - mine.weight).abs().max().item()
        self.remark = f"Loaded; its head and the one fitted here differ by at most {away:.1e}."

    def _own(self) -> None:
        self.settings["set"] = "yours"
        self.remark = ""
        self._renew()

    def _label(self, event: Mapping, key: str) -> int:
        return whole(event.get(key), 0, len(self.examples.names) - 1, "A class")

    def _index(self, event: Mapping) -> int:
        key = "index" if "index" in event else "unit"
        return whole(event.get(key), 0, len(self.examples) - 1, "An example")

    # What is made of it.

    @property
    def heads(self) -> Heads:
        """The heads of all roads, fitted to the examples as they are now."""
        l2 = self.settings["l2"]
        if self._heads is None or self._heads[0] != l2:
            self._heads = l2, fitted(self.examples, l2)
        return self._heads[1]

    @property
    def left(self) -> dict[str, Tensor] | None:
        """What is said of each example when it is left out; None until the hand has rested."""
        fresh = self._left is not None and self._left[0] == self.settings["l2"]
        return self._left[1] if fresh else None

    def settle(self) -> bool:
        """Leave every example out once."""
        if self.left is not None:
            return False
        l2 = self.settings["l2"]
        self._left = l2, left_out(self.examples, l2)
        return True

    @property
    def accuracy(self) -> dict[str, float]:
        """The share that is told right when it is left out, by road; NaN where not known yet."""
        left, y = self.left, self.examples.targets
        return {
            road: float("nan") if left is None else (left[road] == y).double().mean().item()
            for road in ROADS
        }

    def show(self) -> Frame:
        """Return what is seen, the classes, what every road says, and the map of the examples."""
        frame, s = Frame(), self.settings
        self.pad.tell(frame)
        view.add_now(frame, self.seen, self.heads, self.examples, s["road"])
        view.add_classes(frame, self.examples, self.sent, self.shown, self.remark)
        view.add_roads(frame, self.seen, self.heads, self.examples, self.accuracy, s["road"])
        view.add_confusion(frame, self.examples, self.left, s["road"])
        view.add_map(frame, self.examples, self.seen, s["road"], self.shown)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another set is other examples."""
        if name != "set":
            return
        if self.settings["set"] == "yours":
            if before != "yours":
                raise ValueError("Add an example or a class: then the set is your own.")
            return
        self.remark = ""
        self._begin()

    def usual(self, name: str) -> Value | None:
        """Return what an address need not say; examples of one's own stay with their visitor."""
        if name == "set" and self.settings["set"] == "yours":
            return "yours"
        return super().usual(name)

    def left_out(self) -> str:
        """Return what no address holds."""
        if self.settings["set"] == "yours" or self.touched:
            return "Examples of your own and what is seen stay here: save the set under Code."
        if not self.pad.example:
            return "What you drew stays here."
        return super().left_out()

    def evidence(self) -> tuple:
        """Return settings, examples, and the accuracy of every road."""
        return self.settings, self.examples, self.accuracy

    def bundle(self) -> bytes:
        """Return the examples and the head as a zip."""
        return to_zip(self.examples, self.heads.by["learned"], self.settings["l2"])

    def script(self) -> str:
        """Return a script that fits the same head to a saved set."""
        return script()
