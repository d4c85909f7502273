"""The process rules of the tests, set before torch is imported: one thread, repeatable examples."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
import torch
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.scripts"]

settings.register_profile("glassbox", deadline=None, derandomize=True, database=None)
settings.load_profile("glassbox")


@pytest.fixture
def rng() -> torch.Generator:
    return torch.Generator().manual_seed(7)


class OneBrowser(LoadScopeScheduling):
    """A file to a worker, and all that drives the browser to one of them, in its order.

    Two browsers on two cores would both be late.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "tests/e2e" if file.startswith("tests/e2e/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneBrowser:
    """Give the tests out so."""
    return OneBrowser(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the browser begin first: it takes as long as most of the others together."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/e2e/"))
