"""The cards of the networks that write: the page, the units, the cells beside each other."""

from labs.sequences.language import controls as c
from labs.sequences.language.challenges.writing import WRITING
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

PAGE = Panel(
    "text", "page", "The page", "click a character, drag over a stretch",
    "", "the text, coloured",
    {"input": "Type, and the network reads along", "rows": 15, "columns": 92},
)  # fmt: skip
ODDS = Panel(
    "ranks", "odds", "What comes next", "", "", "the likeliest next characters",
    {"count": 14, "width": 240, "label": 8, "lively": True, "click": True},
)  # fmt: skip
UNITS = Panel(
    "maps", "units", "All units", "256 units down, time to the right", "",
    "the outputs of 256 units over the last characters",
    {"columns": 1, "tile": 340, "gap": 0, "limit": 1, "aspect": 0.9},
)  # fmt: skip
CELL = Panel(
    "unrolled", "cell", "One unit, unrolled", "", "", "a unit's gates over ten steps",
    {"cell": 33},
)  # fmt: skip
TRACKED = Panel(
    "ranks", "tracked", "Units that track something", "feature: layer·unit",
    "correlation with the text so far",
    "units by what they track", {"count": 14, "width": 400, "label": 34, "click": True},
)  # fmt: skip
COMPARED = tuple(
    (Panel("unrolled", f"beside.{kind}", title[:1].upper() + title[1:], "", "",
           f"a unit of the {title}", {"cell": 33}),)
    for kind, title in c.NETS if kind in c.TITLES
)  # fmt: skip
BESIDE = Card(
    "beside",
    columns=COMPARED,
    wrap=True,
    title="Beside each other",
    text="The same unit's number in each kind of net; each has read the last 48 characters and "
    "nothing before.",
)
CARDS = (
    Card(
        "writing",
        columns=((PAGE,), (ODDS,)),
        controls=(
            Transport(step="character"), c.NET, c.TEMPERATURE, c.TOP_K, c.TOP_P, c.SEED, c.AGAIN,
        ),
    ),
    Card(
        "inside",
        columns=((UNITS,), (CELL,)),
        controls=(c.COLOR, c.LAYER, c.UNIT),
        title="Look inside",
        text="Click a place in the map: its unit, at its character. The text above takes the "
        "colours you choose.",
    ),
    *((BESIDE,) if len(COMPARED) > 1 else ()),
    Card(
        "tracked",
        columns=((TRACKED,),),
        title="What do units do?",
        span=6,
        text="Click one to see it in the text.",
    ),
    challenges_card(WRITING, span=6),
)  # fmt: skip
