"""The search as one would write it first: dictionaries, nn.Module, a position at a time."""

import math

import torch
from torch import nn


class Node:
    """A move that led here."""

    def __init__(self, prior: float) -> None:
        self.prior, self.visits, self.total = prior, 0, 0.0
        self.children: dict[int, Node] = {}

    def mean(self) -> float:
        """Return Q."""
        return self.total / self.visits if self.visits else 0.0


def plain_search(game, state, net: nn.Module, simulations: int, c_puct: float = 1.5) -> list[int]:
    """Return how often each move was tried; the formula of `labs.play.board.search`."""

    def expand(node: Node, state) -> float:
        with torch.no_grad():
            logits, value = net(game.planes(state).unsqueeze(0))
        legal = game.legal(state)
        priors = torch.softmax(logits[0].masked_fill(~legal, -math.inf), 0)
        for move in legal.nonzero().flatten().tolist():
            node.children[move] = Node(priors[move].item())
        return value.item()

    root = Node(1.0)
    expand(root, state)
    for _ in range(simulations):
        node, here, path = root, state, [root]
        while node.children:
            visits = math.sqrt(1 + sum(child.visits for child in node.children.values()))
            move, node = max(
                node.children.items(),
                key=lambda item: (
                    item[1].mean() + c_puct * item[1].prior * visits / (1 + item[1].visits)
                ),
            )
            here = game.play(here, move)
            path.append(node)
        result = game.result(here)
        if result is None:
            value = expand(node, here)
        else:
            value = result if game.player(here) == 0 else -result
        for visited in reversed(path):
            value = -value
            visited.visits += 1
            visited.total += value
    return [root.children[m].visits if m in root.children else 0 for m in range(game.moves)]
