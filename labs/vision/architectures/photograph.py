"""A photograph classified while it is moved, zoomed, blurred and painted over.

Which part made the network say so?  What is painted over it cannot see: Zeiler & Fergus,
"Visualizing and understanding convolutional networks", https://arxiv.org/abs/1311.2901
"""

from collections.abc import Mapping

from torch import Tensor

from labs.data.photos import NAMES, photo
from labs.drawing.pad import Pad
from labs.images import sent_picture
from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import ANY, Lab
from labs.models.imagenet import centre
from labs.vision.architectures.challenges import OF_PHOTOS
from labs.vision.architectures.classify import LITE, glance, model_of, stage_names
from labs.vision.architectures.controls import OF_PHOTO, YOURS
from labs.vision.architectures.export import answer_again
from labs.vision.architectures.sight import SHOWN, Seen, fine, look, placed, show

MAPS = 16  # of each stage


class Photograph(Lab):
    """One photograph in front of one network."""

    name = "photo"
    controls = OF_PHOTO
    challenges = OF_PHOTOS
    links = ("cover", "class")
    on = {("cover", ANY): "paint", ("camera", "picture"): "see", ("says", "click"): "choose"}

    def __init__(self, net: str = LITE, weights: bytes | None = None) -> None:
        """weights: a stranger's file instead of the published ones.  Raises ValueError."""
        self.net = net
        self.cover, self.mine = Pad("cover"), None
        self.chosen: int | None = None  # the class that Grad-CAM is for; None: the likeliest
        super().__init__()
        self.brought_weights = weights is not None
        self.model, self.names, self.side = model_of(net, weights)
        self.stages = stage_names(self.model, centre(photo(NAMES[0]), self.side))
        self._state: tuple = ()  # of what was seen last
        self._order: dict[str, Tensor] = {}  # by stage, the maps that are shown

    def load_picture(self, x: Tensor) -> None:
        """Look at the visitor's own photograph x: (1, C, H, W) in [0, 1]."""
        self.mine, self._state, self._order = x, (), {}
        self.settings["of"] = YOURS

    @property
    def source(self) -> Tensor:
        """The photograph (1, C, H, W) in [0, 1]."""
        name = str(self.settings["of"])
        return photo(name) if name in NAMES else self.mine

    @property
    def seen(self) -> Seen:
        """What the network makes of the photo as it is now."""
        place = tuple(self.settings[name] for name in ("of", "zoom", "across", "down", "blur"))
        state = place, self.cover.changes, self.chosen
        if self._state != state:
            if self._state[:1] != (place,):
                self._plain, self._before = placed(self.source, self.side, self.settings), None
            self._state = state
            self._seen = look(
                self.model, self.names, self._plain, self.cover.ink, self.stages,
                chosen=self.chosen, before=self._before,
            )  # fmt: skip
            self._before = self._seen.before
        return self._seen

    def show(self) -> Frame:
        """Return the photo, what the network says of it, why, and its maps."""
        seen = self.seen
        frame = show(seen, self.stages[-1])
        if self.sees("stages"):
            for panel, stage in self.panels.items():
                frame.maps[panel] = fine(seen.now.maps[stage][self._picked(stage)])
                frame.notes["colors"][panel] = "signed"
        self.cover.tell(frame)
        return frame

    @property
    def panels(self) -> dict[str, str]:
        """The names of the stages' panels, and of the stages."""
        return {f"stage{i}": name for i, name in enumerate(self.stages)}

    def evidence(self) -> tuple:
        """Return what the network makes of the photo as it is now."""
        return (self.seen,)

    def changed(self, name: str, before: Value) -> None:
        """Refuse the visitor's own photograph where there is none; ask anew of another."""
        if self.settings["of"] == YOURS and self.mine is None:
            raise ValueError("Bring a photograph first.")
        if name == "of":
            self._order, self.chosen = {}, None

    def usual(self, name: str) -> Value | None:
        """No address holds the visitor's own photograph."""
        own = name == "of" and self.settings["of"] == YOURS
        return YOURS if own else super().usual(name)

    def paint(self, event: Event) -> None:
        """Take in a stroke of the paint."""
        self.cover.receive(event)

    def see(self, event: Mapping) -> None:
        """Look at a picture of the camera, of a file or of the clipboard."""
        self.load_picture(sent_picture(event))

    def choose(self, event: Event) -> None:
        """Ask why it might be the class that was clicked; again: the likeliest, whichever it is."""
        order = self.seen.now.p.topk(SHOWN).indices.tolist()
        k = order[whole(event.get("unit"), 0, SHOWN - 1, "A class")]
        self.chosen = None if k == self.chosen else k

    def to_link(self) -> dict[str, str]:
        """Return the paint, and the class that was chosen."""
        return self.cover.address() | {"class": "" if self.chosen is None else str(self.chosen)}

    def from_link(self, name: str, text: str) -> None:
        """Take the paint or the class of a link."""
        if name == "cover":
            self.cover.receive({"kind": "link", "value": text})
            return
        last = len(self.names) - 1
        if not text[:9].isdecimal() or int(text[:9]) > last:
            raise ValueError(f"The link names a class by its number, 0 to {last}.")
        self.chosen = int(text[:9])

    def left_out(self) -> str:
        """Say that a link does not hold the visitor's own photograph."""
        own = self.settings["of"] == YOURS
        return "The photograph that you brought stays here." if own else ""

    def script(self) -> str:
        """Return a script that says the same of the same photograph."""
        own = self.settings["of"] == YOURS
        return answer_again(self.net, self.address(), picture=own, weights=self.brought_weights)

    def _picked(self, stage: str) -> Tensor:
        """The strongest maps of a stage for the whole photo; they keep their places."""
        if not self._order:
            whole = glance(self.model, centre(self.source, self.side), self.stages).maps
            for name, maps in whole.items():
                strength = maps.abs().mean((1, 2))
                self._order[name] = strength.argsort(descending=True, stable=True)[:MAPS]
        return self._order[stage]
