"""A search for the eye: the note of its tree, the sums at a node, and the stage in words."""

from typing import Any

import torch

from labs.live import Frame
from labs.numerals import counted, number, percent, written
from labs.play.board.drawing import LINE, STAGES, on_the_way, principal
from labs.play.board.opened import Opened, after
from labs.play.board.position import Played
from labs.play.board.thought import thought
from labs.play.board.view import cells, kind_of, outcome, shares, short, sides

ROWS = 9  # moves of the chosen position that are listed
HEAD = ["move", "N", "W", "Q", "P", "U", "Q + U"]


def over(frame: Frame, played: Played) -> None:
    """Say that there is nothing to search."""
    frame.values["board.shares"] = shares(played.game)
    frame.values["tree"] = torch.zeros(7, 0)
    frame.notes["tree"] = {"names": [], "boards": [], "way": [], "stage": None, "leaf": None}
    frame.notes["sums"] = {"head": HEAD, "rows": [], "sum": ""}
    text = outcome(played.game, played.result)
    frame.notes["words"] = {"stage": [{"title": text, "text": "There is nothing to search."}]}
    frame.notes["say"] = text


def tree(opened: Opened) -> dict[str, Any]:
    """Return the note of the picture: names, the boards of the principal line, the walk."""
    picture, walk, game = opened.picture, opened.walk, opened.played.game
    line, boards = principal(picture), []
    for k in line[1 : LINE + 1]:
        there = after(opened.played, picture.placed[k].path)
        boards.append(
            {"node": k, "cells": cells(there).flatten().tolist(), "last": there.moved()[0]}
        )
    evaluated = walk is not None and opened.stage >= 2
    return {
        "names": ["", *(short(game.words(p.path[-1])) for p in picture.placed[1:])],
        "boards": boards, "kind": kind_of(game), "shape": list(game.shape),
        "way": on_the_way(picture, walk, opened.walked), "stage": opened.stage if walk else None,
        "leaf": written(opened.value, "+.2f") if evaluated else None,
        "chosen": picture.at(opened.chosen), "line": line,
    }  # fmt: skip


def where(opened: Opened) -> str:
    """Return how the chosen node is reached."""
    return f"after {moves(opened, opened.chosen)}" if opened.chosen else "the root"


def moves(opened: Opened, path: tuple[int, ...]) -> str:
    """Return a path in words."""
    return " ".join(short(opened.played.game.words(move)) for move in path)


def ledger(opened: Opened) -> dict[str, Any]:
    """Return the sums of which the largest is chosen, move by move."""
    node, words = opened.node(opened.chosen), opened.played.game.words
    if node is None or node.N is None:
        finished = node is not None and node.outcome is not None
        told = (
            "The game is over here: the result is the value, and nothing is chosen."
            if finished
            else "This position is not expanded."
        )
        return {"head": HEAD, "rows": [], "sum": told}
    counts, sums, q, p, u = opened.sums(node)
    order = opened.order()
    rows = [
        [short(words(int(node.moves[k]))), f"{counts[k]:.0f}", written(sums[k], "+.2f"),
         written(q[k], "+.3f"), percent(float(p[k])), written(u[k], ".3f"),
         written(q[k] + u[k], ".3f")] for k in order[:ROWS]
    ]  # fmt: skip
    best, side = order[0], sides(opened.played.game)[opened.played.game.player(node.state)]
    more = len(order) - ROWS
    rest = f" {counted(more, 'move')} with less are not listed." if more > 0 else ""
    return {
        "head": HEAD, "rows": rows, "on": 0,
        "sum": f"{side} moves here. The next simulation goes to {words(int(node.moves[best]))}: "
        f"{number(q[best])} + {number(u[best])} = {number(q[best] + u[best])} is the largest "
        f"sum.{rest}",
    }  # fmt: skip


def said(opened: Opened) -> list[dict[str, str]]:
    """Return the stage in words, and what the search would play."""
    if opened.walk is None:
        first = {"title": "Before the first simulation", "text": "Only the root is there. The net "
                 "has given each move a prior. Press play, or step."}  # fmt: skip
        return [first]
    game, path, new = opened.played.game, moves(opened, opened.walked), opened.walk.evaluated
    value, first = written(opened.value, "+.3f"), sides(game)[0]
    text = (
        f"From the root by the largest Q + U at each node: {path}.",
        f"The position after {path} is new: it joins the tree."
        if new
        else f"After {path} the game is over: there is nothing to expand.",
        f"Its value is {value} for {first}"
        + (", and each of its moves gets a prior." if new else ", the result."),
        f"{value} for {first} was added on the way back to the root: N grew by 1, W by the "
        f"value, with the sign of who moved. Way: {path}.",
    )[opened.stage]
    found = thought(opened.tree, opened.played)
    share = percent(float(found.after[found.best])) if found.simulations else "0 %"
    return [
        {"title": f"{opened.stage + 1} of 4: {STAGES[opened.stage]}", "text": text},
        {"title": "It would play", "text": f"{game.words(found.best)}, with {share} of the "
         f"visits; the policy alone says {game.words(int(found.before.argmax()))} with "
         f"{percent(float(found.before.max()))}."},
    ]  # fmt: skip
