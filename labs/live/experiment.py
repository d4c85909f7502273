"""What the live channel drives: an object with a model in it and three verbs."""

from collections.abc import Mapping
from typing import Any, Protocol

from labs.live.frame import Frame

Event = Mapping[str, Any]  # decoded JSON; it comes from a browser and may say anything


class Experiment(Protocol):
    """A model at work.  The channel calls the verbs one at a time, never two at once.

    Play, pause, speed and "until" belong to the channel; an experiment only knows one step.
    An experiment may also have `release()`, which drops what is heavy when its visitor has gone,
    `slow = True` when one step takes longer than a display frame by nature, `quick = True` when
    taking in an event and making a frame take a few milliseconds at most, `steps`, its own count,
    when an event can set it back, and `eager`, true while an event has begun something that should
    go on by itself.  Experiments of one class whose `alike` is equal, and not None, may be stepped
    as one, by the class's `step_all(experiments) -> list[bool]`.
    """

    def receive(self, event: Event) -> None:
        """Take in a stroke, a click, or a setting.  Raises ValueError in one plain sentence."""

    def step(self) -> bool:
        """Do one unit of work (one optimizer step, one character); False when none is left."""

    def frame(self) -> Frame:
        """Return what there is to see now."""
