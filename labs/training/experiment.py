"""What every experiment that trains has in common: begin again, set a rate, notice a failure."""

from safetensors.torch import save
from torch import nn

from labs.live.lab import Lab
from labs.numerals import counted, written


class Training(Lab):
    """A lab that trains step by step, looks at its progress and stops when it fails.

    The same seed gives the same run.  A lab says what is drawn anew (`_begin`), what one step is
    (`_advance`), what is measured every `every` steps (`_look`), and what is seen (`show`); its
    buttons are `again` and `fresh`.
    """

    links = ("seed",)
    model: nn.Module  # what is trained
    every = 10  # steps between two looks

    def __init__(self, seed: int = 1) -> None:
        super().__init__()
        self.seed = seed
        self.again()

    def _begin(self) -> None:
        """Draw the weights and the order of the batches of this seed."""
        raise NotImplementedError

    def _advance(self) -> str:
        """Take one optimizer step and return in a sentence what went wrong, "" if nothing did."""
        raise NotImplementedError

    def _look(self) -> None:
        """Measure the progress."""
        raise NotImplementedError

    def again(self) -> None:
        """Begin again with the weights and batches of this seed."""
        self.trouble = ""
        self._begin()
        self._look()

    def fresh(self) -> None:
        """Begin again with other weights and batches."""
        self.seed += 1
        self.again()

    def to_link(self) -> dict[str, str]:
        """Return the seed, unless it is the first."""
        return {"seed": str(self.seed) if self.seed > 1 else ""}

    def from_link(self, name: str, text: str) -> None:
        """Begin with the seed of a link."""
        if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 6):
            raise ValueError("The seed in the link is no number; training begins with the first.")
        self.seed = int(text)
        self.again()

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

    def left_out(self) -> str:
        """Say that a link begins the training anew."""
        return begun_anew(self.steps, "step")

    def weights(self, **about: str) -> bytes:
        """Return the weights as they are now as safetensors, with `about` as metadata."""
        tensors = {name: w.contiguous() for name, w in self.model.state_dict().items()}
        return save(tensors, about or None)


def begun_anew(steps: int, unit: str, what: str = "training") -> str:
    """Return the sentence for a training, or what else no address holds; "" where it took none."""
    if not steps:
        return ""
    return f"The link begins the {what} anew, without the {counted(steps, unit)} taken here."


def overshoot(loss: float, step: int, learning_rate: float) -> str:
    """Return the sentence for numbers that have run away."""
    return (
        f"The loss became {written(loss, '.3g')} at step {step}: at a learning rate of "
        f"{learning_rate:.2g} the steps overshoot.  Start again with a smaller one."
    )
