"""The backprop lab: a small net, one example, and a moment of its two passes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from labs.basics.backprop import formulas, picture, view
from labs.basics.backprop.challenges import CHALLENGES
from labs.basics.backprop.controls import CONTROLS
from labs.basics.backprop.export import script
from labs.basics.backprop.links import from_text, to_text
from labs.basics.backprop.passes import Numbers, build, check_loss, examples, numbers, steps
from labs.basics.backprop.picture import Weight
from labs.basics.backprop.presets import PRESETS, Preset
from labs.live import Frame
from labs.live.checks import number, places, restored, shown, whole
from labs.live.controls import Value
from labs.live.lab import ANY, Lab
from labs.models.dense import LOSSES
from labs.numerals import counted
from labs.training.course import Course

KEPT = 256  # moments of the loss curve
FIRST: Weight = (0, 0, 1)  # layer, unit and input of the weight that is chosen at first
LARGEST = 100.0  # of a weight or an input


class Backprop(Lab):
    """A dense net whose two passes can be walked number by number."""

    name = "backprop"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("w", "xy", "moment", "weight", "picked")
    undoable = True
    on = {
        (ANY, "moment"): "go_to",
        (ANY, "edit"): "edit",
        ("data", "slide"): "slide",
        ("data", "type"): "slide",
        ("data", "restore"): "restore",
        ("diagram", "click"): "choose",
        ("diagram", "edge"): "choose",
    }

    def __init__(self) -> None:
        super().__init__()
        self._load()

    def step(self) -> bool:
        """Go to the next moment, or, at that pace, take one whole update."""
        if self.settings["pace"] == "updates":
            self.update()
            self.moment = len(self.order)
            return self.mean_loss() < 1e6  # NaN compares false
        if self.moment == len(self.order):  # the update is what comes after the last moment
            self.update()
            self.moment = 0
        self.moment += 1
        return True

    def show(self) -> Frame:
        """Return diagram, matrices, formula, table, paths and batch at the moment shown."""
        s, n, each = self.settings, self.numbers(), self.each()
        frame = view.walk(n, self.order, self.moment, s["notation"], self.picked)
        frame.values["losses"] = self.history.table()
        formula = formulas.explain(
            n, each if s["batch"] == "all" else [n], self.order[max(0, self.moment - 1)],
            s["notation"], [layer.activation for layer in self.net.layers], self.loss, s["rate"],
        )  # fmt: skip
        frame.notes |= view.gradients(each, self.at, self.chosen, s["notation"], self.loss)
        frame.notes |= {
            "formula": formula,
            "data": view.sliders(self.data[:, self.at], len(self.x)),
            "titles": view.titles(n.loss, self.mean_loss(), self.updates, s["notation"]),
            "say": f"{formula['title']}.  The loss is {view.number(n.loss)}.",
        }
        return frame

    @property
    def at(self) -> int:
        """Which example is open."""
        return int(self.settings["example"]) - 1

    @property
    def loss(self) -> str:
        """The name of the loss."""
        return self.settings["loss"]

    @property
    def preset(self) -> Preset:
        """The preset as it is written."""
        return PRESETS[self.settings["preset"]]

    def spec(self) -> Preset:
        """Return the preset with the shape, activation and loss that are chosen now."""
        preset, s = self.preset, self.settings
        sizes = (*map(int, s["hidden"].split("-")), preset.sizes[-1])
        return replace(
            preset, sizes=sizes, activation=s["activation"], loss=self.loss,
            weights=preset.weights if sizes == preset.sizes else None,
        )  # fmt: skip

    def numbers(self) -> Numbers:
        """Return both passes of the example that is open."""
        return numbers(self.net, self.x[:, self.at], self.y[:, self.at], self.loss)

    def each(self) -> list[Numbers]:
        """Return both passes of every example."""
        pairs = zip(self.x.T, self.y.T, strict=True)
        return [numbers(self.net, x, y, self.loss) for x, y in pairs]

    def mean_loss(self) -> float:
        """Return the mean loss over all examples."""
        return LOSSES[self.loss].value(self.net.forward(self.x).output, self.y).item()

    def update(self) -> None:
        """Take one step of gradient descent, by this example or by all."""
        every = self.settings["batch"] == "all"
        x, y = (v if every else v[:, self.at : self.at + 1] for v in (self.x, self.y))
        p = self.net.forward(x)
        self.net.backward(p, LOSSES[self.loss].slope(p.output, y))
        self.net.theta.sub_(self.net.gradient, alpha=self.settings["rate"])
        self.updates += 1
        self.history.note((self.updates, self.mean_loss()))

    def go_to(self, event: Mapping) -> None:
        """Show a moment of the passes."""
        self.moment = whole(event.get("value"), 0, len(self.order), "A moment")

    def edit(self, event: Mapping) -> None:
        """Set the cell of a weight matrix that is dragged."""
        layers = {f"W{i + 1}": w for i, w in enumerate(self.net.weights)}
        panel = event.get("panel")
        if panel not in layers:
            raise ValueError("Drag a cell of one of the weight matrices.")
        w = layers[panel].view(-1)
        cell = whole(event.get("index"), 0, len(w) - 1, "A matrix's cell")
        w[cell] = number(event.get("value"), -LARGEST, LARGEST, "A weight")
        self._keep_curve()

    def slide(self, event: Mapping) -> None:
        """Set a number of the example that is open."""
        self._set_numbers([(event.get("name"), event.get("value"))])

    def restore(self, event: Mapping) -> None:
        """Take back the numbers of the example that a browser kept."""
        self._set_numbers(restored(event.get("values")))

    def choose(self, event: Mapping) -> None:
        """Choose the weight that a node or an edge of the diagram stands for."""
        nodes, edges = picture.targets(self.numbers())
        targets = nodes if event["kind"] == "click" else edges
        at = whole(event.get("unit"), 0, len(targets) - 1, "What was clicked")
        self.chosen = self.picked = targets[at]

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: load a preset, or build a net of other parts."""
        now = self.settings[name]
        if name == "loss":
            check_loss(now, self.y)
        if now == before:
            return
        if name == "preset":
            of_preset = ("hidden", "activation", "loss", "notation", "example")
            self.settings |= {key: self.usual(key) for key in of_preset}
            self._load()
        elif name in ("hidden", "activation", "loss"):
            self.again()

    def usual(self, name: str) -> Value | None:
        """Return the value of a setting that an address need not say: some are the preset's."""
        preset = self.preset
        return {
            "hidden": "-".join(map(str, preset.sizes[:-1])), "activation": preset.activation,
            "loss": preset.loss, "notation": preset.notation,
        }.get(name, super().usual(name))  # fmt: skip

    def again(self) -> None:
        """Begin again with the initial weights."""
        self.net = build(self.spec())
        self.initial = self.net.theta.clone()
        self.order = steps(len(self.net.layers))
        self.moment = len(self.order)
        self.chosen: Weight = FIRST
        self.picked: Weight | None = None
        self._begin_curve()

    def evidence(self) -> tuple:
        """Return numbers, the weight that was clicked, and (updates, mean loss) of the curve."""
        return self.numbers(), self.picked, self.history

    def to_link(self) -> dict[str, str]:
        """Return the weights and all examples, where they are not the preset's."""
        usual = {"w": self.initial, "xy": examples(self.preset).T}
        now = {"w": self.net.theta, "xy": self.data.T}
        weight = "" if self.chosen == FIRST else ".".join(map(str, self.chosen))
        picked = self.picked and ".".join(map(str, self.picked))
        return {k: "" if now[k].equal(usual[k]) else to_text(now[k]) for k in now} | {
            "moment": "" if self.moment == len(self.order) else str(self.moment),
            ("picked" if picked else "weight"): picked or weight,
        }

    def left_out(self) -> str:
        """Say that the curve of the losses begins anew."""
        if not self.updates:
            return ""
        updates = counted(self.updates, "update")
        return f"The link has the weights as they are; the curve of the {updates} stays here."

    def from_link(self, name: str, text: str) -> None:
        """Take the weights ("w"), all examples or the one that is open ("xy"), the moment, or the
        weight that was clicked.
        """
        if name == "moment":
            self.moment = places(text, len(self.order))[0]
            return
        if name in ("weight", "picked"):
            self._choose(text, picked=name == "picked")
            return
        found = from_text(text)
        into = self.net.theta if name == "w" else self.data.T
        if name == "xy" and len(found) == len(self.data):
            into = self.data[:, self.at]
        if len(found) != into.numel():
            raise ValueError(f"The link has {len(found)} numbers where {into.numel()} are needed.")
        into.copy_(found.view(into.shape))
        self._begin_curve()

    def script(self) -> str:
        """Return the script for the net and the example that is open."""
        return script(self.net, self.x[:, self.at], self.y[:, self.at], self.loss)

    def _load(self) -> None:
        self.data = examples(self.preset)
        inputs = len(self.preset.examples[0][0])
        self.x, self.y = self.data[:inputs], self.data[inputs:]
        self.again()

    def _begin_curve(self) -> None:
        self.updates = 0
        self.history: Course[tuple[int, float]] = Course(KEPT)
        self.history.note((0, self.mean_loss()))

    def _set_numbers(self, pairs: Iterable[tuple[object, object]]) -> None:
        """Set all of these numbers of the open example or, where one is refused, none."""
        names = [item["name"] for item in view.sliders(self.data[:, self.at], len(self.x))]
        found = {}
        for name, value in pairs:
            if name not in names:
                raise ValueError(f"The example has no number {shown(name)}.")
            found[names.index(name)] = number(value, -LARGEST, LARGEST, str(name))
        for k, value in found.items():
            self.data[k, self.at] = value
        self._keep_curve()

    def _keep_curve(self) -> None:
        """Let the curve begin at what is there now, as long as nothing was trained."""
        if not self.updates:
            self._begin_curve()

    def _choose(self, text: str, *, picked: bool) -> None:
        """Choose the weight of a link."""
        layer = places(text.partition(".")[0], len(self.net.weights) - 1)[0]
        units, inputs = self.net.weights[layer].shape
        self.chosen = tuple(places(text, layer, units - 1, inputs - 1))
        if picked:
            self.picked = self.chosen
