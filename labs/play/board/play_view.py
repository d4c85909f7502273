"""A game against the net in words: what is happening, what it expects, how it ended."""

from labs.numerals import counted, percent, written
from labs.play.board.position import Played
from labs.play.board.thought import Thought
from labs.play.board.view import outcome, short, sides

LINES = 5  # of a search that are listed
SHOWN = 13  # characters of each


def said(
    played: Played, found: Thought | None, visits: int | None, its_turn: bool
) -> tuple[str, str]:
    """Return what is happening, as a title and a sentence; visits: of a search that goes on."""
    game = played.game
    if played.result is not None:
        return outcome(game, played.result), score(played)
    title = f"{sides(game)[played.mover]} to move"
    if visits is not None:
        return title, f"It has done {counted(visits, 'simulation')}."
    if its_turn:
        return title, "It begins to think."
    about = found.played.moves if found else None
    if found and about == played.moves:
        return title, f"It would play {game.words(found.best)}{share_of(found, found.best)}."
    if found and played.moves[:-1] == about:
        last = played.moves[-1]
        return title, f"It played {game.words(last)}{share_of(found, last)}."
    return title, "Point at the board."


def score(played: Played) -> str:
    """Return how a finished game is counted."""
    game = played.game
    if not hasattr(game, "score"):
        return f"After {counted(len(played.moves), 'move')}."
    points = game.score(played.state)
    side = sides(game)[points < 0]
    return f"{side} by {written(abs(points), '.1f')} points, komi {game.komi:g} counted."


def share_of(found: Thought, move: int) -> str:
    """Return in brackets how many of the simulations went to a move."""
    before, after = float(found.before[move]), float(found.after[move])
    if not found.simulations:
        return f" ({percent(before)} by its policy alone)"
    return f" ({percent(before)} by its policy, {percent(after)} of the visits)"


def record(played: Played) -> dict[str, str]:
    """Return the moves so far."""
    words = [short(played.game.words(move)) for move in played.moves]
    pairs = [f"{k // 2 + 1}. {' '.join(words[k : k + 2])}" for k in range(0, len(words), 2)]
    return {"title": "Moves", "text": "  ".join(pairs) or "none"}


def about(found: Thought | None) -> str:
    """Return whose move was searched, and how long."""
    if found is None:
        return "nothing was searched yet"
    side = sides(found.played.game)[found.played.mover]
    done = counted(found.simulations, "simulation") if found.simulations else "no search"
    return f"{side} to move, {done}"


def expected(found: Thought | None) -> list[list]:
    """Return the most visited moves, each with what is expected then: text, share of the visits,
    share by the policy, text of the share.
    """
    if found is None:
        return []
    words = found.played.game.words
    return [
        [fitted([short(words(m)) for m in line]), float(found.after[line[0]]),
         float(found.before[line[0]]), percent(float(found.after[line[0]]))]
        for line in found.lines[:LINES]
    ]  # fmt: skip


def fitted(words: list[str]) -> str:
    """Return as many of the words as fit on a line."""
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > SHOWN:
            break
        line += f" {word}"
    return line
