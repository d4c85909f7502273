"""What there is to see of a page: its characters, one unit of its net, and what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

from labs.live.controls import Value
from labs.sequences.language.brush import Alike, alike
from labs.sequences.language.features import Match
from labs.sequences.language.inside import unit_over_time
from labs.sequences.language.marks import Marks
from labs.sequences.language.page import Page
from labs.sequences.language.sampling import Settings

WINDOW = 96  # characters in the heat map of units
STEPS = 10  # in the opened cell


@dataclass(frozen=True)
class Look:
    """A page under a net as it is now, and where a visitor looks at it."""

    page: Page
    marks: Marks
    settings: Mapping[str, Value]
    beginning: str  # what the net read before it wrote
    typed: bool  # whether that is the visitor's own
    steps: int  # characters written since
    matches: Sequence[Match]  # units that track something

    @property
    def layer(self) -> int:
        """The chosen layer, from 0 on."""
        return int(self.settings["layer"]) - 1

    @property
    def unit(self) -> int:
        """The chosen unit."""
        return self.settings["unit"]

    @property
    def how(self) -> Settings:
        """How characters are chosen."""
        return sampling(self.settings)

    @property
    def own(self) -> int:
        """How many characters of the page belong to its beginning."""
        return max(0, len(self.beginning) - self.page.start)

    @property
    def end(self) -> int:
        """Where the page ends, or what is behind the chosen character."""
        return len(self.page) if self.marks.at is None else self.marks.at + 1

    @property
    def logits(self) -> Tensor:
        """The logits at the chosen character, or of what comes next."""
        at = self.marks.at
        return self.page.logits if at is None else self.page.logits_before(at)

    @cached_property
    def values(self) -> dict[str, Tensor]:
        """The unit's gates, memory and output at every character."""
        return unit_over_time(self.page.model, self.page.past(), self.layer, self.unit)

    @property
    def window(self) -> tuple[int, int]:
        """Where the heat map begins on the page, and its length."""
        at, length = self.marks.at, len(self.page)
        first = max(0, (length if at is None else min(length, at + WINDOW // 2)) - WINDOW)
        return first, min(WINDOW, length - first)

    @property
    def cell(self) -> tuple[int, int]:
        """Where the opened cell begins on the page, and how many steps it shows."""
        first = max(0, self.end - STEPS)
        return first, self.end - first

    def alike(self) -> Alike | None:
        """Return what the brushed stretch shares with the page; None without one in sight."""
        if self.marks.stretch is None:
            return None
        return alike(self.page.past().h[1:].flatten(1), *self.marks.stretch)


def sampling(settings: Mapping[str, Value]) -> Settings:
    """Return how characters are chosen, of the settings of the writing experiment."""
    return Settings(float(settings["temperature"]), settings["top_k"], float(settings["top_p"]))
