"""Handwritten digits as (N, 1, 28, 28): the small set that needs no download, and MNIST.

The small one is UCI's Optical Recognition of Handwritten Digits (Alpaydin & Kaynak, 1998,
https://doi.org/10.24432/C50P49) as scikit-learn ships it: 1,797 digits of 8 x 8 pixels.
"""

import gzip
from collections.abc import Iterator
from functools import cache

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import Tensor

from labs.data import download
from labs.data.split import Split
from labs.files import matches

TEST_SHARE = 0.2
_MNIST = "https://raw.githubusercontent.com/fgnt/mnist/ae608a02b796c9ee908c082585a5f006fe05258e/"
FILES = {
    "train-images-idx3-ubyte.gz": (
        9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
    "train-labels-idx1-ubyte.gz": (
        28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
    "t10k-images-idx3-ubyte.gz": (
        1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
    "t10k-labels-idx1-ubyte.gz": (
        4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
}  # fmt: skip


@cache
def small() -> Split:
    """Return UCI's digits, enlarged to 20 x 20 and set into 28 x 28 as MNIST's are."""
    data = load_digits()
    x = torch.from_numpy(data.images).float()[:, None] / 16
    x = F.interpolate(x, (20, 20), mode="bicubic", align_corners=False).clamp(0, 1)
    x = F.pad(x, (4, 4, 4, 4))
    y = torch.from_numpy(data.target).long()
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))
    test, train = order.split([round(TEST_SHARE * len(x)), len(x) - round(TEST_SHARE * len(x))])
    return Split(x[train], y[train], x[test], y[test], "UCI digits", "scikit-learn")


def mnist_here() -> bool:
    """Whether MNIST has been downloaded, undamaged."""
    return all(matches(download.path("mnist", name), sha256) for name, (_, sha256) in FILES.items())


def fetch_mnist() -> Iterator[download.Progress]:
    """Download MNIST (11.6 MB), telling how far it is; ValueError when the network fails."""
    for name, (size, sha256) in FILES.items():
        yield from download.fetch(_MNIST + name, sha256, size, download.path("mnist", name))


@cache
def mnist() -> Split:
    """Return MNIST from the download.  Raises ValueError if it is not here."""
    if not mnist_here():
        raise ValueError("MNIST is not here yet; download it first.")
    x, y, x_test, y_test = (_idx(name) for name in FILES)
    return Split(
        x[:, None].float() / 255, y.long(), x_test[:, None].float() / 255, y_test.long(),
        "MNIST", "LeCun, Cortes & Burges",
    )  # fmt: skip


def _idx(name: str) -> Tensor:
    """Read one IDX file: two zero bytes, the type, the number of axes, their sizes, the bytes."""
    data = gzip.decompress(download.path("mnist", name).read_bytes())
    axes = data[3]
    shape = np.frombuffer(data, ">i4", axes, 4)
    return torch.from_numpy(np.frombuffer(data, np.uint8, -1, 4 + 4 * axes).reshape(shape).copy())
