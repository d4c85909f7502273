"""The optimizers lab's experiment: a surface, a start, and six balls that race down.

The race is a function of surface, start, settings and number of steps: when one of them changes,
it is run again from the start, so the picture always belongs to the settings that are shown.
"""

import time
from collections.abc import Mapping

from torch import Tensor

from labs.basics.optimizers import settings, view
from labs.basics.optimizers.challenges import CHALLENGES
from labs.basics.optimizers.race import NAMES, Race
from labs.basics.optimizers.slices import slice_of
from labs.basics.optimizers.surfaces import SURFACES, TERMS, Surface, field
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import number, whole

FIRST = "ravine"
OPENING = 40  # steps that have been taken when the page opens
MOST = 1000  # steps of a race
PATIENCE = 0.02  # seconds that a frame may spend on catching up


def surface_of(name: str) -> Surface:
    """Return the surface of a name; a slice through a net is trained for at the first time."""
    return SURFACES[name] if name in SURFACES else slice_of(name)


class Optimizers:
    """Six optimizers on one surface, each with settings of its own."""

    full = TERMS  # examples of a full batch

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "mu": 0.9, "nesterov_mu": 0.9, "rho": 0.99, "beta1": 0.9, "beta2": 0.999,
        }  # fmt: skip
        self.off: set[str] = set()
        self.chosen = 1  # the ball that is explained
        self.met: set[str] = set()
        self._told: str | None = None  # the surface whose field the browser has
        self.shared = True
        self.take(FIRST)

    def receive(self, event: Mapping) -> None:
        """Take in a drag, a click or a setting.  Raises ValueError in one sentence."""
        panel, kind = event.get("panel"), event.get("kind")
        if panel == "surface" and kind == "start":
            self._drag(event)
        elif panel == "surface" and kind == "lift":
            self.shared = False
        elif panel == "surface" and kind == "toggle":
            self.off ^= {NAMES[whole(event.get("unit"), 0, len(NAMES) - 1, "An optimizer")]}
            self.shared = False
        elif panel == "surface" and kind == "hello":
            self._told = None
        elif panel == "race" and kind == "link":
            self._from_link(event.get("value"))
        elif kind == "click":
            self.chosen = whole(event.get("unit"), 0, len(NAMES) - 1, "An optimizer")
        elif "setting" in event:
            settings.change(self, event["setting"], event.get("value"))
        else:
            raise ValueError("The optimizers lab knows drags, clicks and settings.")

    def address(self) -> dict[str, str]:
        """Return start, steps and absent balls as a link holds them; nothing as it opens."""
        if self.start == self.surface.start and self.goal == OPENING and not self.off:
            return {}
        off = "".join(str(NAMES.index(name)) for name in sorted(self.off))
        return {"race": f"{self.start[0]:g},{self.start[1]:g},{self.goal},{off}"}

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

    def rates(self) -> dict[str, float]:
        """Return the learning rate of each optimizer."""
        return {name: float(self.settings[name.lower()]) for name in NAMES}

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

    def frame(self) -> Frame:
        """Return surface, trails, losses and the parts of the last steps."""
        self.catch_up(PATIENCE)
        self.met = met(CHALLENGES, self.met, self)
        frame = view.frame(self)
        if self._told != self.settings["surface"]:
            frame.values["surface.field"] = self.field()
            self._told = str(self.settings["surface"])
        if not self.shared:
            frame.notes["address"] = {"race": ""} | self.address()
            self.shared = True
        return frame

    def field(self) -> Tensor:
        """Return the loss over the picture, (grid, grid); computed once for each surface."""
        return self._field

    def trails(self) -> dict[str, Tensor]:
        """Return the way of each ball that is shown, (moments, 3): its place and its loss, NaN
        where it is outside the picture.
        """
        low, high = self.surface.low, self.surface.high
        return {r.name: r.trail(low, high) for r in self.race.runners if r.name not in self.off}

    def take(self, name: str) -> None:
        """Race on another surface, from its own start and at its own rates."""
        self.surface = surface_of(name)
        self.settings |= {"surface": name, "batch": self.surface.batch}
        self.settings |= {key.lower(): rate for key, rate in self.surface.rates.items()}
        self.start, self.goal = self.surface.start, OPENING
        self._field = field(self.surface)
        self.begin()

    def begin(self) -> None:
        """Begin the race again; it is run up to its goal."""
        self.race = Race(self.surface, self.start, self.settings)

    def _drag(self, event: Mapping) -> None:
        place = []
        for axis, name in enumerate("xy"):
            low, high = self.surface.low[axis], self.surface.high[axis]
            place.append(number(event.get(name), low, high, f"The start's {name}"))
        self.start = (place[0], place[1])
        self.begin()

    def _from_link(self, text: object) -> None:
        """Take start, steps and absent balls as `address` writes them."""
        parts = str(text)[:100].split(",")
        try:
            x, y = (
                number(float(part), low, high, "The start")
                for part, low, high in zip(
                    parts[:2], self.surface.low, self.surface.high, strict=True
                )
            )
            goal = whole(int(parts[2]), 0, MOST, "The number of steps")
            off = {NAMES[int(k)] for k in "".join(parts[3:4])}
        except (ValueError, IndexError):
            raise ValueError(f"The link says race = {str(text)[:20]}, which is no race.") from None
        self.start, self.goal, self.off = (x, y), goal, off
        self.begin()
