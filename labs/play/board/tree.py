"""A search opened up: its tree grows one simulation, or one stage of a simulation, at a time."""

import torch

from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Choice, Knob, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted, number, percent, written
from labs.play.board import export, view
from labs.play.board.challenges import SEARCH
from labs.play.board.drawing import (
    LINE,
    STAGES,
    Picture,
    numbers,
    on_the_way,
    principal,
    seen,
    table,
)
from labs.play.board.games import GAMES
from labs.play.board.nets import evaluation
from labs.play.board.play import GAME, short
from labs.play.board.position import Played
from labs.play.board.search import Node, Tree, Walk
from labs.play.board.thought import thought

MOST = 400  # simulations that a tree may hold
OPENING = 40  # simulations of a fresh page
BURST = 200  # simulations of the button
ROWS = 9  # moves of the chosen position that are listed
PACE = Choice(
    "pace", "a step is", (("simulation", "one simulation"), ("stage", "one of its four stages")),
    "simulation", shown=True,
)  # fmt: skip
C_PUCT = Knob("c_puct", "c_puct", 0, 6, 1.5, step=0.1, digits=1)
NOISE = Knob("noise", "Dirichlet noise", 0, 1, 0, step=0.05, digits=2)
TEMPERATURE = Knob("temperature", "temperature", 0, 2, 1, step=0.05, digits=2)
POLICY = Choice("policy", "policy", (("net", "the net's"), ("none", "off")), "net", shown=True)
VALUE = Choice(
    "value", "value",
    (("net", "the net's"), ("rollout", "a random game"), ("both", "their mean"), ("none", "off")),
    "net", shown=True,
)  # fmt: skip
GROW = Button("grow", f"Grow to {BURST}")
AGAIN = Button("again", "Begin again")
BACK = Button("back", "Take the move back")
UP = Button("root", "To the root")


