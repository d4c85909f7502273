"""A Gaussian process under the hand: measure anywhere, see what it believes and would do next."""

import torch

from labs.basics.search import functions, process_view
from labs.basics.search.acquisition import (
    expected_improvement,
    thompson,
    upper_confidence_bound,
)
from labs.basics.search.functions import FREE, FUNCTIONS, Function
from labs.basics.search.gaussian_process import KERNELS, draws, log_likelihood, posterior
from labs.basics.search.process_view import Belief
from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.checks import number, whole
from labs.live.controls import Button, Choice, Knob, Select, Value, same
from labs.live.experiment import Event
from labs.live.lab import Lab

MOST = 40  # points
PLACES = 201  # at which the process is drawn
DRAWS = 6  # functions that Thompson's card shows
LENGTHS = torch.logspace(-2, 0, 41, dtype=torch.float64)  # among which the likeliest is looked for
WIN = 0.02  # above the lowest place of the known valley

FUNCTION = Select("function", "what is measured",
                  tuple((f.key, f.title) for f in FUNCTIONS.values()), "valley",
                  shown=True)  # fmt: skip
KERNEL = Choice("kernel", "kernel", same(*KERNELS), "squared exponential", shown=True)
LENGTH = Knob("length", "length", 0.01, 1, 0.12, log=True, digits=3)
SIGNAL = Knob("signal", "signal σ_f", 0.1, 3, 1, step=0.05, digits=2)
NOISE = Knob("noise", "noise variance", 1e-6, 1, 1e-4, log=True)
ACQUISITION = Choice("acquisition", "next by", (("ei", "expected improvement"),
                     ("ucb", "confidence bound"), ("thompson", "Thompson")), "ei",
                     shown=True)  # fmt: skip
BETA = Knob("beta", "β of the bound", 0, 6, 2, step=0.1, digits=1)
DRAW = Knob("draw", "Thompson's draw", 1, 99, 1, whole=True)
TRUTH = Choice("truth", "the true curve", same("hidden", "shown"), "shown", shown=True)
NEXT = Button("measure_next", "Measure the next place")
LIKELIEST = Button("likeliest", "Likeliest length")
CLEAR = Button("clear", "Begin again")
CONTROLS = (FUNCTION, KERNEL, LENGTH, SIGNAL, NOISE, ACQUISITION, BETA, DRAW, TRUTH, NEXT,
            LIKELIEST, CLEAR)  # fmt: skip


