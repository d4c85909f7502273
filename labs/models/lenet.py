"""LeNet-5, the convolutional network that read cheques.

LeCun, Bottou, Bengio & Haffner, "Gradient-based learning applied to document recognition",
Proceedings of the IEEE 86 (1998), http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf

Departures from the paper, which the lectures make too: ReLU for the scaled tanh, max pooling for
the trainable average, all six maps feed every map of conv2, and a softmax for the radial basis
units.  28 x 28 pixels padded by 2 stand for the paper's 32 x 32.
"""

from torch import Tensor, nn


class LeNet5(nn.Module):
    """Digits (N, 1, 28, 28), white ink on black in [0, 1], to logits (N, 10).

    The pixels are used as they are: an empty pixel is 0 and drops out of every sum, which keeps
    the arithmetic of a clicked unit readable.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)  # (N, 6, 28, 28)
        self.pool1 = nn.MaxPool2d(2)  # (N, 6, 14, 14)
        self.conv2 = nn.Conv2d(6, 16, 5)  # (N, 16, 10, 10)
        self.pool2 = nn.MaxPool2d(2)  # (N, 16, 5, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.pool1(self.conv1(x).relu())
        x = self.pool2(self.conv2(x).relu())
        x = self.fc1(x.flatten(1)).relu()
        x = self.fc2(x).relu()
        return self.fc3(x)
