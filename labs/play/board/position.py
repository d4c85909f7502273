"""A game as it was played so far: its moves, and the state after each of them."""

from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

LONGEST = 200  # moves that a link may hold
Cell = list[int]  # row and column


@dataclass(frozen=True)
class Played:
    """A game and its moves so far; `states` has one more, the first is the empty board."""

    game: object
    moves: tuple[int, ...] = ()
    states: tuple = ()

    @classmethod
    def begin(cls, game: object) -> "Played":
        """Return a game without moves."""
        return cls(game, (), (game.start(),))

    @classmethod
    def read(cls, game: object, text: str) -> "Played":
        """Return the game of a link, "3.3.2".  Raises ValueError in one sentence."""
        played, parts = cls.begin(game), text.split(".") if text else []
        if len(parts) > LONGEST:
            raise ValueError(f"The link has {len(parts)} moves; a game here has at most {LONGEST}.")
        for number, part in enumerate(parts, 1):
            known = len(part) < 5 and part.isascii() and part.isdecimal()
            if not known or int(part) >= game.moves or not played.legal[int(part)]:
                raise ValueError(f"Move {number} of the link, {part[:8]!r}, is not legal there.")
            played = played.play(int(part))
        return played

    @property
    def text(self) -> str:
        """The moves as a link holds them."""
        return ".".join(map(str, self.moves))

    @property
    def state(self) -> object:
        """The state after the last move."""
        return self.states[-1]

    @cached_property
    def legal(self) -> Tensor:
        """Which moves may be made now, bool (moves,); none once the game is over."""
        return self.game.legal(self.state)

    @cached_property
    def result(self) -> int | None:
        """1, 0 or -1 for the first player, None while it goes on."""
        return self.game.result(self.state)

    @property
    def mover(self) -> int:
        """Whose move it is: 0 the first player's, 1 the second's."""
        return self.game.player(self.state)

    def play(self, move: int) -> "Played":
        """Return the game with one more move.  Raises ValueError in one sentence."""
        if self.result is not None:
            raise ValueError("The game is over; begin a new one.")
        if not 0 <= move < self.game.moves or not self.legal[move]:
            word = self.game.words(move) if 0 <= move < self.game.moves else str(move)
            raise ValueError(f"The move {word} is not legal here.")
        return Played(
            self.game, (*self.moves, move), (*self.states, self.game.play(self.state, move))
        )

    def back(self, count: int = 1) -> "Played":
        """Return the game without its last moves."""
        keep = max(0, len(self.moves) - count)
        return Played(self.game, self.moves[:keep], self.states[: keep + 1])

    def moved(self) -> tuple[Cell | None, list[Cell]]:
        """Return where the last move's stone stands, and the cells whose stones it took."""
        if not self.moves:
            return None, []
        before, after = (self.game.board(state) for state in self.states[-2:])
        put = ((before == 0) & (after != 0)).nonzero().tolist()
        return (put[0] if put else None), ((before != 0) & (after == 0)).nonzero().tolist()


def row_of(board: Tensor, length: int) -> list[Cell]:
    """Return the cells of a straight or diagonal row of `length` equal stones; [] for none.

    board: int (rows, columns), 0 empty.
    """
    rows, columns = board.shape
    for row in range(rows):
        for col in range(columns):
            for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
                line = [[row + k * down, col + k * right] for k in range(length)]
                r, c = line[-1]
                if not (r < rows and 0 <= c < columns) or not board[row, col]:
                    continue
                if all(board[r, c] == board[row, col] for r, c in line):
                    return line
    return []
