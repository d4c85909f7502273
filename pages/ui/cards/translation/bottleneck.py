"""The cards of what one vector costs."""

from labs.sequences.translation.bottleneck import LONGEST, NEAREST
from pages.ui.stage import Card, Panel

BOTH = ["with attention", "from one vector"]
BLEU = Panel(
    "curve", "bleu", "BLEU by length", "2,000 held-out pairs", "",
    "BLEU of both nets over the words of the English sentence",
    {"names": BOTH, "width": 430, "height": 250, "low": 0, "yTitle": "BLEU",
     "xTitle": "words of the English sentence"},
)  # fmt: skip
PAIRS = Panel(
    "dots", "pairs", "What the right words cost", "click a dot to open its sentence", "",
    "sentences of this page by length and by what their translation costs each net",
    {"names": BOTH, "width": 540, "height": 250, "xTitle": "words of the English sentence",
     "yTitle": "nats a piece"},
)  # fmt: skip
OPENED = Panel("words", "opened", "", "", "", "", {"height": 200})
VECTORS = Panel(
    "dots", "vectors", "Sentence vectors", "the two widest directions of 512", "",
    "the sentences' vectors on their first two principal components",
    {"width": 430, "height": 300, "xTitle": "component 1", "yTitle": "component 2"},
)  # fmt: skip
NEAR = Panel("entry", "near", "A sentence of yours", "its vector is the cross", "",
             "a sentence whose vector is looked at", {"longest": LONGEST})  # fmt: skip
ALIKE = Panel(
    "ranks", "alike", "Nearest sentences", "click one to open it", "",
    "the sentences whose vectors are nearest",
    {"count": NEAREST, "width": 470, "above": True, "click": True},
)  # fmt: skip
CARDS = (
    Card("length", ((BLEU,), (PAIRS,)), wrap=True),
    Card("opened", ((OPENED,),)),
    Card("vectors", ((VECTORS,), (NEAR, ALIKE)), title="What the vector still knows", wrap=True,
         text="The net without attention has nothing but this vector. Sentences that lie near each "
         "other are alike to it: try two that mean the same, and two that begin alike."),
)  # fmt: skip
