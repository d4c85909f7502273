"""Every panel of every page gets what it reads, and nothing is sent that none reads."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from labs.live import Session, panels
from labs.live.session import find
from pages.ui import stage
from pages.ui.stage import Panel
from tests.pages.test_pages import OTHERS, PAGES, open_page

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mounted(monkeypatch) -> dict[str, tuple[Session, list]]:
    """Every stage that was shown, by its name: its session, and its panels."""
    found = {}

    def mount(*, data: dict, **_: object) -> None:
        session = find(data["token"])
        session.painted.set()  # no browser will say so
        shown = [SimpleNamespace(**panel) for card in data["cards"]
                 for column in card["columns"] for panel in column]  # fmt: skip
        shown += [SimpleNamespace(kind="timeline", name=control["name"], options={})
                  for card in data["cards"] for control in card["controls"]
                  if control["control"] == "timeline"]  # fmt: skip
        found.setdefault(f"{data['lab']} {len(shown)}", (session, shown))

    monkeypatch.setattr(stage, "_component", mount)
    return found


def visit(page: str) -> Iterator[AppTest]:
    """Yield a page, and once more for each of its parts or subjects."""
    at = open_page(page)
    yield at
    for group in at.get("button_group"):
        if group.key and group.key.endswith((".part", ".subject")):
            for option in group.options:
                yield open_page(page, {group.key: option})


@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", PAGES)
def test_panels_get_what_they_read_and_nothing_else_is_sent(page, mounted, subtests):
    for at in visit(page):
        assert not at.exception
    assert mounted or page in OTHERS
    for name, (session, shown) in mounted.items():
        frame = session.experiment.frame()
        with subtests.test(name):
            faults = panels.missing(frame, shown)
            if not name.startswith("front "):  # the home page shows a part of the digit's stage
                faults += [f"no panel reads {key}" for key in panels.unread(frame, shown)]
            assert not faults, "; ".join(faults)


def test_a_panel_s_kind_and_options_are_known():
    with pytest.raises(ValueError, match="no kind 'pictures'"):
        Panel("pictures", "x")
    with pytest.raises(ValueError, match=r"no option \['widht'\]"):
        Panel("curve", "loss", options={"names": ["loss"], "widht": 3})


def test_every_kind_has_its_file_and_its_page():
    files = {file.stem for file in (ROOT / "pages/ui/stage/panels").glob("*.js")}
    assert files == panels.KINDS.keys()
    assert (ROOT / "docs/panels.md").read_text() == panels.document()
