"""A net learns a small game from nothing but games against itself."""

import math
from collections import deque

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Knob, Select, Value
from labs.live.experiment import Event
from labs.numerals import counted, percent, written
from labs.play.board import view
from labs.play.board.challenges import LEARN
from labs.play.board.evaluate import by_net
from labs.play.board.games import GAMES
from labs.play.board.nets import fresh
from labs.play.board.position import Played
from labs.play.board.search import Tree
from labs.play.board.selfplay.strength import Opponent, strength
from labs.play.board.selfplay.training import Plan, SelfPlay
from labs.play.board.thought import Thought, thought
from labs.training import Training, overshoot
from labs.training.course import Course

SMALL = ("tic-tac-toe", "connect-four-small")
AT_ONCE = 32  # games
SHOWN = 12  # of them
MATCH = 20  # games against each opponent, each time
KEPT = 256  # moments of a curve
ANSWER = 50  # simulations before it answers the visitor
OPPONENTS = (
    Opponent("random moves"),
    Opponent("looks one ply ahead", 0),
    Opponent("20 random games a move", 20),
)
CONTROLS = (
    Select("game", "game", tuple((key, GAMES[key].title) for key in SMALL), SMALL[0]),
    Knob("simulations", "simulations before each move", 2, 64, 25, whole=True),
    Knob("rate", "learning rate", 1e-4, 0.1, 4e-3, log=True),
    Knob("noise", "noise at the root", 0, 1, 0.25, step=0.05, digits=2),
    Button("again", "Same weights again"),
    Button("fresh", "New weights"),
    Button("new", "New game against it"),
)


