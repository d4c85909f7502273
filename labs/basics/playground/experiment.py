"""The playground's experiment: points, a net, a run; everything may be touched while it trains."""

from collections.abc import Hashable, Mapping, Sequence

import torch

from labs.basics.playground import (
    changing,
    company,
    compare,
    diagnosis,
    placing,
    structure,
    sweep,
    view,
)
from labs.basics.playground.cloud import Cloud, generate
from labs.basics.playground.curvature import Sharpness
from labs.basics.playground.eye import Eye
from labs.basics.playground.features import chosen
from labs.basics.playground.pace import Pace
from labs.basics.playground.run import Run
from labs.basics.playground.settings import STOPS, TEXTS, USUAL, setup
from labs.basics.playground.sweep import Sweep
from labs.live import Frame
from labs.models.dense import transplant

FIRST_AXES = (0, 0, 1)  # of the hidden space: a layer and two of its units


class Playground:
    """A dense net on the plane, trained under the visitor's hand."""

    def __init__(self) -> None:
        self.settings = dict(USUAL)
        self.preset = "circle"
        self.cloud = generate("circle", 0.1, 0.5, 1)
        self.kept: compare.Kept | None = None  # run A, to be compared with
        self.sweep: Sweep | None = None
        self.preview: Sweep | None = None  # what a sweep would start
        self.before: tuple[torch.Tensor, torch.Tensor] | None = None  # weights, and their plane
        self.selected = (0, 0)  # layer and unit whose arithmetic is shown
        self.edge: tuple[int, int, int] | None = None  # layer, unit, input of the chosen weight
        self.hovered: tuple[int, int] | None = None  # -1 is the layer of features
        self.probe = (0.31, 0.52)  # the place on the plane whose numbers are shown
        self.hidden = FIRST_AXES  # layer and two of its units: the hidden space's axes
        self.visible: set[str] | None = None
        self.met: set[str] = set()
        self.shared: dict[str, str] = {}  # what the address says
        self.rewritten = False  # whether settings changed that no knob has written there
        self.pace = Pace()
        self.eye: Eye | None = None
        self.dead: diagnosis.Spots = []  # units that the last frame found dead, or saturated
        self.saturated: diagnosis.Spots = []
        self.told: set[str] = set()  # what the browser has and need not be sent again
        self.curvature: Sharpness | None = None
        self.features = chosen("x1,x2", "none")
        self.restart()

    def receive(self, event: Mapping) -> None:
        """Take in a setting, a point, a click on the net.  Raises ValueError in one sentence."""
        if "setting" in event:
            changing.receive(self, event["setting"], event.get("value"))
        elif event.get("kind") == "hello":
            self.told.clear()
        elif event.get("kind") == "link":
            changing.link(self, event.get("panel"), event.get("value"))
        elif event.get("panel") == "network":
            structure.receive(self, event)
        elif event.get("panel") == "plane":
            placing.receive(self, event)
        elif event.get("panel") == "sweep" and event.get("kind") == "click":
            sweep.adopt(self, event.get("unit"))
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
        return self.run.finish_epoch() and not self.arrived

    @property
    def alike(self) -> Hashable | None:
        """What playgrounds must share to be trained as one."""
        return None if self.sweep else company.alike(self.run)

    @staticmethod
    def step_all(labs: "Sequence[Playground]") -> list[bool]:
        """Train those that are alike for one epoch each, as `step` would."""
        going = company.finish_epochs([lab.run for lab in labs])
        return [on and not lab.arrived for on, lab in zip(going, labs, strict=True)]

    @property
    def arrived(self) -> bool:
        """Whether the stop condition holds."""
        loss, score = STOPS[str(self.settings["stop"])]
        now = self.run.history[-1]
        return now.train < loss or bool(score and now.train_score >= score)

    def frame(self) -> Frame:
        """Return the net, the plane and the curves as they are now."""
        return view.frame(self)

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the knobs: the net's shape, own points if few."""
        told = {k: str(self.settings[k]) for k in TEXTS if self.settings[k] != USUAL[k]}
        if self.preset != "circle":
            told["preset"] = self.preset
        if self.hidden != FIRST_AXES:
            told |= {name: str(number) for name, number in self.axes.items()}
        if points := self.cloud.to_link():
            told["points"] = points
        return told

    @property
    def axes(self) -> dict[str, int]:
        """What the hidden space shows, counted from 1 as its sliders do."""
        names = ("hidden_layer", "hidden_x", "hidden_y")
        return {name: at + 1 for name, at in zip(names, self.hidden, strict=True)}

    def restart(self) -> None:
        """Begin again with the weights of the seed."""
        net_setup = setup(self.settings, self.cloud.classes)
        self.features = chosen(str(self.settings["features"]), str(self.settings["kind"]))
        train, test = self.cloud.samples(self.features, net_setup.task)
        self.run = Run(net_setup, train, test)
        self.settle()

    def put(self, cloud: Cloud) -> None:
        """Take other points; the net stays unless it no longer fits."""
        fits = cloud.classes == self.cloud.classes
        self.cloud = cloud
        if fits:
            self.replace_points()
        else:
            self.restart()

    def reshape(self) -> None:
        """Make a net of the settings' shape that keeps the weights which still fit; those of a run
        that is lost fit nothing.
        """
        old = self.run
        self.restart()
        if old.fault:
            return
        transplant(old.net, self.run.net)
        self.run.first = self.run.net.theta.clone()
        self.run.rebase()
        self.run.look()

    def sharpness(self) -> float | None:
        """Return the largest curvature of the training loss, for plain gradient descent only, and
        where a net in training computes what it does afterwards.
        """
        if (
            self.run.judged_by.optimizer != "SGD"
            or self.settings["dropout"]
            or self.settings["norm"] == "on"
        ):
            return None
        self.curvature = self.curvature or Sharpness(self.run)
        return self.curvature.now()

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    def settle(self) -> None:
        """Let go of what no longer fits a new net."""
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
