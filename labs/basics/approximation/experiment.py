"""The approximation lab's experiment: a drawn function and the net that fits it while one draws."""

import math
from collections.abc import Mapping
from itertools import pairwise

import torch
from torch import Tensor

from labs.basics.approximation import collapse, depth
from labs.basics.approximation.challenges import CHALLENGES
from labs.challenges import met
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown
from labs.models.dense import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    Dense,
    Layer,
    Training,
    initialise,
    train_step,
    transplant,
)

PLACES = 121  # at which the function is known
REACH = 1.5  # the function lies between -REACH and REACH
X = torch.linspace(-1, 1, PLACES, dtype=torch.float64)
SHAPES: Mapping[str, Tensor] = {
    "wave": 0.8 * torch.sin(math.pi * X) + 0.3 * torch.sin(3 * math.pi * X),
    "step": torch.where(X.abs() < 0.4, 0.8, -0.6).to(X.dtype),
    "bump": 1.2 * torch.exp(-(X**2) / 0.02),
    "corner": 1.4 * X.abs() - 0.7,
    "line": 0.8 * X,
}
USUAL: Mapping[str, str | float | int] = {
    "shape": "wave", "activation": "tanh", "width": 8, "depth": 1, "l2": 0.0,
    "learning_rate": 0.02, "seed": 1, "folds": 4, "bits": 4,
}  # fmt: skip
COUNTS = {"width": (1, 40), "depth": (1, 4), "seed": (1, 999), "folds": (1, 7), "bits": (2, 8)}
STEEP = 2.0  # how much steeper than He's the first layer begins: the axis is only two units long
FINE = 1025  # places at which the sawtooth is drawn: its bends fall on them exactly


