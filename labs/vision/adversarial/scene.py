"""One attack with all that views, formulas, challenges and files read of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from labs.vision.adversarial.plan import Plan, highest
from labs.vision.adversarial.record import Slope
from labs.vision.adversarial.run import Run, Verdict
from labs.vision.adversarial.smallest import Smallest
from labs.vision.adversarial.subjects import Subject

T = TypeVar("T")


@dataclass(frozen=True)
class Scene:
    """What is attacked and how, and what came of it."""

    subject: Subject
    settings: Mapping[str, str | float]
    run: Run
    slope: Slope  # of the loss that is attacked, at the clean picture
    least: Smallest | None  # None while it is not known
    pixel: tuple[int, int]  # row and column of the one under inspection
    keep: Callable[[str, tuple, Callable[[], T]], T]  # see `Adversarial.keep`

    @property
    def plan(self) -> Plan:
        """What the settings ask for."""
        return self.run.plan

    @property
    def verdict(self) -> Verdict:
        """What the network says of the moment on the stage."""
        return self.run.verdict

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn, of which the network's class means nothing."""
        return self.subject.kind == "digit" and not self.run.x.any()

    @property
    def won(self) -> bool:
        """Whether the 8-bit picture fools; with nothing drawn there is nobody to fool."""
        return self.verdict.won and not self.empty

    @property
    def high(self) -> float:
        """The largest budget of the slider, in pixel units."""
        return highest(self.subject, self.plan.norm)

    def label(self, k: int) -> str:
        """Return the name of a class."""
        return self.subject.labels[k]
