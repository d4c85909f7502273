"""The games: their rules as plain functions, for one game and for many at once.

    game = labs.play.board.games.load("go5")
    state = game.play(game.start(), 12)

Every game has `name`, `title`, `shape`, `moves`, `longest`, `plane_names` and the functions
`start()`, `player(state)`, `legal(state)`, `play(state, move)`, `result(state)`, `board(state)`,
`planes(state)`, `words(move)`, `cell(move)` and `lands(state, move)`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from labs.play.board.games.go import Go, GoState
from labs.play.board.games.rows import RowGame, RowState

Game = Go | RowGame
State = GoState | RowState

GAMES: Mapping[str, Game] = MappingProxyType(
    {
        game.name: game
        for game in (
            RowGame("connect-four", "Connect Four", 6, 7, 4, drops=True),
            Go("go5", "Go on 5 x 5", 5, komi=7.5),
            Go("go7", "Go on 7 x 7", 7, komi=8.5),
            RowGame("connect-four-small", "Connect Four on 5 x 4", 4, 5, 4, drops=True),
            RowGame("tic-tac-toe", "Tic-tac-toe", 3, 3, 3, drops=False),
        )
    }
)


def load(name: str) -> Game:
    """Return a game by its name.  Raises ValueError for an unknown one."""
    if name not in GAMES:
        raise ValueError(f"there is no game {name!r}; there are {', '.join(GAMES)}")
    return GAMES[name]
