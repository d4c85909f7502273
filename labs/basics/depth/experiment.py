"""The depth lab's experiment: two nets that learn digits side by side, opened layer by layer."""

from collections.abc import Mapping
from dataclasses import asdict

from labs.basics.depth import view
from labs.basics.depth.challenges import CHALLENGES
from labs.basics.depth.net import ACTIVATIONS, INITIAL, Shape
from labs.basics.depth.presets import KEPT, OWN, PRESETS
from labs.basics.depth.side import Side
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import number, option, rounded, shown, whole

FIRST = "sigmoid"
COUNTS = {"depth": (1, 50), "width": (8, 64)}
RANGES = {"gain": (0.05, 4.0), "dropout": (0.0, 0.8)}
OPTIONS = {
    "activation": tuple(ACTIVATIONS),
    "initial": INITIAL,
    "norm": ("on", "off"),
    "residual": ("on", "off"),
}


class Depth:
    """Your net and a second one, from initial weights on."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {}
        self.layer = 0  # the layer that was clicked
        self.kept: tuple[Shape, float] | None = None
        self.met: set[str] = set()
        self._take(FIRST)

    def receive(self, event: Mapping) -> None:
        """Take in a click or a setting.  Raises ValueError in one sentence."""
        if event.get("kind") == "click":
            self.layer = whole(event.get("unit"), 0, self.shape.depth - 1, "A layer")
        elif "setting" in event:
            self._set(event["setting"], event.get("value"))
        else:
            raise ValueError("The depth lab knows clicks and settings.")

    def step(self) -> bool:
        """Train both nets on one batch each; False when both losses are no numbers any more."""
        sides = [side for side in (self.mine, self.second) if side is not None]
        for side in sides:
            side.step()
        return any(side.loss == side.loss for side in sides)  # NaN is not itself

    @property
    def steps(self) -> int:
        """Batches that your net has seen."""
        return self.mine.steps

    @property
    def shape(self) -> Shape:
        """What your net is made of."""
        return self.mine.shape

    def frame(self) -> Frame:
        """Return histograms, gradients over depth, and both losses."""
        mine = self.mine.health()
        other = None if self.second is None else self.second.health()
        self.met = met(CHALLENGES, self.met, self, mine, other)
        return view.frame(self, mine, other)

    def _take(self, name: str) -> None:
        preset = PRESETS[name]
        self.settings = _settings(preset.shape) | {
            "preset": name, "second": preset.second, "learning_rate": preset.learning_rate,
        }  # fmt: skip
        self._build()

    def _build(self) -> None:
        """Make both nets anew from their initial weights, so that they begin together."""
        self.mine = Side(_shape(self.settings), float(self.settings["learning_rate"]))
        self.layer = min(self.layer, self.shape.depth - 1)
        name = str(self.settings["second"])
        how = self.kept if name == KEPT else None
        if name in PRESETS:
            how = PRESETS[name].shape, PRESETS[name].learning_rate
        self.second = None if how is None else Side(*how)

    def _set(self, name: object, value: object) -> None:
        s = self.settings
        if name == "visible":
            return
        if name == "preset":
            if option(value, (*PRESETS, OWN), "A preset") != OWN:
                self._take(str(value))
        elif name == "learning_rate":
            s[name] = self.mine.learning_rate = number(value, 1e-5, 10, "The learning rate")
        else:
            if name == "second":
                s["second"] = option(value, (*PRESETS, KEPT, "none"), "The second net")
            elif name == "keep":
                self.kept = (self.shape, self.mine.learning_rate)
                s["second"] = KEPT
            elif name != "again":
                self._reshape(name, value)
            self._build()

    def _reshape(self, name: object, value: object) -> None:
        """Change what your net is made of."""
        if not isinstance(name, str):
            raise ValueError("A setting has a name.")
        if name in COUNTS:
            self.settings[name] = rounded(value, *COUNTS[name], f"The {name}")
        elif name in RANGES:
            self.settings[name] = number(value, *RANGES[name], f"The {name}")
        elif name in OPTIONS:
            self.settings[name] = option(value, OPTIONS[name], f"The {name}")
        else:
            raise ValueError(f"The depth lab has no setting {shown(name)}.")
        self.settings["preset"] = OWN


def _settings(shape: Shape) -> dict[str, str | float]:
    """Return a shape as the page's controls have it."""
    return {
        name: ("on" if value else "off") if isinstance(value, bool) else value
        for name, value in asdict(shape).items()
    }


def _shape(settings: Mapping[str, str | float]) -> Shape:
    """Return the shape that the controls say."""
    return Shape(
        depth=int(settings["depth"]),
        width=int(settings["width"]),
        activation=str(settings["activation"]),
        initial=str(settings["initial"]),
        gain=float(settings["gain"]),
        norm=settings["norm"] == "on",
        residual=settings["residual"] == "on",
        dropout=float(settings["dropout"]),
    )
