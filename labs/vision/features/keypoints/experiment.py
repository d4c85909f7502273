"""Key points: SIFT in a picture and in the same turned, scaled and darkened; matches and curves."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data.photos import NAMES
from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.checks import whole
from labs.live.controls import Choice, Knob
from labs.numerals import counted, percent
from labs.pictures import jpeg
from labs.vision.features.keypoints.export import script
from labs.vision.features.keypoints.points import (
    LAYERS,
    Change,
    Matches,
    Points,
    changed,
    match,
    points,
    points_of_photo,
)
from labs.vision.features.keypoints.sweep import Sweep
from labs.vision.features.keypoints.view import marks, patch, sentence, size_of, star
from labs.vision.features.source import SOURCE, OnePicture

GAP = 8  # pixels between the two pictures
FIRST_POINT = (70, 120)
CHALLENGES = (
    Challenge(
        "half", "Turn the picture by at least 40 degrees and let SIFT still find two thirds of its "
        "points again.",
        "Leave size and light alone.",
        lambda s, sift, learned: abs(s["turn"]) >= 40 and sift.seen > 20 and sift.found > 2 / 3,
    ),
    Challenge(
        "learned", "Leave the picture changed, and let the learned descriptor find 60 % of the "
        "points again.",
        "The curves say which of the three changes it survives.",
        lambda s, sift, learned: sift.seen > 20 and learned.found >= 0.6
        and (s["turn"], s["scale"], s["light"]) != (0, 1, 1),
    ),
)  # fmt: skip


class Keypoints(OnePicture):
    """Two pictures side by side, matches between them, and one point's descriptor."""

    name = "features.sift"
    controls = (
        SOURCE,
        Knob("turn", "turn", -180, 180, 25, unit="°"),
        Knob("scale", "scale", 0.5, 2, 0.85, step=0.01, digits=2, log=True, unit=" ×"),
        Knob("light", "light", 0.1, 1.5, 0.7, step=0.01, digits=2, unit=" ×"),
        Knob("ratio", "ratio", 0.5, 1, 0.8, step=0.01, digits=2),
        Choice("by", "descriptor", (("sift", "SIFT"), ("learned", "learned")), "sift", shown=True),
        Choice("layer", "learned at stride",
               tuple((name, str(stride)) for name, stride in LAYERS.items()), "_blocks.4",
               shown=True),
    )  # fmt: skip
    challenges = CHALLENGES
    slow = True
    on = OnePicture.on | {("both", "click"): "choose"}

    def __init__(self) -> None:
        super().__init__()
        self.chosen = FIRST_POINT  # a place in the first picture: the nearest point is chosen
        self._sweep: Sweep | None = None
        self._of: Tensor | None = None  # the picture that it is of
        self._second: tuple | None = None
        self._curves: tuple = ()

    @property
    def eager(self) -> bool:
        """Whether another picture is yet to be measured."""
        return not self.sweep.seen

    @property
    def steps(self) -> int:
        """How many changes were measured."""
        return len(self.sweep.seen)

    @property
    def sweep(self) -> Sweep:
        """The measurement of the picture."""
        if self._sweep is None or self._of is not self.colour:
            self._of = self.colour
            self._sweep = Sweep(self.look, self.side, self.look(Change()))
        return self._sweep

    def look(self, change: Change) -> Points:
        """Return the key points of the picture after a change."""
        source = self.settings["source"]
        if source in NAMES:
            return points_of_photo(source, self.side, change)
        return points(changed(self.colour, change))

    @property
    def change(self) -> Change:
        """How the second picture differs now."""
        s = self.settings
        return Change(s["turn"], s["scale"], s["light"])

    @property
    def second(self) -> tuple[Tensor, Points]:
        """The second picture and its key points."""
        first, change = self.colour, self.change
        if self._second is None or self._second[0] is not first or self._second[1] != change:
            y = changed(first, change)
            self._second = first, change, y, self.look(change)
        return self._second[2:]

    def step(self) -> bool:
        """Measure one more change."""
        return self.sweep.step()

    def matches(self, by: str) -> Matches:
        """Return the matches of the two pictures; by: sift or learned."""
        s = self.settings
        by = by if by == "sift" else s["layer"]
        return match(self.sweep.first, self.second[1], self.change, self.side, s["ratio"], by)

    def show(self) -> Frame:
        """Return both pictures with their matches, the descriptors, the shares and the curves."""
        s, frame = self.settings, Frame()
        a, (y, b) = self.sweep.first, self.second
        found = {by: self.matches(by) for by in ("sift", "learned")}
        now = found[s["by"]]
        one, other = self.pair(a, b, now)
        gap = torch.full((1, 3, self.side, GAP), 0.5)
        frame.images["both"] = jpeg(torch.cat([self.colour, gap, y], 3))
        self.add_source(frame)
        for name, p, k, picture in (
            ("first", a, one, self.colour), ("other", b, other, y)
        ):  # fmt: skip
            frame.maps[name] = star(torch.zeros(4, 4, 8) if k is None else p.sift[k])
            frame.maps[f"{name}_patch"] = (
                torch.zeros(1, 48, 48) if k is None else patch(picture, p, k)
            )
        frame.values |= {f"by_{k}": v for k, v in self.measured().items()}
        frame.notes |= {
            "photos": ["both"],
            "grids": {"both": [self.side, 2 * self.side + GAP]},
            "marks": {"both": marks(a, b, now, self.side + GAP, one)},
            "limits": {"first_patch": 1.0, "other_patch": 1.0},
            "colors": {"first": "unsigned", "other": "unsigned", "first_patch": "ink",
                       "other_patch": "ink"},
            "tables": {"shares": {"said": sentence(now, s["by"]), "rows": [
                (name, len(m.pairs), int(m.right.sum()), percent(m.share), percent(m.found))
                for name, m in (("SIFT", found["sift"]), ("learned", found["learned"]))
            ], "chosen": int(s["by"] == "learned")}},
            "titles": {
                "both": f"{counted(len(a.places), 'key point')} and {len(b.places):,}; green: a "
                "right match, orange: a wrong one",
                "first": size_of(a, one), "other": size_of(b, other) if other is not None
                else "it has no match",
                "first_patch": "its direction to the right",
                "other_patch": "the same of its match" if other is not None else "no match",
            },
            "say": sentence(now, s["by"]),
        }  # fmt: skip
        return frame

    def measured(self) -> dict[str, Tensor]:
        """Return the curves, computed again only where something changed."""
        s = self.settings
        state = (id(self.sweep), self.steps, s["ratio"], s["layer"])
        if not self._curves or self._curves[0] != state:
            self._curves = state, self.sweep.curves(s["ratio"], s["layer"])
        return self._curves[1]

    def pair(self, a: Points, b: Points, now: Matches) -> tuple[int | None, int | None]:
        """Return the index of the chosen point, and that of its match, each None if there is
        none.
        """
        if not len(a.places):
            return None, None
        one = int((a.places - torch.tensor(self.chosen)).norm(dim=1).argmin())
        partner = now.pairs[now.pairs[:, 0] == one, 1].tolist()
        return one, partner[0] if partner else None

    def choose(self, event: Mapping) -> None:
        """Choose the key point nearest to the pointer, in either picture."""
        row = whole(event.get("row"), 0, self.side - 1, "A pointer's row")
        col = whole(event.get("col"), 0, 2 * self.side + GAP, "A pointer's col")
        left = self.side + GAP
        if col < left:
            self.chosen = row, col
            return
        b, now = self.second[1], self.matches(self.settings["by"])
        if len(now.pairs):
            here = b.places[now.pairs[:, 1]]
            nearest = (here - torch.tensor((row, col - left))).norm(dim=1).argmin()
            place = self.sweep.first.places[now.pairs[nearest, 0]]
            self.chosen = tuple(place.tolist())

    def left_out(self) -> str:
        """Return what no address holds."""
        if self.chosen != FIRST_POINT:
            return "The key point that was chosen is not in the link."
        return super().left_out()

    def evidence(self) -> tuple:
        """Return settings, and the matches by SIFT and by the learned descriptor."""
        return self.settings, self.matches("sift"), self.matches("learned")

    def script(self) -> str:
        """Return the script for the matches of SIFT."""
        return script(self.settings, self.side, self.pad.picture)
