"""What the stage says of a dream: captions, marks, and which settings count for nothing now."""

from typing import TYPE_CHECKING

from labs.data.photos import NAMES
from labs.vision.dream.nets import layers
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.settings import NOBODY

if TYPE_CHECKING:
    from labs.vision.dream.experiment import Dream


def shown_layer(lab: "Dream") -> str:
    """The layer whose maps are shown: the target, or for a class the last before the logits."""
    return layers(lab.net)[-1] if lab.wishes.target == LOGITS else lab.wishes.target


def notes(lab: "Dream", strength: float) -> dict:
    """Return captions, marks, and which settings are idle or hidden."""
    wishes, past = lab.wishes, lab.past
    name, maps = wishes.words(), shown_layer(lab)
    times = 0.5 / strength
    starts = lab.starts.names
    guide = wishes.guide
    return {
        "settings": lab.settings,
        "titles": {
            "dream": f"step {past.step}, octave {lab.octave() + 1} of {len(lab.sizes())}",
            "change": f"shown {times:.1f} times as strong" if lab.count else "none yet",
            "objective": lab.silence or "before every step",
            "gradient": "each in its region" if len(lab.pulls) > 1 else "in units of its mean",
            "before": f"{maps} on the start",
            "after": "click one to dream of it",
            "starts": str(lab.settings["start"]),
            "guides": guide or "nothing",
            "mask": "paint on it" if lab.mask.empty else "it dreams in the blue",
        },
        "lines": {"objective": [name, f"outside: {lab.settings['outside']}"]},
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
    if lab.settings["second"] == NOBODY:
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
