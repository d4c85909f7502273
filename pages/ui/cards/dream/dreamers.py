"""The other cards of the dream lab: one class by two nets, and every neuron of a layer."""

from labs.vision.dream import Neurons, Pair
from labs.vision.dream import controls as c
from labs.vision.dream.nets import title
from pages.ui.stage import Card, Panel, Transport


def pair(lab: Pair) -> Card:
    """Return the card of one class dreamt by several nets."""
    says = {"labels": ("",) * 6, "percent": True, "click": False, "width": 220, "labelWidth": 200}
    return Card(
        "pair",
        columns=tuple(
            column
            for name, text in ((name, title(name)) for name in lab.nets)
            for column in (
                (Panel("image", name, text, "", "", f"the class as {text} dreams it",
                       {"size": 300, "click": False}),),
                (Panel("bars", f"{name}:says", "What photo-net says", "", "",
                       "the six likeliest classes", says),),
            )
        ),
        controls=(Transport(), c.ONCE_MORE, c.WANTED, c.STRENGTH),
        title="One class, two nets",
        text="Both begin with the same noise and climb the same logit; one was trained against "
        "attacks. The opinion is always the standard net's, which never saw the other's gradients.",
    )  # fmt: skip


def neurons(lab: Neurons) -> Card:
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
        controls=(Transport(until=False), *lab.controls),
        wrap=True,
        title="Look at every neuron",
        text="Each tile begins as noise and climbs one channel. Click one: four pictures, which "
        "also wish to differ from each other, show what else excites it.",
    )  # fmt: skip
