"""Two nets learn beside each other; a knob rebuilds one of them while it is dragged."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def open_lab(visit: Visit, query: str = "") -> Lab:
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/depth" + (f"?{query}" if query else ""))
    lab.canvas("norms").wait_for(timeout=30_000)
    lab.until("it has learnt", lambda: "step 100" in note(lab, "loss"), 60)
    return lab


def note(lab: Lab, panel: str) -> str:
    return lab.panel(panel).locator(".note").inner_text()


def test_a_preset_and_a_knob_change_the_layers(visit: Visit):
    lab = open_lab(visit)
    assert "10 × 32 sigmoid" in note(lab, "gradients")
    before = lab.settle("gradients")
    slider = lab.card("net").get_by_label("depth")
    slider.fill("25")
    picture = lab.changes("gradients", before)
    lab.until("25 layers", lambda: "25 × 32 sigmoid" in note(lab, "gradients"))
    lab.until("in the address", lambda: lab.query().get("depth.depth") == "25")
    lab.card("net").get_by_role("group", name="residual").get_by_role("button", name="on").click()
    lab.changes("gradients", picture)
    lab.until("residual", lambda: "residual" in note(lab, "gradients"))


def test_a_link_opens_the_same_net(visit: Visit):
    lab = open_lab(visit, "depth.preset=forgiven&depth.gain=0.5&depth.second=none")
    assert "20 × 32 relu, He, weights × 0.5, batch norm" in note(lab, "gradients")
    assert note(lab, "second") == "no second net"
