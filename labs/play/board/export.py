"""A script that does the search on the screen again, with what the net said of each position."""

import json

from labs.play.board.games import Game
from labs.play.board.search import Node, Tree

SCRIPT = '''"""A search of Glassbox in plain Python: PUCT, with what the net said of each position.

ASKED holds, by the moves from the root: the legal moves, their priors, and the value for who moves
there; or the result, where the game is over.  Needs NumPy.
"""

import json

import numpy as np

C_PUCT, SIMULATIONS = {c_puct}, {simulations}
NAMES = {names}
ASKED = json.loads("""{asked}""")


class Node:
    def __init__(self, path):
        self.path, self.children = path, {{}}
        said = ASKED[path]
        self.result = said.get("result")
        if self.result is None:
            self.moves, self.P = said["moves"], np.array(said["priors"])
            self.value = said["value"]
            self.N, self.W = np.zeros(len(self.P)), np.zeros(len(self.P))


def simulate(root):
    """Descend, expand, evaluate, back up."""
    node, way = root, []
    while True:
        Q = node.W / np.maximum(node.N, 1)
        U = node.P * (C_PUCT * np.sqrt(1 + node.N.sum())) / (1 + node.N)
        k = int((Q + U).argmax())
        way.append((node, k))
        if k not in node.children:
            move = str(node.moves[k])
            node.children[k] = Node(node.path + "." + move if node.path else move)
            leaf = node.children[k]
            break
        if node.children[k].result is not None:
            leaf = node.children[k]
            break
        node = node.children[k]
    value = leaf.value if leaf.result is None else leaf.result
    for node, k in reversed(way):
        value = -value
        node.N[k] += 1
        node.W[k] += value


root = Node("")
for _ in range(SIMULATIONS):
    simulate(root)
for k in np.argsort(-root.N, kind="stable"):
    name, N, Q = NAMES[str(root.moves[k])], root.N[k], root.W[k] / max(root.N[k], 1)
    print(f"{{name}}: N = {{N:.0f}}, Q = {{Q:.3f}}, P = {{root.P[k]:.3f}}")
'''


def script(tree: Tree, game: Game, simulations: int) -> str:
    """Return a script that prints N, Q and P of the root's moves after so many simulations."""
    names = {str(move): game.words(move) for move in range(game.moves)}
    said = json.dumps(answers(tree.root), separators=(",", ":"))
    return SCRIPT.format(
        c_puct=tree.c_puct, simulations=simulations, names=names, asked=said.replace("},", "},\n")
    )


def answers(root: Node) -> dict[str, dict]:
    """Return by path what was said of each position of a tree."""
    found: dict[str, dict] = {}
    queue = [("", root)]
    while queue:
        path, node = queue.pop()
        if node.outcome is not None:
            found[path] = {"result": node.outcome}
            continue
        found[path] = {
            "moves": node.moves.tolist(), "priors": node.P.tolist(), "value": node.value,
        }  # fmt: skip
        for move, child in zip(node.moves.tolist(), node.children, strict=True):
            if child is not None:
                queue.append((f"{path}.{move}" if path else str(move), child))
    return found
