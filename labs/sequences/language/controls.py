"""What can be turned, chosen and pressed in the parts of the language lab."""

from dataclasses import replace

from labs.live.controls import Button, Choice, Knob, Select
from labs.models.ngram import LONGEST
from labs.sequences.language.nets import shipped

UNITS = 256  # of a layer of the shipped nets
NETS = (("rnn", "plain RNN"), ("gru", "GRU"), ("lstm", "LSTM"))

# networks that write
TITLES = {key: net.title for key, net in shipped().items()}
NET = Select("net", "network", tuple(TITLES.items()), next(iter(TITLES)), shown=True)
TEMPERATURE = Knob("temperature", "temperature", 0, 3, 0.8, step=0.05, digits=2)
TOP_K = Knob("top_k", "top-k", 0, 40, 0, words={"0": "all"}, whole=True)
TOP_P = Knob("top_p", "top-p", 0.05, 1, 1, step=0.05, digits=2)
SEED = Knob("seed", "seed", 0, 99, 1, whole=True)
COLOR = Select(
    "color",
    "colour by",
    (
        ("surprise", "surprise"),
        ("h", "unit: output h"),
        ("c", "unit: memory c (LSTM)"),
        ("input", "unit: input gate (LSTM)"),
        ("forget", "unit: forget gate (LSTM)"),
        ("output", "unit: output gate (LSTM)"),
        ("reset", "unit: reset gate (GRU)"),
        ("update", "unit: update gate (GRU)"),
        ("alike", "like the brushed stretch"),
    ),
    "surprise",
    shown=True,
)
LAYER = Choice("layer", "layer", (("1", "1"), ("2", "2")), "2", shown=True)
UNIT = Knob("unit", "unit", 0, UNITS - 1, 0, whole=True)
AGAIN = Button("again", "From the beginning", trains=True)
WRITING = (NET, TEMPERATURE, TOP_K, TOP_P, SEED, AGAIN, COLOR, LAYER, UNIT)

# n-grams; the cows' example begins over words
N = Knob("n", "n", 1, LONGEST, 5, whole=True)
TOKEN = Choice("unit", "over", (("characters", "characters"), ("words", "words")), "characters",
               shown=True)  # fmt: skip
DICE = (Knob("dice_seed", "seed", 0, 99, 1, whole=True), replace(AGAIN, trains=False))
COUNTING = (N, TOKEN, *DICE)
COWS = (replace(N, default=3), replace(TOKEN, default="words"), *DICE)

# memory
RADIUS = Knob("radius", "RNN: spectral radius", 0.1, 3, 0.9, step=0.05, digits=2)
BIAS = Knob("bias", "LSTM: forget bias", -3, 6, 0, step=0.25, digits=2)
CELL = Choice("cell", "eigenvalues of", NETS, "rnn", shown=True)
UNTRAINED = (RADIUS, BIAS, CELL)
DELAY = Knob("delay", "steps to remember", 1, 100, 40, whole=True)
RECALL = (
    DELAY,
    Knob("recall_rate", "learning rate", 1e-4, 0.3, 2e-2, log=True),
    Knob("recall_bias", "LSTM: forget bias", -3, 6, 5, step=0.25, digits=2),
    Button("again", "Again"),
)
MEMORY = (*UNTRAINED, *RECALL)
