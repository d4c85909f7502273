"""The playground's experiment: points, a net, a run; everything may be touched while it trains."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from labs.basics.playground import company, compare, events, export, view
from labs.basics.playground.challenges import CHALLENGES
from labs.basics.playground.controls import AXES, CONTROLS, STOPS, USUAL
from labs.basics.playground.grid import SEEDS, Grid, setting
from labs.basics.playground.hidden import hidden_space
from labs.basics.playground.pace import Pace
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.state import State
from labs.basics.playground.sweep import COPIES, Sweep
from labs.basics.playground.unit import arithmetic
from labs.live import Frame
from labs.live.checks import whole
from labs.live.experiment import Event
from labs.numerals import minus

SHAPES = ("add_unit", "remove_unit", "add_layer", "remove_layer", "activation")


class Playground(State):
    """A dense net on the plane, trained under the visitor's hand."""

    name = "playground"
    controls = CONTROLS
    challenges = CHALLENGES
    on = {
        **{("network", kind): "point" for kind in ("hover", "leave", "select")},
        **{("network", kind): "rebuild" for kind in SHAPES},
        **{("network", kind): "edit" for kind in ("edge", "weight", "freeze", "cut")},
        ("network", "feature"): "toggle",
        ("plane", "hover"): "point",
        **{("plane", kind): "change_points" for kind in ("add", "move", "remove", "clear")},
        ("sweep", "click"): "adopt",
        ("grid", "click"): "choose_cell",
    }

    def __init__(self) -> None:
        super().__init__()
        self.pace = Pace()
        self.eager = False  # whether what was just begun plays by itself

    @property
    def steps(self) -> int:
        """Epochs since the weights were drawn."""
        return self.run.epoch if self.sweep is None else self.sweep.epoch

    def step(self) -> bool:
        """Train for one epoch; False when a stop condition holds or the numbers ran away."""
        self.eager = False
        if self.grid is not None:
            return self.grid.step()
        if self.sweep is not None:
            return self.sweep.finish_epoch()
        return not self.run.fault and self.run.finish_epoch() and not self.arrived

    @property
    def alike(self) -> Hashable | None:
        """What playgrounds must share to be trained as one."""
        return None if self.sweep or self.grid else company.alike(self.run)

    @property
    def slow(self) -> bool:
        """Whether a step may take long: a row of the grid, where there is no worker for it."""
        return self.grid is not None

    @staticmethod
    def step_all(labs: "Sequence[Playground]") -> list[bool]:
        """Train those that are alike for one epoch each, as `step` would."""
        going = company.finish_epochs([lab.run for lab in labs])
        return [on and not lab.arrived for on, lab in zip(going, labs, strict=True)]

    @property
    def arrived(self) -> bool:
        """Whether the stop condition holds."""
        _, loss, score = STOPS[self.settings["stop"]]
        now = self.run.history[-1]
        return now.train < loss or now.train_score >= score

    def show(self) -> Frame:
        """Return the net, the plane and the curves as they are now, card by card."""
        s, run, eye, pointer = self.settings, self.run, self.eye, self.pointer
        p = eye.look()
        field, now = eye.field(p), run.history[-1]
        f = Frame(notes={"titles": {}, "tops": {}})
        f.notes["idle"] = ["data", "noise"] if self.cloud.own else []  # they made other points
        f.notes["say"] = minus(
            f"Epoch {run.epoch}: loss {now.train:.3f} train, {now.test:.3f} test."
        )
        if self.sees("net"):
            if "features" not in self.sent:
                f.maps["features"] = view.feature_maps(eye.features)
            if "points" not in self.sent:
                f.values["points"] = view.points(self.cloud)
            self.sent |= {"features", "points"}
            view.network(f, eye, p, pointer, gradient=s["edges"] == "gradient")
            view.plane(f, eye, p, field, pointer)
            preset = PRESETS[s["preset"]]
            other = self.cloud.own or s["data"] != (USUAL | preset.settings)["data"]
            view.story(f, run, preset, self.curvature.now(), other=other)
            f.values["loss"] = compare.curves(run.history, self.kept, "train", "test")
            f.notes["log"] = {"loss": s["scale"] == "log"}
            pace = self.pace.note(self.steps)
            f.notes["titles"]["loss"] = f"{pace:.0f} epochs a second" if pace else ""
        if self.sees("unit"):
            arithmetic(f, eye, pointer)
        if self.sees("replay"):
            compare.replay(f, eye, field, self.kept, compare.words(s, run.epoch))
        if self.sees("numbers"):
            view.numbers(f, run, self.kept)
        if self.sees("hidden"):
            hidden_space(f, eye, self.cloud, {axis.name: s[axis.name] for axis in AXES})
        if self.sees("sweep"):
            compare.sixteen(f, eye, self.tiles(), begun=self.sweep is not None)
            compare.grid(f, self.grid)
        return f

    def settle(self) -> bool:
        """Estimate the curvature where a hand has left the weights."""
        return self.sees("net") and self.curvature.settle()

    def evidence(self) -> tuple:
        """Return the settings, whether the points are the visitor's, and the run."""
        return self.settings, self.cloud.own, self.run

    def script(self) -> str:
        """Return a script that trains an nn.Sequential as the run was, to the same losses."""
        return export.script(self.run, self.eye.features, self.cloud)

    def fresh(self) -> None:
        """Begin again with the next seed."""
        self.receive({"setting": "seed", "value": self.settings["seed"] % 999 + 1})

    def batch_step(self) -> None:
        """Train on one batch."""
        if self.sweep is None and not self.run.fault:
            self.run.step()

    def keep(self) -> None:
        """Keep this run as A and begin again, as B, from the same weights and batches."""
        words = compare.words(self.settings, self.run.epoch)
        field = self.eye.field(self.eye.look()).clone()
        self.kept = compare.Kept(words, list(self.run.history), field)
        first = self.run.first
        self.again()
        self.run.begin_from(first)

    def begin_sweep(self, what: str) -> None:
        """Train sixteen nets together: of other learning rates ("rate"), or other seeds."""
        self.back()
        self.sweep, self.eager = Sweep(self.run, what), True

    def begin_grid(self) -> None:
        """Let workers train all learning rates from all seeds.  Raises ValueError."""
        if self.run.net.free is not None:
            raise ValueError("The workers' nets have no frozen weights; thaw those of this one.")
        self.back()
        self.grid, self.eager = Grid(self.run), True

    def back(self) -> None:
        """Go on with the one net."""
        self.release()
        self.sweep = self.grid = None
        self.eager = False

    def tiles(self) -> Sweep:
        """Return the sweep; before there is one, sixteen seeds of the net as they would begin."""
        if self.sweep is None and self.preview is None:
            self.preview = Sweep(self.run, "seed")
        return self.sweep or self.preview

    def adopt(self, event: Event) -> None:
        """Go on with one net of the sweep."""
        self.remember()
        sweep = self.tiles()
        k = whole(event.get("unit"), 0, sweep.copies - 1, "A net of the sweep")
        self.settings |= sweep.settings(k)
        self.watch(sweep.adopt(k, self.setup()), self.eye.features)

    def choose_cell(self, event: Event) -> None:
        """Begin anew with the learning rate and the seed of a cell, and the same points."""
        row = whole(event.get("row"), 0, len(SEEDS) - 1, "A cell's row")
        column = whole(event.get("col"), 0, COPIES - 1, "A cell's column")
        self.remember()
        self.settings |= setting(row, column)
        self.again()

    def point(self, event: Event) -> None:
        """Look at another unit, or at another place on the plane."""
        features = len(self.eye.features)
        self.pointer = events.pointed(self.pointer, event, self.run.net, features)

    def edit(self, event: Event) -> None:
        """Choose a weight; set, freeze or cut it."""
        edge = events.edge_at(event, self.run.net)
        if event["kind"] != "edge":
            events.edit(self.run.net, edge, event)
            self.edited()
        self.pointer = replace(self.pointer, selected=edge[:2], edge=edge)

    def rebuild(self, event: Event) -> None:
        """Add or remove a unit or a layer, or choose its activation."""
        s = self.settings
        s |= events.rebuilt(event, s["layers"], s["activation"])
        self.reshape()

    def toggle(self, event: Event) -> None:
        """Add or remove a feature."""
        if self.settings["kind"] != "none":
            raise ValueError("This set of features comes as a whole; choose “one by one” first.")
        self.settings["features"] = events.toggled(event, self.settings["features"])
        self.reshape()

    def change_points(self, event: Event) -> None:
        """Add, move or remove a point, or clear them."""
        events.change(self.cloud, event)
        self.replace_points()
