"""The approximation lab's experiment: a drawn function and the net that fits it while one draws."""

from collections.abc import Mapping

from torch import Tensor

from labs.basics.approximation import view
from labs.basics.approximation.challenges import CHALLENGES
from labs.basics.approximation.fit import Fit, net_of
from labs.basics.approximation.target import SHAPES, draw, from_link, to_link
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import cards, number, option, rounded, shown
from labs.models.dense import ACTIVATIONS

ALL = 40  # units that a layer has at most; to be added up, all there are
USUAL: Mapping[str, str | float | int] = {
    "shape": "wave", "activation": "tanh", "width": 8, "depth": 1, "l2": 0.0,
    "learning_rate": 0.02, "seed": 1, "folds": 4, "bits": 4, "sum": ALL,
}  # fmt: skip
COUNTS = {"width": (1, 40), "depth": (1, 4), "seed": (1, 999), "folds": (1, 7), "bits": (2, 8),
          "sum": (0, ALL)}  # fmt: skip
RANGES = {"l2": (0.0, 0.1), "learning_rate": (1e-4, 1.0)}


class Approximation:
    """A function and a net of one input and one output that fits it."""

    def __init__(self) -> None:
        self.settings = dict(USUAL)
        self.target = SHAPES["wave"].clone()
        self.own = False  # drawn by the visitor
        self.shared = True  # whether the address knows the function
        self.visible: set[str] | None = None
        self.met: set[str] = set()
        self.linear = 1  # seed of the linear layers
        self.begin()

    def receive(self, event: Mapping) -> None:
        """Take in a stroke of the pen or a setting.  Raises ValueError in one sentence."""
        if "setting" in event:
            self._set(event["setting"], event.get("value"))
        elif event.get("kind") == "stroke":
            self._aim(draw(self.target, event.get("points")), own=True)
        elif event.get("kind") == "link":
            self._aim(from_link(str(event.get("value"))), own=True)
        else:
            raise ValueError("The approximation lab knows strokes and settings.")

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.fit.count

    def step(self) -> bool:
        """Take one Adam step on the whole function; False when the numbers ran away."""
        s = self.settings
        return self.fit.step(self.target, float(s["learning_rate"]), float(s["l2"]))

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the function, if it is the visitor's."""
        return {"curve": to_link(self.target) if self.own else ""}

    def frame(self) -> Frame:
        """Return what is in sight as it is now."""
        self.met = met(CHALLENGES, self.met, self)
        frame = view.frame(self)
        if not self.shared:
            frame.notes["address"] = self.address()
            self.shared = True
        return frame

    def begin(self, *, keep: bool = False) -> None:
        """Begin again with the seed's weights, or `keep` those that fit the new shape."""
        s = self.settings
        net = net_of(int(s["width"]), int(s["depth"]), str(s["activation"]), int(s["seed"]))
        self.fit = Fit(net, self.target, self.fit.net if keep else None)

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible = cards(value)
        elif name == "again":
            self.begin()
        elif name == "fresh":
            self._set("seed", int(self.settings["seed"]) % 999 + 1)
        elif name == "relinear":
            self.linear += 1
        elif isinstance(name, str) and name in USUAL:
            self._change(name, value)
        else:
            raise ValueError(f"The approximation lab has no setting {shown(name)}.")

    def _change(self, name: str, value: object) -> None:
        before = self.settings[name]
        if name in COUNTS:
            now = rounded(value, *COUNTS[name], name)
        elif name in RANGES:
            now = number(value, *RANGES[name], name.replace("_", " "))
        else:
            now = option(value, SHAPES if name == "shape" else ACTIVATIONS, f"The {name}")
        self.settings[name] = now
        if int(self.settings["sum"]) >= int(self.settings["width"]):
            self.settings["sum"] = ALL
        if name == "shape":
            self._aim(SHAPES[now].clone(), own=False)
        elif now != before and name in ("width", "depth"):
            self.begin(keep=True)
        elif now != before and name in ("seed", "activation"):
            self.begin()

    def _aim(self, target: Tensor, *, own: bool) -> None:
        self.target, self.own, self.shared = target, own, False
        self.fit.note(target)
