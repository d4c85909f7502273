"""What can be turned, chosen and pressed where a sentence is translated."""

from labs import zoo
from labs.live.controls import Button, Choice, Knob, Select, same

TITLES = {"attention": "with attention", "plain": "from one vector"}
NETS = {key: name for key in TITLES if (name := f"translate-{key}") in zoo.manifest()}
EXAMPLES = (
    "I don't know where her uncle lives.",
    "The old man is looking for his black cat.",
    "Would you like a cup of coffee?",
    "She has been learning French for three years.",
    "Tom gave Mary a red flower because he loves her.",
    "When I was young, we used to swim in this river every summer.",
)
FIRST = EXAMPLES[1]
NET = Choice("net", "decoder", tuple((key, TITLES[key]) for key in NETS), next(iter(NETS)))
EXAMPLE = Select("example", "example", same(*EXAMPLES), FIRST)
OFF = Button("off", "Attention off from here")
WEIGHTS = Button("weights_back", "Its own weights")
WORDS = Button("words_back", "Its own words")
UNITS = Button("units_back", "All units")
WIDTH = Knob("width", "beam width", 1, 8, 3, whole=True)
PENALTY = Knob("penalty", "length penalty", 0, 2, 1, step=0.1, digits=1)
CONTROLS = (EXAMPLE, NET, OFF, WEIGHTS, WORDS, UNITS, WIDTH, PENALTY)
