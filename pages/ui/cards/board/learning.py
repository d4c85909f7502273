"""The cards of a net that learns by self-play."""

from labs.play.board.learning import CONTROLS, OPPONENTS
from pages.ui.stage import Card, Panel, Transport

*SETTINGS, NEW = CONTROLS
GAMES = Panel(
    "board", "games", "Games against itself", "", "", "some of the games in play",
    {"columns": 4, "tile": 96},
)  # fmt: skip
STRENGTH = Panel(
    "curve", "strength", "Strength", "", "", "share of the points against three opponents over "
    "steps, with standard errors",
    {"names": [o.name for o in OPPONENTS], "width": 470, "height": 190, "low": 0, "high": 1,
     "ticks": [0, 0.5, 1], "xTitle": "step", "yTitle": "share of the points", "bridge": True},
)  # fmt: skip
LOSSES = Panel(
    "curve", "losses", "Losses", "", "", "both losses over steps",
    {"names": ["policy, nats", "value, mean square"], "width": 470, "height": 150, "low": 0,
     "xTitle": "step", "yTitle": "loss"},
)  # fmt: skip
OPENING = Panel(
    "board", "opening", "The empty board", "", "", "the policy on the empty board",
    {"size": 330, "shares": "policy", "value": True},
)  # fmt: skip
YOURS = Panel(
    "board", "yours", "Play against it", "", "", "your game against the net that learns",
    {"size": 330, "act": "play"},
)  # fmt: skip
CARDS = (
    Card("learn", ((GAMES,), (STRENGTH, LOSSES)), (Transport(), *SETTINGS), hold=True),
    Card("know", ((OPENING,), (YOURS,)), (NEW,), title="What it knows by now",
         text="On the left its policy and its value of the empty board. On the right it answers "
         "you after 50 simulations.", wrap=True),
)  # fmt: skip