class Learning(Training):
    """Self-play on a small board: the games, the losses, the strength, and a game with it."""

    name = "board.learning"
    controls = CONTROLS
    on = {("yours", "play"): "play"}
    challenges = LEARN
    every = 25
    slow = True

    @property
    def steps(self) -> int:
        """Moves made in every game since the weights were drawn."""
        return self.run.moves_made

    @property
    def game(self):
        """The rules."""
        return GAMES[self.settings["game"]]

    def _begin(self) -> None:
        s = self.settings
        self.model = fresh(s["game"], self.seed)
        plan = Plan(
            games=AT_ONCE, simulations=s["simulations"], reuse=6.0, batch=64, rate=s["rate"],
            capacity=20_000, noise=s["noise"], warm=6,
        )  # fmt: skip
        self.run = SelfPlay(self.game, self.model, self.seed, plan)
        self.losses: Course = Course(KEPT, mean=True)  # (step, policy's, value's)
        self.points: Course = Course(KEPT)  # (step, share of the points against each opponent)
        self.results: deque[int] = deque(maxlen=100)  # of the last games, for the first player
        self.played = Played.begin(self.game)
        self.answer: Thought | None = None

    def changed(self, name: str, before: Value) -> None:
        """Begin again with another game; the rest acts at once."""
        s = self.settings
        if s[name] == before:
            return
        if name == "game":
            self.again()
        elif name == "rate":
            self.run.learner.set_rate(s["rate"])
        else:
            self.run.games.simulations, self.run.games.noise = s["simulations"], s["noise"]

    def _advance(self) -> str:
        done = self.run.step()
        self.results.extend(ended.result for ended in done.ended)
        if done.policy_loss is None:
            return ""
        if not math.isfinite(done.policy_loss + done.value_loss):
            return overshoot(done.policy_loss, self.steps, self.settings["rate"])
        self.losses.note((self.steps, done.policy_loss, done.value_loss))
        return ""

    def _look(self) -> None:
        found = [strength(self.game, self.model, o, MATCH, self.steps).points for o in OPPONENTS]
        self.points.note((self.steps, *found))

    # A game with the visitor.

    def new(self) -> None:
        """Begin a new game with it."""
        self.played, self.answer = Played.begin(self.game), None

    def play(self, event: Event) -> None:
        """Make the visitor's move, and the net's, after a search with what it has learnt by now."""
        mine = self.played.play(whole(event.get("unit"), 0, self.game.moves - 1, "A move"))
        if mine.result is None:
            tree = Tree(self.game, mine.state, by_net(self.game, self.model))
            for _ in range(ANSWER):
                tree.simulate()
            self.answer = thought(tree, mine)
            mine = mine.play(tree.choose())
        self.played = mine

    # What there is to see.

    def show(self) -> Frame:
        """Return the games in play, the curves, the empty board, and the game with the visitor."""
        game, boards = self.game, self.run.games
        frame = Frame(notes={"titles": {}})
        states = boards.states[:SHOWN]
        grid = game.grid
        frame.values["games"] = torch.from_numpy(
            grid.spread(states[:, 0]) + 2 * grid.spread(states[:, 1])
        )
        played = [[int(move) for *_, move in kept] for kept in boards.kept[:SHOWN]]
        frame.notes["games"] = {
            "kind": view.kind_of(game), "lasts": [self._last(moves) for moves in played],
            "lines": None, "texts": [counted(len(moves), "move") for moves in played],
            "chosen": None,
        }  # fmt: skip
        frame.values["losses"] = self.losses.table() if self.losses else torch.zeros(3, 0)
        frame.values["strength"], frame.values["strength.bands"] = self._strength()
        empty = Played.begin(game)
        with torch.no_grad():
            logits, value = self.model(game.planes(empty.state)[None])
        frame.values["opening"] = view.cells(empty)
        frame.values["opening.shares"] = view.shares(game, logits[0].softmax(0))
        frame.notes["opening"] = view.board_note(empty, values=[float(value[0])])
        frame.values["yours"] = view.cells(self.played)
        frame.notes["yours"] = view.board_note(self.played)
        self._words(frame)
        return frame

    def _last(self, moves: list[int]) -> list[int] | None:
        """Where the last stone of a game stands."""
        if not moves:
            return None
        played = Played.begin(self.game)
        for move in moves:
            played = played.play(move)
        return played.moved()[0]

    def _strength(self) -> tuple[Tensor, Tensor]:
        """The shares of the points over steps, (4, points), with one standard error each way."""
        table = self.points.table()
        p = table[1:]
        error = (p * (1 - p) / MATCH).clamp(min=0).sqrt()
        bands = torch.stack([(p - error).clamp(min=0), (p + error).clamp(max=1)], 1)
        return table, bands

    def _words(self, frame: Frame) -> None:
        now = self.points[-1][1:]
        said = ", ".join(
            f"{percent(p)} against {o.name}" for p, o in zip(now, OPPONENTS, strict=True)
        )
        ended = self.run.games_ended
        last = len(self.results)
        first = sum(r == 1 for r in self.results)
        drawn = sum(r == 0 for r in self.results)
        record = (
            f"Of the last {last} the first player won {first}, {counted(drawn, 'game')} drawn."
            if last
            else "None has ended yet."
        )
        result = self.played.result
        if result is not None:
            yours = view.outcome(self.game, result)
        elif self.answer is None:
            yours = "you begin"
        else:
            value = written(self.answer.value_after, "+.2f")
            yours = f"it answered; its value for you is {value}"
        frame.notes["titles"] = {
            "games": f"{AT_ONCE} at once, {SHOWN} shown; {counted(ended, 'game')} ended",
            "losses": self.trouble or record,
            "strength": f"share of the points in {MATCH} games by its policy alone",
            "opening": "its policy there, and its value for the first player",
            "yours": yours,
        }
        frame.notes["say"] = self.trouble or f"After {counted(self.steps, 'step')}: {said}."

    def evidence(self) -> tuple:
        """Return the settings, steps, the strength over steps, the visitor's game."""
        return self.settings, self.steps, list(self.points), self.played

    def left_out(self) -> str:
        """Say that a link begins the training anew."""
        if self.played.moves and not self.steps:
            return "The link begins the training anew, without your game against it."
        return super().left_out()
