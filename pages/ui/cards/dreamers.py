"""The other cards of the dream lab: one class by two nets, and every neuron of a layer."""

from collections.abc import Mapping

from labs.models.photo import CLASSES
from pages.ui.stage import Button, Card, Knob, Panel, Select, Transport

PAIR_CONTROLS = (
    Select("wanted", "class", tuple((name, name) for name in sorted(CLASSES)), "monarch"),
    Knob("strength", "step size", 0.002, 0.1, 0.02, log=True),
)
DIVERSITY = Knob("diversity", "wish to differ", 0, 4, 1, step=0.1, digits=1)


def pair(names: dict[str, str]) -> Card:
    """Return the card of one class dreamt by several nets: names by panel."""
    says = {"labels": ("",) * 6, "percent": True, "click": False, "width": 220, "labelWidth": 110}
    return Card(
        "pair",
        columns=tuple(
            column
            for name, text in names.items()
            for column in (
                (Panel("image", name, text, "", "", f"the class as {text} dreams it",
                       {"size": 300, "click": False}),),
                (Panel("bars", f"{name}:says", "What photo-net says", "", "",
                       "the six likeliest classes", says),),
            )
        ),
        controls=(Transport(), Button("once_more", "Start again"), *PAIR_CONTROLS),
        title="One class, two nets",
        text="Both begin with the same noise and climb the same logit; one was trained against "
        "attacks. The opinion is always the standard net's, which never saw the other's gradients.",
    )  # fmt: skip


def neurons(layers: Mapping[str, str], usual: str) -> Card:
    """Return the card of all channels of a layer."""
    return Card(
        "neurons",
        columns=(
            (Panel("photo", "sheet", "Every channel", "", "",
                   "what each channel of the layer looks for, sixteen a row",
                   {"size": 780, "hover": False, "least": 560}),),
            (
                Panel("image", "neuron", "The one you clicked", "", "", "that channel's pictures",
                      {"size": 260, "click": False}),
                Panel("image", "patches", "Photographs that excite it", "", "",
                      "the six patches of photographs that excite it most",
                      {"size": 260, "click": False}),
            ),
        ),
        controls=(Transport(until=False), layer_of(layers, usual), DIVERSITY),
        title="Look at every neuron",
        text="Each tile begins as noise and climbs one channel. Click one: four pictures, which "
        "also wish to differ from each other, show what else excites it.",
    )  # fmt: skip


def layer_of(layers: Mapping[str, str], usual: str) -> Select:
    """Return the choice of the layer whose neurons are looked at."""
    return Select("layer", "layer", tuple(layers.items()), usual, shown=True)
