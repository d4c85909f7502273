"""The playground's experiment: points, a net, a run; everything may be touched while it trains."""

import math
import time
from collections.abc import Mapping

import torch

from labs.basics.playground import compare, diagnosis, placing, structure, view
from labs.basics.playground.cloud import Cloud, from_link, generate
from labs.basics.playground.curvature import sharpest
from labs.basics.playground.eye import Eye
from labs.basics.playground.features import chosen
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.run import Run
from labs.basics.playground.settings import (
    FRESH,
    LIVE,
    POINTS,
    SHAPE,
    STOPS,
    USUAL,
    checked,
    setup,
)
from labs.basics.playground.sweep import Sweep
from labs.live import Frame
from labs.live.checks import option, rounded, whole
from labs.models.dense import transplant

TEXTS = ("features", "layers", "activation")  # settings that no knob shows
CURVED = 1.0  # seconds between two estimates of the curvature while it trains


class Playground:
    """A dense net on the plane, trained under the visitor's hand."""

    def __init__(self) -> None:
        self.settings = dict(USUAL)
        self.preset = "circle"
        self.cloud = generate("circle", 0.1, 0.5, 1)
        self.kept: compare.Kept | None = None  # run A, to be compared with
        self.sweep: Sweep | None = None
        self._preview: Sweep | None = None
        self.before: tuple[torch.Tensor, torch.Tensor] | None = None  # weights, and their plane
        self.selected = (0, 0)  # layer and unit whose arithmetic is shown
        self.edge: tuple[int, int, int] | None = None  # layer, unit, input of the chosen weight
        self.hovered: tuple[int, int] | None = None  # -1 is the layer of features
        self.probe = (0.31, 0.52)  # the place on the plane whose numbers are shown
        self.hidden = (0, 0, 1)  # layer and two of its units: the hidden space's axes
        self.visible: set[str] | None = None
        self.met: set[str] = set()
        self.shared: dict[str, str] = {}  # what the address says
        self.rewritten = False  # whether settings changed that no knob has written there
        self.pace: tuple[float, int, str] | None = None  # since when, epochs then, in words
        self.eye: Eye | None = None
        self.dead: diagnosis.Spots = []  # units that the last frame found dead, or saturated
        self.saturated: diagnosis.Spots = []
        self.told: set[str] = set()  # what the browser has and need not be sent again
        self.curvature: tuple[float, float, torch.Tensor] | None = None
        self.features = chosen("x1,x2", "none")
        self.restart()

    # the three verbs

    def receive(self, event: Mapping) -> None:
        """Take in a setting, a point, a click on the net.  Raises ValueError in one sentence."""
        if "setting" in event:
            self._set(event["setting"], event.get("value"))
        elif event.get("kind") == "hello":
            self.told.clear()
        elif event.get("kind") == "link":
            self._link(event.get("panel"), event.get("value"))
        elif event.get("panel") == "network":
            structure.receive(self, event)
        elif event.get("panel") == "plane":
            placing.receive(self, event)
        elif event.get("panel") == "sweep" and event.get("kind") == "click":
            self._adopt(event.get("unit"))
        else:
            raise ValueError("The playground knows settings, points and clicks on the net.")

    @property
    def steps(self) -> int:
        """Epochs since the weights were drawn."""
        return self.run.epoch if self.sweep is None else self.sweep.epoch

    def step(self) -> bool:
        """Train for one epoch; False when a stop condition holds or the numbers ran away."""
        if self.sweep is not None:
            return self.sweep.finish_epoch()
        if self.run.fault:
            return False
        going = self.run.finish_epoch()
        loss, score = STOPS[str(self.settings["stop"])]
        now = self.run.history[-1]
        return going and not now.train < loss and not (score and now.train_score >= score)

    def frame(self) -> Frame:
        """Return the net, the plane and the curves as they are now."""
        return view.frame(self)

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the knobs: the net's shape, own points if few."""
        told = {k: str(self.settings[k]) for k in TEXTS if self.settings[k] != USUAL[k]}
        if self.preset != "circle":
            told["preset"] = self.preset
        if points := self.cloud.to_link():
            told["points"] = points
        return told

    # what page and tests ask for

    def restart(self) -> None:
        """Begin again with the weights of the seed."""
        net_setup = setup(self.settings, self.cloud.classes)
        self.features = chosen(str(self.settings["features"]), str(self.settings["kind"]))
        train, test = self.cloud.samples(self.features, net_setup.task)
        self.run = Run(net_setup, train, test)
        self._after()

    def put(self, cloud: Cloud) -> None:
        """Take other points; the net stays unless it no longer fits."""
        fits = cloud.classes == self.cloud.classes
        self.cloud = cloud
        if fits:
            self.replace_points()
        else:
            self.restart()

    def reshape(self) -> None:
        """Make a net of the settings' shape that keeps the weights which still fit."""
        old = self.run
        self.restart()
        transplant(old.net, self.run.net)
        self.run.first = self.run.net.theta.clone()
        self.run.rebase()
        self.run.look()

    def sharpness(self) -> float | None:
        """Return the largest curvature of the training loss, for plain gradient descent only."""
        if self.settings["optimizer"] != "SGD" or self.settings["dropout"]:
            return None
        run = self.run
        now = time.monotonic()
        due = self.curvature is None or now - self.curvature[0] >= CURVED
        if due and (not run.fault or self.curvature is None):
            theta = run.net.theta.clone()
            if run.fault:  # there is no curvature where there are no numbers
                run.net.theta.copy_(run.first)
            start = None if self.curvature is None else self.curvature[2]
            value, v = sharpest(run.net, run.train.x, run.train.t, run.setup.task.loss, start)
            run.net.theta.copy_(theta)
            self.curvature = (now, value, v)
        return self.curvature[1] if self.curvature and math.isfinite(self.curvature[1]) else None

    def preview(self) -> Sweep:
        """Return sixteen seeds of the net before their first step: what a sweep would start."""
        if self._preview is None or self._preview.run is not self.run:
            self._preview = Sweep(self.run, "seed")
        return self._preview

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    # helpers

    def _link(self, name: object, value: object) -> None:
        """Take in what a link says beside the knobs."""
        if name == "points":
            self.put(from_link(str(value)))
        elif name == "preset":
            self.preset = option(value, PRESETS, "A situation")
        elif name in TEXTS:
            self._change(str(name), checked(name, value))
        else:
            raise ValueError("The link says something that the playground does not know.")

    def _after(self) -> None:
        """What no longer fits a new net is let go."""
        self.told.clear()
        self.hovered, self.edge, self.curvature, self.sweep = None, None, None, None
        layers = self.run.net.layers
        layer = min(self.selected[0], len(layers) - 1)
        self.selected = (layer, min(self.selected[1], layers[layer].size - 1))
        deep = min(self.hidden[0], max(0, len(layers) - 2))
        width = layers[deep].size
        self.hidden = (deep, min(self.hidden[1], width - 1), min(self.hidden[2], width - 1))

    def replace_points(self) -> None:
        """Let the run go on with the points as they are now."""
        run = self.run
        run.take(*self.cloud.samples(self.features, run.setup.task))
        run.rebase()
        run.look()
        self.told.discard("points")
        self.curvature = None

    def _set(self, name: object, value: object) -> None:
        actions = {"again": self.restart, "keep": self._keep, "batch_step": self._batch,
                   "sweep_rate": lambda: self._sweep("rate"),
                   "sweep_seed": lambda: self._sweep("seed"), "back": self._stop_sweep}  # fmt: skip
        if isinstance(name, str) and name in actions:
            actions[name]()
        elif name == "visible":
            self.visible = set(map(str, value)) if isinstance(value, list) else None
        elif name == "fresh":
            self._set("seed", self.settings["seed"] % 999 + 1)
        elif name == "preset":
            self._preset(option(value, PRESETS, "A preset"))
        elif name in ("hidden_layer", "hidden_x", "hidden_y"):
            self._look_at(str(name), value)
        else:
            self._change(str(name) if isinstance(name, str) else name, checked(name, value))

    def _change(self, name: str, value: str | float | int) -> None:
        if self.settings[name] == value:
            return
        before, self.settings[name] = self.settings[name], value
        if name in POINTS and not (name == "seed" and self.cloud.own):
            s = self.settings
            self.cloud = generate(
                str(s["data"]), float(s["noise"]), float(s["share"]), int(s["seed"])
            )
            self.restart() if name in ("data", "seed") else self.replace_points()
        elif name in FRESH:
            self.restart()
        elif name in SHAPE:
            try:
                self.reshape()
            except ValueError:
                self.settings[name] = before
                raise
        elif name in LIVE:
            self.run.setup = setup(self.settings, self.cloud.classes)

    def _batch(self) -> None:
        if self.sweep is None and not self.run.fault:
            self.run.step()

    def _preset(self, name: str) -> None:
        if name == self.preset:  # a browser that comes back says again what it knows
            return
        self.preset, self.rewritten = name, True
        self.settings = dict(USUAL) | dict(PRESETS[name].settings)
        s = self.settings
        self.cloud = generate(str(s["data"]), float(s["noise"]), float(s["share"]), int(s["seed"]))
        self.restart()

    def _keep(self) -> None:
        """Keep this run as A and begin again from the same weights and batches."""
        self.kept = compare.keep(self)
        first = self.run.first
        self.restart()
        if first.shape == self.run.net.theta.shape:
            self.run.net.theta.copy_(first)
            self.run.first = first
            self.run.rebase()
            self.run.history.clear()
            self.run.look()

    def _sweep(self, what: str) -> None:
        self.sweep = Sweep(self.run, what)

    def _stop_sweep(self) -> None:
        self.sweep = None

    def _adopt(self, tile: object) -> None:
        """Go on with one net of the sweep."""
        sweep = self.sweep or self.preview()
        k = whole(tile, 0, sweep.copies - 1, "A net of the sweep")
        self.settings |= sweep.settings(k)
        self.rewritten = True
        run = sweep.adopt(k, setup(self.settings, self.cloud.classes))
        self.sweep = None
        self.run = run
        self._after()

    def _look_at(self, name: str, value: object) -> None:
        layer, x, y = self.hidden
        n = rounded(value, 1, 12, "A layer or a unit") - 1
        if name == "hidden_layer":
            layer = min(n, max(0, len(self.run.net.layers) - 2))
        width = self.run.net.layers[layer].size
        x, y = (n if name == "hidden_x" else x), (n if name == "hidden_y" else y)
        self.hidden = (layer, min(x, width - 1), min(y, width - 1))
