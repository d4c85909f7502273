"""Points, a net and its run, as the settings say; and what a change of each setting costs."""

from collections.abc import Mapping

from labs.basics.playground import events
from labs.basics.playground.cloud import Cloud, from_link, generate
from labs.basics.playground.controls import AXES, USUAL
from labs.basics.playground.curvature import Sharpness
from labs.basics.playground.eye import Eye
from labs.basics.playground.features import Feature, chosen
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.run import Run
from labs.basics.playground.setup import NO_LAYER, Setup, setup_of
from labs.basics.playground.sweep import Sweep
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.models.dense import transplant


class State(Lab):
    """What is trained, and on what."""

    links = ("points", "frozen")

    def __init__(self) -> None:
        super().__init__()
        self.pointer = events.Pointer()
        self.cloud = self.generated()
        self.again()

    def again(self) -> None:
        """Begin again with the weights of the seed."""
        features, setup = chosen(self.settings["features"], self.settings["kind"]), self.setup()
        self.watch(Run(setup, *self.cloud.samples(features, setup.task)), features)

    def watch(self, run: Run, features: tuple[Feature, ...]) -> None:
        """Go on with another run, and let go of what does not fit it."""
        self.run, self.eye, self.curvature = run, Eye(run, features), Sharpness(run)
        self.sweep: Sweep | None = None
        self.preview: Sweep | None = None  # what a sweep would begin with
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
        self.run.rebase()
        self.run.look()
        self.preview = None

    def fit_axes(self) -> None:
        """Keep the hidden space's axes to units that there are."""
        s, layers = self.settings, self.run.net.layers
        s["hidden_layer"] = min(s["hidden_layer"], max(1, len(layers) - 1))
        width = layers[s["hidden_layer"] - 1].size
        s |= {axis: min(s[axis], width) for axis in ("hidden_x", "hidden_y")}

    def setup(self) -> Setup:
        """Return what the settings decide of a run."""
        return setup_of(self.settings, self.cloud.classes)

    def generated(self) -> Cloud:
        """Return the points of the settings."""
        return generate(*(self.settings[k] for k in ("data", "noise", "share", "seed")))

    def open(self, address: Mapping[str, str]) -> dict[str, str]:
        """Become what an address says.  Its preset is a story only: a setting that the address
        does not say is the usual one.
        """
        settings = {name: str(value) for name, value in USUAL.items()} | dict(address)
        settings["layers"] = settings["layers"] or NO_LAYER  # links have said no layer by no word
        return super().open(settings)

    def to_link(self) -> dict[str, str]:
        """Return the visitor's own points and the frozen weights, where they are few."""
        return {"points": self.cloud.to_link(), "frozen": events.to_link(self.run.net)}

    def from_link(self, name: str, text: str) -> None:
        """Take the points, or the frozen weights, of a link."""
        if name == "points":
            self.put(from_link(text))
        else:
            events.freeze(self.run.net, text)
            self.edited()
