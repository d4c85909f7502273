"""A game against the net: what it thinks of a position before it searches, and after."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Choice, Knob, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.play.board import play_view, view
from labs.play.board.challenges import PLAY
from labs.play.board.controls import GAME
from labs.play.board.course import Course
from labs.play.board.games import GAMES
from labs.play.board.nets import remembered
from labs.play.board.position import Played
from labs.play.board.search import Tree
from labs.play.board.thought import Thought, thought

SIDES = Choice(
    "sides", "who plays",
    (("first", "You begin"), ("second", "It begins"), ("watch", "It plays itself"),
     ("hands", "You play both")), "first",
)  # fmt: skip
SIMULATIONS = Knob(
    "simulations", "simulations", 1, 1000, 200, log=True, whole=True, words={"1": "none"}
)
TEMPERATURE = Knob("temperature", "temperature", 0, 1, 0, step=0.05, digits=2)
NEW = Button("new", "New game")
HINT = Button("hint", "Hint")
PASS = Button("pass_move", "Pass")


@dataclass(frozen=True)
class Moment:
    """All that a hand can change: the game, what is asked for, and what was found out."""

    played: Played
    asked: bool = False  # whether it shall think about a position where it is not to move
    thought: Thought | None = None
    own: int = 0  # moves that the visitor made in this game
    hints: int = 0  # in this game
    took: int = 0  # stones that the visitor's moves have taken, in this game
    seed: int = 1  # of the moves that it draws


class Play(Lab):
    """A board under the hand, and one beside it with what the search found."""

    name = "board"
    controls = (GAME, SIDES, SIMULATIONS, TEMPERATURE, NEW, HINT, PASS)
    links = ("moves", "seed")
    on = {("board", "play"): "play"}
    challenges = PLAY
    undoable = True
    own_acts = ("play",)

    def __init__(self) -> None:
        super().__init__()
        self.course = Course()
        self._begin()

    # What the hand does.

    @property
    def game(self):
        """The rules."""
        return self.now.played.game

    @property
    def eager(self) -> bool:
        """Whether there is something to think about."""
        return self.now.played.result is None and (self.now.asked or self.its_turn)

    @property
    def its_turn(self) -> bool:
        """Whether the net is to move."""
        mover = self.now.played.mover
        return {"first": mover == 1, "second": mover == 0, "watch": True, "hands": False}[
            self.settings["sides"]
        ]

    def changed(self, name: str, before: Value) -> None:
        """Begin anew with another game; think anew with other settings."""
        if name == "game" and self.settings[name] != before:
            self._begin()
        elif name in ("sides", "simulations"):
            self.tree = None

    def _begin(self, seed: int = 1) -> None:
        """Set up a new game, and look into the empty board."""
        self.now = Moment(Played.begin(GAMES[self.settings["game"]]), asked=True, seed=seed)
        self.tree: Tree | None = None

    def new(self) -> None:
        """Begin a new game; what it draws by chance is drawn anew."""
        self._begin(seed=self.now.seed + bool(self.now.played.moves))

    def hint(self) -> None:
        """Let it think about the position in which the visitor is to move."""
        if self.now.played.result is not None:
            raise ValueError("The game is over; begin a new one.")
        if self.its_turn:
            raise ValueError("It is thinking about its own move.")
        self.now = replace(self.now, asked=True, hints=self.now.hints + 1)
        self.tree = None

    def play(self, event: Event) -> None:
        """Make a move of the visitor's."""
        self._move(whole(event.get("unit"), 0, self.game.moves - 1, "A move"))

    def pass_move(self) -> None:
        """Pass, where a game knows it."""
        if self.game.words(self.game.moves - 1) != "pass":
            raise ValueError(f"There is no pass in {self.game.title}.")
        self._move(self.game.moves - 1)

    def _move(self, move: int) -> None:
        played = self.now.played
        if played.result is None and self.its_turn:
            raise ValueError("It is not your turn; it is thinking.")
        after = played.play(move)
        self.now = replace(
            self.now, played=after, asked=False, own=self.now.own + 1,
            took=self.now.took + len(after.moved()[1]),
        )  # fmt: skip
        self.tree = None

    # What it does.

    def step(self) -> bool:
        """Do one simulation; make the move, or give the hint, when there were enough."""
        if not self.eager:
            return False
        if self.tree is None:
            self.tree = self._search()
        elif self.tree.root.visits < self.simulations:
            self.tree.simulate()
        if self.tree.root.visits >= self.simulations:
            self._decide()
        return self.eager

    @property
    def simulations(self) -> int:
        """How many it does; 0 where the policy alone decides."""
        chosen = int(self.settings["simulations"])
        return 0 if chosen == 1 else chosen

    def _chance(self) -> torch.Generator:
        return torch.Generator().manual_seed(1000 * self.now.seed + len(self.now.played.moves))

    def _search(self) -> Tree:
        return Tree(self.game, self.now.played.state, remembered(self.game.name))

    def _decide(self) -> None:
        found, played = thought(self.tree, self.now.played), self.now.played
        if self.its_turn:
            move = self.tree.choose(self.settings["temperature"], self._chance())
            played = played.play(move)
        if found.value_after is not None:
            self.course.note(found.played, found.value_after)
        self.now = replace(self.now, thought=found, asked=False, played=played)
        self.tree = None

    # What there is to see.

    def show(self) -> Frame:
        """Return both boards, the course of the game, and what is happening."""
        now, game = self.now, self.game
        thinking = thought(self.tree, now.played) if self.tree else None
        free = now.played.result is None and not self.its_turn
        legal = now.played.legal.int().tolist() if free else [0] * game.moves
        busy = self.tree.root.visits / max(1, self.simulations) if self.tree else None
        found = thinking or now.thought or self._glance()
        frame = Frame(notes={"titles": {}})
        frame.values["board"] = view.cells(now.played)
        frame.notes["board"] = view.board_note(now.played, legal=legal, busy=busy)
        on = found.played if found else now.played
        frame.values["thought"] = view.cells(on)
        frame.values["thought.shares"] = found.table() if found else view.shares(game)
        values = [found.value_before, found.value_after] if found else [None, None]
        frame.notes["thought"] = view.board_note(on, values=values)
        frame.notes["expected"] = {"rows": play_view.expected(found), "chosen": None, "foot": ""}
        frame.values["course"] = self.course.table(now.played)
        visits = self.tree.root.visits if self.tree else None
        title, text = play_view.said(now.played, found, visits, self.its_turn)
        words = [{"title": title, "text": text}, play_view.record(now.played)]
        frame.notes["words"] = {"said": words}
        frame.notes["titles"]["thought"] = play_view.about(found)
        hidden = [] if game.words(game.moves - 1) == "pass" else [PASS.name]
        frame.notes["hidden"] = hidden
        frame.notes["idle"] = [] if free else [HINT.name, PASS.name]
        frame.notes["say"] = f"{title} {text}"
        return frame

    def _glance(self) -> Thought | None:
        """What it thinks of the position without a search; None where the game is over."""
        if self.now.played.result is not None:
            return None
        return thought(self._search(), self.now.played)

    def evidence(self) -> tuple:
        """Return the settings and this moment of the game."""
        return self.settings, self.now

    # The address.

    def remembered(self) -> Callable[[], None]:
        """Return the way back to this moment of the game, with what was found out."""
        now, settings = self.now, dict(self.settings)

        def bring_back() -> None:
            self.now, self.settings, self.tree = now, settings, None

        return bring_back

    def to_link(self) -> dict[str, str]:
        """Return the moves, and the seed of what is drawn."""
        return {
            "moves": self.now.played.text,
            "seed": str(self.now.seed) if self.now.seed > 1 else "",
        }

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "moves":
            played = Played.read(self.game, text)
            self.now = replace(self.now, played=played, asked=self.now.asked and not played.moves)
        elif text.isascii() and text.isdecimal() and 1 <= int(text[:7]) < 10**6:
            self.now = replace(self.now, seed=int(text))
        else:
            raise ValueError("The seed in the link is no number; the first is used.")
        self.tree = None

    def left_out(self) -> str:
        """Say that a link holds the game, and not what was found out."""
        if self.tree is None and self.now.thought is None and not self.course.searched:
            return ""
        return "The link holds the moves of the game, not what the searches found."
