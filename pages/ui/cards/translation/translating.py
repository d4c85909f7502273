"""The cards of a sentence under the hand."""

from labs.sequences.translation import controls as c
from labs.sequences.translation.challenges.translating import TRANSLATING
from labs.sequences.translation.trace import READ
from labs.sequences.translation.view import CANDIDATES
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

ENGLISH = Panel(
    "entry", "english", "English", "type", "", "the sentence that is translated",
    {"longest": 1500},
)  # fmt: skip
LINES = Panel(
    "alignment", "aligned", "Attention", "click a French word; drag it to another English one",
    "", "lines from each French word to the English words that were looked at for it",
    {"as": "lines", "width": 790, "height": 132, "edit": True},
)  # fmt: skip
FRENCH = Panel(
    "text", "french", "French", "click a word", "", "the translation, coloured by what it cost",
    {"rows": 3, "columns": 80, "limit": 400,
     "input": "Type a French translation of your own: what does each of its pieces cost?"},
)  # fmt: skip
NEXT = Panel(
    "ranks", "next", "What may stand here", "click one", "", "the likeliest pieces at this place",
    {"count": CANDIDATES, "width": 240, "label": 11, "lively": True, "click": True},
)  # fmt: skip
MATRIX = Panel(
    "alignment", "matrix", "Attention matrix", "drag in a row to look elsewhere", "",
    "attention weights, written pieces down, source pieces to the right",
    {"cell": 26, "width": 560, "edit": True, "most": 14},
)  # fmt: skip
STATES = Panel(
    "maps", "states", "Encoder states", "", "", "the states of both directions, units down",
    {"columns": 2, "tile": 200, "gap": 8, "limit": 1, "aspect": 1.3, "labelled": True,
     "map": "signed"},
)  # fmt: skip
VECTOR = Panel(
    "maps", "vector", "The one vector", "", "", "the last states of both directions",
    {"columns": 1, "tile": 260, "limit": 1, "map": "signed", "click": False, "aspect": 0.5},
)  # fmt: skip
DECODER = Panel(
    "maps", "decoder", "Decoder states", "", "", "the decoder's states, steps to the right",
    {"columns": 1, "tile": 260, "limit": 1, "map": "signed", "click": False, "aspect": 1.0},
)  # fmt: skip
TREE = Panel(
    "graph", "tree", "The tree", "", "", "the beginnings that a beam search keeps, step by step",
    {"width": 1080, "column": 78, "row": 58, "click": False,
     "legend": ["the winner's way", "ln p of a beginning", ""]},
)  # fmt: skip
HYPOTHESES = Panel(
    "ledger", "hypotheses", "What it found", "", "", "the sentences found, best first",
    {"width": 620, "rows": 6},
)  # fmt: skip
CARDS = (
    Card("translate", ((ENGLISH, LINES, FRENCH), (NEXT,)),
         (c.EXAMPLE, *((c.NET,) if len(c.NETS) > 1 else ()), c.OFF, c.WEIGHTS, c.WORDS)),
    Card("inside", ((MATRIX,), (STATES,), (VECTOR, DECODER)), (c.UNITS,), title="Look inside",
         text="The encoder reads the sentence in both directions. Without attention all that the "
         f"decoder gets is the one vector. Up to {READ} pieces are read.", wrap=True),
    Card("search", ((TREE,), (HYPOTHESES,)), (c.WIDTH, c.PENALTY), title="Search", wrap=True,
         text="The likeliest next piece need not begin the likeliest sentence: a beam goes on with "
         "several beginnings. The penalty divides ln p, which falls with every piece, by a power "
         "of the length."),
    challenges_card(TRANSLATING),
)  # fmt: skip
