"""The Boltzmann machine: a chain that begins at a drawing, with half of it held fast."""

import torch
from torch import Tensor

from labs import zoo
from labs.drawing.on_pad import OnPad
from labs.generative.autoencoders.machine import view
from labs.generative.autoencoders.machine.challenges import CHALLENGES
from labs.generative.autoencoders.machine.controls import CONTROLS
from labs.live import Frame
from labs.live.controls import Value
from labs.training.course import Course
from labs.training.experiment import begun_anew

NET = "rbm-mnist"
KEPT = 256  # free energies that are drawn


class Machine(OnPad):
    """The zoo's restricted Boltzmann machine and its Gibbs chain."""

    name = "autoencoders.machine"
    controls = CONTROLS
    challenges = CHALLENGES
    first = 8
    quick = True

    def __init__(self) -> None:
        super().__init__()
        self.rbm = zoo.load(NET)
        self.again()

    @property
    def steps(self) -> int:
        """Steps of the chain since it began."""
        return self.count

    def step(self) -> bool:
        """Throw all hidden units, then all pixels that are not held fast."""
        v = self.rbm.gibbs(self.v, 1, self.random)
        self.v = torch.where(self.held, self.start, v)
        self.count += 1
        self._note()
        return True

    def show(self) -> Frame:
        """Return the chain's state, the hidden units, what they look for, and the free energy."""
        frame = Frame()
        h = self.rbm.hidden(self.v)
        view.chain(frame, self.rbm, self.start, self.v, h, self.held, self.count)
        view.units(frame, self.rbm, h)
        view.energy(frame, self.energies)
        self.pad.tell(frame)
        return frame

    def drawn(self) -> None:
        """Begin the chain again at a new drawing."""
        self.again()

    def again(self) -> None:
        """Begin the chain at the drawing."""
        self.start = (self.seen.view(1, 784) > 0.5).float()
        self.v, self.count, self.energies = self.start, 0, Course(KEPT)
        self.random = torch.Generator().manual_seed(int(self.settings["seed"]))
        self._note()

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another seed begins again."""
        if name == "seed":
            self.again()

    @property
    def held(self) -> Tensor:
        """Which pixels are held fast, (1, 784)."""
        mask = torch.zeros(28, 28, dtype=torch.bool)
        if self.settings["clamp"] == "upper":
            mask[:14] = True
        elif self.settings["clamp"] == "left":
            mask[:, :14] = True
        return mask.view(1, 784)

    def evidence(self) -> tuple:
        """Return the settings, the chain's start and state, how long it has run, and whether the
        drawing is the visitor's.
        """
        return self.settings, self.start, self.v, self.count, not self.pad.example

    def left_out(self) -> str:
        """Say that a link begins the chain anew."""
        return begun_anew(self.count, "step") or super().left_out()

    def _note(self) -> None:
        self.energies.note((self.count, self.rbm.free_energy(self.v).item()))
