"""The card of all nets under all attacks: lines over budgets, and the numbers."""

from labs.vision.adversarial.robustness import CONTROLS, Robustness
from pages.ui.stage import Card, Panel


def standing(lab: Robustness) -> Card:
    """Return the card of one subject's nets."""
    return Card(
        "standing",
        columns=(
            (
                Panel("curve", "standing", "Share still right", "", "",
                      "the share of pictures that keep their class, over budgets",
                      {"names": tuple(lab.nets.values()), "low": 0, "high": 1,
                       "yTitle": "share right", "xTitle": "ε", "width": 460, "height": 260}),
            ),
            (Panel("ledger", "shares", alt="share of pictures that keep their class",
                   options={"width": 620}),),
        ),
        controls=CONTROLS,
        text="Universal: one perturbation for all pictures, made of these same pictures. What "
        "takes long is given to worker processes; pause, and they stop.",
    )  # fmt: skip
