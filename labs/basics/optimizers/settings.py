"""The settings of the optimizers lab; whatever is changed, the race is run again."""

from typing import TYPE_CHECKING

from labs.basics.optimizers.race import NAMES
from labs.basics.optimizers.slices import NETS
from labs.basics.optimizers.surfaces import SURFACES, TERMS
from labs.live.checks import number, option, rounded, shown

if TYPE_CHECKING:
    from labs.basics.optimizers.experiment import Optimizers

RATE = (1e-5, 10.0)
SHAPES = {
    "mu": (0.0, 0.999), "nesterov_mu": (0.0, 0.999), "rho": (0.5, 0.9999),
    "beta1": (0.0, 0.999), "beta2": (0.5, 0.9999),
}  # fmt: skip


def change(lab: "Optimizers", name: object, value: object) -> None:
    """Take in a setting or a button.  Raises ValueError in one sentence."""
    if name == "surface":
        chosen = option(value, (*SURFACES, *NETS), "A surface")
        if chosen != lab.settings["surface"]:
            lab.take(chosen)
            lab.shared = False
        return
    if name == "restart":
        lab.goal = 0
    elif name == "batch":
        lab.settings["batch"] = rounded(value, 1, TERMS, "The batch")
    elif isinstance(name, str) and name in SHAPES:
        lab.settings[name] = number(value, *SHAPES[name], name)
    elif isinstance(name, str) and name in [key.lower() for key in NAMES]:
        lab.settings[name] = number(value, *RATE, f"The learning rate of {name}")
    elif name == "visible":
        return
    else:
        raise ValueError(f"The optimizers lab has no setting {shown(name)}.")
    lab.begin()
