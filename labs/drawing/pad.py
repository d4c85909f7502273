"""The pad: a browser's strokes become a drawing with a history that can be scrubbed.

It answers to the events of the stage's `pad` and `timeline` panels; any lab that is drawn on has
one.  The history notes what was said of the drawing at each moment, by whatever the lab asks.
"""

from collections import deque
from collections.abc import Callable, Mapping

from PIL import Image
from torch import Tensor

from labs.data import strokes
from labs.drawing import (
    MAX_POINTS,
    Drawing,
    Record,
    Stroke,
    check_room,
    from_link,
    parse_picture,
    parse_points,
    parse_strokes,
    parse_width,
    to_link,
    until,
)
from labs.drawing.mnist import to_picture
from labs.live import Frame
from labs.live.checks import places, shown, whole
from labs.pictures import saved

EMPTIED = "-"  # a pad that opened with an example, and was emptied, in a link
REPLACED = 10  # drawings that came before, to go back to
PACE = 4  # points between two moments when a finished drawing is read in
MOMENTS = 100  # at most, of such a drawing: each costs the lab a look


class Pad:
    """A drawing under a hand.  `say()` names what a lab with a timeline sees in it."""

    def __init__(self, name: str, say: Callable[[], str] | None = None) -> None:
        self.name = name
        self.drawing = Drawing()
        self.timed = say is not None
        self.record = Record(say or str)
        self.future: list[Stroke] = []  # all strokes, also those after the moment that is shown
        self.changes = 0  # counted, so that a lab knows when to look again
        self.example = False  # the drawing only shows what the pad is for; a stroke replaces it
        self.began = False  # whether the pad opened with an example
        self.remark = ""  # of the picture that was put here
        # what was replaced: strokes, the picture beneath them, and the remark
        self._replaced: deque[tuple[list[Stroke], Image.Image | None, str]] = deque(maxlen=REPLACED)
        self.by_hand = False  # whether the drawing grew stroke by stroke, or was put here
        self._told = self._shared = False  # whether browser and address know the drawing
        self._link = ""  # the drawing in an address, as of the last lift

    @property
    def ink(self) -> Tensor:
        """The picture: (1, 1, 256, 256), white ink on black in [0, 1]."""
        return self.drawing.ink

    @property
    def picture(self) -> Image.Image:
        """The same, grey from 0 to 255; not to be changed."""
        return self.drawing.picture

    @property
    def empty(self) -> bool:
        """Whether there is no ink on the pad, as when all of it was erased."""
        return self.picture.getbbox() is None

    @property
    def said(self) -> list[tuple[str, int]]:
        """What was said of the drawing, and until which point."""
        return self.record.read(self.drawing.points)

    @property
    def points(self) -> int:
        """How many points the whole history has."""
        return sum(len(stroke.points) for stroke in self.future)

    def receive(self, event: Mapping) -> None:
        """Take in one event of the pad or the timeline.  Raises ValueError in one sentence."""
        kind = event.get("kind")
        if kind == "stroke":
            self._stroke(event)
        elif kind == "moment":
            self._scrub(event.get("value"))
        elif kind == "lift":
            self._shared = False
        elif kind == "undo":
            self._undo()
        elif kind == "clear":
            self._keep()
            self.drawing.base = None
            self.draw([])
        elif kind == "sample":
            self._sample(event.get("value"))
        elif kind == "link":
            self._open(str(event.get("value")))
        elif kind == "restore":
            self._restore(event)
        elif kind == "hello":
            self._told = False
        else:
            raise ValueError(f"A pad knows no event {shown(kind)}.")

    def draw(self, new: list[Stroke]) -> None:
        """Draw these strokes instead, and say again what they looked like on the way."""
        check_room(sum(len(stroke.points) for stroke in new))
        self.record.clear()
        self.remark = ""
        self.by_hand = False
        self.drawing.replace([])
        pace = max(PACE, sum(len(stroke.points) for stroke in new) // MOMENTS)
        for stroke in new:
            self.drawing.begin(stroke.width, erase=stroke.erase)
            for i in range(0, len(stroke.points), pace):
                self.drawing.extend(stroke.points[i : i + pace])
                self.changes += 1
                self.record.note(self.drawing.points)
        self.future = self.drawing.strokes
        self.changes += 1
        self.example = False
        self._told = self._shared = False

    def show(self, new: list[Stroke]) -> None:
        """Draw these strokes as an example: the visitor's first stroke takes their place."""
        self.draw(new)
        self.example = self.began = self._shared = True

    def put(self, ink: Tensor, remark: str = "") -> None:
        """Put a picture's ink (1, 1, 256, 256) on the pad instead of what is there.

        remark: what should be said of it as long as it is there.
        """
        self._keep()
        self.drawing.base = to_picture(ink)
        self.draw([])
        self.remark = remark

    def address(self) -> dict[str, str]:
        """Return the drawing as a link holds it, and the moment of it that is shown, or nothing for
        what the pad opens with.

        A stroke is in it when the hand is lifted: to write a long drawing takes a while.
        """
        if not self._shared:
            own = self.future and not self.example
            self._link = to_link(self.future) if own else ""
            if self.began and not self.future:
                self._link = EMPTIED
            self._shared = True
        at = self.drawing.points
        text = self._link + (f".{at}" if at < self.points else "")
        return {self.name: text} if text else {}

    def left_out(self) -> str:
        """Return in a sentence what no address holds of it."""
        return "" if self.drawing.base is None else "The picture that you brought stays here."

    def tell(self, frame: Frame) -> None:
        """Add to the frame what the browser does not know: strokes, picture, timeline, address."""
        if not self._told:
            frame.notes[self.name] = {
                "strokes": [[s.width, s.erase, s.points] for s in self.drawing.strokes],
                "example": self.example,
                "picture": self.drawing.base is not None,
            }
            if self.drawing.base is not None:
                frame.images[self.name] = saved(self.drawing.base, "PNG", compress_level=1)
            self._told = True
        if not self._shared:
            frame.notes["address"] = self.address() or {self.name: ""}
        if self.timed:
            frame.notes["timeline"] = {
                "at": self.drawing.points,
                "count": self.points,
                "said": self.said,
            }

    def _keep(self) -> None:
        """Keep strokes and picture, which something else is about to replace."""
        if self.future or self.drawing.base is not None:
            self._replaced.append((self.future, self.drawing.base, self.remark))

    def _undo(self) -> None:
        """Take the last stroke back; before the first one, what was replaced by all this."""
        if self.future or not self._replaced:
            self.draw(self.future[:-1])
            return
        strokes, self.drawing.base, remark = self._replaced.pop()
        self.draw(strokes)
        self.remark = remark

    def _open(self, text: str) -> None:
        """Draw what a link holds, up to its moment."""
        drawn, _, moment = text.partition(".")
        strokes = [] if drawn == EMPTIED else from_link(drawn) if drawn or not moment else None
        points = sum(len(one.points) for one in (self.future if strokes is None else strokes))
        at = places(moment, points) if moment else ()
        if strokes is not None:  # else it is the example, at a moment of it
            self.draw(strokes)
        if at:
            self._scrub(*at)

    def _stroke(self, event: Mapping) -> None:
        points = parse_points(event.get("points"))
        begin = event.get("begin") is True or not self.drawing.strokes or self.example
        check_room(len(points) + (0 if self.example else self.drawing.points))
        if not points:
            return
        if self.example:
            self.drawing.replace([])
            self.record.clear()
            self.future, self.example = [], False
        if begin:
            now = self.drawing.points
            if now < self.points:  # drawn at an earlier moment: a new history
                self.record.cut(now)
            self.drawing.begin(parse_width(event.get("width")), erase=event.get("erase") is True)
        self.drawing.extend(points)
        self.future = self.drawing.strokes
        self.record.grow()
        self.by_hand = True
        self.changes += 1

    def _scrub(self, moment: object) -> None:
        point = whole(moment, 0, MAX_POINTS, "A moment")
        self.record.read(self.drawing.points)  # as long as the drawing is what is to be looked at
        self.drawing.replace(until(self.future, point))
        self._told = False
        self.changes += 1

    def _sample(self, digit: object) -> None:
        new = strokes.sample(whole(digit, 0, 9, "A sample"))
        self._keep()
        self.drawing.base = None
        self.draw(new)

    def _restore(self, event: Mapping) -> None:
        new, base = parse_strokes(event.get("strokes")), parse_picture(event.get("base"))
        self.drawing.base = base
        self.draw(new)