class Searching(Lab):
    """A position, the tree of its search, and the numbers at one node of it."""

    name = "board.search"
    controls = (
        GAME, PACE, C_PUCT, NOISE, TEMPERATURE, POLICY, VALUE, GROW, AGAIN, BACK, UP,
    )  # fmt: skip
    links = ("moves", "grown", "node")
    challenges = SEARCH
    on = {("board", "play"): "play", ("tree", "click"): "choose", ("sums", "click"): "choose_row"}

    def __init__(self) -> None:
        super().__init__()
        self.played = Played.begin(GAMES[self.settings["game"]])
        self.goal = OPENING  # simulations that it grows to by itself
        self.ids: dict[tuple[int, ...], int] = {}  # of the positions, by their path
        self._begin()

    def _begin(self, grown: int = 0) -> None:
        """Search anew from the position, `grown` simulations at once."""
        s = self.settings
        self.chosen: tuple[int, ...] = ()
        self.walk: Walk | None = None
        self.stage = 3  # of the last simulation
        self.tree: Tree | None = None
        if self.played.result is not None:
            return
        generator = torch.Generator().manual_seed(1)
        asks = evaluation(self.game, policy=s["policy"], value=s["value"], generator=generator)
        self.tree = Tree(
            self.game, self.played.state, asks, c_puct=s["c_puct"], noise=s["noise"],
            generator=generator,
        )  # fmt: skip
        for _ in range(grown):
            self.walk = self.tree.simulate()

    @property
    def game(self):
        """The rules."""
        return self.played.game

    @property
    def count(self) -> int:
        """Simulations that were begun."""
        return self.tree.root.visits if self.tree else 0

    @property
    def eager(self) -> bool:
        """Whether a button asked for more than there is."""
        return self.tree is not None and self.count < self.goal

    @property
    def steps(self) -> int:
        """Simulations that were begun, as the transport counts them."""
        return self.count

    # What the hand does.

    def changed(self, name: str, before: Value) -> None:
        """Search anew, as far as before; temperature and pace only change what is seen."""
        if name == "game" and self.settings[name] != before:
            self.played, self.ids, self.goal = Played.begin(GAMES[self.settings["game"]]), {}, 0
            self._begin()
        elif name in ("c_puct", "noise", "policy", "value") and self.settings[name] != before:
            grown, chosen = self.count, self.chosen
            self._begin(grown)
            self.chosen = chosen if self._node(chosen) else ()

    def play(self, event: Event) -> None:
        """Go on to another position: the search begins anew there."""
        self.played = self.played.play(whole(event.get("unit"), 0, self.game.moves - 1, "A move"))
        self.goal, self.ids = 0, {}
        self._begin()

    def back(self) -> None:
        """Take the last move back."""
        if not self.played.moves:
            raise ValueError("The board is empty; there is no move to take back.")
        self.played, self.goal, self.ids = self.played.back(), 0, {}
        self._begin()

    def again(self) -> None:
        """Begin the search again."""
        self.goal = 0
        self._begin()

    def grow(self) -> None:
        """Grow to so many simulations."""
        if self.tree is None:
            raise ValueError("The game is over here; take a move back.")
        self.goal = BURST

    def root(self) -> None:
        """Look at the root."""
        self.chosen = ()

    def choose(self, event: Event) -> None:
        """Look at a position of the tree."""
        if self.tree is None:
            raise ValueError("There is no tree: the game is over.")
        placed = self._picture().placed
        self.chosen = placed[whole(event.get("unit"), 0, len(placed) - 1, "A node")].path

    def choose_row(self, event: Event) -> None:
        """Look at the position after a move of the table."""
        if self.tree is None:
            raise ValueError("There is no tree: the game is over.")
        order = self._order()[:ROWS]
        row = whole(event.get("unit"), 0, len(order) - 1, "A row")
        node = self._node(self.chosen)
        path = (*self.chosen, int(node.moves[order[row]]))
        if self._picture().at(path) is None:
            raise ValueError("No simulation has come there yet.")
        self.chosen = path

    # What it does.

    def step(self) -> bool:
        """Do one simulation, or one stage of it; False when the tree is as large as it may be."""
        if self.tree is None:
            return False
        by_itself = self.eager
        if self.settings["pace"] == "stage" and not by_itself and self.stage < 3:
            self.stage += 1
        elif self.count < MOST:
            whole_one = self.settings["pace"] == "simulation" or by_itself
            self.walk, self.stage = self.tree.simulate(), 3 if whole_one else 0
        if by_itself and not self.eager:  # it has got where it should
            self.goal = 0
            return False
        return self.count < MOST or self.stage < 3

    # What there is to see.

    def _picture(self) -> Picture:
        return seen(self.tree, self.walk, self.stage)

    def _node(self, path: tuple[int, ...]) -> Node | None:
        """The position at the end of a path; None where none is expanded."""
        node = self.tree.root if self.tree else None
        for move in path:
            if node is None or node.N is None:
                return None
            at = [k for k, m in enumerate(node.moves) if m == move]
            node = node.children[at[0]] if at else None
        return node

    def _sums(self, node: Node):
        """N, W, Q, P, U of a position's moves at this stage."""
        counts, sums = numbers(node, self.walk, self.stage)
        q = sums / counts.clip(min=1)
        u = self.settings["c_puct"] * node.P * (1 + counts.sum()) ** 0.5 / (1 + counts)
        return counts, sums, q, node.P, u

    def best_sum(self) -> tuple[str, float, int, float, float, float] | None:
        """The move with the largest sum at the chosen node, N, the visits there, Q, P and U."""
        node, order = self._node(self.chosen), self._order()
        if not order:
            return None
        counts, _, q, p, u = self._sums(node)
        k = order[0]
        total = 1 + round(float(counts.sum()))
        word = self.game.words(int(node.moves[k]))
        return word, float(counts[k]), total, float(q[k]), float(p[k]), float(u[k])

    def _order(self) -> list[int]:
        """The moves of the chosen position, the largest Q + U first."""
        node = self._node(self.chosen)
        if node is None or node.N is None:
            return []
        _, _, q, _, u = self._sums(node)
        return (-(q + u)).argsort(kind="stable").tolist()

    def show(self) -> Frame:
        """Return the tree, the sums at the chosen node, and both boards."""
        frame = Frame(notes={"titles": {}})
        here = self._after(self.chosen)
        frame.values["here"] = view.cells(here)
        frame.notes["here"] = view.board_note(here)
        frame.values["board"] = view.cells(self.played)
        if self.tree is None:
            self._over(frame)
            return frame
        picture = self._picture()
        frame.notes["board"] = view.board_note(self.played)
        frame.values["board.shares"] = self._shares()
        frame.values["tree"] = table(picture, self._numbered(picture))
        frame.notes["tree"] = self._tree(picture)
        frame.notes["sums"] = self._ledger()
        frame.notes["words"] = {"stage": self._said()}
        frame.notes["titles"] |= {
            "tree": f"{counted(self.count, 'simulation')}, "
            f"{counted(len(picture.placed), 'position')}; click one",
            "here": self._where(),
        }
        frame.notes["idle"] = [] if self.played.moves else ["back"]
        frame.notes["say"] = " ".join(part["text"] for part in self._said()[:1])
        return frame

    def _over(self, frame: Frame) -> None:
        """Say that there is nothing to search."""
        frame.notes["board"] = view.board_note(self.played)
        frame.values["board.shares"] = view.shares(self.game)
        frame.values["tree"] = torch.zeros(7, 0)
        frame.notes["tree"] = {"names": [], "boards": [], "way": [], "stage": None, "leaf": None}
        frame.notes["sums"] = {"head": HEAD, "rows": [], "sum": ""}
        text = view.outcome(self.game, self.played.result)
        frame.notes["words"] = {"stage": [{"title": text, "text": "There is nothing to search."}]}
        frame.notes["say"] = text

    def _after(self, path: tuple[int, ...]) -> Played:
        played = self.played
        for move in path:
            played = played.play(move)
        return played

    def _numbered(self, picture: Picture) -> dict[tuple[int, ...], int]:
        """A number for each position that stays, so that the browser moves it to its new place."""
        for placed in picture.placed:
            self.ids.setdefault(placed.path, len(self.ids))
        return self.ids

    def _shares(self) -> torch.Tensor:
        """Policy, visits sharpened by the temperature, and Q, at the root."""
        found = thought(self.tree, self.played)
        counts, _ = numbers(self.tree.root, self.walk, self.stage)
        after, at = (
            torch.full((self.game.moves,), torch.nan),
            torch.from_numpy(self.tree.root.moves),
        )
        if counts.any():
            after = torch.zeros(self.game.moves)
            t = self.settings["temperature"]
            sharp = counts == counts.max() if t < 0.01 else (counts / counts.max()) ** (1 / t)
            after[at] = torch.from_numpy(sharp / sharp.sum()).float()
        return view.shares(self.game, found.before, after, found.q)

    def _tree(self, picture: Picture) -> dict:
        """The note of the picture: names, the boards of the principal line, the walk."""
        line = principal(picture)[1 : LINE + 1]
        boards = [
            {"node": k, "cells": self._flat(picture.placed[k].path),
             "last": self._after(picture.placed[k].path).moved()[0]} for k in line
        ]  # fmt: skip
        path = self._walked()
        leaf = None
        if self.walk is not None and self.stage >= 2:
            sign = -1 if self.game.player(self.walk.leaf.state) else 1
            leaf = written(sign * self.walk.value, "+.2f")
        return {
            "names": ["", *(short(self.game.words(p.path[-1])) for p in picture.placed[1:])],
            "boards": boards, "kind": view.kind_of(self.game), "shape": list(self.game.shape),
            "way": on_the_way(picture, self.walk, path), "stage": self.stage if self.walk else None,
            "leaf": leaf, "chosen": picture.at(self.chosen), "line": principal(picture),
        }  # fmt: skip

    def _walked(self) -> tuple[int, ...]:
        """The moves of the last simulation."""
        if self.walk is None:
            return ()
        pairs = zip(self.walk.nodes, self.walk.choices, strict=False)
        return tuple(int(node.moves[k]) for node, k in pairs)

    def _flat(self, path: tuple[int, ...]) -> list[int]:
        return view.cells(self._after(path)).flatten().tolist()

    def _where(self) -> str:
        if not self.chosen:
            return "the root"
        return "after " + " ".join(short(self.game.words(m)) for m in self.chosen)

    def _ledger(self) -> dict:
        """The sums of which the largest is chosen, move by move."""
        node = self._node(self.chosen)
        if node is None or node.N is None:
            if node is not None and node.outcome is not None:
                return {"head": HEAD, "rows": [], "sum": "The game is over here: the result is the "
                        "value, and nothing is chosen."}  # fmt: skip
            return {"head": HEAD, "rows": [], "sum": "This position is not expanded."}
        counts, sums, q, p, u = self._sums(node)
        order = self._order()
        rows = [
            [short(self.game.words(int(node.moves[k]))), f"{counts[k]:.0f}",
             written(sums[k], "+.2f"), written(q[k], "+.3f"), percent(float(p[k])),
             written(u[k], ".3f"), written(q[k] + u[k], ".3f")] for k in order[:ROWS]
        ]  # fmt: skip
        best, side = order[0], view.sides(self.game)[self.game.player(node.state)]
        word = self.game.words(int(node.moves[best]))
        more = len(order) - ROWS
        rest = f" {counted(more, 'move')} with less are not listed." if more > 0 else ""
        return {
            "head": HEAD, "rows": rows, "on": 0,
            "sum": f"{side} moves here. The next simulation goes to {word}: {number(q[best])} + "
            f"{number(u[best])} = {number(q[best] + u[best])} is the largest sum.{rest}",
        }  # fmt: skip

    def _said(self) -> list[dict[str, str]]:
        """The stage in words, and what the search would play."""
        if self.walk is None:
            first = {"title": "Before the first simulation", "text": "Only the root is there. The "
                     "net has given each move a prior. Press play, or step."}  # fmt: skip
            return [first]
        path = " ".join(short(self.game.words(m)) for m in self._walked())
        value = written((-1 if self.game.player(self.walk.leaf.state) else 1) * self.walk.value,
                        "+.3f")  # fmt: skip
        first = view.sides(self.game)[0]
        text = (
            f"From the root by the largest Q + U at each node: {path}.",
            f"The position after {path} is new: it joins the tree."
            if self.walk.evaluated
            else f"After {path} the game is over: there is nothing to expand.",
            f"Its value is {value} for {first}"
            + (", and each of its moves gets a prior." if self.walk.evaluated else ", the result."),
            f"{value} for {first} was added on the way back to the root: N grew by 1, W by the "
            f"value, with the sign of who moved. Way: {path}.",
        )[self.stage]
        found = thought(self.tree, self.played)
        best = self.game.words(found.best)
        share = percent(float(found.after[found.best])) if found.simulations else "0 %"
        return [
            {"title": f"{self.stage + 1} of 4: {STAGES[self.stage]}", "text": text},
            {"title": "It would play", "text": f"{best}, with {share} of the visits; the policy "
             f"alone says {self.game.words(int(found.before.argmax()))} with "
             f"{percent(float(found.before.max()))}."},
        ]  # fmt: skip

    # The address.

    def to_link(self) -> dict[str, str]:
        """Return the moves, how far the tree has grown, and the chosen node."""
        stage = "" if self.stage == 3 else f".{self.stage}"
        return {
            "moves": self.played.text,
            "grown": f"{self.count}{stage}" if self.count else "",
            "node": ".".join(map(str, self.chosen)),
        }

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote: the tree is grown again."""
        if name == "moves":
            self.played, self.ids, self.goal = Played.read(self.game, text), {}, 0
            self._begin()
        elif name == "grown":
            self.goal = 0
            count, _, stage = text.partition(".")
            if not (len(count) < 5 and count.isascii() and count.isdecimal()
                    and int(count) <= MOST and stage in ("", "0", "1", "2")):  # fmt: skip
                raise ValueError(
                    f"The link says {text[:20]!r} simulations; at most {MOST} are kept."
                )
            self._begin(int(count))
            self.stage = int(stage) if stage and self.walk else 3
        else:
            path = tuple(int(p) for p in text[:200].split(".") if p.isascii() and p.isdecimal())
            if self._node(path) is None:
                raise ValueError(
                    "The link names a node that is not in the tree; the root is shown."
                )
            self.chosen = path

    def evidence(self) -> tuple:
        """Return the settings, the moves, and what the search has found."""
        found = thought(self.tree, self.played) if self.tree else None
        return self.settings, self.played, found

    def script(self) -> str:
        """Return a script that does this search again."""
        if self.tree is None:
            raise ValueError("The game is over here: there is no search to do again.")
        return export.script(self.tree, self.game, self.count)


HEAD = ["move", "N", "W", "Q", "P", "U", "Q + U"]
