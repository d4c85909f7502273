"""What the live channel drives: an object with a model in it and three verbs."""

from collections.abc import Hashable, Mapping
from typing import Any

from labs.live.frame import Frame

Event = Mapping[str, Any]  # decoded JSON; it comes from a browser and may say anything


class Experiment:
    """A model at work.  The channel calls the verbs one at a time, never two at once.

    Play, pause, speed and "until" belong to the channel; an experiment only knows one step.
    """

    settings: Mapping[str, object] = {}
    """What its controls say now, by name."""

    quick: bool = False
    """Whether an event and its frame take a few milliseconds at most."""

    slow: bool = False
    """Whether one step takes longer than a display frame by nature."""

    eager: bool = False
    """Whether an event has begun something that should go on by itself."""

    alike: Hashable | None = None
    """Experiments of one class that are equal here, and not None, may be stepped as one, by the
    class's `step_all(experiments) -> list[bool]`."""

    steps: int | None = None
    """Its own count of steps, if an event can set it back; None: the channel counts."""

    def receive(self, event: Event) -> None:
        """Take in a stroke, a click, or a setting.  Raises ValueError in one plain sentence."""
        raise NotImplementedError

    def step(self) -> bool:
        """Do one unit of work (one optimizer step, one character); False when none is left."""
        return False

    def frame(self) -> Frame:
        """Return what there is to see now."""
        raise NotImplementedError

    def release(self) -> None:
        """Drop what is heavy: its visitor has gone."""
