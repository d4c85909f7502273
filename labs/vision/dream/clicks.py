"""What a click on a picture means: another start, another guide, another channel."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from labs.data.photos import NAMES
from labs.live.checks import whole
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.scene import SHOWN, ranked
from labs.vision.dream.settings import NOBODY, Value

if TYPE_CHECKING:
    from labs.vision.dream.experiment import Dream


def meant(lab: "Dream", panel: str, event: Mapping) -> tuple[str, Value]:
    """Return the setting that a click changes, and its new value.  Raises ValueError."""
    if panel == "starts":
        return "start", _cell(event, lab.starts.names)
    if panel == "guides":  # a second click lets it go
        name = _cell(event, NAMES)
        return "guide", NOBODY if lab.settings["guide"] == name else name
    if lab.wishes.target == LOGITS:
        raise ValueError("A class has no channels; choose a layer first.")
    picks = ranked(lab.look(lab.picture), lab.wishes.channel)[:SHOWN]
    return "channel", int(picks[whole(event.get("unit"), 0, len(picks) - 1, "A channel's tile")])


def _cell(event: Mapping, names: tuple[str, ...]) -> str:
    return names[whole(event.get("col"), 0, len(names) - 1, "A picture's place")]
