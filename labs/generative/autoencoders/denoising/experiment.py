"""Denoising: a drawing with noise of any kind, and what two nets with a wide code make of it."""

from functools import lru_cache

import torch
from torch import Tensor

from labs import zoo
from labs.data.digits import small
from labs.data.spoil import gaussian, hole, salt_and_pepper
from labs.drawing.on_pad import OnPad
from labs.drawing.pad import Pad
from labs.generative.autoencoders.denoising import view
from labs.generative.autoencoders.denoising.challenges import CHALLENGES
from labs.generative.autoencoders.denoising.cleaning import cleanings, squared_errors
from labs.generative.autoencoders.denoising.controls import CONTROLS
from labs.generative.autoencoders.denoising.export import script
from labs.live import Frame
from labs.live.experiment import Event

NETS = ("dae-mnist", "ae-mnist-wide")
TESTED = 100  # digits of the table


class Denoising(OnPad):
    """A drawing, noise on it, and both nets."""

    name = "autoencoders.denoising"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x", "hole")
    on = OnPad.on | {("hole", "*"): "paint"}
    first = 5
    quick = True

    def __init__(self) -> None:
        super().__init__()
        self.nets = tuple(zoo.load(name) for name in NETS)
        self.hole = Pad("hole")

    def show(self) -> Frame:
        """Return the drawing, the noise, what both nets make of it, and the errors."""
        frame, clean, times = Frame(), self.seen, int(self.settings["times"])
        noisy = self.noisy(clean)
        x = hole(noisy, self.hidden)
        runs = tuple(cleanings(net, x, view.MOST) for net in self.nets)
        view.spoiled(frame, clean, noisy, x)
        view.cleaned(frame, clean, runs, times)
        if self.sees("units"):
            view.units(frame, self.nets, x)
        if self.sees("again"):
            own = torch.cat([x, *(run[times : times + 1] for run in runs)])
            view.table(frame, squared_errors(own, clean).tolist(), self.tests(times), TESTED)
        self.pad.tell(frame)
        self.hole.tell(frame)
        return frame

    def noisy(self, x: Tensor) -> Tensor:
        """Return pictures x: (N, 1, 28, 28) with the noise of now, without the hole."""
        s = self.settings
        generator = torch.Generator().manual_seed(int(s["throw"]))
        return salt_and_pepper(gaussian(x, s["gauss"], generator), s["pepper"], generator)

    @property
    def hidden(self) -> Tensor:
        """Where the hole is, (1, 1, 28, 28) of bool."""
        ink = torch.nn.functional.interpolate(self.hole.ink, (28, 28), mode="area")
        return ink > 0.5

    def tests(self, times: int) -> tuple[float, ...]:
        """Return the mean errors of test digits with the noise and the hole of now: spoiled, and as
        both nets clean them.
        """
        s = self.settings
        where = tuple(self.hidden.flatten().nonzero()[:, 0].tolist())
        return measured(s["gauss"], s["pepper"], int(s["throw"]), where, times)

    def paint(self, event: Event) -> None:
        """Take in a stroke of the hole."""
        self.hole.receive(event)

    def whole(self) -> None:
        """Take the hole away."""
        self.hole.receive({"kind": "clear"})

    def evidence(self) -> tuple:
        """Return the settings, the drawing, the spoiled and the cleaned picture (3, 1, 28, 28), the
        share of the ink that the hole hides, and whether the drawing is the visitor's.
        """
        clean, hidden = self.seen, self.hidden
        x = hole(self.noisy(clean), hidden)
        times = int(self.settings["times"])
        cleaned = cleanings(self.nets[0], x, times)[-1:]
        share = (clean * hidden).sum() / clean.sum().clamp_min(1e-6)
        return self.settings, torch.cat([clean, x, cleaned]), share.item(), not self.pad.example

    def to_link(self) -> dict[str, str]:
        """Return the drawing and the hole."""
        return super().to_link() | self.hole.address()

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing or the hole of a link."""
        pad = self.hole if name == "hole" else self.pad
        pad.receive({"kind": "link", "value": text})

    def left_out(self) -> str:
        """Say what of the drawings a link does not hold."""
        return super().left_out() or self.hole.left_out()

    def script(self) -> str:
        """Return a script that cleans the same picture."""
        clean = self.seen
        return script(clean, hole(self.noisy(clean), self.hidden), int(self.settings["times"]))


@lru_cache(maxsize=64)
def measured(
    gauss: float, pepper: float, throw: int, where: tuple[int, ...], times: int
) -> tuple[float, ...]:
    """Return the mean squared errors of test digits: spoiled, and as both nets clean them.

    where: the pixels of the hole, counted row by row.
    """
    generator, clean = torch.Generator().manual_seed(throw), small().x_test[:TESTED]
    hidden = torch.zeros(784, dtype=torch.bool)
    hidden[list(where)] = True
    x = salt_and_pepper(gaussian(clean, gauss, generator), pepper, generator)
    x = hole(x, hidden.view(1, 1, 28, 28))
    found = [x]
    for name in NETS:
        y = x
        for _ in range(times):
            y = zoo.load(name)(y)
        found.append(y)
    return tuple(squared_errors(y, clean).mean().item() for y in found)
