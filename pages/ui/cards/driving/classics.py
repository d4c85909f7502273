"""The cards of both classics: pole balancing, and a grid world."""

from labs.play.driving import grid_lab as g
from labs.play.driving import pole_lab as p
from pages.ui.stage import Card, Panel, Transport

POLE = (
    Card(
        "poles",
        columns=(
            (Panel("maps", "carts", "Six of sixteen carts", "", "up, until a pole leans by 12° or "
                   "a cart leaves its rail", "carts on a rail, each with a pole on it",
                   {"map": "ink", "limit": 1, "columns": 2, "few": 1, "tile": 270,
                    "labelled": True, "read": False, "whole": True}),),
            (Panel("bars", "actions", "The first cart decides", "", "", "",
                   {"labels": ["push left", "push right"], "width": 250}),
             Panel("words", "now", options={"height": 150})),
        ),
        controls=(Transport(), *p.CONTROLS),
        hold=True,
    ),
    Card(
        "lives",
        columns=(
            (Panel("curve", "lives", "How long a pole stays up", "decisions, 50 a second", "",
                   "the length of lives over decisions",
                   {"names": ["decisions"], "low": 0, "high": 500, "width": 980, "height": 190,
                    "xTitle": "decisions of each cart", "yTitle": "decisions"}),),
        ),
        span=12,
    ),
)  # fmt: skip
CELLS = {"cell": 38, "click": True, "blank": True, "limit": 1, "digits": 2}
GRID = (
    Card(
        "worlds",
        columns=(
            (Panel("cells", "swept", "Value iteration", "knows where moves lead", "", "the value "
                   "of every move in its cell, by value iteration", CELLS),),
            (Panel("cells", "learned", "Q-learning", "finds out by walking", "", "the value of "
                   "every move in its cell, by Q-learning", CELLS),),
        ),
        controls=(Transport(speed=5), *g.MAIN),
        hold=True,
    ),
    Card(
        "course",
        columns=(
            (Panel("curve", "away", "The largest error of any Q", "", "", "errors of both methods "
                   "over steps", {"names": ["value iteration", "Q-learning"], "log": True,
                                  "width": 980, "height": 190, "xTitle": "steps",
                                  "yTitle": "error", "low": 1e-12}),
             Panel("words", "error", options={"height": 80})),
        ),
        controls=g.LEARN,
        title="Two ways to the same numbers",
        text="In every cell the values of four moves, up, right, down and left, and the best of "
        "them in the middle; an empty block is a wall. The ring is where Q-learning stands.",
    ),
)  # fmt: skip
