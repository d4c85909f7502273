"""A search opened up: its tree grows one simulation, or one stage of a simulation, at a time."""

import torch

from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Choice, Knob, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted
from labs.play.board import export, tree_view, view
from labs.play.board.challenges import SEARCH
from labs.play.board.controls import GAME
from labs.play.board.drawing import Picture, table
from labs.play.board.games import GAMES
from labs.play.board.nets import evaluation
from labs.play.board.opened import Opened, after
from labs.play.board.position import Played
from labs.play.board.search import Tree, Walk
from labs.play.board.thought import thought
from labs.play.board.tree_view import ROWS

MOST = 400  # simulations that a tree may hold
OPENING = 40  # simulations of a fresh page
BURST = 200  # simulations of the button
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
            self.chosen = chosen if self.tree and self.opened.node(chosen) else ()

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
        placed = self.opened.picture.placed
        self.chosen = placed[whole(event.get("unit"), 0, len(placed) - 1, "A node")].path

    def choose_row(self, event: Event) -> None:
        """Look at the position after a move of the table."""
        if self.tree is None:
            raise ValueError("There is no tree: the game is over.")
        opened = self.opened
        order = opened.order()[:ROWS]
        row = whole(event.get("unit"), 0, len(order) - 1, "A row")
        path = (*self.chosen, int(opened.node(self.chosen).moves[order[row]]))
        if opened.picture.at(path) is None:
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

    @property
    def opened(self) -> Opened | None:
        """The search as it is shown; None where the game is over."""
        if self.tree is None:
            return None
        s = self.settings
        return Opened(
            self.played, self.tree, self.walk, self.stage, self.chosen, s["c_puct"],
            s["temperature"],
        )  # fmt: skip

    def show(self) -> Frame:
        """Return the tree, the sums at the chosen node, and both boards."""
        frame, opened = Frame(notes={"titles": {}}), self.opened
        here = after(self.played, self.chosen)
        for name, played in (("here", here), ("board", self.played)):
            frame.values[name], frame.notes[name] = view.cells(played), view.board_note(played)
        if opened is None:
            tree_view.over(frame, self.played)
            return frame
        picture = opened.picture
        frame.values["board.shares"] = opened.shares()
        frame.values["tree"] = table(picture, self._numbered(picture))
        frame.notes["tree"] = tree_view.tree(opened)
        frame.notes["sums"] = tree_view.ledger(opened)
        words = tree_view.said(opened)
        frame.notes["words"] = {"stage": words}
        frame.notes["titles"] |= {
            "tree": f"{counted(self.count, 'simulation')}, "
            f"{counted(len(picture.placed), 'position')}; click one",
            "here": tree_view.where(opened),
        }
        frame.notes["idle"] = [] if self.played.moves else ["back"]
        frame.notes["say"] = words[0]["text"]
        return frame

    def _numbered(self, picture: Picture) -> dict[tuple[int, ...], int]:
        """A number for each position that stays, so that the browser moves it to its new place."""
        for placed in picture.placed:
            self.ids.setdefault(placed.path, len(self.ids))
        return self.ids

    def evidence(self) -> tuple:
        """Return the settings, the moves, and what the search has found."""
        found = thought(self.tree, self.played) if self.tree else None
        return self.settings, self.played, found

    def script(self) -> str:
        """Return a script that does this search again."""
        if self.tree is None:
            raise ValueError("The game is over here: there is no search to do again.")
        return export.script(self.tree, self.game, self.count)

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
            if path and (self.tree is None or self.opened.node(path) is None):
                raise ValueError(
                    "The link names a node that is not in the tree; the root is shown."
                )
            self.chosen = path
