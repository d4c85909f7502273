"""What the stage shows of a dream: the image at work, what drives it, and what has become of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.live import Frame
from labs.live.challenges import met
from labs.vision.dream.ascent import resize, unit
from labs.vision.dream.captions import notes, shown_layer
from labs.vision.dream.challenges import CHALLENGES
from labs.vision.dream.nets import classes
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.settings import usual
from labs.vision.dream.views import as_bytes, jpeg, sheet, thumbnail

if TYPE_CHECKING:
    from labs.vision.dream.experiment import Dream

SHOWN = 16  # maps of the target layer
LIKELIEST = 5  # classes that are named
EVERY = 4  # steps between two opinions of the net: all its layers, where the maps need some
LOOK = 96  # pixels of the longer side at which target, change and opinion are taken
BRIGHT = 4.0  # times the gradient's mean: the end of its colour scale
THUMB = 56  # pixels of a photograph to choose


class Scene:
    """The frames of one dream.  It remembers what the browser was told, and the start's maps."""

    def __init__(self) -> None:
        self.told: dict[str, object] = {}  # by picture: a picture stays until a newer one
        self.met: set[str] = set()
        self._said: tuple[tuple[int, int, int], int, Tensor] | None = None
        self._start: tuple[tuple[int, str], Tensor, Tensor] | None = None

    def frame(self, lab: "Dream") -> Frame:
        """Return all that is seen now."""
        image = lab.picture
        small = fit_within(image, LOOK)  # once: shrinking costs a tenth of a step
        (first, before), (after, of, p) = self._first(lab), self._seen(lab, small)
        picks = ranked(after, lab.wishes.channel)[:SHOWN]
        change = small - first
        strength = change.abs().amax().clamp_min(1e-6).item()
        frame = Frame(
            maps={"gradient": push(lab).mean(1), "before": before[picks], "after": after[picks]},
            values={"objective": lab.past.curve()},
            images={"dream": jpeg(lab.past.bytes), "change": jpeg(0.5 + change / (2 * strength))},
        )
        limit = max(before[picks].abs().max().item(), after[picks].abs().max().item())
        frame.notes = notes(lab, strength) | {
            "limits": {"gradient": BRIGHT, "before": limit, "after": limit}
        }
        likeliest = p.topk(LIKELIEST)
        frame.values["says"] = likeliest.values
        frame.notes["labels"] = {"says": [classes(lab.net)[i] for i in likeliest.indices]}
        frame.notes["titles"]["says"] = f"of step {of}"
        self.met = met(CHALLENGES, self.met, lab, p)
        frame.notes["met"] = sorted(self.met)
        self._still(frame, lab)
        return frame

    def _first(self, lab: "Dream") -> tuple[Tensor, Tensor]:
        """The picture that the dream began with, small, and the target's maps (C, h, w) for it."""
        start, key = self._start, (lab.begun, shown_layer(lab))
        if start is None or start[0] != key:
            small = fit_within(lab.first, LOOK)
            start = self._start = key, small, lab.look(small)
        return start[1:]

    def _seen(self, lab: "Dream", small: Tensor) -> tuple[Tensor, int, Tensor]:
        """The target's maps (C, h, w) for the small picture; a step, and the probabilities of the
        classes, (classes,), for the small picture of that step.
        """
        step = lab.past.step
        often = lab.wishes.target == LOGITS or lab.past.scrubbed
        key = (lab.begun, lab.past.branches, step if often else step // EVERY)
        if self._said is not None and self._said[0] == key:
            return lab.look(small), *self._said[1:]
        after, p = lab.judge(small)
        self._said = key, step, p
        return after, step, p

    def _still(self, frame: Frame, lab: "Dream") -> None:
        """Add the pictures that seldom change, and the drawings."""
        choice = (lab.starts.brought, lab.starts.drawing.changes)
        self._tell(frame, "under", lab.begun, lambda: jpeg(fit_within(lab.first, 240)))
        self._tell(frame, "starts", choice, lambda: jpeg(choices(lab)))
        self._tell(frame, "guides", "same", lambda: jpeg(sheet(as_bytes(_photos()), len(NAMES))))
        address: dict[str, str] = {}
        for name in ("start", "guide"):  # chosen by their pictures, which write no address
            if self.told.get(f"{name} in the address") != lab.settings[name]:
                self.told[f"{name} in the address"] = lab.settings[name]
                usually = lab.settings[name] == usual(lab.net)[name]
                address[name] = "" if usually else str(lab.settings[name])
        for pad in (lab.mask, lab.starts.drawing):
            timeline = frame.notes["timeline"]
            pad.tell(frame)  # a pad has a timeline of its own; here it is the dream's
            frame.notes["timeline"] = timeline
            address |= frame.notes.pop("address", {})
        if address:
            frame.notes["address"] = address

    def _tell(self, frame: Frame, name: str, state: object, make: Callable[[], bytes]) -> None:
        if self.told.get(name) != state:
            self.told[name] = state
            frame.images[name] = make()


def push(lab: "Dream") -> Tensor:
    """Return what moved the image in the last step, (1, 3, h, w), in units of a gradient's mean.

    With two objectives each is seen in its own region.
    """
    if not lab.pulls:
        return torch.zeros_like(lab.first)
    first, *others = (unit(pull.gradient) for pull in lab.pulls)
    mask = lab.painted()
    if mask is None or not others:
        return first
    mask = resize(mask[None, None], first.shape[-2:])
    return mask * first + (1 - mask) * others[0]


def ranked(maps: Tensor, first: int | None) -> Tensor:
    """Return the channels of maps (C, h, w), strongest first, the target channel before all."""
    order = maps.abs().mean((1, 2)).argsort(descending=True)
    return order if first is None else torch.cat([torch.tensor([first]), order[order != first]])


def choices(lab: "Dream") -> Tensor:
    """Return the pictures that a dream can start from, side by side: bytes (1, 3, h, n * h)."""
    others = (thumbnail(lab.starts.picture(name), THUMB) for name in lab.starts.names[len(NAMES) :])
    tiles = torch.cat([_photos(), *others])
    return sheet(as_bytes(tiles), len(tiles))


def _photos() -> Tensor:
    return torch.cat([thumbnail(photo(name), THUMB) for name in NAMES])
