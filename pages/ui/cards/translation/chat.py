"""The cards beside a conversation."""

from labs.sequences.translation.chat import controls as c
from labs.sequences.translation.chat.view import CANDIDATES, DRAWN
from pages.ui.stage import Card, Panel

TALK = Panel(
    "text", "talk", "What it looks at", "click a word of the net's", "",
    "the conversation as the net reads it, coloured by its attention for one word",
    {"rows": 13, "columns": 46},
)  # fmt: skip
ANSWER = Panel(
    "text", "answer", "The answer, word by word", "click a word", "",
    "the answer, coloured by what each word cost", {"rows": 3, "columns": 46},
)  # fmt: skip
NEXT = Panel(
    "ranks", "next", "What may stand here", "click one", "", "the likeliest words at this place",
    {"count": CANDIDATES, "width": 210, "label": 10, "lively": True, "click": True},
)  # fmt: skip
DOUBTS = Panel("words", "doubts", "", "", "", "", {"height": 110})
UNSURE = Panel(
    "curve", "unsure", "How unsure it is", "", "", "the mean entropy of each answer",
    {"names": ["this talk", "95 % of its usual answers lie below"], "width": 300, "height": 170,
     "low": 0, "xTitle": "message", "yTitle": "nats a word", "dashed": [2]},
)  # fmt: skip
VECTORS = Panel(
    "maps", "vectors", "The context vector", "", "",
    "the last states of the encoder after each message, messages to the right",
    {"columns": 2, "tile": 160, "gap": 18, "limit": 1, "aspect": 1.2, "labelled": True,
     "map": "signed", "click": False},
)  # fmt: skip
OTHERS = Panel(
    "ledger", "others", "Other answers", "drawn word by word; click one to have it said", "",
    "answers that were drawn by chance", {"click": True, "width": 620, "rows": DRAWN},
)  # fmt: skip
CARDS = (
    Card("talk", ((TALK, ANSWER), (NEXT,)),
         (c.NEXT, c.ANEW, c.ITS_OWN, c.WORLD, c.EXAMPLE), hold=True),
    Card("unsure", ((UNSURE, DOUBTS), (VECTORS,)), wrap=True, title="Is it sure?"),
    Card("others", ((OTHERS,),), (c.TEMPERATURE, c.OTHERS)),
)  # fmt: skip
