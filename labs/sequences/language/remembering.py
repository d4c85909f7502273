"""The memory experiment: gradients and eigenvalues, live, and a task that needs memory."""

from labs.live import Frame
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.sequences.language import controls as c
from labs.sequences.language.challenges.remembering import REMEMBERING
from labs.sequences.language.export import memory
from labs.sequences.language.felt import Felt, trained, untrained
from labs.sequences.language.recall import Race
from labs.sequences.language.view import gradients
from labs.training import begun_anew


class Remembering(Lab):
    """Untrained nets whose weights obey the knobs; a step trains three more to recall."""

    name = "language.memory"
    controls = c.MEMORY
    challenges = REMEMBERING

    def __init__(self) -> None:
        super().__init__()
        self.again()

    @property
    def steps(self) -> int:
        """Steps of the task since it began."""
        return self.race.steps

    @property
    def untrained(self) -> dict[str, Felt]:
        """What goes back through untrained nets, by kind: the RNN at the spectral radius chosen,
        the LSTM at the forget bias.
        """
        knobs = {"rnn": self.settings["radius"], "gru": 0.0, "lstm": self.settings["bias"]}
        return {kind: untrained(kind, knob) for kind, knob in knobs.items()}

    def again(self) -> None:
        """Begin the task again with the same first weights."""
        self.race = Race(self.settings["recall_bias"])

    def changed(self, name: str, before: Value) -> None:
        """Begin the task anew where it is another one; with the same setting it goes on."""
        if name in ("delay", "recall_bias") and self.settings[name] != before:
            self.again()

    def step(self) -> bool:
        """Give the three nets the same batch, and each one optimizer step."""
        self.race.step(self.settings["delay"], self.settings["recall_rate"])
        return True

    def show(self) -> Frame:
        """Return reach and eigenvalues of untrained and trained nets, and how the task goes."""
        s, frame = self.settings, Frame(notes={"titles": {}})
        gradients.reach(frame, "untrained", self.untrained, s["radius"])
        gradients.reach(frame, "trained", trained())
        for name, nets in {"untrained.plane": self.untrained, "trained.plane": trained()}.items():
            if s["cell"] in nets:
                gradients.plane(frame, name, s["cell"], nets[s["cell"]])
        gradients.task(frame, self.race, s["delay"])
        return frame

    def evidence(self) -> tuple:
        """Return settings, what goes back through untrained nets, and the task."""
        return self.settings, self.untrained, self.race

    def left_out(self) -> str:
        """Say that a link begins the task anew."""
        return begun_anew(self.steps, "step")

    def script(self) -> str:
        """Return the script of the untrained nets at the knobs."""
        return memory.script(self.settings["radius"], self.settings["bias"])
