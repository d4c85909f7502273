"""The cards of the networks that write: the page, the units, the cells beside each other."""

from collections.abc import Mapping, Sequence

from labs.live.challenges import Challenge
from pages.ui.challenges import challenges_card
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
CONTROLS = (TEMPERATURE, TOP_K, TOP_P, SEED, COLOR, LAYER, UNIT)


def net(options: Mapping[str, str]) -> Select:
    """Return the choice of the net, from key to title."""
    return Select("net", "network", tuple(options.items()), next(iter(options)), shown=True)


def cards(nets: Mapping[str, str], challenges: Sequence[Challenge]) -> list[Card]:
    """Return the cards of the writing network."""
    page = Panel(
        "text", "page", "The page", "click a character, drag over a stretch",
        "", "the text, coloured",
        {"input": "Type, and the network reads along", "rows": 15, "columns": 92},
    )  # fmt: skip
    odds = Panel(
        "ranks", "odds", "What comes next", "", "", "the likeliest next characters",
        {"count": 14, "width": 240, "label": 8, "lively": True, "click": True},
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
        "ranks", "tracked", "Units that track something", "feature: layer·unit",
        "correlation with the text so far",
        "units by what they track", {"count": 14, "width": 400, "label": 34, "click": True},
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
        challenges_card(challenges, "play", 6),
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
