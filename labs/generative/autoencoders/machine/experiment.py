"""The Boltzmann machine: a chain that begins at a drawing, with half of it held fast."""

import torch
from torch import Tensor

from labs import zoo
from labs.data import strokes
from labs.drawing.mnist import place_as_mnist
from labs.drawing.pad import Pad
from labs.generative.autoencoders.machine import view
from labs.generative.autoencoders.machine.challenges import CHALLENGES
from labs.generative.autoencoders.machine.controls import CONTROLS
from labs.live import Frame
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.training.course import Course
from labs.training.experiment import begun_anew

NET = "rbm-mnist"
FIRST = 8  # the digit on the pad when the page opens
KEPT = 256  # free energies that are drawn


class Machine(Lab):
    """The zoo's restricted Boltzmann machine and its Gibbs chain."""

    name = "autoencoders.machine"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x",)
    on = {("x", "*"): "draw"}
    quick = True

    def __init__(self) -> None:
        super().__init__()
        self.rbm = zoo.load(NET)
        self.pad = Pad("x")
        self.pad.show(strokes.sample(FIRST))
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

    def draw(self, event: Event) -> None:
        """Take in what the pad sends; the chain begins again at a new drawing."""
        before = self.pad.changes
        self.pad.receive(event)
        if self.pad.changes != before:
            self.again()

    def again(self) -> None:
        """Begin the chain at the drawing."""
        x = place_as_mnist(self.pad.picture)[0].view(1, 784)
        self.start = (x > 0.5).float()
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

    def to_link(self) -> dict[str, str]:
        """Return the visitor's drawing."""
        return self.pad.address()

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing of a link."""
        self.pad.receive({"kind": "link", "value": text})
        self.again()

    def left_out(self) -> str:
        """Say that a link begins the chain anew."""
        return begun_anew(self.count, "step") or self.pad.left_out()

    def _note(self) -> None:
        self.energies.note((self.count, self.rbm.free_energy(self.v).item()))
