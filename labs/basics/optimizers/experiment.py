"""The optimizers lab: a surface, a start, and six balls that race down.

The race is a function of surface, start, settings and number of steps: when one of them changes,
it is run again from the start, so the picture always belongs to the settings that are shown.
"""

import time

from torch import Tensor

from labs.basics.optimizers import view
from labs.basics.optimizers.challenges import CHALLENGES
from labs.basics.optimizers.controls import CONTROLS, FIRST
from labs.basics.optimizers.export import script
from labs.basics.optimizers.race import NAMES, Race
from labs.basics.optimizers.slices import slice_of
from labs.basics.optimizers.surfaces import SURFACES, Surface, field
from labs.live import Frame
from labs.live.checks import number, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab

OPENING = 40  # steps that have been taken when the page opens
EXPLAINED = 1  # the ball that is explained at first
MOST = 1000  # steps of a race
PATIENCE = 0.02  # seconds that a frame may spend on catching up


def surface_of(name: str) -> Surface:
    """Return the surface of a name; a slice through a net is trained for at the first time."""
    return SURFACES[name] if name in SURFACES else slice_of(name)


class Optimizers(Lab):
    """Six optimizers on one surface, each with settings of its own."""

    name = "optimizers"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("race", "ball")
    on = {
        ("surface", "start"): "set_start",
        ("surface", "lift"): "lift",
        ("surface", "toggle"): "toggle",
        ("*", "click"): "choose",
    }

    def __init__(self) -> None:
        super().__init__()
        self.off: set[str] = set()  # balls that are not shown
        self.chosen = EXPLAINED  # the ball that is explained
        self._race_on(FIRST)

    @property
    def steps(self) -> int:
        """Steps of the race."""
        return self.goal

    def step(self) -> bool:
        """Move every ball once; False when there is nothing left to move."""
        self.catch_up()
        if self.goal >= MOST or not self.race.step(self.rates(), int(self.settings["batch"])):
            return False
        self.goal += 1
        return True

    def show(self) -> Frame:
        """Return surface, trails, losses and the parts of the last steps."""
        self.catch_up(PATIENCE)
        frame = view.frame(self.race, self.off, self.chosen, self.rates(), self.settings)
        if "field" not in self.sent:
            frame.values["surface.field"] = self.field
            self.sent.add("field")
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Race on another surface, or with another setting."""
        if name != "surface":
            self.begin()
        elif self.settings["surface"] != before:
            self._race_on(str(self.settings["surface"]))
            self.catch_up()
            self.restart_challenges()

    def settle(self) -> bool:
        """Run the race up to its goal."""
        behind = self.race.steps < self.goal
        self.catch_up()
        return behind

    def usual(self, name: str) -> Value | None:
        """Return what a setting begins with on the surface."""
        return self._usual.get(name, super().usual(name))

    def evidence(self) -> tuple:
        """Return the settings and the race."""
        return self.settings, self.race

    def to_link(self) -> dict[str, str]:
        """Return start, steps and absent balls, nothing as a surface opens; and the ball that is
        explained.
        """
        ball = "" if self.chosen == EXPLAINED else str(self.chosen)
        if self.start == self.surface.start and self.goal == OPENING and not self.off:
            return {"ball": ball}
        off = "".join(str(NAMES.index(name)) for name in sorted(self.off))
        return {"race": f"{self.start[0]!r},{self.start[1]!r},{self.goal},{off}", "ball": ball}

    def from_link(self, name: str, text: str) -> None:
        """Take start, steps and absent balls of a link, or the ball that is explained."""
        if name == "ball":
            self.chosen = places(text, len(NAMES) - 1)[0]
            return
        try:
            x, y, goal, off = text[:100].split(",")
            start = self._inside(float(x), float(y))
            goal = whole(int(goal), 0, MOST, "The number of steps")
            off = {NAMES[int(k)] for k in off}
        except (ValueError, IndexError):
            raise ValueError(f"The link says race = {text[:20]}, which is no race.") from None
        self.start, self.goal, self.off = start, goal, off
        self.begin()

    def script(self) -> str:
        """Return a script that runs the same race with torch.optim.

        Raises ValueError for a slice through a net.
        """
        return script(self.race, self.settings)

    def rates(self) -> dict[str, float]:
        """Return the learning rate of each optimizer."""
        return {name: float(self.settings[name.lower()]) for name in NAMES}

    def trails(self) -> dict[str, Tensor]:
        """Return the way of each ball that is shown, (moments, 3): its place and its loss, NaN
        where it is outside the picture.
        """
        low, high = self.surface.low, self.surface.high
        return {r.name: r.trail(low, high) for r in self.race.runners if r.name not in self.off}

    def begin(self) -> None:
        """Begin the race again; it is run up to its goal."""
        self.race = Race(self.surface, self.start, self.settings)

    def catch_up(self, patience: float | None = None) -> None:
        """Run the race up to its goal, or as far as it gets in `patience` seconds.

        A hand that drags sees as much of the race as there is time for; when it rests, the page
        asks for all of it.
        """
        end = None if patience is None else time.perf_counter() + patience
        while self.race.steps < self.goal:
            self.race.step(self.rates(), int(self.settings["batch"]))
            if end is not None and time.perf_counter() > end:
                return

    def restart(self) -> None:
        """Put all balls back to the start."""
        self.goal = 0
        self.begin()

    def set_start(self, event: Event) -> None:
        """Begin at another place."""
        self.start = self._inside(event.get("x"), event.get("y"))
        self.begin()

    def lift(self, event: Event) -> None:
        """Know that the hand has let go of the start."""

    def toggle(self, event: Event) -> None:
        """Show a ball or not."""
        self.off ^= {NAMES[whole(event.get("unit"), 0, len(NAMES) - 1, "An optimizer")]}

    def choose(self, event: Event) -> None:
        """Explain a ball."""
        self.chosen = whole(event.get("unit"), 0, len(NAMES) - 1, "An optimizer")

    def _race_on(self, name: str) -> None:
        """Race on a surface, from its own start and at its own rates."""
        self.surface = s = surface_of(name)
        self._usual = {"batch": s.batch} | {key.lower(): rate for key, rate in s.rates.items()}
        self.settings |= self._usual
        self.start, self.goal = s.start, OPENING
        self.field = field(s)  # (grid, grid), the loss over the picture
        self.sent.discard("field")
        self.begin()

    def _inside(self, x: object, y: object) -> tuple[float, float]:
        low, high = self.surface.low, self.surface.high
        return (
            number(x, low[0], high[0], "The start's x"),
            number(y, low[1], high[1], "The start's y"),
        )
