"""The two readers of digits that know nothing of neighbourhood: one layer, and two.

Both see a digit as a list of 784 numbers, so the order of the pixels means nothing to them.
"""

from torch import Tensor, nn


class SoftmaxRegression(nn.Module):
    """One linear layer: (N, 1, 28, 28) in [0, 1] to logits (N, 10), a template for each class."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(x.flatten(1))


class TwoLayers(nn.Module):
    """784 - 128 - 10 with ReLU: (N, 1, 28, 28) in [0, 1] to logits (N, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(self.fc1(x.flatten(1)).relu())
