"""The card of a net that learns a small task."""

from labs.sequences.translation.learning import CONTROLS, SHOWN
from pages.ui.stage import Card, Panel, Transport

RIGHT = Panel(
    "curve", "right", "Exact matches", "", "", "share of unseen examples right over steps",
    {"names": ["with attention", "from one vector"], "low": 0, "high": 1, "width": 380,
     "height": 170, "xTitle": "step", "yTitle": "share right", "bridge": True},
)  # fmt: skip
LOSS = Panel(
    "curve", "loss", "Loss", "", "", "training loss over steps",
    {"names": ["training"], "width": 380, "height": 130, "low": 0, "xTitle": "step",
     "yTitle": "nats a symbol"},
)  # fmt: skip
OWN = Panel(
    "entry", "own", "An example of yours", "type", "", "an example of your own",
    {"longest": 40},
)  # fmt: skip
LOOK = Panel(
    "alignment", "look", "What it looked at", "", "",
    "attention weights, written symbols down, symbols of the example to the right",
    {"cell": 20, "width": 520, "left": 34, "most": 12},
)  # fmt: skip
TESTS = Panel(
    "ledger", "tests", "Unseen examples", "click one to open it", "", "unseen examples",
    {"click": True, "width": 520, "rows": SHOWN},
)  # fmt: skip
CARDS = (
    Card("learn", ((RIGHT, LOSS), (OWN, LOOK, TESTS)), (Transport(), *CONTROLS)),
)  # fmt: skip
