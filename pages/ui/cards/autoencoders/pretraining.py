"""The cards of the pretraining: the race at equal cost with its runs, the layers."""

from labs.generative.autoencoders.pretraining import controls as c
from labs.generative.autoencoders.pretraining.view import NAMES
from pages.ui.cards.autoencoders.pieces import inks
from pages.ui.stage import Card, Panel, Transport

RACE = Card(
    "race",
    columns=(
        (Panel("curve", "race", "Test digits read right", "", "", "accuracy over multiply-adds of "
               "three nets", {"names": list(NAMES), "width": 560, "height": 300, "low": 0.5,
                              "high": 1, "xTitle": "billions of multiply-adds",
                              "yTitle": "share", "ticks": [0.5, 0.6, 0.7, 0.8, 0.9, 1],
                              "bridge": True, "sparing": True}),),
        (Panel("ledger", "runs", "Measured here", "", "each run that came to the mark",
               "runs that have come to the mark", {"width": 520, "rows": 4, "click": False}),
         Panel("words", "verdict", options={"height": 190, "live": True})),
    ),
    controls=(Transport(), *c.CONTROLS),
    hold=True,
)  # fmt: skip
UNIT = {"columns": 12, "few": 6, "tile": 44, "click": False, "scale": "layer"}
LAYERS = Card(
    "layers",
    columns=(
        (Panel("maps", "own", "Lowest layer, pretrained", "", "24 of 128 units", "weights of the "
               "pretrained net", UNIT),
         Panel("maps", "random", "Lowest layer, random sigmoid", "", "24 of 128 units", "weights "
               "of the net from random weights", UNIT)),
        (inks("through", "Up the stack, and down", "", "", "ten test digits, and what the stack "
              "gives back of them", 10, 46),),
    ),
    title="What the layers hold",
    text="CD-1 sees no label: the lowest layer learns strokes, the next ones which strokes go "
    "together. The fine-tuning hardly moves them.",
)  # fmt: skip
CARDS = (RACE, LAYERS)
