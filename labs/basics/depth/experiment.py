"""The depth lab's experiment: two nets that learn digits side by side, opened layer by layer."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache

import torch
from sklearn.datasets import load_digits
from torch import Tensor

from labs.basics.depth.challenges import CHALLENGES
from labs.basics.depth.health import LARGEST, SMALLEST, Health, examine
from labs.basics.depth.net import ACTIVATIONS, INITIAL, Deep, Shape
from labs.basics.depth.presets import KEPT, OWN, PRESETS
from labs.challenges import met
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole

FIRST = "sigmoid"
BATCH = 64
PROBE = 128  # examples on which the layers are examined
SHOWN = 300  # points of the loss curves
COUNTS = {"depth": (1, 50), "width": (8, 64)}
RANGES = {"gain": (0.05, 4.0), "dropout": (0.0, 0.8)}
OPTIONS = {"activation": tuple(ACTIVATIONS), "initial": INITIAL}
SWITCHES = ("norm", "residual")


@cache
def digits() -> tuple[Tensor, Tensor]:
    """Return scikit-learn's 8 x 8 digits, standardised: x (1797, 64) and y (1797,)."""
    data = load_digits()
    x = torch.tensor(data.data, dtype=torch.float32) / 16
    return (x - x.mean()) / x.std(), torch.tensor(data.target)


