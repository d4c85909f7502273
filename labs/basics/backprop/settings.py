"""The settings of the backprop lab: what each may be, and what a change of it costs."""

from typing import TYPE_CHECKING

from torch import Tensor

from labs.basics.backprop.notation import NOTATIONS
from labs.basics.backprop.presets import PRESETS
from labs.live.checks import number, option, shown

if TYPE_CHECKING:
    from labs.basics.backprop.experiment import Backprop

OPTIONS = {
    "notation": tuple(NOTATIONS),
    "example": ("1", "2", "3", "4"),
    "batch": ("one", "all"),
    "pace": ("moments", "updates"),
}
PARTS = {  # a change of these begins with a new net
    "activation": ("sigmoid", "tanh", "relu"),
    "hidden": ("1", "2", "3", "4", "2-2", "3-2", "3-3", "4-3"),
    "loss": ("log", "binary cross-entropy", "softmax cross-entropy", "squared"),
}


def change(lab: "Backprop", name: object, value: object) -> None:
    """Take in a setting or a button.  Raises ValueError in one sentence."""
    s = lab.settings
    if name == "preset":
        if option(value, tuple(PRESETS), "A preset") != s["preset"]:
            lab.take(str(value))
    elif isinstance(name, str) and name in OPTIONS:
        s[name] = option(value, OPTIONS[name], f"The {name}")
    elif isinstance(name, str) and name in PARTS:
        chosen = option(value, PARTS[name], f"The {name}")
        if name == "loss":
            check_loss(chosen, lab.y)
        if chosen != s[name]:
            s[name] = chosen
            lab.build()
    elif name == "rate":
        s["rate"] = number(value, 1e-3, 30, "The learning rate")
    elif name == "again":
        lab.build()
    elif name != "visible":
        raise ValueError(f"The backprop lab has no setting {shown(name)}.")


def check_loss(loss: str, y: Tensor) -> None:
    """Raise ValueError where the targets y, (outputs, N), are none that the loss can take."""
    if loss != "squared" and (y.min() < 0 or y.max() > 1):
        raise ValueError("A cross-entropy needs targets from 0 to 1; choose squared here.")
    if loss == "softmax cross-entropy" and len(y) == 1:
        raise ValueError("A softmax needs more than one output; choose the three classes.")
