"""A game against the net: what it thinks of a position before it searches, and after."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Choice, Knob, Select, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted, percent, written
from labs.play.board import view
from labs.play.board.challenges import PLAY
from labs.play.board.games import GAMES
from labs.play.board.nets import evaluation, playable
from labs.play.board.position import Played
from labs.play.board.search import Tree
from labs.play.board.thought import Thought, thought

LINES = 5  # of a search that are listed
SHOWN = 13  # characters of each
GAME = Select("game", "game", tuple((g.name, g.title) for g in playable()), playable()[0].name)
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
        self.now = Moment(Played.begin(GAMES[self.settings["game"]]), asked=True)
        self.tree: Tree | None = None
        self.values: dict[tuple, float] = {}  # by position: the net's value for the first player
        self.searched: dict[tuple, float] = {}  # the same after a search

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

    def _begin(self, **more: object) -> None:
        self.now = Moment(Played.begin(GAMES[self.settings["game"]]), **more)
        self.tree = None

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
            self.tree = Tree(self.game, self.now.played.state, self._evaluation())
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

    def _evaluation(self):
        return evaluation(self.game, generator=self._chance())

    def _decide(self) -> None:
        found, played = thought(self.tree, self.now.played), self.now.played
        if self.its_turn:
            move = self.tree.choose(self.settings["temperature"], self._chance())
            played = played.play(move)
        if found.value_after is not None:
            self.searched[self._key(found.played)] = found.value_after
        self.now = replace(self.now, thought=found, asked=False, played=played)
        self.tree = None

    # What there is to see.

    def _key(self, played: Played) -> tuple:
        return (self.game.name, played.moves)

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
        frame.notes["expected"] = {"rows": self._lines(found), "chosen": None, "foot": ""}
        frame.values["course"] = self._course()
        said = self._said(found)
        frame.notes["words"] = {"said": [{"title": said[0], "text": said[1]}, *self._record()]}
        frame.notes["titles"]["thought"] = self._about(found)
        hidden = [] if game.words(game.moves - 1) == "pass" else [PASS.name]
        frame.notes["hidden"] = hidden
        frame.notes["idle"] = [] if free else [HINT.name, PASS.name]
        frame.notes["say"] = " ".join(said)
        return frame

    def _glance(self) -> Thought | None:
        """What it thinks of the position without a search; None where the game is over."""
        if self.now.played.result is not None:
            return None
        return thought(Tree(self.game, self.now.played.state, self._evaluation()), self.now.played)

    def _about(self, found: Thought | None) -> str:
        if found is None:
            return "nothing was searched yet"
        side = view.sides(self.game)[found.played.mover]
        done = counted(found.simulations, "simulation") if found.simulations else "no search"
        return f"{side} to move, {done}"

    def _lines(self, found: Thought | None) -> list[list]:
        """The most visited moves, each with what is expected then: share, share before, text."""
        if found is None or not found.lines:
            return []
        words = self.game.words
        return [
            [fitted([short(words(m)) for m in line]), float(found.after[line[0]]),
             float(found.before[line[0]]), percent(float(found.after[line[0]]))]
            for line in found.lines[:LINES]
        ]  # fmt: skip

    def _course(self) -> torch.Tensor:
        """Return (3, positions): moves made, the net's value for the first player, the search's."""
        played, rows = self.now.played, []
        for count in range(len(played.moves) + 1):
            then = played.back(len(played.moves) - count)
            rows.append([count, self._value(then), self.searched.get(self._key(then), torch.nan)])
        return torch.tensor(rows, dtype=torch.float).T

    def _value(self, played: Played) -> float:
        """The net's value for the first player; the result where the game is over."""
        key = self._key(played)
        if key not in self.values:
            if played.result is not None:
                self.values[key] = float(played.result)
            else:
                value = self._evaluation()(played.state)[1]
                self.values[key] = -value if played.mover else value
        return self.values[key]

    def _said(self, found: Thought | None) -> tuple[str, str]:
        """What is happening, as a title and a sentence."""
        played, game = self.now.played, self.game
        who = view.sides(game)
        if played.result is not None:
            return view.outcome(game, played.result), self._score()
        side = who[played.mover]
        if self.tree is not None:
            return f"{side} to move", f"It has done {counted(self.tree.root.visits, 'simulation')}."
        if self.its_turn:
            return f"{side} to move", "It begins to think."
        about = found.played.moves if found else None
        if found and about == played.moves:
            word = game.words(found.best)
            return f"{side} to move", f"It would play {word}{share_of(found)}."
        if found and played.moves[:-1] == about:
            word = game.words(played.moves[-1])
            return f"{side} to move", f"It played {word}{share_of(found, played.moves[-1])}."
        return f"{side} to move", "Point at the board."

    def _score(self) -> str:
        """How a finished game of Go is counted."""
        if not hasattr(self.game, "score"):
            return f"After {counted(len(self.now.played.moves), 'move')}."
        score = self.game.score(self.now.played.state)
        side = view.sides(self.game)[score < 0]
        return f"{side} by {written(abs(score), '.1f')} points, komi {self.game.komi:g} counted."

    def _record(self) -> list[dict[str, str]]:
        """The moves so far."""
        words = [short(self.game.words(m)) for m in self.now.played.moves]
        pairs = [f"{k // 2 + 1}. {' '.join(words[k : k + 2])}" for k in range(0, len(words), 2)]
        return [{"title": "Moves", "text": "  ".join(pairs) or "none"}]

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
        if self.tree is None and self.now.thought is None:
            return ""
        return "The link holds the moves of the game, not what the searches found."


def short(word: str) -> str:
    """Return the name of a move in few characters."""
    return word.removeprefix("column ")


def fitted(words: list[str]) -> str:
    """Return as many of the words as fit on a line."""
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > SHOWN:
            break
        line += f" {word}"
    return line


def share_of(found: Thought, move: int | None = None) -> str:
    """Return in brackets how many of the simulations went to a move."""
    move = found.best if move is None else move
    if not found.simulations:
        return f" ({percent(float(found.before[move]))} by its policy alone)"
    before, after = float(found.before[move]), float(found.after[move])
    return f" ({percent(before)} by its policy, {percent(after)} of the visits)"
