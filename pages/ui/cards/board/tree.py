"""The cards of the search that is opened up."""

from labs.play.board import tree as c
from labs.play.board.controls import GAME
from labs.play.board.tree_view import ROWS
from pages.ui.stage import Card, Panel, Transport

TREE = Panel(
    "tree", "tree", "The tree", "", "", "the positions that the search has visited, from the root "
    "downwards",
    {"width": 1080, "height": 470},
)  # fmt: skip
BOARD = Panel(
    "board", "board", "The root", "", "play on to search elsewhere", "the position that is "
    "searched, with the policy and the visits of each move",
    {"size": 290, "act": "play", "shares": True},
)  # fmt: skip
HERE = Panel("board", "here", "The clicked node", "", "", "the position at the chosen node",
             {"size": 190})  # fmt: skip
SUMS = Panel(
    "ledger", "sums", "What is added up there", "", "click a move to go there", "N, W, Q, P and U "
    "of each move, and the sum of which the largest is chosen",
    {"click": True, "width": 400, "rows": ROWS},
)  # fmt: skip
STAGE = Panel("words", "stage", options={"height": 76, "row": True})
KNOBS = (c.C_PUCT, c.NOISE, c.POLICY, c.VALUE)
CARDS = (
    Card(
        "tree",
        ((TREE, STAGE),),
        (Transport(step="step", until=False), c.PACE, c.GROW, c.AGAIN, c.UP, *KNOBS),
        hold=True,
    ),
    Card(
        "sums",
        ((BOARD,), (SUMS,), (HERE,)),
        (GAME, c.BACK, c.TEMPERATURE),
        title="Numbers at a node",
        text="Each simulation goes to the move with the largest Q + U: what has done well, and "
        "what is likely and was seldom tried.",
    ),
)
