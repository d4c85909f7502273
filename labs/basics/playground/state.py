"""Points, a net and its run, as the settings say; and what a change of each setting costs."""

from collections.abc import Callable, Mapping
from copy import copy

from torch import Tensor

from labs.basics.playground import events
from labs.basics.playground.cloud import Cloud, from_link, generate
from labs.basics.playground.compare import Kept
from labs.basics.playground.controls import AXES, SEED, USUAL
from labs.basics.playground.curvature import Sharpness
from labs.basics.playground.eye import Eye
from labs.basics.playground.features import Feature, chosen
from labs.basics.playground.grid import Grid
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.run import Run
from labs.basics.playground.setup import NO_LAYER, Setup, setup_of
from labs.basics.playground.sweep import Sweep
from labs.data import link_points
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.models.dense import transplant
from labs.training import begun_anew


class State(Lab):
    """What is trained, and on what."""

    links = ("of_seed", "points", "weights", "frozen", "unit")
    undoable = True

    def __init__(self) -> None:
        super().__init__()
        self.pointer = events.Pointer()
        self.kept: Kept | None = None  # run A, to be compared with
        self.grid: Grid | None = None  # the nets that workers train
        self.cloud = self.generated()
        self.again()

    def again(self) -> None:
        """Begin again with the weights of the seed."""
        features, setup = chosen(self.settings["features"], self.settings["kind"]), self.setup()
        self.watch(Run(setup, *self.cloud.samples(features, setup.task)), features)

    def release(self) -> None:
        """Give up what is on its way to the workers."""
        if self.grid is not None:
            self.grid.calls.cancel()

    def watch(self, run: Run, features: tuple[Feature, ...]) -> None:
        """Go on with another run, and let go of what does not fit it."""
        self._drawn: Tensor | None = None
        self.run, self.eye, self.curvature = run, Eye(run, features), Sharpness(run)
        self.sweep: Sweep | None = None
        self.preview: Sweep | None = None  # what a sweep would begin with
        self.release()
        self.grid = None
        self.pointer = self.pointer.within(run.net)
        self.sent.clear()
        self.fit_axes()

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting, at what it costs: from nothing to a new beginning."""
        s, now, own = self.settings, self.settings[name], self.cloud.own and name != "data"
        if now == before:
            return
        if name == "preset":
            s |= USUAL | PRESETS[now].settings
            self.cloud = self.generated()
            self.again()
            self.restart_challenges()
        elif name in ("data", "seed", "init", "loss"):
            self.cloud = self.cloud if own else self.generated()
            self.again()
        elif name == "share" and own:
            self.cloud.divide(now, s["seed"])
            self.replace_points()
        elif name in ("noise", "share") and not own:
            self.cloud = self.generated()
            self.replace_points()
        elif name in ("features", "kind", "layers", "norm", "dropout", "activation"):
            self.reshape()
        elif name in {axis.name for axis in AXES}:
            self.fit_axes()
        else:
            self.run.setup = self.setup()

    def reshape(self) -> None:
        """Make a net of the settings' shape.  It keeps the weights that still fit, where they were
        trained or changed by hand; those of a run that is lost fit nothing.
        """
        old = self.run
        self.again()
        if not (old.fault or old.untouched):
            self.run.begin_from(transplant(old.net, self.run.net).theta)

    def put(self, cloud: Cloud) -> None:
        """Take other points; the net stays unless it no longer fits."""
        fits = cloud.classes == self.cloud.classes
        self.cloud = cloud
        self.replace_points() if fits else self.again()

    def replace_points(self) -> None:
        """Let the run go on with the points as they are now."""
        run = self.run
        run.set_points(*self.cloud.samples(self.eye.features, run.setup.task))
        run.rebase()
        run.look()
        self.sent.discard("points")
        self.curvature = Sharpness(run)

    def edited(self) -> None:
        """Go on from weights that were set, frozen or cut."""
        if not self.run.steps:  # they are what it begins with
            self.run.first = self.run.net.theta.clone()
        self.run.rebase()
        self.run.look()
        self.preview = None

    def fit_axes(self) -> None:
        """Keep the hidden space's axes to units that there are."""
        s, layers = self.settings, self.run.net.layers
        s["hidden_layer"] = min(s["hidden_layer"], max(1, len(layers) - 1))
        width = layers[s["hidden_layer"] - 1].size
        s |= {axis: min(s[axis], width) for axis in ("hidden_x", "hidden_y")}

    def remembered(self) -> Callable[[], None]:
        """Return a function that brings back settings, points, and the net as it is trained now."""
        settings, cloud, run = dict(self.settings), copy(self.cloud), self.run
        theta, pointer = run.net.theta.clone(), self.pointer
        free = None if run.net.free is None else run.net.free.clone()

        def bring_back() -> None:
            self.settings |= settings
            self.cloud = cloud
            run.net.theta.copy_(theta)
            run.net.free, run.fault = free, None
            self.watch(run, chosen(settings["features"], settings["kind"]))
            self.pointer, run.setup = pointer, self.setup()
            run.set_points(*cloud.samples(self.eye.features, run.setup.task))
            self.edited()

        return bring_back

    def setup(self) -> Setup:
        """Return what the settings decide of a run."""
        return setup_of(self.settings, self.cloud.classes)

    def generated(self) -> Cloud:
        """Return the points of the settings."""
        return self._generated(self.settings["seed"])

    def _generated(self, seed: int) -> Cloud:
        return generate(*(self.settings[k] for k in ("data", "noise", "share")), seed)

    def open(self, address: Mapping[str, str]) -> dict[str, str]:
        """Become what an address says.  Its preset is a story only: a setting that the address
        does not say is the usual one.
        """
        settings = {name: str(value) for name, value in USUAL.items()} | dict(address)
        settings["layers"] = settings["layers"] or NO_LAYER  # links have said no layer by no word
        return super().open(settings)

    def to_link(self) -> dict[str, str]:
        """Return the visitor's own points, the weights set by hand and those that are frozen, where
        they are few, and the unit that is looked at.
        """
        net, trained = self.run.net, bool(self.run.epoch or self.run.steps)
        other = not self.cloud.own and self.cloud.seed != self.settings["seed"]  # after a sweep
        return {
            "of_seed": str(self.cloud.seed) if other else "",
            "points": self.cloud.to_link(),
            "weights": "" if trained else events.weights_to_link(net, self.drawn),
            "frozen": events.to_link(net),
            "unit": events.unit_to_link(self.pointer),
        }

    @property
    def drawn(self) -> Tensor:
        """The weights of the seed: (P,)."""
        if self._drawn is None:
            self._drawn = self.run.setup.net(len(self.run.train.x)).theta
        return self._drawn

    def left_out(self) -> str:
        """Say which of points and weights a link does not hold."""
        net, points, most = self.run.net, len(self.cloud), link_points.MOST
        if self.cloud.own and points > most:
            return f"A link has room for {most} points of your own, and these are {points}."
        if self.run.epoch or self.run.steps or self.sweep or self.grid:
            return begun_anew(self.run.epoch, "epoch") or "The sweep stays here."
        for places in (events.frozen(net), events.set_by_hand(net, self.drawn)):
            if len(places) > events.IN_LINK:
                return f"A link has room for {events.IN_LINK} weights, and {len(places)} were set."
        return "The run kept as A stays here." if self.kept else ""

    def from_link(self, name: str, text: str) -> None:
        """Take the points or the seed of the points, the weights or the unit of a link."""
        if name == "points":
            self.put(from_link(text))
        elif name == "of_seed":
            self.put(self._generated(SEED.parse(text)))
        elif name == "unit":
            self.pointer = events.unit_from_link(self.pointer, self.run.net, text)
        else:
            events.put(self.run.net, text, hold=name == "frozen")
            self.edited()
