"""What a browser may ask of the digit lab: strokes, clicks, edits and settings, all checked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from labs.live.checks import cards, number, option, shown, whole
from labs.vision.digit.link import FORMS, from_link
from labs.vision.digit.saliency import METHODS
from labs.vision.digit.unit import Unit
from labs.vision.digit.weights import SWITCHES

if TYPE_CHECKING:
    from labs.vision.digit.experiment import Digit

OPTIONS = {
    "view": ("activation", "gradient", "product"),
    "scale": ("unit", "layer", "global"),
    "saliency": METHODS,
    "target": ("winner", *map(str, range(10))),
}
RANGES = {"tilt": (-90.0, 90.0), "strength": (0.0, 2.0)}
LARGEST = 1e9  # of a weight as it is asked for; what is kept is bounded further


def take(lab: "Digit", event: Mapping) -> None:
    """Do what an event asks of the lab.  Raises ValueError in one sentence."""
    if event.get("panel") in (lab.pad.name, "timeline"):
        lab.pad.receive(event)
    elif event.get("kind") == "link":
        name = option(event.get("panel"), FORMS, "What a link changes")
        from_link(lab.weights, name, str(event.get("value")))
    elif event.get("kind") == "click":
        _click(lab, event)
    elif event.get("kind") == "edit":
        cell = whole(event.get("index"), 0, 24, "A kernel's cell")
        value = number(event.get("value"), -LARGEST, LARGEST, "A weight")
        lab.weights.edit(*lab.kernel, cell, value)
    elif "setting" in event:
        _set(lab, event["setting"], event.get("value"))
    else:
        raise ValueError("The digit lab knows strokes, clicks, edits and settings.")


def _click(lab: "Digit", event: Mapping) -> None:
    """Choose a kernel to edit, or a unit to explain."""
    panel = event.get("panel")
    if not isinstance(panel, str):
        raise ValueError("A click names the panel that was clicked.")
    unit, row, col = (
        whole(event.get(name, 0), 0, 100, f"A click's {name}") for name in ("unit", "row", "col")
    )
    if panel == "kernels1" and unit < 6:
        lab.kernel = ("conv1", unit, 0)
    elif panel == "kernels2" and unit < 96:
        lab.kernel = ("conv2", *divmod(unit, 6))
    else:
        lab.select(Unit("seen" if panel == "saliency" else panel, unit, row, col))


def _set(lab: "Digit", name: object, value: object) -> None:
    if name == "visible":
        lab.visible = cards(value)
    elif name == "reset":
        lab.weights.reset()
    elif name == "switch":
        _switch(lab)
    elif name == "reroll":
        lab.rolls += 1
    elif isinstance(name, str) and name in OPTIONS:
        lab.settings[name] = option(value, OPTIONS[name], name)
    elif isinstance(name, str) and name in RANGES:
        lab.settings[name] = number(value, *RANGES[name], name)
    else:
        raise ValueError(f"The digit lab has no setting {shown(name)}.")


def _switch(lab: "Digit") -> None:
    """Switch the selected map or dense unit off, or on again."""
    at = lab.selected
    if at.layer not in SWITCHES:
        raise ValueError("Click a map of conv1 or conv2, or a unit of fc1 or fc2, to switch it.")
    lab.weights.switch(at.layer, at.number)
