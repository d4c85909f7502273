"""The backprop lab's experiment: a small net, one example, and a moment of its passes."""

from collections.abc import Mapping
from dataclasses import replace

import torch

from labs.basics.backprop import picture, words
from labs.basics.backprop.challenges import CHALLENGES
from labs.basics.backprop.notation import NOTATIONS, names
from labs.basics.backprop.passes import Numbers, build, numbers, steps
from labs.basics.backprop.presets import PRESETS, Preset
from labs.challenges import met
from labs.live import Frame
from labs.live.checks import number, option, restored, shown, whole
from labs.models.dense import LOSSES

FIRST = "logistic"
ACTIVATIONS = ("sigmoid", "tanh", "relu")
HIDDEN = ("1", "2", "3", "4", "2-2", "3-2", "3-3", "4-3")
KINDS = ("log", "binary cross-entropy", "softmax cross-entropy", "squared")
LARGEST = 100.0  # of a weight or an input
REACH = 2.0  # a slider goes from -2 to 2
SHOWN = 300  # points of the loss curve


class Backprop:
    """A dense net whose two passes can be walked number by number."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {}
        self.met: set[str] = set()
        self._shared = True
        self._take(FIRST)

    def receive(self, event: Mapping) -> None:
        """Take in a click, an edit, a slider, a moment or a setting.  Raises ValueError."""
        panel, kind, value = event.get("panel"), event.get("kind"), event.get("value")
        if kind == "moment":
            self.moment = whole(value, 0, len(self.order), "A moment")
        elif kind == "edit":
            self._edit(panel, event)
        elif panel == "data":
            self._slide(kind, event)
        elif panel in ("w", "xy") and kind == "link":
            self._from_link(str(panel), value)
        elif kind in ("click", "edge"):
            self._click(panel, str(kind), event.get("unit"))
        elif "setting" in event:
            self._set(event["setting"], value)
        else:
            raise ValueError("The backprop lab knows clicks, edits, moments and settings.")

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

    def address(self) -> dict[str, str]:
        """Return weights and example as a link holds them, where they are not the preset's."""
        fresh = build(self.spec())
        told = {}
        if not torch.equal(fresh.theta, self.net.theta):
            told["w"] = ",".join(f"{v:.5g}" for v in self.net.theta.tolist())
        if self._example_changed():
            told["xy"] = ",".join(
                f"{v:g}" for v in torch.cat([self.x[:, self.at], self.y[:, self.at]])
            )
        return told

    @property
    def at(self) -> int:
        """Which example is open."""
        return int(self.settings["example"]) - 1

    @property
    def loss(self) -> str:
        """The name of the loss."""
        return str(self.settings["loss"])

    def spec(self) -> Preset:
        """Return the preset with the shape, activation and loss that are chosen now."""
        preset, s = PRESETS[str(self.settings["preset"])], self.settings
        sizes = (*map(int, str(s["hidden"]).split("-")), preset.sizes[-1])
        return replace(
            preset, sizes=sizes, activation=str(s["activation"]), loss=self.loss,
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
        self.net.theta.sub_(self.net.gradient, alpha=float(self.settings["rate"]))
        self.updates += 1
        self.history.append(self.mean_loss())
        self._shared = False

    def frame(self) -> Frame:
        """Return diagram, matrices, formula, table, paths and batch at the moment shown."""
        n = self.numbers()
        s, notation = self.settings, str(self.settings["notation"])
        done = self.order[: self.moment]
        now = done[-1] if done else self.order[0]
        drawn, self.targets = picture.diagram(
            n, set(done), done[-1] if done else None, self.picked, notation
        )
        self.met = met(CHALLENGES, self.met, self, n)
        formula = words.explain(
            n, now, notation, [layer.activation for layer in self.net.layers], self.loss,
            float(s["rate"]),
        )  # fmt: skip
        top = names(notation, len(n.weights) - 1, len(n.weights))
        stride = max(1, -(-len(self.history) // SHOWN))
        history = torch.tensor(self.history[::stride])
        frame = Frame(
            values=picture.matrices(n, set(done))
            | {"losses": torch.stack([torch.arange(len(history)) * float(stride), history])}
        )
        frame.notes = {
            "settings": s, "diagram": drawn, "formula": formula,
            "table": words.table(n, notation, done, now),
            "paths": words.paths_to(n, *self.chosen, notation),
            "batch": words.batch(self.each(), self.chosen, self.at, self.loss, top.loss),
            "data": self._data(),
            "timeline": {"at": self.moment, "count": len(self.order), "said": self._phases()},
            "titles": {
                "diagram": f"{top.loss} = {words.number(n.loss)}, mean over all "
                f"{words.number(self.mean_loss())}",
                "losses": f"after {self.updates} updates",
            },
            "met": sorted(self.met),
            "say": f"{formula['title']}.  The loss is {words.number(n.loss)}.",
        }  # fmt: skip
        if not self._shared and self.settings["pace"] != "updates":
            frame.notes["address"] = {"w": "", "xy": ""} | self.address()
            self._shared = True
        return frame

    # what events do

    def _take(self, name: str) -> None:
        preset = PRESETS[name]
        kept = {"rate": 0.5, "batch": "one", "pace": "moments"} | {
            k: v for k, v in self.settings.items() if k in ("rate", "batch", "pace")
        }
        self.settings = kept | {
            "preset": name, "notation": preset.notation, "activation": preset.activation,
            "example": "1", "hidden": "-".join(map(str, preset.sizes[:-1])), "loss": preset.loss,
        }  # fmt: skip
        self.x, self.y = (
            torch.tensor([example[k] for example in preset.examples], dtype=torch.float64).T
            .contiguous() for k in (0, 1)
        )  # fmt: skip
        self._build()

    def _build(self) -> None:
        """Make the net anew, from its initial weights."""
        self.net = build(self.spec())
        self.order = steps(len(self.net.layers))
        self.moment = len(self.order)
        self.chosen: picture.Weight = (0, 0, 1)
        self.picked: picture.Weight | None = None
        self.targets: list[picture.Weight] = []
        self.updates, self.history = 0, [self.mean_loss()]
        self._shared = False

    def _set(self, name: object, value: object) -> None:
        s = self.settings
        if name == "preset":
            if option(value, tuple(PRESETS), "A preset") != s["preset"]:
                self._take(str(value))
        elif name == "notation":
            s["notation"] = option(value, tuple(NOTATIONS), "The notation")
        elif name in ("activation", "hidden", "loss"):
            options = {"activation": ACTIVATIONS, "hidden": HIDDEN, "loss": KINDS}[name]
            chosen = option(value, options, f"The {name}")
            if name == "loss":
                self._check_loss(chosen)
            if chosen != s[name]:
                s[name] = chosen
                self._build()
        elif name == "example":
            s["example"] = option(value, ("1", "2", "3", "4"), "The example")
        elif name == "batch":
            s["batch"] = option(value, ("one", "all"), "The update")
        elif name == "pace":
            s["pace"] = option(value, ("moments", "updates"), "The pace")
        elif name == "rate":
            s["rate"] = number(value, 1e-3, 30, "The learning rate")
        elif name == "again":
            self._build()
        elif name != "visible":
            raise ValueError(f"The backprop lab has no setting {shown(name)}.")

    def _check_loss(self, loss: str) -> None:
        """Raise ValueError where the targets are none that the loss can take."""
        if loss != "squared" and (self.y.min() < 0 or self.y.max() > 1):
            raise ValueError("A cross-entropy needs targets from 0 to 1; choose squared here.")
        if loss == "softmax cross-entropy" and len(self.y) == 1:
            raise ValueError("A softmax needs more than one output; choose the three classes.")

    def _edit(self, panel: object, event: Mapping) -> None:
        layers = {f"W{i + 1}": w for i, w in enumerate(self.net.weights)}
        if not isinstance(panel, str) or panel not in layers:
            raise ValueError("Drag a cell of one of the weight matrices.")
        w = layers[panel].view(-1)
        cell = whole(event.get("index"), 0, len(w) - 1, "A matrix's cell")
        w[cell] = number(event.get("value"), -LARGEST, LARGEST, "A weight")
        self._shared = False

    def _slide(self, kind: object, event: Mapping) -> None:
        if kind == "lift":
            self._shared = False
            return
        if kind == "restore":
            for name, value in restored(event.get("values")):
                self._slide("slide", {"name": name, "value": value})
            return
        places = {item["name"]: k for k, item in enumerate(self._data())}
        name = event.get("name")
        if kind not in ("slide", "type") or not isinstance(name, str) or name not in places:
            raise ValueError(f"The example has no number {shown(name)}.")
        k, inputs = places[name], len(self.x)
        into, row = (self.x, k) if k < inputs else (self.y, k - inputs)
        into[row, self.at] = number(event.get("value"), -LARGEST, LARGEST, name)

    def _click(self, panel: object, kind: str, unit: object) -> None:
        if panel != "diagram":
            raise ValueError("Click a node or an edge of the diagram.")
        self.frame()
        units = len(self.x) + self.net.units()
        low, high = (0, units - 1) if kind == "click" else (units, len(self.targets) - 1)
        at = whole(unit, 0, high - low, "What was clicked")
        self.chosen = self.picked = self.targets[low + at]

    def _from_link(self, panel: str, text: object) -> None:
        try:
            values = [number(float(v), -1e6, 1e6, "A number") for v in str(text)[:2000].split(",")]
        except ValueError:
            raise ValueError(f"The link says {str(text)[:20]!r}, which are no numbers.") from None
        wanted = len(self.net.theta) if panel == "w" else len(self.x) + len(self.y)
        if len(values) != wanted:
            raise ValueError(f"The link has {len(values)} numbers where {wanted} are needed.")
        found = torch.tensor(values, dtype=torch.float64)
        if panel == "w":
            self.net.theta.copy_(found)
            self.history = [self.mean_loss()]
        else:
            self.x[:, self.at], self.y[:, self.at] = found.split([len(self.x), len(self.y)])

    def _data(self) -> list[dict]:
        x, y = self.x[:, self.at].tolist(), self.y[:, self.at].tolist()
        named = [(f"x{words.sub(k + 1)}", v) for k, v in enumerate(x)]
        named += [(f"y*{words.sub(k + 1)}", v) for k, v in enumerate(y)]
        return [{"name": k, "value": v, "reach": max(REACH, 2 * abs(v))} for k, v in named]

    def _example_changed(self) -> bool:
        x, y = PRESETS[str(self.settings["preset"])].examples[self.at]
        return (self.x[:, self.at].tolist(), self.y[:, self.at].tolist()) != (list(x), list(y))

    def _phases(self) -> list:
        ahead = 2 * len(self.net.layers)
        return [["forwards", ahead], ["loss", ahead + 1], ["backwards", len(self.order) - 1],
                ["update", len(self.order)]]  # fmt: skip
