"""The dream lab's experiment: one image on its way up an objective, every setting in reach."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from labs.drawing.pad import Pad
from labs.images import fit_within
from labs.live import Frame
from labs.live.checks import shown
from labs.vision.dream import scene
from labs.vision.dream.ascent import Ascent, Pull, ascend, octave_sizes
from labs.vision.dream.captions import shown_layer
from labs.vision.dream.clicks import meant
from labs.vision.dream.nets import nets, network
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.past import Past
from labs.vision.dream.settings import ascent, checked, counts, options, usual
from labs.vision.dream.starts import Starts
from labs.vision.dream.wishes import Wishes


class Dream:
    """Deep Dream and its relatives, one step at a time; settings change without restarting."""

    slow = True  # a step takes its turn among its kind

    def __init__(self, net: str = "photo-net") -> None:
        if net not in nets():
            raise ValueError(f"The net {shown(net)} is not on this machine.")
        self.net = net
        self.options, self.counts = options(net), counts(net)
        self.settings = usual(net)
        self.wishes = Wishes(net, self.settings)
        self.starts = Starts(self.settings)
        self.mask = Pad("mask", lambda: "")
        self.scene = scene.Scene()
        self.begun = 0  # how often a dream was begun
        self._begin()

    def _begin(self) -> None:
        """Go back to the picture that the dream starts from."""
        self.begun += 1
        self.generator = torch.Generator().manual_seed(0)
        self.first = self.starts.picture(str(self.settings["start"]))
        self.image = self.first
        self.count = 0
        self.turned = False  # whether anything was changed on the way: a script then cannot
        self.past = Past(self.first)
        self.pulls: Sequence[Pull] = ()  # of the last step: the wish, and the one outside the mask
        self.silence = ""  # a sentence, where a wish gave no gradient

    def receive(self, event: Mapping) -> None:
        """Take in a setting, a click, a stroke or a moment.  Raises ValueError in one sentence."""
        name, kind, panel = event.get("setting"), event.get("kind"), event.get("panel")
        if panel == "mask":
            self.mask.receive(event)
            self.turned |= self.count > 0 and kind not in ("hello", "lift")
        elif panel == "drawing":
            self._draw(event)
        elif kind == "hello":
            self.scene.told = {}
        elif kind == "moment":
            self.past.scrub(event.get("value"))
        elif kind == "click":
            self._set(*meant(self, str(panel), event))
        elif name == "again":
            self._begin()
        elif name == "branch":
            self._branch()
        elif name != "visible":
            self._set(name, checked(name, event.get("value"), self.options, self.counts))

    @property
    def steps(self) -> int:
        """Ascent steps from the start to the image."""
        return self.count

    def step(self) -> bool:
        """Take one ascent step; False when nothing that is wished for gives a gradient."""
        if self.past.scrubbed:
            self._branch()
        image, pulls = ascend(
            network(self.net), self.image, self.wishes.inside(), self.how(),
            self.sizes()[self.octave()], self.generator,
            where=self.painted(), elsewhere=self.wishes.outside(),
        )  # fmt: skip
        dead = [not pull.gradient.any() for pull in pulls]
        self.silence = self.wishes.silence(outside=not dead[0]) if any(dead) else ""
        if all(dead):
            return False
        self.image, self.pulls = image, pulls
        self.count += 1
        self.past.add(self.count, image, *(pull.value for pull in pulls))
        return True

    def frame(self) -> Frame:
        """Return the image, what drives it, and what has become of it."""
        return self.scene.frame(self)

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the mask and the drawing."""
        return self.mask.address() | self.starts.drawing.address()

    @property
    def picture(self) -> Tensor:
        """The image on the stage: (1, 3, H, W) in [0, 1]."""
        return self.past.image if self.past.scrubbed else self.image

    @torch.no_grad()
    def look(self, image: Tensor) -> Tensor:
        """Return the maps (C, h, w) on the stage for an image, seen as a small copy."""
        name = shown_layer(self)
        return network(self.net)(fit_within(image, scene.LOOK), [name])[name][0]

    @torch.no_grad()
    def judge(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """Return what `look` does, and the probabilities (classes,), in one pass."""
        name = shown_layer(self)
        seen = network(self.net)(fit_within(image, scene.LOOK), [name, LOGITS])
        return seen[name][0], seen[LOGITS][0].softmax(0)

    def take(self, picture: Tensor) -> None:
        """Start from the visitor's own picture (1, C, H, W) in [0, 1]."""
        self.starts.bring(picture)
        self.settings["start"] = "yours"
        self._begin()

    def painted(self) -> Tensor | None:
        """Where the picture may change: (256, 256) in [0, 1]; None: everywhere."""
        return None if self.mask.empty else self.mask.ink[0, 0]

    def how(self) -> Ascent:
        """The settings of the ascent."""
        return ascent(self.settings)

    def octave(self) -> int:
        """The octave of the next step, from 0, the smallest."""
        return self.count // self.how().steps % len(self.sizes())

    def sizes(self) -> list[tuple[int, int]]:
        """Return the size (height, width) of each octave, the smallest first."""
        return octave_sizes(self.image.shape[-2:], self.how())

    def _set(self, name: str, value: str | float) -> None:
        changed = self.settings[name] != value
        self.settings[name] = value
        self.turned |= changed and self.count > 0
        if changed and name in ("start", "size"):
            self._begin()

    def _branch(self) -> None:
        """Go on from the moment that is shown; what came after it is let go."""
        if self.past.scrubbed:
            self.image = self.picture
            self.count = self.past.branch()
            self.turned = True

    def _draw(self, event: Mapping) -> None:
        """Take in a stroke of the drawing; the dream then starts from it."""
        drawing = self.starts.drawing
        before = drawing.changes
        drawing.receive(event)
        if drawing.changes != before:
            self.settings["start"] = "drawing"
            self._begin()
