"""The cards of the language lab, part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from labs.challenges import Challenge
from pages.ui.dares import dares
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Select, Transport

TEMPERATURE = Knob("temperature", "temperature", 0, 3, 0.8, step=0.05, digits=2)
TOP_K = Knob("top_k", "top-k", 0, 40, 0, words={"0": "all"})
TOP_P = Knob("top_p", "top-p", 0.05, 1, 1, step=0.05, digits=2)
SEED = Knob("seed", "seed", 0, 99, 1)
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
UNIT = Knob("unit", "unit", 0, 255, 0)
WRITING = (TEMPERATURE, TOP_K, TOP_P, SEED, COLOR, LAYER, UNIT)


def net(options: Mapping[str, str]) -> Select:
    """Return the choice of the net, from key to title."""
    return Select("net", "network", tuple(options.items()), next(iter(options)), shown=True)


def writing(nets: Mapping[str, str], challenges: Sequence[Challenge]) -> list[Card]:
    """Return the cards of the writing network."""
    page = Panel(
        "text", "page", "The page", "click a character, drag over a stretch",
        "", "the text, coloured",
        {"input": "Type, and the network reads along", "rows": 15, "columns": 92},
    )  # fmt: skip
    odds = Panel(
        "ranks", "odds", "What comes next", "", "", "the likeliest next characters",
        {"count": 14, "width": 240, "label": 8, "lively": True},
    )  # fmt: skip
    units = Panel(
        "maps", "units", "All units", "256 units down, time to the right", "",
        "the outputs of 256 units over the last characters",
        {"columns": 1, "tile": 340, "gap": 0, "limit": 1, "aspect": 0.9},
    )  # fmt: skip
    cell = Panel(
        "unrolled", "cell", "One unit, unrolled", "", "", "a unit's gates over ten steps",
        {"cell": 33},
    )  # fmt: skip
    tracked = Panel(
        "ranks", "tracked", "Units that track something", "", "correlation with the text so far",
        "units by what they track", {"count": 14, "width": 330, "label": 34, "click": True},
    )  # fmt: skip
    return [
        Card(
            "writing",
            columns=((page,), (odds,)),
            controls=(
                Transport(step="character"),
                net(nets),
                TEMPERATURE,
                TOP_K,
                TOP_P,
                SEED,
                Button("again", "From the beginning"),
            ),
        ),
        Card(
            "inside",
            columns=((units,), (cell,)),
            controls=(COLOR, LAYER, UNIT),
            title="Look inside",
            text="Click a place in the map: its unit, at its character. The text above takes the "
            "colours you choose.",
        ),
        *beside(nets),
        Card(
            "tracked",
            columns=((tracked,),),
            title="What do units do?",
            span=6,
            text="Click one to see it in the text.",
        ),
        dares(challenges, "play", 6),
    ]


KINDS = {"rnn": "Plain RNN", "gru": "GRU", "lstm": "LSTM"}


def beside(nets: Mapping[str, str]) -> list[Card]:
    """Return the card that compares the kinds of cells, if there are two to compare."""
    columns = tuple(
        (Panel("unrolled", f"beside.{kind}", title, "", "", f"a unit of the {title}",
               {"cell": 33}),)
        for kind, title in KINDS.items() if kind in nets
    )  # fmt: skip
    if len(columns) < 2:
        return []
    return [
        Card(
            "beside", columns=columns, wrap=True, title="Beside each other",
            text="The same unit's number in each kind of net; each has read the last 48 "
            "characters and nothing before.",
        )
    ]  # fmt: skip


N = Knob("n", "n", 1, 8, 5)
TOKEN = Choice("unit", "over", (("characters", "characters"), ("words", "words")), "characters",
               shown=True)  # fmt: skip
DICE_SEED = Knob("dice_seed", "seed", 0, 99, 1)
DICE = (N, TOKEN, DICE_SEED)


def dice(cows: bool) -> Card:
    """Return the card of the n-grams; the cows' example begins over words, with n = 3."""
    rolled = Panel(
        "text", "rolled", "Written by counting", "click a token", "", "the text, coloured by n",
        {"input": "Type a beginning", "rows": 12, "columns": 88, "limit": 300},
    )  # fmt: skip
    die = Panel(
        "ranks", "die", "The weighted die", "", "", "what followed, and how often",
        {"count": 12, "width": 300, "label": 12, "lively": True, "die": True},
    )  # fmt: skip
    usual = {"n": 3, "unit": "words"} if cows else {}
    controls = tuple(replace(c, default=usual.get(c.name, c.default)) for c in DICE)
    return Card(
        "dice",
        columns=((rolled,), (die,)),
        controls=(Transport(step="roll"), *controls, Button("again", "From the beginning")),
    )


