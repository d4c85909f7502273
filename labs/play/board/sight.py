"""What the net of a game sees: its planes, its layers, the stones that a move hangs on."""

import torch
from torch import Tensor, nn

from labs.live import Frame
from labs.live.checks import EMPTY, places, whole
from labs.live.controls import Button, Choice, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import percent, written
from labs.play.board import view
from labs.play.board.challenges import SIGHT
from labs.play.board.controls import GAME
from labs.play.board.games import GAMES
from labs.play.board.nets import net_of
from labs.play.board.position import Played
from labs.trace import trace

LAYERS = ("stem", "block 1", "block 2", "block 3", "block 4")
UNITS = 32  # tiles at most
LAYER = Choice("layer", "layer", tuple((name, name) for name in LAYERS), "stem", shown=True)
OF = Choice(
    "of", "gradient of", (("move", "the chosen move's logit"), ("value", "the value")), "move",
    shown=True,
)  # fmt: skip
LIKELIEST = Button("likeliest", "The likeliest move")
CLEAR = Button("empty", "Empty board")


def influence(planes: Tensor, gradient: Tensor) -> Tensor:
    """Return what each point's stone adds to first order, gradient x plane summed, (rows, columns).

    planes, gradient: (C, rows, columns), of which the first two are the stones of both players.
    """
    return (planes[:2] * gradient[:2]).sum(0)


def without_each(net: nn.Module, planes: Tensor, pick) -> Tensor:
    """Return by how much a number of the net falls when one stone is taken off, (rows, columns).

    Nothing is assumed linear: the net reads a board for each stone.  planes: (C, rows, columns);
    pick: (logits, values) -> the number of each board, (N,).  Free points have 0.
    """
    stones = planes[:2].sum(0)
    at = stones.nonzero()
    found = torch.zeros_like(stones)
    if not len(at):
        return found
    boards = planes.repeat(len(at) + 1, 1, 1, 1)
    for k, (row, col) in enumerate(at.tolist(), 1):
        boards[k, :, row, col] *= torch.tensor([0.0, 0.0] + [1.0] * (len(planes) - 2))
    with torch.no_grad():
        numbers = pick(*net(boards))
    found[at[:, 0], at[:, 1]] = numbers[0] - numbers[1:]
    return found


