"""What a page's controls offer is what its labs take: both ends of every knob, every option."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from streamlit.testing.v1 import AppTest

from labs.live import Experiment, Session
from labs.live.session import find
from pages.ui import stage
from tests.pages.test_pages import PAGES, open_page

Mounted = dict[str, tuple[Session, list[dict]]]
WAIT = ("yours", "softmax cross-entropy")  # options that need a picture, or three outputs, first
SHAPED = ("hidden_layer", "hidden_x", "hidden_y")  # knobs that end where the visitor's net does


@pytest.fixture
def mounted(monkeypatch) -> Mounted:
    """Every stage that was shown, by its name: its session, and the controls of its cards."""
    found: Mounted = {}

    def mount(*, data: dict, **_: object) -> None:
        session = find(data["token"])
        session.painted.set()  # no browser will say so
        controls = [control for card in data["cards"] for control in card["controls"]]
        found.setdefault(f"{data['lab']} {len(controls)}", (session, controls))

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


def refused(lab: Experiment, control: dict, value: object) -> str:
    """Return why the lab does not take a value as it is, or ""."""
    try:
        lab.receive({"setting": control["name"], "value": value})
    except ValueError as refusal:
        return str(refusal)
    kept = lab.settings.get(control["name"], value)
    free = control["control"] != "knob" or control["name"] in SHAPED
    return "" if kept == value or free else f"it keeps {kept}"


def values(control: dict) -> tuple[list, list]:
    """Return what a control can be set to, at its ends, and what lies just beyond."""
    if control["control"] != "knob":
        options = [key for key, _ in control["options"] if key not in WAIT]
        return options, ["no such option"]
    low, high = control["low"], control["high"]
    if control["log"]:
        return [low, high], [low / 1.01 if low > 1 else low * 0.99, high * 1.01]
    return [low, high], [low - control["step"], high + control["step"]]


@pytest.mark.timeout(600)
def test_what_a_control_offers_is_what_its_lab_takes(mounted, subtests):
    for page in PAGES:
        for at in visit(page):
            assert not at.exception, page
    assert len(mounted) > 20
    for name, (session, controls) in mounted.items():
        lab = session.experiment
        for control in controls:
            if control["control"] not in ("knob", "choice", "select"):
                continue
            offered, beyond = values(control)
            with subtests.test(f"{name}: {control['name']}"):
                assert {value: refused(lab, control, value) for value in offered} == dict.fromkeys(
                    offered, ""
                )
                assert all(refused(lab, control, value) for value in beyond), control
            with suppress(ValueError):
                lab.receive({"setting": control["name"], "value": control["default"]})
