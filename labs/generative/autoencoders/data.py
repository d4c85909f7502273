"""The digits that the autoencoders learn, centred, with their principal components."""

from dataclasses import dataclass
from functools import cache

from torch import Tensor

from labs.data import Split
from labs.data.digits import mnist, small
from labs.generative.autoencoders.pca import Components, components

LEARNED = 20_000  # digits at most
TESTED = 360  # test digits that are looked at


@dataclass(frozen=True)
class Digits:
    """Pictures as columns, less their mean."""

    x: Tensor  # (784, N)
    test: Tensor  # (784, M)
    labels: Tensor  # (M,), of the test digits
    pca: Components
    name: str

    def centred(self, picture: Tensor) -> Tensor:
        """Return a picture (..., 28, 28) as a column (784, 1), less the mean."""
        return picture.reshape(784, 1) - self.pca.mean[:, None]

    def picture(self, x: Tensor) -> Tensor:
        """Return columns (784, N) as pictures (N, 28, 28), the mean added."""
        return (x + self.pca.mean[:, None]).T.reshape(-1, 28, 28)


@cache
def prepared(name: str) -> Digits:
    """Return the digits of a data set by its name, prepared once: MNIST, or scikit-learn's."""
    split: Split = mnist() if name == "MNIST" else small()
    x = split.x[:LEARNED].flatten(1)
    pca = components(x)
    test = split.x_test[:TESTED].flatten(1) - pca.mean
    return Digits((x - pca.mean).T, test.T.contiguous(), split.y_test[:TESTED], pca, split.name)
