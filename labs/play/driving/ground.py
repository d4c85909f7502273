"""The track that a visitor chose or drew: what both parts of the page have in common."""

from labs.live import Frame
from labs.live.checks import number
from labs.live.experiment import Event
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


def points(value: object) -> list[tuple[float, float]]:
    """Return the points of a stroke, [[x, y]] in metres.  Raises ValueError in one sentence."""
    pairs = isinstance(value, list) and all(isinstance(p, list) and len(p) == 2 for p in value)
    if not pairs or len(value) > MOST:
        raise ValueError(f"A line is a list of at most {MOST:,} points.")
    return [
        (number(x, 0, WIDTH, "A point's x"), number(y, 0, HEIGHT, "A point's y")) for x, y in value
    ]
