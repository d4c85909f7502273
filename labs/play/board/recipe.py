"""AlphaGo's recipe, stage by stage: every stage plays the others, and the table is their games."""

from itertools import combinations

import torch

from labs.live import Frame
from labs.live.checks import option, whole
from labs.live.controls import Button, Knob, Select, Timeline, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted
from labs.play.board import recipe_view, view
from labs.play.board.challenges import RECIPE
from labs.play.board.games import GAMES
from labs.play.board.players import GAME, Stage, stages
from labs.play.board.position import Played
from labs.play.board.recipe_view import LISTED
from labs.play.board.scores import Match, score

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
MOMENT = Timeline("moment", "position", "the moves of the game that is shown")


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
        self.games: list[Match] = []
        self.opened: int | None = None  # a game; None: the one in play
        self.at: int | None = None  # moves of the opened game that are shown; None: all
        self.steps = 0  # moves made since the table was begun
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

    def step(self) -> bool:
        """Make one move of the game in play."""
        stage = STAGES[self.sides[self.played.mover]]
        simulations = int(self.settings["simulations"])
        move = stage.move(self.played.state, simulations, self.chance)
        self.played, self.steps = self.played.play(move), self.steps + 1
        if self.played.result is not None:
            self.games.append(Match(*self.sides, self.played))
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

    def show(self) -> Frame:
        """Return the path, the table, the games, and the one that is shown."""
        frame = Frame(notes={"titles": {}})
        shown = self.shown
        now = shown.back(0 if self.at is None else len(shown.moves) - self.at)
        frame.values["board"] = view.cells(now)
        frame.notes["board"] = view.board_note(now)
        sides = self.sides if self.opened is None else self.games[self.opened].sides
        frame.notes["titles"]["board"] = ", ".join(
            f"{name}: {STAGES[key].short}"
            for name, key in zip(view.sides(now.game), sides, strict=True)
        )
        at = len(now.moves)
        frame.notes["moment"] = {
            "at": at, "count": len(shown.moves), "said": [], "told": counted(at, "move"),
        }  # fmt: skip
        frame.notes["path"] = recipe_view.path(STAGES, self.games, self.looked)
        frame.notes["table"] = recipe_view.table(STAGES, self.games)
        frame.notes["games"] = recipe_view.last(STAGES, self.games, self.opened)
        stage = list(STAGES.values())[self.looked]
        frame.notes["words"] = {"stage": [{"title": stage.title, "text": stage.told}]}
        frame.notes["titles"]["table"] = (
            f"{counted(len(self.games), 'game')}; share of the points of the row, with its "
            "standard error"
        )
        frame.notes["say"] = f"{counted(len(self.games), 'game')} played."
        return frame

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
        return self.settings, {pair: score(self.games, *pair) for pair in combinations(STAGES, 2)}
