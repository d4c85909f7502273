"""What goes back through whole nets: the reach of their gradients, and one step's eigenvalues."""

from dataclasses import dataclass
from functools import cache, lru_cache

import torch
from torch import Tensor

from labs import zoo
from labs.data.text import PRINTABLE, python_manual
from labs.models.characters import CharNet, fresh
from labs.models.jacobians import eigenvalues, jacobian
from labs.sequences.language.memory import reach, rescale, top

FAR = 100  # steps back
TEXTS = 16
HIDDEN = 64  # of the untrained nets
KINDS = ("rnn", "gru", "lstm")
USUAL = {"rnn": 0.9, "gru": 0.0, "lstm": 0.0}  # spectral radius; nothing; forget bias


@dataclass(frozen=True)
class Felt:
    """What goes back through one net."""

    reach: Tensor  # (FAR + 1,) gradient norms, k steps back, relative to k = 0
    step: Tensor  # (2, S) eigenvalues of the Jacobian of the last step in the first text
    matrix: Tensor | None = None  # (2, H) eigenvalues of the plain RNN's recurrent matrix

    @property
    def radius(self) -> float:
        """The largest absolute value among the step's eigenvalues."""
        return self.step.norm(dim=0).max().item()


@cache
def passages() -> tuple[Tensor, Tensor]:
    """Return texts x: (FAR + 1, TEXTS) from Python's manual, and the character after each."""
    numbers = PRINTABLE.encode(python_manual().text)
    generator = torch.Generator().manual_seed(3)
    starts = torch.randint(len(numbers) - FAR - 2, (TEXTS,), generator=generator)
    at = starts + torch.arange(FAR + 2)[:, None]
    return numbers[at[:-1]], numbers[at[-1]]


def felt(model: CharNet) -> Felt:
    """Return what goes back through a net that reads the passages."""
    x, y = passages()
    steps, w = top(model, x)
    step = eigenvalues(jacobian(model.kind, steps, w["weight_hh"], FAR))
    matrix = eigenvalues(w["weight_hh"]) if model.kind == "rnn" else None
    return Felt(reach(model, steps, w, y), step, matrix)


@cache
def trained() -> dict[str, Felt]:
    """Return what goes back through the zoo's nets, by kind."""
    names = {kind: f"char-{kind}-shakespeare" for kind in KINDS}
    return {k: felt(zoo.load(name)) for k, name in names.items() if name in zoo.manifest()}


@lru_cache(256)
def untrained(kind: str, knob: float) -> Felt:
    """Return what goes back through a net that has learnt nothing.

    knob: the RNN's spectral radius, or what is added to the LSTM's forget bias.
    """
    return felt(prepared(kind, knob))


@torch.no_grad()
def prepared(kind: str, knob: float) -> CharNet:
    """Return an untrained net whose weights obey the knob."""
    model = fresh(kind, len(PRINTABLE), torch.Generator().manual_seed(1), hidden=HIDDEN)
    if kind == "rnn":
        rescale(model, knob)
    if kind == "lstm":
        model.recurrent.bias_hh_l0[HIDDEN : 2 * HIDDEN] += knob
    return model
