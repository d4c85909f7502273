"""The cards of the forward and backward sums."""

from labs.sequences.speech import sums
from labs.sequences.speech.challenges import SUMMING
from labs.sequences.speech.tiny import FRAMES, SYMBOLS
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

NUMBERED = [str(t + 1) for t in range(FRAMES)]
GRID = Panel(
    "cells", "grid", "Probabilities", "", "", "the probability of each symbol in each frame",
    {"cell": 52, "edit": True, "map": "unsigned", "limit": 1, "labels": list(SYMBOLS),
     "columns": NUMBERED, "colTitle": "frame; drag a cell up or down", "digits": 3},
)  # fmt: skip
SLOPE = Panel(
    "cells", "slope", "Gradient", "d ln p / d logit", "",
    "the gradient for each symbol in each frame",
    {"cell": 52, "map": "gradient", "limit": 1, "labels": list(SYMBOLS), "columns": NUMBERED,
     "digits": 3},
)  # fmt: skip
NODES = Panel(
    "lattice", "nodes", "Lattice", "click a node", "", "the paths of the text through three frames",
    {"width": 360, "row": 50, "rows": 7, "radius": 22},
)  # fmt: skip
NODE = Panel("ledger", "node", "A node", "", "", "the sums of the chosen node",
             {"room": 300, "rows": 3})  # fmt: skip
PATHS = Panel("ledger", "paths", "Path by path", "", "", "the paths that say the text",
              {"room": 250, "rows": 6})  # fmt: skip
TEXTS = Panel(
    "ranks", "texts", "All texts", "click one", "", "the probability of every text",
    {"count": len(sums.TEXTS), "width": 330, "label": 8, "click": True, "lively": True},
)  # fmt: skip
CARDS = (
    Card("sums", ((GRID, SLOPE), (NODES, NODE), (PATHS, TEXTS)), sums.CONTROLS),
    challenges_card(SUMMING),
)  # fmt: skip
