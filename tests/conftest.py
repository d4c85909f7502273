"""The process rules of the tests, set before torch is imported: one thread, repeatable examples."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
import torch
from hypothesis import settings

settings.register_profile("glassbox", deadline=None, derandomize=True, database=None)
settings.load_profile("glassbox")


@pytest.fixture
def rng() -> torch.Generator:
    return torch.Generator().manual_seed(7)
