"""The backprop lab's experiment: a small net, one example, and a moment of its passes."""

from collections.abc import Mapping
from dataclasses import replace

import torch

from labs.basics.backprop import settings, touch, view
from labs.basics.backprop.challenges import CHALLENGES
from labs.basics.backprop.passes import Numbers, build, numbers, steps
from labs.basics.backprop.picture import Weight
from labs.basics.backprop.presets import PRESETS, Preset
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import whole
from labs.models.dense import LOSSES
from labs.training.course import Course

FIRST = "logistic"
KEPT = 300  # moments of the loss curve


class Backprop:
    """A dense net whose two passes can be walked number by number."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {}
        self.met: set[str] = set()
        self.shared = True
        self.take(FIRST)

    def receive(self, event: Mapping) -> None:
        """Take in a click, an edit, a slider, a moment or a setting.  Raises ValueError."""
        panel, kind, value = event.get("panel"), event.get("kind"), event.get("value")
        if kind == "moment":
            self.moment = whole(value, 0, len(self.order), "A moment")
        elif kind == "edit":
            touch.edit(self, panel, event)
        elif panel == "data":
            touch.slide(self, kind, event)
        elif panel in ("w", "xy") and kind == "link":
            touch.from_link(self, str(panel), value)
        elif kind in ("click", "edge"):
            touch.click(self, panel, str(kind), event.get("unit"))
        elif "setting" in event:
            settings.change(self, event["setting"], value)
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
        self.history.note((self.updates, self.mean_loss()))
        self.shared = False

    def frame(self) -> Frame:
        """Return diagram, matrices, formula, table, paths and batch at the moment shown."""
        n = self.numbers()
        self.met = met(CHALLENGES, self.met, self, n)
        frame = view.frame(self, n)
        if not self.shared and self.settings["pace"] != "updates":
            frame.notes["address"] = {"w": "", "xy": ""} | self.address()
            self.shared = True
        return frame

    def take(self, name: str) -> None:
        """Begin with a preset; rate, batch and pace stay."""
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
        self.build()

    def build(self) -> None:
        """Make the net anew, from its initial weights."""
        self.net = build(self.spec())
        self.order = steps(len(self.net.layers))
        self.moment = len(self.order)
        self.chosen: Weight = (0, 0, 1)
        self.picked: Weight | None = None
        self.shared = False
        self.forget()

    def forget(self) -> None:
        """Begin the loss curve with the weights as they are now."""
        self.updates = 0
        self.history: Course[tuple[int, float]] = Course(KEPT)
        self.history.note((0, self.mean_loss()))

    def _example_changed(self) -> bool:
        x, y = PRESETS[str(self.settings["preset"])].examples[self.at]
        return (self.x[:, self.at].tolist(), self.y[:, self.at].tolist()) != (list(x), list(y))
