"""A position as the panel `board` draws it: cells, moves, coordinates, shares."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from labs.play.board.games import Game
from labs.play.board.position import Played, row_of

FIRST, SECOND = 1, 2  # on a board


def kind_of(game: Game) -> str:
    """Return how a game's board is drawn: crossings, slots into which discs fall, or squares."""
    if game.drops:
        return "slots"
    return "squares" if hasattr(game, "length") else "crossings"


def sides(game: Game) -> tuple[str, str]:
    """Return what both players are called."""
    return {
        "crossings": ("Black", "White"), "slots": ("Blue", "Orange"),
        "squares": ("Cross", "Circle"),
    }[kind_of(game)]  # fmt: skip


def short(word: str) -> str:
    """Return the name of a move in few characters."""
    return word.removeprefix("column ")


def coordinates(game: Game) -> dict[str, list[str]]:
    """Return the names of columns and rows, as in the words of a move."""
    rows, columns = game.shape
    if game.drops:
        return {"across": [str(k + 1) for k in range(columns)], "down": [""] * rows}
    return {"across": list("abcdefgh"[:columns]), "down": [str(rows - k) for k in range(rows)]}


def winning(game: Game, played: Played) -> list[list[int]]:
    """Return the cells of the row that has won; [] where there is none."""
    if not played.result or not hasattr(game, "length"):
        return []
    return row_of(game.board(played.state), game.length)


def board_note(played: Played, **more: Any) -> dict[str, Any]:
    """Return the note of a board; `more` are other fields of it."""
    game = played.game
    last, taken = played.moved()
    places = [game.lands(played.state, move) for move in range(game.moves)]
    if game.drops:  # a full column is still pointed at
        places = [place or (0, move) for move, place in enumerate(places)]
    return {
        "kind": kind_of(game), "turn": played.mover + 1, "legal": played.legal.int().tolist(),
        "moves": [list(place) if place else None for place in places],
        "words": [game.words(move) for move in range(game.moves)], "last": last, "taken": taken,
        "line": winning(game, played), "chosen": None, "values": [None, None], "busy": None,
        **coordinates(game), **more,
    }  # fmt: skip


def cells(played: Played) -> Tensor:
    """Return the board (rows, columns): 0 empty, 1 and 2 the players."""
    return played.game.board(played.state)


def shares(
    game: Game, before: Tensor | None = None, after: Tensor | None = None, q: Tensor | None = None
) -> Tensor:
    """Return (3, moves): shares before the search and after it, and Q; NaN where unknown."""
    lines = torch.full((3, game.moves), torch.nan)
    for line, values in zip(lines, (before, after, q), strict=True):
        if values is not None:
            line.copy_(values)
    return lines


def outcome(game: Game, result: int) -> str:
    """Return in words who has won."""
    if not result:
        return "A draw."
    return f"{sides(game)[result < 0]} has won."


def several(games: Sequence[Played], texts: Sequence[str], chosen: int | None) -> dict[str, Any]:
    """Return the note of several small boards of one game."""
    first = games[0].game
    return {
        "kind": kind_of(first), "lasts": [p.moved()[0] for p in games],
        "lines": [winning(first, p) for p in games], "texts": list(texts), "chosen": chosen,
    }  # fmt: skip
