"""AlphaGo's recipe, stage by stage: every stage plays the others, and the table is their games."""

from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import torch

from labs.live import Frame
from labs.live.checks import option, whole
from labs.live.controls import Button, Knob, Select, Timeline, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted
from labs.play.board import view
from labs.play.board.challenges import RECIPE
from labs.play.board.games import GAMES
from labs.play.board.players import GAME, Stage, stages
from labs.play.board.position import Played

LISTED = 8  # games
OPENING = 2  # random moves first; each such opening is played twice, with sides changed
STAGES: dict[str, Stage] = {stage.key: stage for stage in stages()}
ALL = "all"
WHO = Select(
    "who", "who plays",
    ((ALL, "all against all"), *((s.key, f"{s.title} against all") for s in STAGES.values())), ALL,
)  # fmt: skip
SIMULATIONS = Knob("simulations", "simulations of a search", 2, 200, 32, log=True, whole=True)
AGAIN = Button("again", "New table")
NOW = Button("latest", "The game in play")
MOMENT = Timeline("moment", "Moves of the opened game", "the moves of the game that is shown")


@dataclass(frozen=True)
class Game:
    """A game that was played to its end."""

    first: str
    second: str
    played: Played

    @property
    def points(self) -> float:
        """Of who moved first: 1, a half, or 0."""
        return (1 + self.played.result) / 2


class Recipe(Lab):
    """A table that is played, game by game, and the games."""

    name = "board.recipe"
    controls = (WHO, SIMULATIONS, AGAIN, NOW, MOMENT)
    on = {("games", "click"): "open_game", ("path", "click"): "look_at", ("moment", "moment"): "go"}
    links = ("stage",)
    challenges = RECIPE
    slow = True

    def __init__(self) -> None:
        super().__init__()
        self.looked = len(STAGES) - 1  # a stage that is told about
        self.again()

    def again(self) -> None:
        """Begin the table again."""
        self.games: list[Game] = []
        self.opened: int | None = None  # a game; None: the one in play
        self.at: int | None = None  # moves of the opened game that are shown; None: all
        self._next()

    def changed(self, name: str, before: Value) -> None:
        """Begin the table again: its games are of one kind."""
        if self.settings[name] != before:
            self.again()

    def pairs(self) -> list[tuple[str, str]]:
        """Return who plays whom."""
        every, who = list(combinations(STAGES, 2)), self.settings["who"]
        return every if who == ALL else [pair for pair in every if who in pair]

    def _next(self) -> None:
        """Set up the next game: pair by pair, each opening once with either side."""
        pairs, number = self.pairs(), len(self.games)
        turn, swapped = divmod(number, 2)
        round_, pair = divmod(turn, len(pairs))
        self.chance = torch.Generator().manual_seed(100_000 * round_ + 100 * pair)
        self.played = Played.begin(GAMES[GAME])
        while len(self.played.moves) < OPENING:
            legal = self.played.legal.float()
            self.played = self.played.play(int(legal.multinomial(1, generator=self.chance)))
        self.sides = pairs[pair][::-1] if swapped else pairs[pair]

    @property
    def steps(self) -> int:
        """Games that have ended."""
        return len(self.games)

    def step(self) -> bool:
        """Make one move of the game in play."""
        stage = STAGES[self.sides[self.played.mover]]
        simulations = int(self.settings["simulations"])
        move = stage.move(self.played.state, simulations, self.chance)
        self.played = self.played.play(move)
        if self.played.result is not None:
            self.games.append(Game(*self.sides, self.played))
            self._next()
        return True

    # What the hand does.

    def open_game(self, event: Event) -> None:
        """Open one of the games that ended."""
        shown = min(LISTED, len(self.games))
        row = whole(event.get("unit"), 0, shown - 1, "A game")
        self.opened, self.at = len(self.games) - 1 - row, None

    def latest(self) -> None:
        """Look at the game in play again."""
        self.opened = self.at = None

    def go(self, event: Event) -> None:
        """Go to a moment of the game that is shown."""
        most = len(self.shown.moves)
        at = whole(event.get("value"), 0, most, "A move")
        if self.opened is None:
            raise ValueError("This game is still played; open one that has ended.")
        self.at = None if at == most else at

    def look_at(self, event: Event) -> None:
        """Tell about a stage."""
        self.looked = whole(event.get("unit"), 0, len(STAGES) - 1, "A stage")

    @property
    def shown(self) -> Played:
        """The whole game that is shown."""
        return self.played if self.opened is None else self.games[self.opened].played

    # What there is to see.

    def score(self, one: str, other: str) -> tuple[int, float, float]:
        """Return games, share of the points, and its standard error; NaN below two games."""
        points = [g.points for g in self.games if (g.first, g.second) == (one, other)]
        points += [1 - g.points for g in self.games if (g.second, g.first) == (one, other)]
        return summary(points)

    def overall(self, one: str) -> tuple[int, float, float]:
        """Return the same against all others."""
        points = [g.points for g in self.games if g.first == one]
        points += [1 - g.points for g in self.games if g.second == one]
        return summary(points)

    def show(self) -> Frame:
        """Return the path, the table, the games, and the one that is shown."""
        frame = Frame(notes={"titles": {}})
        shown = self.shown
        now = shown.back(0 if self.at is None else len(shown.moves) - self.at)
        frame.values["board"] = view.cells(now)
        frame.notes["board"] = view.board_note(now)
        sides = self.sides if self.opened is None else (
            self.games[self.opened].first, self.games[self.opened].second,
        )  # fmt: skip
        names = view.sides(now.game)
        frame.notes["titles"]["board"] = ", ".join(
            f"{name}: {SHORT[key]}" for name, key in zip(names, sides, strict=True)
        )
        at = len(now.moves)
        frame.notes["moment"] = {
            "at": at, "count": len(shown.moves), "said": [], "told": counted(at, "move"),
        }  # fmt: skip
        frame.notes["path"] = self._path()
        frame.notes["table"] = self._table()
        frame.notes["games"] = self._games()
        frame.notes["words"] = {"stage": self._about()}
        frame.notes["titles"]["table"] = (
            f"{counted(len(self.games), 'game')}; share of the points of the row, with its "
            "standard error"
        )
        frame.notes["say"] = f"{counted(len(self.games), 'game')} played."
        return frame

    def _path(self) -> dict:
        rows = []
        for stage in STAGES.values():
            rows.append([stage.title, stage.year, stage.learns, told(self.overall(stage.key))])
        return {
            "head": ["stage", "year", "learns from", "points"], "rows": rows, "on": self.looked,
        }  # fmt: skip

    def _table(self) -> dict:
        keys = list(STAGES)
        rows = [[SHORT[a], *("" if a == b else told(self.score(a, b)) for b in keys)] for a in keys]
        return {"head": ["", *(SHORT[k] for k in keys)], "rows": rows}

    def _games(self) -> dict:
        last = self.games[::-1][:LISTED]
        rows = [
            [f"{len(self.games) - k}", SHORT[g.first], SHORT[g.second],
             {1: "1 – 0", 0: "½ – ½", -1: "0 – 1"}[g.played.result], str(len(g.played.moves))]
            for k, g in enumerate(last)
        ]  # fmt: skip
        row = None if self.opened is None else len(self.games) - 1 - self.opened
        return {
            "head": ["game", "first", "second", "result", "moves"], "rows": rows,
            "on": row if row is not None and row < LISTED else None,
        }  # fmt: skip

    def _about(self) -> list[dict[str, str]]:
        stage = list(STAGES.values())[self.looked]
        return [{"title": stage.title, "text": TOLD[stage.key]}]

    def to_link(self) -> dict[str, str]:
        """Return the stage that is told about."""
        last = len(STAGES) - 1
        return {"stage": "" if self.looked == last else list(STAGES)[self.looked]}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        self.looked = list(STAGES).index(option(text, STAGES, "The stage"))

    def left_out(self) -> str:
        """Say that a link begins the table anew."""
        if not self.games and not self.played.moves[OPENING:]:
            return ""
        return "The link begins the table anew, without the games played here."

    def evidence(self) -> tuple:
        """Return the settings, and the lab's scores by pair."""
        return self.settings, {pair: self.score(*pair) for pair in combinations(STAGES, 2)}


