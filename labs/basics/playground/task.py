"""From points to what a net is trained on: outputs, targets, loss, and what was got right."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.models.dense import LOSSES, Loss

CHOICES = ("squared", "cross-entropy", "hinge", "one-vs-rest")


@dataclass(frozen=True)
class Task:
    """How so many classes (0: a number) are learnt with the loss that was chosen."""

    choice: str
    classes: int

    @property
    def outputs(self) -> int:
        """Output units: one for a number or two classes, else one a class."""
        return self.classes if self.classes > 2 else 1

    @property
    def loss(self) -> Loss:
        """The loss; a number is always learnt by its squared error."""
        if self.classes == 0 or self.choice == "squared":
            return LOSSES["squared"]
        if self.choice == "cross-entropy":
            return LOSSES[f"{'softmax' if self.classes > 2 else 'binary'} cross-entropy"]
        return LOSSES[self.choice]

    @property
    def activation(self) -> str:
        """Of the output layer: tanh where classes are -1 and 1 by squared error, else none."""
        return "tanh" if self.classes and self.choice == "squared" else "identity"

    @property
    def signs(self) -> bool:
        """Whether the targets are -1 and 1 rather than 0 and 1."""
        return self.choice in ("squared", "hinge")

    def targets(self, y: Tensor) -> Tensor:
        """Return y: (N,) as the (outputs, N) that the loss compares with, in float64."""
        if self.classes == 0:
            return y[None].double()
        bits = F.one_hot(y, self.classes).T.double() if self.classes > 2 else y[None].double()
        return 2 * bits - 1 if self.signs else bits

    def prediction(self, output: Tensor) -> Tensor:
        """Return the class (..., N) that the output (..., outputs, N) says (of two, whether it is
        the second), or the number.
        """
        if self.classes > 2:
            return output.argmax(-2)
        number = output.select(-2, 0)
        return number > 0 if self.classes else number  # both a logit and a sign change at 0

    def marks(self, output: Tensor, y: Tensor, spread: Tensor) -> Tensor:
        """Return (..., N), whose mean is the score: whether y is right, or a number's share of R
        squared, 1 - (a - y)^2 / spread, where spread is the variance of y.
        """
        found = self.prediction(output)
        return (found == y).double() if self.classes else 1 - (found - y) ** 2 / spread

    def field(self, output: Tensor) -> Tensor:
        """Return what the plane shows: one signed number in about [-1, 1], or a share a class."""
        if self.classes > 2:
            predicted = self.loss.predict(output)
            if self.loss.name in ("squared", "hinge"):
                predicted = torch.softmax(4 * output, 0)  # a display of which is largest
            return predicted / predicted.sum(0, keepdim=True).clamp_min(1e-9)
        if self.loss.name in ("binary cross-entropy", "one-vs-rest"):
            return 2 * torch.sigmoid(output) - 1
        return output

    def confusion(self, output: Tensor, y: Tensor) -> Tensor:
        """Return (classes, classes): of each true class the share that was taken for each."""
        k = max(2, self.classes)
        pairs = y * k + self.prediction(output)
        counts = torch.bincount(pairs, minlength=k * k).view(k, k).double()
        return counts / counts.sum(1, keepdim=True).clamp_min(1)
