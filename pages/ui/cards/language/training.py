"""The cards of the net in training."""

from collections.abc import Sequence

from labs.live.challenges import Challenge
from pages.ui.challenges import challenges_card
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Transport

KIND = Choice("kind", "network", (("rnn", "plain RNN"), ("gru", "GRU"), ("lstm", "LSTM")), "lstm",
              shown=True)  # fmt: skip
RATE = Knob("rate", "learning rate", 1e-4, 1.0, 5e-3, log=True)
LENGTH = Knob("length", "sequence length", 1, 128, 64)
CLIP = Knob("clip", "clip at", 0.01, 100, 1, log=True)
WATCH = Knob("watch", "colour by unit", 0, 127, 0)
CONTROLS = (KIND, RATE, LENGTH, CLIP, WATCH)
CARD = Card(
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
    controls=(Transport(), KIND, RATE, LENGTH, CLIP, WATCH, Button("again", "Same weights again"),
              Button("fresh", "New weights")),
)  # fmt: skip


def cards(challenges: Sequence[Challenge]) -> list[Card]:
    """Return the net in training and the dares."""
    return [CARD, challenges_card(challenges, "train")]