class Side:
    """One of the two nets: its weights, its loss so far, its own order of examples."""

    def __init__(self, shape: Shape, learning_rate: float) -> None:
        self.shape = shape
        self.learning_rate = learning_rate
        x, _ = digits()
        self.net = Deep(x.shape[1], 10, shape, torch.Generator().manual_seed(0))
        self.generator = torch.Generator().manual_seed(1)
        self.losses: list[float] = []

    def step(self) -> None:
        """Train on one batch."""
        x, y = digits()
        at = torch.randint(len(x), (BATCH,), generator=self.generator)
        self.losses.append(self.net.train(x[at], y[at], self.learning_rate, self.generator))

    def health(self) -> Health:
        """Examine the layers on the first examples; the same ones, and masks, every time."""
        x, y = digits()
        return examine(self.net, x[:PROBE], y[:PROBE], torch.Generator().manual_seed(2))


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
        self.mine.step()
        if self.second is not None:
            self.second.step()
        sides = [self.mine, *([self.second] if self.second else [])]
        return any(side.losses[-1] == side.losses[-1] for side in sides)  # NaN is not itself

    @property
    def steps(self) -> int:
        """Batches that your net has seen."""
        return len(self.mine.losses)

    @property
    def shape(self) -> Shape:
        """What your net is made of."""
        return self.mine.shape

    def frame(self) -> Frame:
        """Return histograms, gradients over depth, and both losses."""
        mine = self.mine.health()
        other = None if self.second is None else self.second.health()
        self.met = met(CHALLENGES, self.met, self, mine, other)
        frame = Frame(
            maps={"activations": mine.activations[None], "gradients": mine.gradients[None]},
            values={"norms": _norms(mine, other), "loss": self._losses()},
        )
        if other is not None:
            frame.maps["second"] = other.gradients[None]
        first, last = mine.norms[0].item(), mine.norms[-1].item()
        frame.notes = {
            "settings": self.settings,
            "activations": {"low": -mine.reach, "high": mine.reach, "chosen": self.layer},
            "gradients": {"low": SMALLEST, "high": LARGEST, "chosen": self.layer},
            "second": {"low": SMALLEST, "high": LARGEST},
            "layers": self._table(mine),
            "titles": {
                "norms": f"first layer {first:.1e}, last {last:.1e}: ratio {mine.ratio:.1e}",
                "second": "no second net" if other is None else _words(self.second.shape),
                "gradients": _words(self.shape),
                "loss": f"step {self.steps}, accuracy on {PROBE}: {mine.accuracy:.0%}"
                + ("" if other is None else f", second {other.accuracy:.0%}"),
            },
            "met": sorted(self.met),
            "say": f"Gradient ratio of first to last layer: {mine.ratio:.1e}.",
        }
        return frame

    # what events do

    def _take(self, name: str) -> None:
        preset = PRESETS[name]
        self.settings = _settings(preset.shape) | {
            "preset": name, "second": preset.second, "learning_rate": preset.learning_rate,
        }  # fmt: skip
        self._build()

    def _build(self) -> None:
        """Make both nets anew from their initial weights."""
        s = self.settings
        shape = Shape(
            int(s["depth"]), int(s["width"]), str(s["activation"]), str(s["initial"]),
            float(s["gain"]), s["norm"] == "on", s["residual"] == "on", float(s["dropout"]),
        )  # fmt: skip
        self.mine = Side(shape, float(s["learning_rate"]))
        self.layer = min(self.layer, shape.depth - 1)
        self._pair()

    def _pair(self) -> None:
        """Make the second net anew; it begins when the first one does."""
        name = str(self.settings["second"])
        how = None
        if name == KEPT and self.kept is not None:
            how = self.kept
        elif name in PRESETS:
            how = PRESETS[name].shape, PRESETS[name].learning_rate
        self.second = None if how is None else Side(*how)

    def _set(self, name: object, value: object) -> None:
        s = self.settings
        if name == "preset":
            if option(value, (*PRESETS, OWN), "A preset") != OWN:
                self._take(str(value))
            return
        if name == "second":
            s["second"] = option(value, (*PRESETS, KEPT, "none"), "The second net")
        elif name == "keep":
            self.kept = (self.shape, self.mine.learning_rate)
            s["second"] = KEPT
        elif name == "learning_rate":
            s["learning_rate"] = self.mine.learning_rate = number(
                value, 1e-5, 10, "The learning rate"
            )
            return
        elif name == "visible":
            return
        elif name != "again":
            self._shape(name, value)
        self._build()

    def _shape(self, name: object, value: object) -> None:
        if not isinstance(name, str):
            raise ValueError("A setting has a name.")
        if name in COUNTS:
            self.settings[name] = rounded(value, *COUNTS[name], f"The {name}")
        elif name in RANGES:
            self.settings[name] = number(value, *RANGES[name], f"The {name}")
        elif name in OPTIONS:
            self.settings[name] = option(value, OPTIONS[name], f"The {name}")
        elif name in SWITCHES:
            self.settings[name] = option(value, ("on", "off"), name)
        else:
            raise ValueError(f"The depth lab has no setting {shown(name)}.")
        self.settings["preset"] = OWN

    def _losses(self) -> Tensor:
        sides = [self.mine.losses, [] if self.second is None else self.second.losses]
        count = len(self.mine.losses)
        stride = max(1, -(-count // SHOWN))
        at = list(range(0, count, stride))
        lines = [[side[i] if i < len(side) else torch.nan for i in at] for side in sides]
        return torch.tensor([[float(i) for i in at], *lines])

    def _table(self, mine: Health) -> dict:
        rows = [
            [
                str(i + 1), f"{mine.mean[i]:+.3f}".replace("-", "−"), f"{mine.deviation[i]:.3f}",
                f"{mine.dead[i]:.0%}", f"{mine.saturated[i]:.0%}", f"{mine.norms[i]:.1e}",
                f"{mine.theory[i]:.1e}", f"{mine.weight_norms[i]:.1e}",
            ]
            for i in self._rows()
        ]  # fmt: skip
        return {
            "head": ["layer", "mean", "deviation", "dead", "saturated", "gradient", "theory",
                     "|dL/dW|"],
            "rows": rows, "ink": ["", "", "", "", "", "down", "", "down"],
            "title": f"Around layer {self.layer + 1}",
        }  # fmt: skip

    def _rows(self) -> range:
        start = max(0, min(self.layer - 3, self.shape.depth - 8))
        return range(start, min(self.shape.depth, start + 8))


def _settings(shape: Shape) -> dict[str, str | float]:
    on = {True: "on", False: "off"}
    return asdict(replace(shape)) | {"norm": on[shape.norm], "residual": on[shape.residual]}


def _norms(mine: Health, other: Health | None) -> Tensor:
    """Return layer, measured, theory and the second net's measured gradient, (4, layers)."""
    depth = max(len(mine.norms), 0 if other is None else len(other.norms))
    table = torch.full((4, depth), torch.nan)
    table[0] = torch.arange(1, depth + 1)
    table[1, : len(mine.norms)] = mine.norms
    table[2, : len(mine.theory)] = mine.theory
    if other is not None:
        table[3, : len(other.norms)] = other.norms
    return table


def _words(shape: Shape) -> str:
    extras = [
        text for text, on in (
            (f"weights × {shape.gain:g}", shape.gain != 1), ("batch norm", shape.norm),
            ("residual", shape.residual), (f"dropout {shape.dropout:g}", shape.dropout > 0),
        ) if on
    ]  # fmt: skip
    return ", ".join(
        [f"{shape.depth} × {shape.width} {shape.activation}, {shape.initial}", *extras]
    )
