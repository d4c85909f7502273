"""What a dream was made of: how it began, and what a hand did on the way, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST = 300  # deeds that are kept

Deed = tuple[int, dict[str, Any]]  # the steps taken before it, and the event


@dataclass
class Recipe:
    """Settings and drawings at the first step, and the deeds after it, by which a script dreams the
    same dream.  Steps are counted as they were taken, those of abandoned branches too.
    """

    net: str
    settings: Mapping[str, object] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)  # by panel, as a link holds them
    deeds: list[Deed] = field(default_factory=list)
    taken: int = 0
    complete: bool = True  # whether there was room for all deeds

    def note(self, event: Mapping[str, Any]) -> None:
        """Note a deed after so many steps; a knob that moves on, or a mask that grows, is one."""
        same = ("setting", "panel", "kind")
        if self.deeds:
            taken, last = self.deeds[-1]
            if taken == self.taken and all(last.get(key) == event.get(key) for key in same):
                self.deeds.pop()
        self.complete = self.complete and len(self.deeds) < MOST
        if self.complete:
            self.deeds.append((self.taken, dict(event)))

    def notes(self) -> dict[str, object]:
        """Return all of it as a file keeps it."""
        return dict(self.settings) | {
            "net": self.net, "drawings": dict(self.drawings), "steps taken": self.taken,
            "changed on the way": [{"after step": at, **event} for at, event in self.deeds],
        }  # fmt: skip