KIND = Choice("kind", "network", (("rnn", "plain RNN"), ("gru", "GRU"), ("lstm", "LSTM")), "lstm",
              shown=True)  # fmt: skip
RATE = Knob("rate", "learning rate", 1e-4, 1.0, 5e-3, log=True)
LENGTH = Knob("length", "sequence length", 1, 128, 64)
CLIP = Knob("clip", "clip at", 0.01, 100, 1, log=True)
WATCH = Knob("watch", "colour by unit", 0, 127, 0)
TRAINING = (KIND, RATE, LENGTH, CLIP, WATCH)
TRAIN = Card(
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

RADIUS = Knob("radius", "RNN: spectral radius", 0.1, 3, 0.9, step=0.05, digits=2)
BIAS = Knob("bias", "LSTM: forget bias", -3, 6, 0, step=0.25, digits=2)
DELAY = Knob("delay", "steps to remember", 1, 100, 40)
RECALL_RATE = Knob("recall_rate", "learning rate", 1e-4, 0.3, 1e-2, log=True)
RECALL_BIAS = Knob("recall_bias", "LSTM: forget bias at the start", -3, 6, 5, step=0.25, digits=2)
MEMORY = (RADIUS, BIAS, DELAY, RECALL_RATE, RECALL_BIAS)


def _reach(name: str, title: str, shape: str, lines: list[str]) -> Panel:
    options = {"names": lines, "log": True, "width": 430, "height": 230,
               "xTitle": "steps back, k", "yTitle": "gradient, relative"}  # fmt: skip
    return Panel("curve", name, title, shape, "", "gradient norm over steps back", options)


def memory(trained: Sequence[str]) -> list[Card]:
    """Return the cards of memory; `trained` names the zoo's nets that can be compared."""
    nets = ["RNN", "GRU", "LSTM"]
    columns = [(_reach("untrained", "Untrained", "64 units", [*nets, "radius^k"]),)]
    if trained:
        columns.append(
            (
                _reach(
                    "trained",
                    "Trained on Shakespeare",
                    "256 units",
                    [kind.upper() for kind in trained],
                ),
            )
        )
    recall = Panel(
        "curve", "recall", "Which symbol came first?", "", "", "share right over steps",
        {"names": nets, "low": 0, "high": 1, "yTitle": "share right", "width": 620, "height": 210},
    )  # fmt: skip
    return [
        Card(
            "reach", columns=tuple(columns), controls=(RADIUS, BIAS),
            title="How far back is a loss felt?",
            text="The gradient of the loss at step T with respect to the hidden state k steps "
            "before, relative to that at k = 0, mean over 16 passages of English.",
        ),
        Card(
            "recall", columns=((recall,),),
            controls=(Transport(), DELAY, RECALL_RATE, RECALL_BIAS, Button("again", "Again")),
            title="A task that needs memory",
            text="One of four symbols is shown, then distractors; at the end the net must name "
            "the first. Three nets of 32 units see the same batches.",
        ),
    ]  # fmt: skip


SOURCES = (
    ("Shannon (1948): A mathematical theory of communication (n-grams)",
     "https://doi.org/10.1002/j.1538-7305.1948.tb01338.x"),
    ("Elman (1990): Finding structure in time", "https://doi.org/10.1207/s15516709cog1402_1"),
    ("Hochreiter & Schmidhuber (1997): Long short-term memory",
     "https://doi.org/10.1162/neco.1997.9.8.1735"),
    ("Cho et al. (2014): Learning phrase representations (GRU)", "https://arxiv.org/abs/1406.1078"),
    ("Karpathy (2015): The unreasonable effectiveness of recurrent neural networks",
     "https://karpathy.github.io/2015/05/21/rnn-effectiveness/"),
    ("Karpathy, Johnson & Fei-Fei (2015): Visualizing and understanding recurrent networks",
     "https://arxiv.org/abs/1506.02078"),
    ("Strobelt et al. (2016): LSTMVis", "https://arxiv.org/abs/1606.07461"),
    ("Holtzman et al. (2019): The curious case of neural text degeneration (top-p)",
     "https://arxiv.org/abs/1904.09751"),
    ("Pascanu, Mikolov & Bengio (2013): On the difficulty of training recurrent neural networks",
     "https://arxiv.org/abs/1211.5063"),
)  # fmt: skip
