"""What takes long and guards what seldom changes; the environment's GLASSBOX_LONG=1 lets it."""

import os

import pytest

LONG = os.environ.get("GLASSBOX_LONG") == "1"
skipped = pytest.mark.skipif(not LONG, reason="takes long; GLASSBOX_LONG=1 lets it")


def takes_long(test):
    """Mark a test that is skipped unless the environment lets it take its time."""
    return pytest.mark.timeout(600)(skipped(test))
