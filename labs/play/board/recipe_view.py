"""AlphaGo's recipe for the eye: the path of its stages, the table, the last games."""

from collections.abc import Mapping, Sequence
from typing import Any

from labs.play.board.players import Stage
from labs.play.board.scores import Match, score, told

LISTED = 8  # games
RESULTS = {1: "1 – 0", 0: "½ – ½", -1: "0 – 1"}
Stages = Mapping[str, Stage]


def path(stages: Stages, games: Sequence[Match], on: int) -> dict[str, Any]:
    """Return each stage with its points against all others; `on` is the one that is told about."""
    rows = [
        [stage.title, stage.year, stage.learns, told(score(games, key))]
        for key, stage in stages.items()
    ]
    return {"head": ["stage", "year", "learns from", "points"], "rows": rows, "on": on}


def table(stages: Stages, games: Sequence[Match]) -> dict[str, Any]:
    """Return the points of each stage against each other."""
    rows = [
        [stage.short, *("" if key == other else told(score(games, key, other)) for other in stages)]
        for key, stage in stages.items()
    ]
    return {"head": ["", *(stage.short for stage in stages.values())], "rows": rows}


def last(stages: Stages, games: Sequence[Match], opened: int | None) -> dict[str, Any]:
    """Return the last games, the newest first; `opened` is the number of the one that is shown."""
    rows = [
        [f"{k + 1}", stages[g.first].short, stages[g.second].short, RESULTS[g.played.result],
         str(len(g.played.moves))]
        for k, g in list(enumerate(games))[: -LISTED - 1 : -1]
    ]  # fmt: skip
    row = None if opened is None else len(games) - 1 - opened
    return {
        "head": ["game", "first", "second", "result", "moves"], "rows": rows,
        "on": row if row is not None and row < LISTED else None,
    }  # fmt: skip
