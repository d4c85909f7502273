"""What a hand does on the board that takes thought: another search chooses its moves."""

import random

import torch

from labs.play.board.nets import evaluation
from labs.play.board.play import Play
from labs.play.board.recipe import Recipe
from labs.play.board.search import Tree

THOUGHT = 600  # simulations


def waited(lab: Play) -> None:
    """Let it finish what it thinks about."""
    while lab.step():
        pass


def beat(lab: Play) -> None:
    """Play a game, each move after a long search."""
    waited(lab)
    while lab.now.played.result is None:
        chance = torch.Generator()
        tree = Tree(lab.game, lab.now.played.state, evaluation(lab.game, generator=chance))
        for _ in range(THOUGHT):
            tree.simulate()
        lab.receive({"panel": "board", "kind": "play", "unit": tree.choose()})
        waited(lab)


def overruled(lab: Play) -> None:
    """Ask for a hint in one position after the other, until the search is of another mind."""
    dice = random.Random(1)
    for _ in range(150):
        lab.receive({"setting": "new", "value": True})
        for _ in range(6):
            legal = lab.now.played.legal.nonzero().flatten().tolist()
            lab.receive({"panel": "board", "kind": "play", "unit": dice.choice(legal)})
        lab.receive({"setting": "hint", "value": True})
        waited(lab)
        lab.rest()
        if "overruled" in lab.frame().notes["met"]:
            return


def matched(lab: Recipe, games: int) -> None:
    """Let so many games of the table be played."""
    while len(lab.games) < games:
        lab.step()
