"""The dream lab's experiment: one image on its way up an objective, every setting in reach."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.challenges import met
from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.pad import Pad
from labs.vision.dream.ascent import Ascent, ascend, octave_sizes
from labs.vision.dream.challenges import CHALLENGES
from labs.vision.dream.nets import OURS, classes, layers, nets, network, width
from labs.vision.dream.objective import LOGITS, Objective, channel, layer, like, logit
from labs.vision.dream.parametrisation import noise
from labs.vision.dream.transforms import Transforms
from labs.vision.dream.views import as_bytes, jpeg

STARTS = (*NAMES, "noise")
WHOLE = -1  # the channel that stands for the whole layer
NOBODY = "nothing"  # no guide, no second layer
KEPT = 96  # images of the history; when it is full, every other one is let go
SHOWN = 16  # maps of the target layer on the stage
LOOK = 112  # pixels of the longer side when target and change are shown
GUIDE = 160  # pixels of the longer side of a guide
RANGES = {
    "octave_scale": (1.1, 2.0),
    "step_size": (0.002, 0.1),
    "jitter": (0, 32),
    "rotation": (0, 30),
    "scale": (0, 0.3),
    "smooth": (0, 20),
    "weight": (-2, 2),
}
COUNTS = {"channel": (WHOLE, 2047), "octaves": (1, 6), "steps": (1, 40), "size": (96, 320)}


class Dream:
    """Deep Dream and its relatives, one step at a time; settings change without restarting."""

    slow = True  # a step takes its turn among its kind

    def __init__(self, net: str = "photo-net") -> None:
        if net not in nets():
            raise ValueError(f"The net {shown(net)} is not on this machine.")
        self.net = net
        self.options = {
            "layer": (*layers(net), *([LOGITS] if classes(net) else [])),
            "category": classes(net),
            "start": (*STARTS, "yours"),
            "guide": (NOBODY, *NAMES),
            "second": (NOBODY, *layers(net)),
        }
        self.settings: dict[str, str | float] = {
            "layer": self.usual(net),
            "start": "cat",
            "channel": WHOLE,
            "category": "banana",
            "guide": NOBODY,
            "second": NOBODY,
            "weight": 1.0,
            "octaves": 4,
            "octave_scale": 1.4,
            "steps": 8,
            "step_size": 0.02,
            "jitter": 8,
            "rotation": 0,
            "scale": 0,
            "smooth": 0,
            "size": 224,
        }
        self.met: set[str] = set()
        self.mine: Tensor | None = None  # the visitor's own picture, (1, 3, H, W)
        self._guided: tuple[tuple[str, str], Tensor] | None = None
        self.mask = Pad("mask", lambda: "")
        self._begin()

    @staticmethod
    def usual(net: str) -> str:
        """Return the layer that a dream of this net begins with: eyes and textures."""
        return layers(net)[len(layers(net)) // 2 + (net in OURS)]

    def _begin(self) -> None:
        """Go back to the picture that the dream starts from."""
        size = int(self.settings["size"])
        start = self.settings["start"]
        self.generator = torch.Generator().manual_seed(0)
        if start == "noise":
            self.first = noise(1, size, size, generator=self.generator)
        elif start == "yours" and self.mine is not None:
            self.first = fit_within(self.mine, size)
        else:
            self.first = fit_within(photo(start if start in NAMES else "cat"), size)
        self.image = self.first
        self.count = 0
        self.turned = False  # whether anything was changed on the way: a script then cannot
        self._before: tuple[str, Tensor] | None = None  # target, its activations for the start
        self.history: list[tuple[int, Tensor]] = [(0, as_bytes(self.first))]
        self.branches = self.branched_at = 0  # how often, and at which step the last time
        self.shown: int | None = None  # index into the history when scrubbed back
        self.values: list[tuple[int, float]] = []
        self.gradient = torch.zeros(1, 3, *self.first.shape[-2:])
        self.silent = False  # the target gave no gradient

    # the three verbs

    def receive(self, event: Mapping) -> None:
        """Take in a setting or a moment.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if event.get("panel") == "mask":
            self.mask.receive(event)
            self.turned |= self.count > 0 and event.get("kind") != "hello"
        elif event.get("kind") == "moment":
            self._scrub(value)
        elif event.get("kind") == "click" and event.get("panel") == "after":
            self._aim(event.get("unit"))
        elif name == "again":
            self._begin()
        elif name == "branch":
            self._branch()
        elif isinstance(name, str) and name in self.options:
            self._set(name, option(value, self.options[name], name))
        elif isinstance(name, str) and name in RANGES:
            self._set(name, number(value, *RANGES[name], name))
        elif isinstance(name, str) and name in COUNTS:
            self._set(name, rounded(value, *COUNTS[name], name))
        elif name != "visible":
            raise ValueError(f"The dream lab has no setting {shown(name)}.")

    @property
    def steps(self) -> int:
        """Ascent steps from the start to the image."""
        return self.count

    def step(self) -> bool:
        """Take one ascent step; False when the target is dead."""
        if self.shown is not None:
            self._branch()
        objective, how = self.objective(), self.how()
        sizes = octave_sizes(self.image.shape[-2:], how)
        size = sizes[self.count // how.steps % len(sizes)]
        net = network(self.net)
        image, gradient, value = ascend(
            net, self.image, objective, how, size, self.generator, where=self.painted()
        )
        self.silent = not bool(gradient.abs().max() > 0)
        if self.silent:
            return False
        self.image, self.gradient = image, gradient
        self.count += 1
        self.values.append((self.count, value))
        self.history.append((self.count, as_bytes(image)))
        if len(self.history) > KEPT:
            self.history = self.history[::2]
        return True

    def frame(self) -> Frame:
        """Return the image, what drives it, and what has become of it."""
        target, image = self.target(), self.picture
        if self._before is None or self._before[0] != target:
            self._before = target, self.look(self.first)
        before, after = self._before[1], self.look(image)
        change = fit_within(image - self.first, LOOK)
        strength = change.abs().amax().clamp_min(1e-6).item()
        frame = Frame(
            maps={"gradient": self.gradient.mean(1)},
            images={"dream": jpeg(image), "change": jpeg(0.5 + change / (2 * strength))},
        )
        if target == LOGITS:
            frame.values["opinion"] = after[0].softmax(0).topk(8).values
        else:
            picks = self._picks(after[0])
            frame.maps |= {"before": before[0][picks], "after": after[0][picks]}
        frame.values["objective"] = self._curve()
        self.mask.tell(frame)
        self.met = met(CHALLENGES, self.met, self, after)
        frame.notes |= self._notes(strength) | {"met": sorted(self.met)}
        return frame

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the mask, if one was painted."""
        return self.mask.address()

    # what page and tests ask for

    @property
    def picture(self) -> Tensor:
        """The image on the stage: (1, 3, H, W) in [0, 1]."""
        if self.shown is None:
            return self.image
        return self.history[self.shown][1].float() / 255

    @torch.no_grad()
    def look(self, image: Tensor) -> Tensor:
        """Return the target's activations for an image, of which the net sees a small copy."""
        small = fit_within(image, LOOK)
        return network(self.net)(small, [self.target()])[self.target()]

    def target(self) -> str:
        """The layer whose activations the dream is after."""
        return str(self.settings["layer"])

    def take(self, picture: Tensor) -> None:
        """Start from the visitor's own picture (1, C, H, W) in [0, 1]."""
        self.mine = picture.expand(1, 3, *picture.shape[-2:])
        self.settings["start"] = "yours"
        self._begin()

    def objective(self) -> Objective:
        """What the ascent climbs now: a first wish, and perhaps a second."""
        wish, second = self._first_wish(), str(self.settings["second"])
        weight = float(self.settings["weight"])
        if second != NOBODY and weight:
            wish = wish + weight * layer(second)
        return wish

    def painted(self) -> Tensor | None:
        """Where the picture may change: (256, 256) in [0, 1]; None: everywhere."""
        return None if self.mask.empty else self.mask.ink[0, 0]

    def _first_wish(self) -> Objective:
        name, k, guide = self.target(), int(self.settings["channel"]), str(self.settings["guide"])
        if name == LOGITS:
            return logit(self.options["category"].index(str(self.settings["category"])))
        if guide != NOBODY:
            return like(name, self._guide(name, guide))
        return layer(name) if k == WHOLE else channel(name, k % width(self.net, name))

    @torch.no_grad()
    def _guide(self, name: str, guide: str) -> Tensor:
        """The activations of the picture that the dream shall resemble."""
        if self._guided is None or self._guided[0] != (name, guide):
            seen = network(self.net)(fit_within(photo(guide), GUIDE), [name])[name]
            self._guided = (name, guide), seen
        return self._guided[1]

    def how(self) -> Ascent:
        """The settings of the ascent."""
        s = self.settings
        moves = Transforms(float(s["jitter"]), float(s["scale"]), float(s["rotation"]))
        return Ascent(
            int(s["steps"]), float(s["step_size"]), int(s["octaves"]), float(s["octave_scale"]),
            float(s["smooth"]), moves,
        )  # fmt: skip

    # helpers

    def _set(self, name: str, value: str | float) -> None:
        changed = self.settings[name] != value
        self.settings[name] = value
        self.turned |= changed and self.count > 0
        if changed and name in ("start", "size"):
            self._begin()

    def _scrub(self, moment: object) -> None:
        at = whole(moment, 0, len(self.history) - 1, "A moment")
        self.shown = None if at == len(self.history) - 1 else at

    def _branch(self) -> None:
        """Go on from the moment that is shown; what came after it is let go."""
        if self.shown is None:
            return
        self.image = self.picture
        self.history = self.history[: self.shown + 1]
        self.count = self.history[-1][0]
        self.turned = True
        self.branches, self.branched_at = self.branches + 1, self.count
        self.values = [pair for pair in self.values if pair[0] <= self.count]
        self.shown = None

    def _aim(self, tile: object) -> None:
        """Aim at the channel of a tile that was clicked."""
        if self.target() == LOGITS:
            raise ValueError("A class has no channels; choose a layer first.")
        picks = self._picks(self.look(self.picture)[0])
        self.settings["channel"] = int(picks[whole(tile, 0, len(picks) - 1, "A channel's tile")])

    def _picks(self, maps: Tensor) -> Tensor:
        """The channels shown, strongest first, the target channel before all."""
        order = maps.abs().mean((1, 2)).argsort(descending=True)
        k = int(self.settings["channel"])
        if k != WHOLE:
            k %= len(maps)
            order = torch.cat([torch.tensor([k]), order[order != k]])
        return order[:SHOWN]

    def _curve(self) -> Tensor:
        stride = max(1, len(self.values) // 200)
        pairs = self.values[:-1:stride] + self.values[-1:]
        return torch.tensor(pairs).T.contiguous() if pairs else torch.zeros(2, 0)

    def _notes(self, strength: float) -> dict:
        at = len(self.history) - 1 if self.shown is None else self.shown
        how, k = self.how(), int(self.settings["channel"])
        octave = self.count // how.steps % len(octave_sizes(self.image.shape[-2:], how))
        name = self.objective().name
        if self.target() == LOGITS:
            name = f"“{self.settings['category']}”"
        k = WHOLE if self.settings["guide"] != NOBODY else k
        silent = f"{name} gives no gradient on this picture: there is nothing to climb."
        return {
            "settings": self.settings,
            "scale": "layer",
            "titles": {
                "dream": f"step {self.history[at][0]}, octave {octave + 1} of {how.octaves}",
                "change": f"magnified {0.5 / strength:.1f} times" if self.count else "none yet",
                "objective": silent if self.silent else name,
            },
            "colors": {"gradient": "gradient", "before": "signed", "after": "signed"},
            "marks": {"after": [{"unit": 0, "box": None}]} if k != WHOLE else {},
            "timeline": {"at": at, "count": len(self.history) - 1},
            "say": silent if self.silent else f"Dreaming of {name}, step {self.count}.",
        }