class ByHand(Lab):
    """Points measured by hand, the process that explains them, and the place it would try next."""

    name = "search.process"
    controls = CONTROLS
    links = ("points",)
    on = {("process", "add"): "add", ("process", "move"): "move", ("process", "remove"): "remove"}

    def __init__(self) -> None:
        super().__init__()
        self.clear()

    @property
    def function(self) -> Function:
        """What is measured."""
        return FUNCTIONS[str(self.settings["function"])]

    def clear(self) -> None:
        """Begin with the first points."""
        self.points = [(x, self._at(x, k)) for k, x in enumerate(self.function.first)]

    def belief(self) -> Belief:
        """Return what the process knows from the points, everywhere, and what it would do next."""
        s, f = self.settings, self.function
        at = torch.linspace(0, 1, PLACES, dtype=torch.float64)
        table = torch.tensor(self.points, dtype=torch.float64).reshape(-1, 2)
        x, y = f.unit(table[:, 0])[:, None], table[:, 1]
        how = {key: float(s[key]) for key in ("length", "signal", "noise")}
        how["kernel"] = str(s["kernel"])
        mean, std = posterior(x, y, at[:, None], **how)
        best = y.min() if len(y) else torch.tensor(0.0, dtype=torch.float64)
        drawn = torch.zeros(0, PLACES, dtype=torch.float64)
        if s["acquisition"] == "thompson":
            generator = torch.Generator().manual_seed(int(s["draw"]))
            drawn = draws(x, y, at[:, None], DRAWS, **how, generator=generator)
            worth = thompson(drawn[0])
        elif s["acquisition"] == "ucb":
            worth = upper_confidence_bound(mean, std, float(s["beta"]))
        else:
            worth = expected_improvement(mean, std, best)
        return Belief(
            f.place(at), mean, std, worth, drawn, best.item(), log_likelihood(x, y, **how)
        )

    def show(self) -> Frame:
        """Return the process over the axis, and what a trial is worth at every place."""
        truth = self.function.truth if self.settings["truth"] == "shown" else None
        return process_view.frame(self.belief(), self.function, self.points, truth, self.settings)

    def changed(self, name: str, before: Value) -> None:
        """Begin with the first points of another function."""
        if name == "function" and self.settings[name] != before:
            self.clear()

    def evidence(self) -> tuple:
        """Return the settings, the function, the points, and what the process believes."""
        return self.settings, self.function, self.points, self.belief()

    def measure_next(self) -> None:
        """Measure where the acquisition is largest."""
        self._measure(self.belief().next)

    def likeliest(self) -> None:
        """Take the length under which the points are likeliest.  Raises ValueError for too few."""
        if len(self.points) < 2:
            raise ValueError("A length can be judged from two points on; measure another.")
        s, table = self.settings, torch.tensor(self.points, dtype=torch.float64)
        x, y = self.function.unit(table[:, 0])[:, None], table[:, 1]
        how = {"signal": float(s["signal"]), "noise": float(s["noise"]), "kernel": str(s["kernel"])}
        found = [log_likelihood(x, y, length=length, **how) for length in LENGTHS.tolist()]
        s["length"] = LENGTHS[found.index(max(found))].item()

    def add(self, event: Event) -> None:
        """Measure where the hand points; on the free plane, what it says is what is measured."""
        self._measure(self._x(event), self._y(event))

    def move(self, event: Event) -> None:
        """Drag a point: along a function it is measured anew."""
        index = whole(event.get("index"), 0, len(self.points) - 1, "A point")
        x, y = self._x(event), self._y(event)
        self.points[index] = (
            x,
            y if self.function.key == FREE else self._at(x, index),
        )

    def remove(self, event: Event) -> None:
        """Forget a point."""
        del self.points[whole(event.get("index"), 0, len(self.points) - 1, "A point")]

    def to_link(self) -> dict[str, str]:
        """Return the points, unless they are the first ones."""
        f = self.function
        if [x for x, _ in self.points] == list(f.first):
            return {}
        return {"points": ";".join(f"{x:.6g},{y:.6g}" for x, y in self.points) or "none"}

    def from_link(self, name: str, text: str) -> None:
        """Take the points of a link."""
        found = []
        for part in () if text == "none" else text[:2000].split(";")[:MOST]:
            try:
                x, y = (float(v) for v in part.split(","))
                found.append((number(x, *self.function.range, "x"), number(y, -9, 9, "y")))
            except ValueError:
                raise ValueError(f"The link says {part[:20]!r}, which is no point.") from None
        self.points = found

    def script(self) -> str:
        """Return a script that computes the process with scikit-learn."""
        return process_view.script(self.points, self.function, self.settings, self.belief())

    def _measure(self, x: float, y: float = 0.0) -> None:
        if len(self.points) >= MOST:
            raise ValueError(f"There is room for {MOST} points; remove one, or begin again.")
        if self.function.key != FREE:
            y = self._at(x, len(self.points))
        self.points.append((x, y))

    def _at(self, x: float, k: int) -> float:
        return round(self.function.measure(x, k), 4)  # as an address says it

    def _x(self, event: Event) -> float:
        return round(number(event.get("x"), *self.function.range, "The place"), 4)

    def _y(self, event: Event) -> float:
        return round(number(event.get("y"), *functions.HEIGHT, "The value"), 4)


def _found(s: dict, f: Function, points: list, belief: Belief) -> bool:
    lowest = min((y for _, y in points), default=9.0)
    known = f.truth is not None
    known = known and s["truth"] == "hidden"
    return known and len(points) <= 7 and lowest < f.truth(belief.x).min().item() + WIN


def _fooled(s: dict, f: Function, points: list, belief: Belief) -> bool:
    if f.truth is None or len(points) < 4:
        return False
    far = (f.truth(belief.x) - belief.mean).abs() / belief.std.clamp_min(1e-9)
    return (belief.std > 1e-3).any() and far[belief.std > 1e-3].max().item() > 8


def _bold(s: dict, f: Function, points: list, belief: Belief) -> bool:
    careful = expected_improvement(belief.mean, belief.std, belief.best)
    gap = abs(f.unit(belief.next) - f.unit(belief.x[careful.argmax()].item()))
    return s["acquisition"] == "ucb" and len(points) >= 4 and gap > 0.25


ByHand.challenges = (
    Challenge(
        "found",
        "Hide the true curve, and find the bottom of the known valley, to 0.02, with at most 7 "
        "points in all.",
        "Let expected improvement choose; the length decides how far it dares to go.",
        _found,
    ),
    Challenge(
        "fooled",
        "With 4 points or more, let the true curve leave the process's doubt far behind: more than "
        "8 of its standard deviations.",
        "A length that is too long makes it sure of what it has never seen.",
        _fooled,
    ),
    Challenge(
        "bold",
        "With 4 points or more, let the confidence bound choose a place far from where expected "
        "improvement would go.",
        "A large β goes where nobody has been.",
        _bold,
    ),
)
