"""What every experiment that trains has in common: begin again, set a rate, notice a failure."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from safetensors.torch import save
from torch import nn

from labs.live import Frame
from labs.live.checks import number, shown


class Training(ABC):
    """An experiment that trains step by step, looks at its progress and stops when it fails.

    The same seed gives the same run.  A lab says what is drawn anew (`_begin`), what one step is
    (`_advance`), what is measured every `every` steps (`_look`), and what is seen (`frame`).
    """

    model: nn.Module  # what is trained
    every = 10  # steps between two looks
    ranges: ClassVar[Mapping[str, tuple[float, float]]] = {}  # of the settings that are numbers

    def __init__(self, settings: Mapping[str, str | float], seed: int) -> None:
        self.settings = dict(settings)
        self.seed = seed
        self.again()

    @property
    @abstractmethod
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""

    @abstractmethod
    def frame(self) -> Frame:
        """Return what is seen of the training now."""

    @abstractmethod
    def _begin(self) -> None:
        """Draw the weights and the order of the batches of this seed."""

    @abstractmethod
    def _advance(self) -> str:
        """Take one optimizer step and return in a sentence what went wrong, "" if nothing did."""

    @abstractmethod
    def _look(self) -> None:
        """Measure the progress."""

    def again(self) -> None:
        """Begin again with the weights and batches of this seed."""
        self.trouble = ""
        self._begin()
        self._look()

    def receive(self, event: Mapping) -> None:
        """Take in a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if name == "again":
            self.again()
        elif name == "fresh":
            self.seed += 1
            self.again()
        elif name != "visible":
            self._set(name, value)

    def _set(self, name: object, value: object) -> None:
        if not isinstance(name, str) or name not in self.ranges:
            raise ValueError(f"The training has no setting {shown(name)}.")
        words = name.replace("_", " ")
        self.settings[name] = number(value, *self.ranges[name], f"The {words}")

    def step(self) -> bool:
        """Take one optimizer step; False when training has failed, as `trouble` then says."""
        if self.trouble:
            return False
        self.trouble = self._advance()
        if self.trouble:
            return False
        if self.steps % self.every == 0:
            self._look()
        return True

    def weights(self, **about: str) -> bytes:
        """Return the weights as they are now as safetensors, with `about` as metadata."""
        tensors = {name: w.contiguous() for name, w in self.model.state_dict().items()}
        return save(tensors, about or None)


def overshoot(loss: float, step: int, learning_rate: float) -> str:
    """Return the sentence for numbers that have run away."""
    return (
        f"The loss became {loss} at step {step}: at a learning rate of {learning_rate:.2g} the "
        "steps overshoot.  Start again with a smaller one."
    )
