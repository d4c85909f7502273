"""The cards of the optimizers lab: the surface, the losses, what a step is made of."""

from dataclasses import replace

from labs.basics.optimizers import Optimizers
from labs.basics.optimizers import controls as c
from labs.basics.optimizers.race import NAMES
from labs.basics.optimizers.surfaces import Formula
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport


def cards(lab: Optimizers) -> list[Card]:
    """Return the cards; the rates' knobs begin at what the surface says."""
    rates = [replace(knob, default=lab.usual(knob.name)) for knob in c.RATES]
    first = race(axes_of(lab))
    first = replace(first, controls=(*first.controls, *rates))
    return [first, STANDINGS, SETTINGS, challenges_card(lab.challenges, "drag", 5)]


def axes_of(lab: Optimizers) -> tuple[str, str]:
    """Return the names of the two coordinates."""
    formula = isinstance(lab.surface, Formula)
    return ("x", "y") if formula else ("u, along direction d₁", "v, along direction d₂")


def race(axes: tuple[str, str]) -> Card:
    """Return the surface and the losses beside it."""
    return Card(
        "race",
        columns=(
            (Panel("surface", "surface", "Loss surface", "", "drag the start",
                   "level lines of the loss with six balls and their trails",
                   {"names": NAMES, "letters": "SMNRGA", "width": 640, "height": 470, "x": axes[0],
                    "y": axes[1]}),),
            (Panel("curve", "loss", "Loss", "", "of the full batch",
                   "the loss of every ball over steps",
                   {"names": NAMES, "log": True, "yTitle": "loss", "width": 360, "height": 250}),
             Panel("ledger", "explanation", alt="what moves the chosen ball",
                   options={"width": 360})),
        ),
        controls=(c.SURFACE, c.BATCH, Transport(speed=25), c.RESTART),
    )  # fmt: skip


STANDINGS = Card(
    "standings",
    columns=(
        (
            Panel(
                "ledger", "standings", alt="the parts of every ball's last step",
                options={"click": True},
            ),
        ),
    ),
    title="The last step, in parts",
    text="Click a row: that ball's gradient, velocity and step are drawn on the surface, each "
    "magnified alike. The effective rate is what each coordinate's gradient was multiplied by.",
)  # fmt: skip


SETTINGS = Card(
    "settings",
    columns=(),
    controls=c.SHAPES,
    title="Momentum and averages",
    text="A change of these or of a rate η runs the race again from its start, with the same "
    "number of steps.",
    span=7,
)
SOURCES = (
    ("Polyak (1964), Some methods of speeding up the convergence of iteration methods",
     "https://doi.org/10.1016/0041-5553(64)90137-5"),
    ("Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum",
     "https://proceedings.mlr.press/v28/sutskever13.html"),
    ("Duchi, Hazan & Singer (2011), Adaptive Subgradient Methods (Adagrad)",
     "https://jmlr.org/papers/v12/duchi11a.html"),
    ("Tieleman & Hinton (2012), Lecture 6.5: RMSProp",
     "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf"),
    ("Kingma & Ba (2014), Adam", "https://arxiv.org/abs/1412.6980"),
    ("Li, Xu, Taylor, Studer & Goldstein (2017), Visualizing the Loss Landscape of Neural Nets",
     "https://arxiv.org/abs/1712.09913"),
)  # fmt: skip
