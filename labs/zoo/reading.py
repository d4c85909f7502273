"""What LeNet-5 reads in pictures that other networks have made."""

from torch import Tensor

from labs import zoo


def shares(x: Tensor) -> Tensor:
    """Return LeNet-5's shares of the ten digits for pictures (N, 1, 28, 28), (N, 10)."""
    return zoo.load("lenet-mnist")(x).softmax(1)


def read_as(x: Tensor) -> str:
    """Return what LeNet-5 takes a picture (1, 1, 28, 28) for, in words."""
    p = shares(x)[0]
    return f"LeNet-5 reads {int(p.argmax())}, {p.max():.0%}"
