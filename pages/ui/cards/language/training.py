"""The card of the net in training."""

from labs.sequences.language.learning import CONTROLS
from pages.ui.stage import Card, Panel, Transport

CARDS = (
    Card(
        "train",
        columns=(
            (Panel("text", "sample", "What it writes", "", "", "a sample of the net in training",
                   {"rows": 16, "columns": 72, "click": False}),),
            (
                Panel("curve", "progress", "Loss", "nats a character", "", "loss over steps",
                      {"names": ["training", "held out"], "yTitle": "loss (nats)", "width": 330}),
                Panel("curve", "norm", "Gradient norm", "before clipping", "", "norm over steps",
                      {"names": ["norm", "clipped at"], "log": True, "yTitle": "norm", "width": 330,
                       "height": 130}),
            ),
        ),
        controls=(Transport(), *CONTROLS),
    ),
)  # fmt: skip
