"""The photo net, as it is and made ready for dreaming, and small photographs."""

import pytest
from torch import Tensor

from labs import zoo
from labs.data.photos import photo
from labs.images import fit_within
from labs.models.photo import PhotoNet
from labs.vision.dream import Dream
from labs.vision.dream.network import Network
from tests.vision.dream.hand import put

SMALL = 80  # pixels


@pytest.fixture(scope="session")
def model() -> PhotoNet:
    return zoo.load("photo-net")


@pytest.fixture(scope="session")
def network(model: PhotoNet) -> Network:
    return Network(model)


@pytest.fixture(scope="session")
def photos() -> dict[str, Tensor]:
    return {name: fit_within(photo(name), SMALL) for name in ("cat", "flower", "coffee")}


@pytest.fixture
def dream() -> Dream:
    """A small dream on an early layer, for speed."""
    return put(Dream("photo-net"), size=96, layer="stage1.0", octaves=2, steps=2, start="flower")
