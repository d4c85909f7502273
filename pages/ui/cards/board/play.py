"""The cards of a game against the net."""

from labs.play.board import play as c
from labs.play.board.controls import GAME
from labs.play.board.play_view import LINES
from pages.ui.stage import Card, Panel

BOARD = Panel(
    "board", "board", "Your game", "", "click, or arrow keys and Enter", "the board of the game",
    {"size": 430, "act": "play"},
)  # fmt: skip
THOUGHT = Panel(
    "board", "thought", "What it thought", "", "", "the board that was searched, with the share "
    "of each move before the search and after it",
    {"size": 300, "shares": True, "value": True},
)  # fmt: skip
EXPECTED = Panel(
    "ranks", "expected", "What it expects", "", "share of the visits; paler: the policy",
    "the most visited moves, each with what is expected then",
    {"count": LINES, "width": 250, "label": 13, "told": 5, "lively": True},
)  # fmt: skip
COURSE = Panel(
    "curve", "course", "Course of the game", "", "1: the first player wins, −1: the second",
    "the value of each position for the first player",
    {"names": ["value by the net", "value by the search"], "width": 330, "height": 130, "low": -1,
     "high": 1, "ticks": [-1, 0, 1], "xTitle": "move", "yTitle": "value", "bridge": True},
)  # fmt: skip
SAID = Panel("words", "said", options={"height": 150, "live": True})
CARDS = (
    Card(
        "game",
        ((BOARD,), (THOUGHT, COURSE), (SAID, EXPECTED)),
        (GAME, c.SIDES, c.SIMULATIONS, c.TEMPERATURE, c.HINT, c.PASS, c.NEW),
        hold=True,
    ),
)
