"""Pages run as `streamlit run` runs them: from the root of the project."""

from pathlib import Path

import pytest

from pages.ui import stage

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setattr(stage, "PATIENCE", 0)  # there is no browser
