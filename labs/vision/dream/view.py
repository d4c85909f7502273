"""What the stage shows of a dream: pictures, and captions, marks and the settings that are idle."""

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data.photos import NAMES, photo
from labs.live import Frame
from labs.pictures import as_bytes, jpeg, middle, sheet
from labs.vision.dream.ascent import resize, unit
from labs.vision.dream.controls import NOTHING
from labs.vision.dream.look import Look
from labs.vision.dream.nets import classes
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.scene import Scene
from labs.vision.dream.starts import Starts

SHOWN = 16  # maps of the target layer
LIKELIEST = 5  # classes that are named
BRIGHT = 4.0  # times the gradient's mean: the end of its colour scale
THUMB = 56  # pixels of a photograph to choose


def show(frame: Frame, scene: Scene, look: Look, starts: tuple[str, ...]) -> None:
    """Add to a frame what the dream is at; starts: names of the pictures to start from."""
    chosen, change = picks(look, scene.wishes.channel), look.now - look.start
    before, after, likeliest = look.before[chosen], look.after[chosen], look.p.topk(LIKELIEST)
    strength = change.abs().amax().clamp_min(1e-6).item()
    limit = max(before.abs().max().item(), after.abs().max().item())
    frame.maps |= {"gradient": push(scene).mean(1), "before": before, "after": after}
    frame.values |= {"objective": scene.past.curve(), "says": likeliest.values}
    frame.images |= {
        "dream": jpeg(scene.past.bytes), "change": jpeg(0.5 + change / (2 * strength)),
    }  # fmt: skip
    frame.notes |= notes(scene, starts, strength)
    frame.notes["limits"] = {"gradient": BRIGHT, "before": limit, "after": limit}
    words = classes(scene.wishes.net)
    frame.notes["labels"] = {"says": [words[i] for i in likeliest.indices]}
    frame.notes["titles"]["says"] = f"of step {look.asked}"


def push(scene: Scene) -> Tensor:
    """Return what moved the image in the last step, (1, 3, h, w), in units of a gradient's mean.

    With two objectives each is seen in its own region.
    """
    if not scene.pulls:
        return torch.zeros_like(scene.first)
    first, *others = (unit(pull.gradient) for pull in scene.pulls)
    if scene.mask is None or not others:
        return first
    mask = resize(scene.mask[None, None], first.shape[-2:])
    return mask * first + (1 - mask) * others[0]


def picks(look: Look, first: int | None) -> Tensor:
    """Return the channels that are shown: the target channel, then those that are strongest now."""
    order = look.after.abs().mean((1, 2)).argsort(descending=True)
    if first is not None:
        order = torch.cat([torch.tensor([first]), order[order != first]])
    return order[:SHOWN]


def photos() -> Tensor:
    """Return our photographs side by side: bytes (1, 3, h, n * h)."""
    return _row([photo(name) for name in NAMES])


def choices(starts: Starts) -> Tensor:
    """Return the pictures that a dream can start from, in the same way."""
    return _row([starts.picture(name) for name in starts.names])


def notes(scene: Scene, starts: tuple[str, ...], strength: float) -> dict:
    """Return captions, marks, and which settings are idle or hidden.

    strength: of the change, at its brightest.
    """
    wishes, past, settings = scene.wishes, scene.past, scene.settings
    words, start, outside = wishes.words(), str(settings["start"]), settings["outside"]
    idle = {
        "weight": settings["second"] == NOTHING,
        "outside": scene.mask is None,
        "channel": bool(wishes.guide),
    }
    return {
        "titles": {
            "dream": f"step {past.step}, octave {scene.octave + 1} of {len(scene.sizes)}",
            "change": f"shown {0.5 / strength:.1f} times as strong" if scene.count else "none yet",
            "objective": scene.silence or "before every step",
            "gradient": "each in its region" if len(scene.pulls) > 1 else "in units of its mean",
            "before": f"{wishes.shown} on the start",
            "after": "click one to dream of it",
            "starts": start,
            "guides": wishes.guide or "nothing",
            "mask": "paint on it" if scene.mask is None else "it dreams in the blue",
        },
        "lines": {"objective": [words, f"outside: {outside}"]},
        "photos": ["starts", "guides"],
        "grids": {"starts": [1, len(starts)], "guides": [1, len(NAMES)]},
        "colors": {"gradient": "gradient", "before": "signed", "after": "signed"},
        "marks": {
            "starts": _chosen(starts, start),
            "guides": _chosen(NAMES, wishes.guide),
            "after": [] if wishes.channel is None else [{"unit": 0, "box": None}],
        },
        "idle": [name for name, so in idle.items() if so],
        "hidden": ["category"] if wishes.target != LOGITS else ["channel"],
        "timeline": {"at": past.at, "count": len(past.moments) - 1},
        "say": scene.silence or f"Dreaming of {words}, step {past.step}.",
    }


def _row(pictures: list[Tensor]) -> Tensor:
    small = [F.interpolate(middle(x), (THUMB, THUMB), mode="area") for x in pictures]
    return sheet(as_bytes(torch.cat(small)), len(small))


def _chosen(names: tuple[str, ...], name: str) -> list[dict]:
    return [{"box": [0, k, 1, k + 1]} for k, one in enumerate(names) if one == name]
