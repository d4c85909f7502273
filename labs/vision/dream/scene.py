"""What the stage shows of a dream: the image at work, what drives it, and what has become of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.challenges import met
from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.live import Frame
from labs.vision.dream.challenges import CHALLENGES
from labs.vision.dream.nets import classes, layers, native, network
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.settings import usual
from labs.vision.dream.views import as_bytes, jpeg, sheet, thumbnail

if TYPE_CHECKING:
    from labs.vision.dream.experiment import Dream

SHOWN = 16  # maps of the target layer
LIKELIEST = 5  # classes that are named
LOOK = 112  # pixels of the longer side when target and change are shown
BRIGHT = 4.0  # times the gradient's mean: the end of its colour scale
THUMB = 56  # pixels of a photograph to choose


class Scene:
    """The frames of one dream.  It remembers what the browser was told, and the start's maps."""

    def __init__(self) -> None:
        self.told: dict[str, object] = {}  # by picture: a picture stays until a newer one
        self.met: set[str] = set()
        self._before: tuple[object, Tensor] | None = None

    def frame(self, lab: "Dream") -> Frame:
        """Return all that is seen now."""
        image = lab.picture
        before, after = self._first(lab), lab.look(image)
        picks = ranked(after, lab.wishes.channel)[:SHOWN]
        change = fit_within(image - lab.first, LOOK)
        strength = change.abs().amax().clamp_min(1e-6).item()
        push = lab.gradient / lab.gradient.abs().mean().clamp_min(1e-12)
        frame = Frame(
            maps={"gradient": push.mean(1), "before": before[picks], "after": after[picks]},
            values={"objective": lab.past.curve()},
            images={"dream": jpeg(image), "change": jpeg(0.5 + change / (2 * strength))},
        )
        limit = max(before[picks].abs().max().item(), after[picks].abs().max().item())
        frame.notes = notes(lab, strength) | {
            "limits": {"gradient": BRIGHT, "before": limit, "after": limit}
        }
        opinion = say_opinion(frame, lab, image)
        self.met = met(CHALLENGES, self.met, lab, opinion)
        frame.notes["met"] = sorted(self.met)
        self._still(frame, lab)
        return frame

    def _first(self, lab: "Dream") -> Tensor:
        """The target's maps (C, h, w) for the picture that the dream began with."""
        key = (id(lab.first), shown_layer(lab))
        if self._before is None or self._before[0] != key:
            self._before = key, lab.look(lab.first)
        return self._before[1]

    def _still(self, frame: Frame, lab: "Dream") -> None:
        """Add the pictures that seldom change, and the drawings."""
        mine, drawn = lab.starts.mine, lab.starts.drawing.changes
        self._tell(frame, "under", id(lab.first), lambda: jpeg(fit_within(lab.first, 240)))
        self._tell(frame, "starts", (id(mine), drawn), lambda: jpeg(choices(lab)))
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


def shown_layer(lab: "Dream") -> str:
    """The layer whose maps are shown: the target, or for a class the last before the logits."""
    return layers(lab.net)[-1] if lab.wishes.target == LOGITS else lab.wishes.target


def ranked(maps: Tensor, first: int | None) -> Tensor:
    """Return the channels of maps (C, h, w), strongest first, the target channel before all."""
    order = maps.abs().mean((1, 2)).argsort(descending=True)
    return order if first is None else torch.cat([torch.tensor([first]), order[order != first]])


@torch.no_grad()
def say_opinion(frame: Frame, lab: "Dream", image: Tensor) -> Tensor:
    """Add the likeliest classes of the image to the frame; return all probabilities, (classes,)."""
    small = fit_within(image, native(lab.net))
    p = network(lab.net)(small, [LOGITS])[LOGITS][0].softmax(0)
    top = p.topk(LIKELIEST)
    frame.values["says"] = top.values
    frame.notes["labels"] = {"says": [classes(lab.net)[i] for i in top.indices]}
    return p


def choices(lab: "Dream") -> Tensor:
    """Return the pictures that a dream can start from, side by side: bytes (1, 3, h, n * h)."""
    others = (thumbnail(lab.starts.picture(name), THUMB) for name in lab.starts.names[len(NAMES) :])
    tiles = torch.cat([_photos(), *others])
    return sheet(as_bytes(tiles), len(tiles))


def notes(lab: "Dream", strength: float) -> dict:
    """Return captions, marks, and which settings are idle or hidden."""
    how, wishes, past = lab.how(), lab.wishes, lab.past
    name, maps = wishes.words(), shown_layer(lab)
    times = 0.5 / strength
    starts = lab.starts.names
    guide = wishes.guide
    return {
        "settings": lab.settings,
        "titles": {
            "dream": f"step {past.step}, octave {lab.octave() + 1} of {how.octaves}",
            "change": f"shown {times:.1f} times as strong" if lab.count else "none yet",
            "objective": lab.silence or name,
            "before": f"{maps} on the start",
            "after": "click one to dream of it",
            "starts": str(lab.settings["start"]),
            "guides": guide or "nothing",
            "mask": "paint on it" if lab.mask.empty else "it dreams in the blue",
        },
        "photos": ["starts", "guides"],
        "grids": {"starts": [1, len(starts)], "guides": [1, len(NAMES)]},
        "colors": {"gradient": "gradient", "before": "signed", "after": "signed"},
        "marks": {
            "starts": _chosen(starts, str(lab.settings["start"])),
            "guides": _chosen(NAMES, guide),
            "after": [] if wishes.channel is None else [{"unit": 0, "box": None}],
        },
        "idle": idle(lab),
        "hidden": ["category"] if wishes.target != LOGITS else ["channel"],
        "timeline": {"at": past.at, "count": len(past.moments) - 1},
        "say": lab.silence or f"Dreaming of {name}, step {past.step}.",
    }


def idle(lab: "Dream") -> list[str]:
    """Return the settings that do nothing as things are."""
    found = []
    if lab.settings["second"] == "nothing":
        found.append("weight")
    if lab.mask.empty:
        found.append("outside")
    if lab.wishes.guide:
        found.append("channel")
    return found


def _chosen(names: tuple[str, ...], name: str) -> list[dict]:
    if name not in names:
        return []
    k = names.index(name)
    return [{"box": [0, k, 1, k + 1]}]


def _photos() -> Tensor:
    return torch.cat([thumbnail(photo(name), THUMB) for name in NAMES])
