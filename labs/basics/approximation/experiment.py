"""The approximation lab: a drawn function and the net that fits it while one draws."""

from collections.abc import Mapping

from torch import Tensor

from labs.basics.approximation import view
from labs.basics.approximation.challenges import CHALLENGES
from labs.basics.approximation.controls import ALL, CONTROLS, SEED
from labs.basics.approximation.export import script
from labs.basics.approximation.fit import Fit, net_of
from labs.basics.approximation.target import SHAPES, draw, from_link, to_link
from labs.live import Frame
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.training import begun_anew


class Approximation(Lab):
    """A function and a net of one input and one output that fits it."""

    name = "approximation"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("curve", "linear")
    on = {("sketch", "stroke"): "draw"}

    def __init__(self) -> None:
        super().__init__()
        self.target = SHAPES["wave"].clone()
        self.own = False  # drawn by the visitor
        self.linear = 1  # seed of the linear layers
        self.again()

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.fit.count

    def step(self) -> bool:
        """Take one Adam step on the whole function; False when the numbers ran away."""
        return self.fit.step(self.target, self.settings["learning_rate"], self.settings["l2"])

    def show(self) -> Frame:
        """Return the function, the net and its parts, and the cards about depth that are seen."""
        s, f = self.settings, Frame()
        view.fitted(f, self.fit, self.target, first=s["sum"], own=self.own)
        if self.sees("collapse"):
            view.collapsing(f, self.linear)
        if self.sees("depth"):
            view.sawtooth(f, s["folds"])
        if self.sees("parity"):
            view.counting(f, s["bits"])
        return f

    def draw(self, stroke: Mapping) -> None:
        """Lay the function along a stroke of the pen."""
        self._aim(draw(self.target, stroke.get("points")), own=True)

    def again(self, *, keep: bool = False) -> None:
        """Begin again with the seed's weights, or `keep` those that fit the new shape."""
        s = self.settings
        net = net_of(s["width"], s["depth"], s["activation"], s["seed"])
        self.fit = Fit(net, self.target, self.fit.net if keep else None)

    def fresh(self) -> None:
        """Begin again with the weights of the next seed."""
        self.settings["seed"] = self.settings["seed"] % 999 + 1
        self.again()

    def relinear(self) -> None:
        """Give the linear layers other weights."""
        self.linear = self.linear % 999 + 1

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another function, or a net of another shape."""
        now = self.settings[name]
        if self.settings["sum"] >= self.settings["width"]:
            self.settings["sum"] = ALL
        if name == "shape":
            self._aim(SHAPES[now].clone(), own=False)
        elif now != before and name in ("width", "depth"):
            self.again(keep=self.steps > 0)  # what was learned stays
        elif now != before and name in ("seed", "activation"):
            self.again()

    def evidence(self) -> tuple:
        """Return settings, fit, function, and whether it is the visitor's own."""
        return self.settings, self.fit, self.target, self.own

    def to_link(self) -> dict[str, str]:
        """Return the function, if it is the visitor's, and the linear layers' seed."""
        return {
            "curve": to_link(self.target) if self.own else "",
            "linear": str(self.linear) if self.linear > 1 else "",
        }

    def from_link(self, name: str, text: str) -> None:
        """Take the function of a link, or the linear layers' seed."""
        if name == "curve":
            self._aim(from_link(text), own=True)
        else:
            self.linear = SEED.parse(text)

    def left_out(self) -> str:
        """Say that a link begins the training anew."""
        return begun_anew(self.steps, "step")

    def script(self) -> str:
        """Return the script for the function and the net as they are."""
        return script(self.settings["activation"], self.target, self.fit.net.weights)

    def _aim(self, target: Tensor, *, own: bool) -> None:
        self.target, self.own = target, own
        self.fit.note(target)