class Approximation:
    """A net of one input and one output, trained by Adam on the drawn function."""

    def __init__(self) -> None:
        self.settings = dict(USUAL)
        self.target = SHAPES["wave"].clone()
        self.own = False
        self.visible: set[str] | None = None
        self.met: set[str] = set()
        self.linear = 1  # seed of the linear layers
        self.net: Dense | None = None
        self.fault = False
        self._begin()

    def receive(self, event: Mapping) -> None:
        """Take in a stroke of the pen or a setting.  Raises ValueError in one sentence."""
        if "setting" in event:
            self._set(event["setting"], event.get("value"))
        elif event.get("kind") == "stroke":
            self._draw(event.get("points"))
        else:
            raise ValueError("The approximation lab knows strokes and settings.")

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.count

    def step(self) -> bool:
        """Take one Adam step on the whole function; False when the numbers ran away."""
        if self.fault:
            return False
        how = Training(
            LOSSES["squared"], float(self.settings["learning_rate"]), l2=float(self.settings["l2"])
        )
        train_step(self.net, X[None], self.target[None], self.optimizer, how)
        self.count += 1
        if self.count % 10 == 0:
            self._note()
        return not self.fault

    def frame(self) -> Frame:
        """Return the function, the net and its parts, and the cards about depth that are seen."""
        output, parts = self.look()
        f = Frame(notes={"settings": dict(self.settings), "titles": {}, "words": {}})
        f.values["sketch"] = torch.stack([X, self.target, output])
        f.values["sketch.parts"] = parts
        f.values["error"] = torch.tensor(self.history, dtype=torch.float64).T.contiguous()
        f.notes["ranges"] = {"sketch": [-REACH, REACH], "saw": [-0.2, 1.2]}
        error = self.history[-1][1]
        said = "the numbers ran away: a smaller learning rate" if self.fault else (
            f"{len(parts)} units in the last hidden layer, "
            f"{self.net.theta.numel()} parameters"
        )  # fmt: skip
        f.notes["titles"] |= {"sketch": said, "error": f"mean squared error / 2 = {error:.6f}"}
        if self.sees("collapse"):
            self._collapse(f)
        if self.sees("depth"):
            self._sawtooth(f)
        if self.sees("parity"):
            self._parity(f)
        self.met = met(CHALLENGES, self.met, self, error)
        f.notes["met"] = sorted(self.met)
        f.notes["say"] = f"Error {error:.4f} after {self.count} steps."
        return f

    def look(self) -> tuple[Tensor, Tensor]:
        """Return the net's output (PLACES,) and what each unit of the last hidden layer adds.

        The parts, (units, PLACES), and the output's bias add up to the output.
        """
        p = self.net.forward(X[None])
        return p.output[0].clone(), self.net.weights[-1][0, 1:, None] * p.h[-2]

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    # helpers

    def _begin(self, old: Dense | None = None) -> None:
        s = self.settings
        layers = [Layer(int(s["width"]), str(s["activation"])) for _ in range(int(s["depth"]))]
        generator = torch.Generator().manual_seed(int(s["seed"]))
        self.net = Dense(1, [*layers, Layer(1, "identity")], dtype=torch.float64)
        initialise(self.net, "He", generator)
        first = self.net.weights[0]  # so that bends and waves are spread over the axis
        first.mul_(STEEP)
        first[:, 0].uniform_(-1, 1, generator=generator).mul_(first[:, 1:].norm(dim=1))
        if old is not None:
            transplant(old, self.net)
        self.optimizer = OPTIMIZERS["Adam"]()
        self.count, self.fault = 0, False
        self.history: list[tuple[int, float]] = []
        self._note()

    def _note(self) -> None:
        output, _ = self.look()
        error = (0.5 * (output - self.target) ** 2).mean().item()
        self.fault = not math.isfinite(error)
        self.history.append((self.count, error))
        if len(self.history) > 800:
            self.history = self.history[::2] + self.history[-1:]

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible = set(map(str, value)) if isinstance(value, list) else None
        elif name == "shape":
            self.settings["shape"] = option(value, SHAPES, "A function")
            self.target, self.own = SHAPES[str(value)].clone(), False
            self._note()
        elif name == "activation":
            self.settings["activation"] = option(value, ACTIVATIONS, "An activation")
            self._begin()
        elif name == "l2":
            self.settings["l2"] = number(value, 0, 0.1, "L2")
        elif name == "learning_rate":
            self.settings["learning_rate"] = number(value, 1e-4, 1, "The learning rate")
        elif isinstance(name, str) and name in COUNTS:
            before = self.settings[name]
            self.settings[name] = rounded(value, *COUNTS[name], name)
            if name in ("width", "depth") and before != self.settings[name]:
                self._begin(self.net)
            elif name == "seed" and before != self.settings[name]:
                self._begin()
        elif name == "again":
            self._begin()
        elif name == "fresh":
            self._set("seed", int(self.settings["seed"]) % 999 + 1)
        elif name == "relinear":
            self.linear += 1
        else:
            raise ValueError(f"The approximation lab has no setting {shown(name)}.")

    def _draw(self, points: object) -> None:
        """Lay the function along a stroke: a list of [x, y]."""
        if not isinstance(points, list) or not 1 <= len(points) <= 500:
            raise ValueError("A stroke is a list of up to 500 points.")
        path = []
        for point in points:
            if not isinstance(point, list) or len(point) != 2:
                raise ValueError("A point of a stroke is two numbers.")
            path.append((number(point[0], -1, 1, "x"), number(point[1], -REACH, REACH, "y")))
        for (xa, ya), (xb, yb) in pairwise([path[0], *path]):
            a, b = (round((x + 1) / 2 * (PLACES - 1)) for x in (xa, xb))
            for i in range(min(a, b), max(a, b) + 1):
                self.target[i] = yb if a == b else ya + (yb - ya) * (i - a) / (b - a)
        self.own = True
        self._note()

    def _collapse(self, f: Frame) -> None:
        net = collapse.linear_net(self.linear)
        one = collapse.collapsed(net)
        f.values |= {"w1": net.weights[0], "w2": net.weights[1], "product": one}
        f.notes["words"]["collapse"] = [{
            "title": "One linear map",
            "text": "The largest difference between the two layers and the one, over 1,000 points: "
            f"{collapse.difference(net):.1e}, which is rounding.",
        }]  # fmt: skip

    def _sawtooth(self, f: Frame) -> None:
        folds = int(self.settings["folds"])
        x = torch.linspace(0, 1, FINE, dtype=torch.float64)
        deep = depth.fold(folds).forward(x[None]).output[0].clone()
        flat = depth.shallow(2 * folds, x, deep)
        f.values["saw"] = torch.stack([x, deep, flat])
        error = (flat - deep).abs().max().item()
        f.notes["titles"]["saw"] = f"{2 * folds} ReLUs each"
        f.notes["words"]["depth"] = [{
            "title": f"{depth.pieces(deep)} pieces from {2 * folds} units",
            "text": f"{folds} layers of two ReLUs fold the axis {folds} times: 2^{folds} straight "
            f"pieces.  One layer of {2 * folds} ReLUs has at most {2 * folds + 1} pieces; with "
            f"evenly spaced bends its best fit is off by up to {error:.2f}.  One layer needs "
            f"{2**folds - 1} bends to be exact.",
        }]  # fmt: skip

    def _parity(self, f: Frame) -> None:
        n = int(self.settings["bits"])
        net, bits = depth.parity_net(n), depth.all_bits(n)
        right = int((depth.parity(net, bits) == bits.sum(0) % 2).sum())
        f.values["parity"] = net.weights[1][:, 1:].contiguous()
        f.notes["words"]["parity"] = [{
            "title": f"Parity of {n} bits",
            "text": f"An OR of ANDs needs {depth.gates_for_parity(n)} ANDs, one for each of the "
            f"2^{n - 1} odd rows: that is where “exponentially many” holds.  Threshold units may "
            f"count: one layer of {n} of them is right on {right} of {2**n} rows.",
        }]  # fmt: skip