class OneOutput(nn.Module):
    """A net of a board, its value after its logits: (N, moves + 1)."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, planes: Tensor) -> Tensor:
        """Return logits and value of planes (N, C, rows, columns)."""
        logits, value = self.net(planes)
        return torch.cat([logits, value[:, None]], 1)


START = {  # positions to begin with, in which a move is urgent
    "connect-four": "3.2.3.2.3", "connect-four-small": "2.1.2.1.2", "tic-tac-toe": "4.0.2",
    "go5": "12.11.7.17.16.10", "go7": "24.23.17.31.30",
}  # fmt: skip


class Seeing(Lab):
    """A position, what the net makes of it layer by layer, and what a move hangs on."""

    name = "board.sight"
    controls = (GAME, LAYER, OF, LIKELIEST, CLEAR)
    links = ("moves", "move")
    on = {("board", "play"): "play", ("policy", "click"): "choose"}
    challenges = SIGHT
    undoable = True

    def __init__(self) -> None:
        super().__init__()
        self.played = self._start()
        self.chosen: int | None = None  # a move; None: the likeliest
        self.worth = 0.0  # by how much a stone that is taken off lowers the likeliest move's logit

    def _start(self) -> Played:
        name = self.settings["game"]
        return Played.read(GAMES[name], START[name])

    def empty(self) -> None:
        """Take all stones off."""
        self.played, self.chosen = Played.begin(self.game), None

    @property
    def game(self):
        """The rules."""
        return self.played.game

    @property
    def depth(self) -> int:
        """How many residual blocks the net of this game has."""
        return len(net_of(self.game.name).blocks)

    def changed(self, name: str, before: Value) -> None:
        """Begin with another game; its net may have fewer blocks."""
        if name == "game" and self.settings[name] != before:
            self.played, self.chosen = self._start(), None
        last = min(LAYERS.index(self.settings["layer"]), self.depth)
        self.settings["layer"] = LAYERS[last]

    def play(self, event: Event) -> None:
        """Make a move."""
        self.played = self.played.play(whole(event.get("unit"), 0, self.game.moves - 1, "A move"))
        self.chosen = None

    def choose(self, event: Event) -> None:
        """Ask for the gradient of another move."""
        self.chosen = whole(event.get("unit"), 0, self.game.moves - 1, "A move")

    def likeliest(self) -> None:
        """Ask for the likeliest move again."""
        self.chosen = None

    def show(self) -> Frame:
        """Return planes, policy, activations and the gradient at the planes."""
        game, net = self.game, net_of(self.game.name)
        planes = game.planes(self.played.state)
        with torch.no_grad():
            logits, value = net(planes[None])
        legal = self.played.legal
        over = self.played.result is not None
        policy = torch.zeros(game.moves) if over else logits[0].masked_fill(~legal, -torch.inf)
        policy = policy if over else policy.softmax(0)
        move = int(policy.argmax()) if self.chosen is None else self.chosen
        of_value = self.settings["of"] == "value"

        def pick(logits: Tensor, values: Tensor) -> Tensor:
            return values if of_value else logits[:, move]

        layer = self.settings["layer"]
        module = "norm" if layer == "stem" else f"blocks.{int(layer[-1]) - 1}"
        seen = trace(
            OneOutput(net), planes[None], [f"net.{module}"],
            scalar=lambda out: pick(out[:, :-1], out[:, -1])[0],
        )  # fmt: skip
        gradient = seen.gradients["input"][0]
        units = seen.activations[f"net.{module}"][0].relu()[:UNITS]
        frame = Frame(
            maps={"planes": planes, "units": units, "gradient": gradient[:2]},
            values={"board": view.cells(self.played), "policy": view.cells(self.played)},
        )
        frame.maps["influence"] = torch.stack(
            [influence(planes, gradient), without_each(net, planes, pick)]
        )
        best = int(policy.argmax())
        self.worth = 0.0 if over or move != best else float(frame.maps["influence"][1].max())
        frame.values["policy.shares"] = view.shares(game, None if over else policy)
        sign = -1 if self.played.mover else 1
        value = None if over else sign * float(value[0])
        frame.notes["board"] = view.board_note(self.played)
        frame.notes["policy"] = view.board_note(self.played, chosen=move, values=[value])
        self._words(frame, move, policy, pick(logits, seen.output[:, -1]), of_value)
        return frame

    def _words(
        self, frame: Frame, move: int, policy: Tensor, number: Tensor, of_value: bool
    ) -> None:
        game = self.game
        side = view.sides(game)[self.played.mover]
        what = "the value" if of_value else f"the logit of {game.words(move)}"
        frame.notes["labels"] = {
            "planes": list(game.plane_names),
            "gradient": list(game.plane_names[:2]),
            "influence": ["gradient × stone", "without the stone"],
        }
        frame.notes["scale"] = "layer"
        frame.notes["colors"] = {"gradient": "gradient", "influence": "gradient"}
        layer = self.settings["layer"]
        frame.notes["titles"] = {
            "planes": f"0 or 1; {side} is to move",
            "policy": f"{game.words(move)}: {percent(float(policy[move]))}",
            "units": f"{layer}: {len(frame.maps['units'])} units",
            "gradient": f"of {what}, {written(number[0], '+.3f')}",
            "influence": f"on {what}",
        }
        result = self.played.result
        best, share = game.words(int(policy.argmax())), percent(float(policy.max()))
        going = f"{side} to move: {best} is the likeliest move, {share}."
        frame.notes["say"] = going if result is None else view.outcome(game, result)

    def evidence(self) -> tuple:
        """Return the settings, whether the position is the visitor's own, and a stone's worth."""
        return self.settings, self.played.text != START[self.game.name], self.worth

    def to_link(self) -> dict[str, str]:
        """Return the moves, and the chosen one."""
        text = self.played.text or EMPTY
        moves = "" if text == START[self.game.name] else text
        return {"moves": moves, "move": "" if self.chosen is None else str(self.chosen)}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "moves":
            self.played = Played.read(self.game, "" if text == EMPTY else text)
        else:
            self.chosen = places(text, self.game.moves - 1)[0]
