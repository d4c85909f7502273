"""The cards of AlphaGo's recipe."""

from labs.play.board import recipe as c
from labs.play.board.recipe_view import LISTED
from pages.ui.stage import Card, Panel, Transport

PATH = Panel(
    "ledger", "path", "Stages", "", "click one", "the stages of the recipe",
    {"click": True, "width": 520, "rows": len(c.STAGES)},
)  # fmt: skip
STAGE = Panel("words", "stage", options={"height": 96})
BOARD = Panel("board", "board", "The game", "", "", "the game that is shown", {"size": 260})
TABLE = Panel(
    "ledger", "table", "Who beats whom", "", "", "the share of the points of each stage against "
    "each other", {"width": 690, "rows": len(c.STAGES)},
)  # fmt: skip
GAMES = Panel(
    "ledger", "games", "The last", "", "click one to open it", "the last games",
    {"click": True, "width": 400, "rows": LISTED},
)  # fmt: skip
CARDS = (
    Card(
        "table",
        ((TABLE,), (BOARD,)),
        (Transport(step="move", until=False), c.WHO, c.SIMULATIONS, c.AGAIN),
        hold=True,
    ),
    Card("path", ((PATH, STAGE),), title="The path", span=6),
    Card("games", ((GAMES,),), (c.MOMENT, c.NOW), title="Games", span=6,
         text="Each opening of two random moves is played twice, with sides changed."),
)  # fmt: skip
