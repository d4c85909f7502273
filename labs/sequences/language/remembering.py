"""The memory experiment: gradients and eigenvalues, live, and a task that needs memory."""

from collections.abc import Mapping

import torch

from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import number, option, rounded, shown
from labs.sequences.language.challenges import REMEMBERING
from labs.sequences.language.felt import FAR, KINDS, Felt, trained, untrained
from labs.sequences.language.recall import SYMBOLS, Race

# half a side of the complex plane: few, so that it seldom jumps
SIDES = (1.5, 2.5, 3.5, 5.0, 7.0, 10.0, 15.0)
NAMES = {"rnn": "plain RNN", "gru": "GRU", "lstm": "LSTM"}


class Remembering:
    """Untrained nets whose weights obey the knobs; a step trains three more to recall."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "radius": 0.9, "bias": 0.0, "cell": "rnn",
            "delay": 40, "recall_rate": 2e-2, "recall_bias": 5.0,
        }  # fmt: skip
        self.met: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        """Begin the task again with the same first weights."""
        self.race = Race(float(self.settings["recall_bias"]))

    @property
    def steps(self) -> int:
        """Steps of the task since it began."""
        return self.race.steps

    def receive(self, event: Mapping) -> None:
        """Take in a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if name == "radius":
            self.settings["radius"] = number(value, 0.1, 3.0, "The spectral radius")
        elif name == "bias":
            self.settings["bias"] = number(value, -3.0, 6.0, "The forget bias")
        elif name == "cell":
            self.settings["cell"] = option(value, KINDS, "The net")
        elif name == "recall_rate":
            self.settings["recall_rate"] = number(value, 1e-4, 0.3, "The learning rate")
        elif name == "delay":
            self._ask("delay", rounded(value, 1, 100, "The delay"))
        elif name == "recall_bias":
            self._ask("recall_bias", number(value, -3.0, 6.0, "The forget bias"))
        elif name == "again":
            self._begin()
        elif name != "visible":
            raise ValueError(f"The memory part has no setting {shown(name)}.")

    def _ask(self, name: str, value: float) -> None:
        """Begin the task anew with another setting; with the same one it goes on."""
        if value != self.settings[name]:
            self.settings[name] = value
            self._begin()

    def step(self) -> bool:
        """Give the three nets the same batch, and each one optimizer step."""
        self.race.step(int(self.settings["delay"]), float(self.settings["recall_rate"]))
        return True

    def untrained(self) -> dict[str, Felt]:
        """Return what goes back through untrained nets, by kind: the RNN at the spectral radius
        chosen, the LSTM at the forget bias.
        """
        knobs = {"rnn": self.settings["radius"], "gru": 0.0, "lstm": self.settings["bias"]}
        return {kind: untrained(kind, float(knob)) for kind, knob in knobs.items()}

    def frame(self) -> Frame:
        """Return reach and eigenvalues of untrained and trained nets, and how the task goes."""
        frame = Frame(notes={"settings": self.settings, "titles": {}})
        for name, nets in {"untrained": self.untrained(), "trained": trained()}.items():
            if nets:
                self._gradients(frame, name, nets)
                self._plane(frame, f"{name}.plane", nets)
        self._task(frame)
        self.met = met(REMEMBERING, self.met, self)
        frame.notes["met"] = sorted(self.met)
        return frame

    def _gradients(self, frame: Frame, name: str, nets: Mapping[str, Felt]) -> None:
        k = torch.arange(FAR + 1.0)
        lines = [net.reach for net in nets.values()]
        if name == "untrained":
            lines.append(float(self.settings["radius"]) ** k)
        frame.values[name] = torch.stack([k, *lines])
        far = ", ".join(f"{kind.upper()} {net.reach[-1]:.0e}" for kind, net in nets.items())
        frame.notes["titles"][name] = f"{FAR} steps back: {far}".replace("-", "−")

    def _plane(self, frame: Frame, name: str, nets: Mapping[str, Felt]) -> None:
        """The eigenvalues of the chosen net's last step, and of its matrix if it has one."""
        kind = str(self.settings["cell"])
        net = nets.get(kind)
        if net is None:
            return
        clouds, told = [net.step], f"{NAMES[kind]}, largest |λ|: one step {net.radius:.2f}"
        if net.matrix is not None:
            clouds.append(net.matrix)
            told += f", matrix W {net.matrix.norm(dim=0).max():.2f}"
        which = torch.cat([torch.full((1, c.shape[1]), float(i)) for i, c in enumerate(clouds)], 1)
        points = torch.cat(clouds, 1)
        frame.values[name] = torch.cat([points, which])
        most = float(points.abs().max())
        frame.notes[name] = {
            "side": next((side for side in SIDES if side >= most), most),
            "ink": KINDS.index(kind),
            "matrix": net.matrix is not None,
        }
        frame.notes["titles"][name] = told

    def _task(self, frame: Frame) -> None:
        shares = self.race.shares()
        told = ", ".join(f"{kind.upper()} {share:.0%}" for kind, share in shares.items())
        frame.values["recall"] = self.race.curve()
        guess = f"guessing is {1 / SYMBOLS:.0%}"
        asked = f"name the first of {int(self.settings['delay']) + 1} symbols"
        frame.notes["titles"]["recall"] = f"{told} right; {guess}" if told else f"{asked}; {guess}"
        frame.notes["say"] = told
