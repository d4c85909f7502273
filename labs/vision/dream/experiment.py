"""The dream lab's experiment: one image on its way up an objective, every setting in reach."""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from labs.data.photos import NAMES
from labs.drawing.pad import EMPTIED, Pad
from labs.images import fit_within
from labs.live import Frame
from labs.live.checks import shown, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import ANY, Lab
from labs.pictures import jpeg
from labs.training import begun_anew
from labs.vision.dream import view
from labs.vision.dream.ascent import Pull, ascend
from labs.vision.dream.challenges import CHALLENGES
from labs.vision.dream.controls import NOTHING, of_dream
from labs.vision.dream.export import script
from labs.vision.dream.look import Look, look
from labs.vision.dream.nets import LITE, classes, implied, nets, network, title
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.past import Past
from labs.vision.dream.recipe import Recipe
from labs.vision.dream.scene import Scene
from labs.vision.dream.starts import YOURS, Starts
from labs.vision.dream.wishes import Wishes


class Dream(Lab):
    """Deep Dream and its relatives, one step at a time; settings change without restarting."""

    name = "dream"
    challenges = CHALLENGES
    links = ("mask", "drawing")
    on = {
        ("mask", ANY): "paint",
        ("drawing", ANY): "draw",
        ("starts", "click"): "choose_start",
        ("guides", "click"): "choose_guide",
        ("after", "click"): "choose_channel",
        (ANY, "moment"): "scrub",
    }
    slow = True  # a step takes its turn among its kind

    def __init__(self, net: str = LITE) -> None:
        if net not in nets():
            raise ValueError(f"The net {shown(net)} is not on this machine.")
        self.net, self.controls = net, of_dream(net)
        super().__init__()
        self.wishes = Wishes(net, self.settings)
        self.mask, self.drawing = Pad("mask"), Pad("drawing")
        self.starts = Starts(self.settings, self.drawing)
        self._look: Look | None = None
        self.begin()

    def begin(self) -> None:
        """Go back to the picture that the dream starts from."""
        self.generator = torch.Generator().manual_seed(0)
        self.image = self.first = self.starts.picture(str(self.settings["start"]))
        self.count = 0
        self.made = Recipe(self.net)  # the way from the start to the image
        self.past = Past(self.first)
        self.pulls: Sequence[Pull] = ()  # of the last step: the wish, and the one outside the mask
        self.silence = ""  # a sentence, where a wish gave no gradient
        self.sent.discard("under")

    @property
    def steps(self) -> int:
        """Ascent steps from the start to the image."""
        return self.count

    @property
    def picture(self) -> Tensor:
        """The image on the stage: (1, 3, H, W) in [0, 1]."""
        return self.past.image if self.past.scrubbed else self.image

    @property
    def scene(self) -> Scene:
        """What the dream is at now."""
        mask = None if self.mask.empty else self.mask.ink[0, 0]
        return Scene(self.wishes, self.past, self.first, self.count, self.pulls, mask, self.silence)

    def step(self) -> bool:
        """Take one ascent step; False when nothing that is wished for gives a gradient."""
        self.branch()
        if not self.made.taken:
            self.made = Recipe(self.net, dict(self.settings), self._drawings())
        self.made.taken += 1
        scene = self.scene
        image, pulls = ascend(
            network(self.net), self.image, self.wishes.inside(), scene.how,
            scene.sizes[scene.octave], self.generator,
            where=scene.mask, elsewhere=self.wishes.outside(), start=self.first,
        )  # fmt: skip
        dead = [not pull.gradient.any() for pull in pulls]
        self.silence = self.wishes.silence(outside=not dead[0]) if any(dead) else ""
        if all(dead):
            return False
        self.image, self.pulls = image, pulls
        self.count += 1
        self.past.add(self.count, image, *(pull.value for pull in pulls))
        return True

    def show(self) -> Frame:
        """Return the image, what drives it, and what has become of it."""
        frame = Frame()
        still = {  # pictures that seldom change
            "under": lambda: fit_within(self.first, 240),
            "starts": lambda: view.choices(self.starts),
            "guides": view.photos,
        }
        for name in still.keys() - self.sent:
            frame.images[name] = jpeg(still[name]())
        self.sent |= still.keys()
        for pad in (self.mask, self.drawing):
            pad.tell(frame)
        view.show(frame, self.scene, self.look(), self.starts.names)
        return frame

    def look(self) -> Look:
        """Return what the net makes of the picture now."""
        self._look = look(self.scene, self.picture, self._look)
        return self._look

    def changed(self, name: str, before: Value) -> None:
        """Begin again from another picture; note for a script what was changed on the way."""
        if self.settings[name] == before:
            return
        if name in ("start", "size"):
            self.begin()
        elif self.made.taken:
            self.made.note({"setting": name, "value": self.settings[name]})

    def bring(self, picture: Tensor) -> None:
        """Start from the visitor's own picture (1, C, H, W) in [0, 1]."""
        self.starts.bring(picture)
        self.settings["start"] = YOURS
        self.sent.discard("starts")
        self.begin()

    def branch(self) -> None:
        """Go on from the moment that is shown, if it is not the last; what came after is let go."""
        if self.past.scrubbed:
            self.made.note({"panel": "moments", "kind": "moment", "value": self.past.at})
            self.image = self.picture
            self.count = self.past.branch()

    def scrub(self, event: Event) -> None:
        """Show a moment of the past."""
        self.past.scrub(event.get("value"))

    def paint(self, event: Event) -> None:
        """Take in a stroke of the mask."""
        self.mask.receive(event)
        if self.made.taken and event["kind"] not in ("hello", "lift"):
            self.mask.receive({"kind": "lift"})  # so that its link holds all of it
            text = self.mask.address().get("mask", EMPTIED)
            self.made.note({"panel": "mask", "kind": "link", "value": text})

    def draw(self, event: Event) -> None:
        """Take in a stroke of the drawing; the dream then starts from it."""
        before = self.drawing.changes
        self.drawing.receive(event)
        if self.drawing.changes != before:
            self.settings["start"] = "drawing"
            self.sent.discard("starts")
            self.begin()

    def choose_start(self, event: Event) -> None:
        """Start from the picture that was clicked."""
        self._set("start", _cell(event, self.starts.names))

    def choose_guide(self, event: Event) -> None:
        """Dream of what resembles a picture; a second click lets it go."""
        name = _cell(event, NAMES)
        self._set("guide", NOTHING if self.settings["guide"] == name else name)

    def choose_channel(self, event: Event) -> None:
        """Dream of the channel whose map was clicked."""
        if self.wishes.target == LOGITS:
            raise ValueError("A class has no channels; choose a layer first.")
        picks = view.picks(self.look(), self.wishes.channel)
        unit = whole(event.get("unit"), 0, len(picks) - 1, "A channel's tile")
        self._set("channel", int(picks[unit]))

    def evidence(self) -> tuple:
        """Return the dream, and where it dreams of a class: the one seen, and how surely."""
        if self.wishes.target != LOGITS or not self.count:
            return self.scene, "", 0.0
        p, k = self.look().p.max(0)
        return self.scene, classes(self.net)[k], p.item()

    def to_link(self) -> dict[str, str]:
        """Return the mask, the drawing, and the net as the page's list calls it, unless the rest of
        the address implies it.
        """
        said = {k: v for k, v in self.settings.items() if v != self.usual(k)}
        return self._drawings() | {"net": "" if self.net == implied(said) else title(self.net)}

    def from_link(self, name: str, text: str) -> None:
        """Paint a link's mask, or its drawing, from which a dream may start."""
        pad = self.mask if name == "mask" else self.drawing
        pad.receive({"kind": "link", "value": text})
        if name == "drawing" and self.settings["start"] == name:
            self.begin()

    def script(self) -> str:
        """Return the script that takes the same steps from the same start."""
        return script(self.recipe())

    def recipe(self) -> Recipe:
        """Return how the picture on the stage came about."""
        if not self.made.taken:
            return Recipe(self.net, dict(self.settings), self._drawings())
        made = replace(self.made, deeds=list(self.made.deeds))
        if self.past.scrubbed:
            made.note({"panel": "moments", "kind": "moment", "value": self.past.at})
        return made

    def left_out(self) -> str:
        """Say what of start and steps a link does not hold."""
        if self.settings["start"] == YOURS:
            return "The picture that you brought stays here."
        return begun_anew(self.count, "step", "dream")

    def _drawings(self) -> dict[str, str]:
        return self.mask.address() | self.drawing.address()


def _cell(event: Event, names: tuple[str, ...]) -> str:
    return names[whole(event.get("col"), 0, len(names) - 1, "A picture's place")]
