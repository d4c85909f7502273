"""The card of a sentence with words left out."""

from labs.sequences.translation.shorten.experiment import EXAMPLE, LIMIT, LONGEST
from labs.sequences.translation.shorten.tags import ROUNDS
from pages.ui.stage import Card, Panel

SENTENCE = Panel(
    "entry", "sentence", "A sentence", "type", "", "the sentence that is shortened",
    {"longest": LONGEST},
)  # fmt: skip
SHADES = Panel(
    "text", "shades", "What it would keep", "click a word", "",
    "the sentence, every word coloured by the probability that it is kept",
    {"rows": 4, "columns": 74},
)  # fmt: skip
LEFT = Panel(
    "ledger", "rounds", "Shortened", "and shortened again, until nothing changes", "",
    "what is left of the sentence", {"width": 700, "rows": ROUNDS},
)  # fmt: skip
STATES = Panel(
    "maps", "states", "Both directions", "", "", "the states of both directions, units down",
    {"columns": 1, "tile": 300, "gap": 18, "limit": 1, "aspect": 0.5, "labelled": True,
     "map": "signed", "click": False},
)  # fmt: skip
CARDS = (
    Card("shorten", ((SENTENCE, SHADES, LEFT), (STATES,)), (EXAMPLE, LIMIT)),
)  # fmt: skip
