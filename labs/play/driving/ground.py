"""The track that a visitor chose or drew: what both parts of the page have in common."""

from typing import ClassVar

from labs.live import Frame
from labs.live.checks import number
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.play.driving.presets import preset
from labs.play.driving.track import HALF, HEIGHT, WIDTH, Track, drawn, from_link, track

MOST = 5000  # points of a stroke


class Ground:
    """Which track there is, and whether one is being drawn."""

    def __init__(self) -> None:
        self.name, self.own, self.drawing, self.back = "bean", None, False, False
        self.track = preset("bean")

    def choose(self, name: str, back: bool = False) -> None:
        """Take a preset or what was drawn, in its direction or in the other.  Raises ValueError."""
        if name == "yours" and self.own is None:
            raise ValueError("There is no track of your own yet: press Draw a track.")
        chosen = self.own if name == "yours" else preset(name)
        self.track = track(chosen.knots[::-1]) if back else chosen
        self.name, self.back, self.drawing = name, back, False

    def stroke(self, event: Event) -> None:
        """Take in a line that was drawn.  Raises ValueError in one sentence."""
        if not self.drawing:
            raise ValueError("Press Draw a track before you draw one.")
        self.own = drawn(points(event.get("points")))
        self.choose("yours", self.back)

    def from_link(self, text: str) -> None:
        """Take the track of an address.  Raises ValueError."""
        self.own: Track | None = from_link(text)
        self.choose("yours", self.back)

    def to_link(self) -> str:
        """Return the drawn track for an address, "" while a preset is driven on."""
        return self.own.to_link() if self.own is not None and self.name == "yours" else ""

    def show(self, frame: Frame, sent: set[str], **note: object) -> None:
        """Add the road to a frame."""
        if "road" not in sent:
            sent.add("road")
            frame.values["road.road"] = self.track.line.T.contiguous()
        frame.notes["road"] = {
            "world": [WIDTH, HEIGHT], "half": HALF, "chosen": 0, "drawing": self.drawing, **note,
        }  # fmt: skip


class OnGround(Lab):
    """A lab on a track that a visitor chooses or draws."""

    links = ("line",)
    on: ClassVar = {("road", "stroke"): "stroke", ("road", "lift"): "lift"}

    def __init__(self) -> None:
        super().__init__()
        self.ground = Ground()

    def set_out(self) -> None:
        """Put the cars on the track of now."""
        raise NotImplementedError

    def pen(self) -> None:
        """Wait for a line that becomes the track; or no longer, where it was waited for."""
        self.ground.drawing = not self.ground.drawing

    def stroke(self, event: Event) -> None:
        """Take a drawn line as the track; what was learned stays."""
        self.ground.stroke(event)
        self.settings["track"] = "yours"
        self.set_out()

    def lift(self, event: Event) -> None:
        """Follow a hand that lets go: a line was taken as it was drawn."""

    def usual(self, name: str) -> Value | None:
        """Return what an address need not say: where it holds a track, that it is driven on."""
        own = name == "track" and self.settings.get("track") == "yours"
        return "yours" if own else super().usual(name)

    def to_link(self) -> dict[str, str]:
        """Return the drawn track."""
        return {"line": self.ground.to_link()}

    def from_link(self, name: str, text: str) -> None:
        """Take a drawn track."""
        self.ground.from_link(text)
        self.settings["track"] = "yours"
        self.set_out()

    def left_out(self) -> str:
        """Say that a link holds no pen at work."""
        if self.ground.drawing:
            return "The link opens the track as it is, without the pen at work."
        return ""


def points(value: object) -> list[tuple[float, float]]:
    """Return the points of a stroke, [[x, y]] in metres.  Raises ValueError in one sentence."""
    pairs = isinstance(value, list) and all(isinstance(p, list) and len(p) == 2 for p in value)
    if not pairs or len(value) > MOST:
        raise ValueError(f"A line is a list of at most {MOST:,} points.")
    return [
        (number(x, 0, WIDTH, "A point's x"), number(y, 0, HEIGHT, "A point's y")) for x, y in value
    ]
