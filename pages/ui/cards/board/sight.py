"""The cards of what the net sees."""

from labs.play.board import sight as c
from labs.play.board.controls import GAME
from pages.ui.stage import Card, Panel

BOARD = Panel(
    "board", "board", "Position", "", "click to play on", "the position", {"size": 300,
                                                                         "act": "play"},
)  # fmt: skip
PLANES = Panel(
    "maps", "planes", "Planes", "", "", "the planes that the net reads",
    {"columns": 3, "few": 2, "tile": 120, "gap": 18, "map": "ink", "limit": 1, "labelled": True,
     "click": False},
)  # fmt: skip
POLICY = Panel(
    "board", "policy", "Policy and value", "", "click a move", "the share of each move by the "
    "policy, and the value",
    {"size": 300, "shares": "policy", "value": True, "act": "click"},
)  # fmt: skip
UNITS = Panel(
    "maps", "units", "Activations", "", "", "the units of the layer, each over the board",
    {"columns": 8, "few": 4, "tile": 68, "click": False},
)  # fmt: skip
GRADIENT = Panel(
    "maps", "gradient", "Gradient at the planes", "", "", "the gradient at the planes of stones",
    {"columns": 2, "tile": 120, "gap": 18, "labelled": True, "click": False},
)  # fmt: skip
INFLUENCE = Panel(
    "maps", "influence", "What each stone does", "", "", "what each stone adds to the number, by "
    "the gradient and by taking it off",
    {"columns": 2, "tile": 175, "gap": 18, "labelled": True, "click": False},
)  # fmt: skip
CARDS = (
    Card(
        "seen",
        ((BOARD,), (PLANES, GRADIENT), (POLICY,)),
        (GAME, c.OF, c.LIKELIEST, c.CLEAR),
        hold=True,
    ),
    Card(
        "stones",
        ((INFLUENCE,),),
        title="Which stones it hangs on",
        text="Purple stones speak for the move, green ones against it. The gradient looks at the "
        "first step only; taking a stone off asks the net again.",
        span=5,
    ),
    Card("layers", ((UNITS,),), (c.LAYER,), title="Layer by layer", span=7),
)
