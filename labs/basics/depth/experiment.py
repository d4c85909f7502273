"""The depth lab: two nets that learn digits side by side, opened layer by layer."""

from collections.abc import Mapping
from dataclasses import asdict

from labs.basics.depth import view
from labs.basics.depth.challenges import CHALLENGES
from labs.basics.depth.controls import CONTROLS, NET
from labs.basics.depth.export import script
from labs.basics.depth.net import Shape
from labs.basics.depth.presets import KEPT, OWN, PRESETS
from labs.basics.depth.side import Side
from labs.live import Frame
from labs.live.checks import places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.training import begun_anew

Net = Mapping[str, Value]  # what NET's controls say of a net


class Depth(Lab):
    """Your net and a second one, from initial weights on."""

    name = "depth"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("kept", "layer")
    on = {("*", "click"): "choose_layer"}

    def __init__(self) -> None:
        super().__init__()
        self.layer = 0  # the layer that was clicked
        self.kept: Net | None = None  # the net that was put aside
        self.again()

    @property
    def steps(self) -> int:
        """Batches that your net has seen."""
        return self.mine.steps

    @property
    def shape(self) -> Shape:
        """What your net is made of."""
        return self.mine.shape

    def step(self) -> bool:
        """Train both nets on one batch each; False when both losses are no numbers any more."""
        sides = [side for side in (self.mine, self.second) if side is not None]
        for side in sides:
            side.step()
        return any(side.lost is None for side in sides)

    def show(self) -> Frame:
        """Return histograms, gradients over depth, and both losses."""
        return view.frame(self.mine, self.second, self.layer)

    def changed(self, name: str, before: Value) -> None:
        """Take a preset; change the learning rate on the way; else begin again."""
        preset = str(self.settings["preset"])
        if name == "learning_rate":
            self.mine.learning_rate = float(self.settings[name])
        elif name != "preset":
            if name != "second":
                self.settings["preset"] = OWN
            self.again()
        elif preset != OWN:
            self.settings |= _usual(preset)
            self.again()
            self.restart_challenges()

    def usual(self, name: str) -> Value | None:
        """Return what a setting begins with in the preset."""
        preset = str(self.settings["preset"])
        return _usual(preset).get(name, super().usual(name))

    def evidence(self) -> tuple:
        """Return what your net is made of, and how it fares."""
        return self.shape, self.mine.health()

    def to_link(self) -> dict[str, str]:
        """Return the net that was put aside, and the layer that was clicked."""
        kept = ",".join(str(self.kept[c.name]) for c in NET) if self.kept else ""
        return {"kept": kept, "layer": str(self.layer or "")}

    def left_out(self) -> str:
        """Say that a link begins the training anew."""
        return begun_anew(self.steps, "batch")

    def from_link(self, name: str, text: str) -> None:
        """Take the net that was put aside, or the layer to look at."""
        if name == "layer":
            self.layer = places(text, self.shape.depth - 1)[0]
            return
        parts = text.split(",")
        if len(parts) != len(NET):
            raise ValueError("The net in the link is damaged; nothing is put aside.")
        self.kept = {c.name: c.parse(part) for c, part in zip(NET, parts, strict=True)}
        self.again()

    def script(self) -> str:
        """Return a script that makes the same net and gives the same gradients."""
        return script(self.shape, self.mine.learning_rate)

    def again(self) -> None:
        """Make both nets anew from their initial weights, so that they begin together."""
        self.mine = _side(self.settings)
        self.layer = min(self.layer, self.shape.depth - 1)
        name = str(self.settings["second"])
        net = self.kept if name == KEPT else _usual(name)
        self.second = _side(net) if net else None

    def keep(self) -> None:
        """Put your net aside, to compare it with another."""
        self.kept = {c.name: c.check(self.settings[c.name]) for c in NET}  # as a link reads them
        self.settings["second"] = KEPT
        self.again()

    def choose_layer(self, event: Event) -> None:
        """Look at a layer closely."""
        self.layer = whole(event.get("unit"), 0, self.shape.depth - 1, "A layer")


def _usual(preset: str) -> dict[str, Value]:
    """What the controls say in a preset; nothing for "own", "kept" and "none"."""
    if preset not in PRESETS:
        return {}
    p = PRESETS[preset]
    shape = {
        name: ("on" if value else "off") if isinstance(value, bool) else value
        for name, value in asdict(p.shape).items()
    }
    return shape | {"second": p.second, "learning_rate": p.learning_rate}


def _side(net: Net) -> Side:
    """A net from its initial weights on."""
    shape = Shape(
        depth=int(net["depth"]),
        width=int(net["width"]),
        activation=str(net["activation"]),
        initial=str(net["initial"]),
        gain=float(net["gain"]),
        norm=net["norm"] == "on",
        residual=net["residual"] == "on",
        dropout=float(net["dropout"]),
    )
    return Side(shape, float(net["learning_rate"]))