def summary(points: list[float]) -> tuple[int, float, float]:
    """Return how many points there are, their mean, and its standard error.

    The error is that of a share q with one point more and one lost: sqrt(q (1 - q) / (n + 2)), or
    else two games won would be certain to be won again (Agresti & Coull, 1998,
    https://doi.org/10.1080/00031305.1998.10480550).
    """
    n = len(points)
    if not n:
        return 0, float("nan"), float("nan")
    q = (sum(points) + 1) / (n + 2)
    return n, sum(points) / n, sqrt(q * (1 - q) / (n + 2))


def told(score: tuple[int, float, float]) -> str:
    """Return a score in few characters: 0.75 ±.10, or a dash."""
    n, mean, error = score
    return f"{mean:.2f} ±{error:.2f}".replace("±0", "±") if n else "–"


SHORT = {
    "random": "random", "rollouts": "MCTS", "supervised": "superv.", "gradient": "gradient",
    "value": "value", "alphago": "AlphaGo", "alone": "alone", "zero": "Zero",
}  # fmt: skip
TOLD = {
    "random": "Any legal move. Whoever loses to it has learned nothing.",
    "rollouts": "Monte Carlo tree search without a net: all moves have the same prior, and a new "
    "position is worth what one random game from it brought (UCT, 2006).",
    "supervised": "A net learned which move a stronger player makes; AlphaGo took 30 million "
    "positions of human games. Here the stronger player is a search of random games. It does not "
    "search.",
    "gradient": "The same net played against earlier versions of itself. Moves of games that were "
    "won became likelier, the others rarer (REINFORCE). It does not search.",
    "value": "A second net learned who wins from a position, from the improved policy's games. The "
    "search takes its priors from the supervised policy, and its values from this net.",
    "alphago": "As in 2016: the search takes its priors from the supervised policy, and its value "
    "is the mean of the value net and one random game.",
    "alone": "The net of self-play, without the search that it was made by: its likeliest move.",
    "zero": "As in 2017: one net with two heads that learned from its own searches and nothing "
    "else. No games of others, no policy gradient, no random games.",
}
