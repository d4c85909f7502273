"""What a browser may ask of the lab: strokes, moments, clicks and settings, all checked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from labs.live.checks import cards, number, shown, whole
from labs.vision.adversarial import survive
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.plan import checked, on_slider
from labs.vision.adversarial.subjects import Photograph, photographs

if TYPE_CHECKING:
    from labs.vision.adversarial.experiment import Adversarial


def take(lab: "Adversarial", event: Mapping) -> None:
    """Do what an event asks of the lab.  Raises ValueError in one sentence."""
    panel, kind = event.get("panel"), event.get("kind")
    pad = getattr(lab.subject, "pad", None)
    if pad is not None and panel in (pad.name, "timeline"):
        pad.receive(event)
    elif kind == "moment":
        _scrub(lab, event.get("value"))
    elif kind == "click":
        _click(lab, event)
    elif "setting" in event:
        _set(lab, event["setting"], event.get("value"))
    else:
        raise ValueError("The lab knows strokes, moments, clicks and settings.")


def _scrub(lab: "Adversarial", value: object) -> None:
    run = lab.run
    at = whole(value, 0, len(run.moments) - 1, "A moment")
    run.shown = None if at == len(run.moments) - 1 else at


def _click(lab: "Adversarial", event: Mapping) -> None:
    side = lab.subject.picture().shape[-1]
    lab.pixel = tuple(
        whole(event.get(name, 0), 0, side - 1, f"A click's {name}") for name in ("row", "col")
    )


def _set(lab: "Adversarial", name: object, value: object) -> None:
    if name == "visible":
        lab.visible = cards(value)
    elif isinstance(name, str) and name in survive.RANGES:
        lab.settings[name] = number(value, *survive.RANGES[name], name)
    elif name == "photo" and isinstance(lab.subject, Photograph):
        _choose(lab, value)
    elif name == "least":
        _to_least(lab)
    elif name == "again":
        lab.again()
    else:
        lab.settings[str(name)] = checked(name, value, lab.subject)


def _choose(lab: "Adversarial", value: object) -> None:
    """Take another photograph."""
    if value not in (*photographs(), "yours"):
        raise ValueError(f"There is no photograph {shown(value)}.")
    if value != lab.settings["photo"]:
        lab.subject.choose(str(value))
        lab.settings["photo"] = str(value)


def _to_least(lab: "Adversarial") -> None:
    """Put the slider on the smallest budget that fools."""
    found = lab.least(now=True)
    if found is None or found.eps is None:
        method = ATTACKS[str(lab.settings["attack"])]
        raise ValueError(
            f"{method.title} fools with no budget on this slider."
            if method.budget and method.live
            else f"{method.title} has no budget to search for."
        )
    norm = lab.plan.norm
    lab.put({f"eps_{norm}": on_slider(found.eps, norm)})
