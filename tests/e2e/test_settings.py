"""Knobs and choices act at once, go into the address, and come back from it."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e

SEVEN = [(0.2 + 0.03 * i, 0.15) for i in range(20)] + [(0.77 - 0.018 * i, 0.18 + 0.035 * i)
                                                       for i in range(20)]  # fmt: skip


def knob(lab: Lab, label: str):
    """Return a slider and its place on the screen."""
    slider = lab.card("distortions").get_by_label(label)
    slider.scroll_into_view_if_needed()
    return slider, slider.bounding_box()


def test_tilt_acts_while_it_is_dragged_and_travels_by_link(visit: Visit):
    lab = visit()
    lab.draw([SEVEN])
    lab.until("the address holds the drawing", lambda: "digit.x" in lab.query())
    drawing = lab.query()["digit.x"]
    slider, box = knob(lab, "tilt the drawing")
    upright = lab.settle("seen")
    middle, mouse = box["y"] + box["height"] / 2, lab.page.mouse
    mouse.move(box["x"] + box["width"] / 2, middle)
    mouse.down()
    picture = upright
    for share in (0.55, 0.6, 0.65):
        mouse.move(box["x"] + box["width"] * share, middle)
        picture = lab.changes("seen", picture)
    assert "digit.tilt" not in lab.query()
    mouse.up()
    lab.until("the address holds the tilt", lambda: "digit.tilt" in lab.query())
    tilt = slider.input_value()
    assert lab.query() == {"digit.tilt": tilt, "digit.x": drawing}
    picture = lab.settle("seen")

    lab.page.reload()
    lab.page.locator('[data-panel="softmax"] .bar.top').wait_for()
    lab.until("the same picture after a reload", lambda: lab.picture("seen") == picture)
    assert knob(lab, "tilt the drawing")[0].input_value() == tilt
    assert lab.query() == {"digit.tilt": tilt, "digit.x": drawing}

    other = visit(lab.page.url.split("?")[1])
    other.until("the same picture elsewhere", lambda: other.picture("seen") == picture)
    assert other.shares() == lab.shares()


def test_logarithmic_knob_shows_what_it_sends(visit: Visit):
    lab = visit()
    slider = lab.card("learning").get_by_label("learning rate")
    output = lab.card("learning").locator(".knob output")
    assert output.inner_text().startswith("0.02")
    slider.fill("1000")
    assert output.inner_text().startswith("3")
    slider.fill("0")
    assert output.inner_text().startswith("0.0001")
    lab.until("in the address", lambda: lab.query().get("learning.learning_rate") == "0.0001")
    lab.page.wait_for_timeout(400)
    assert output.inner_text().startswith("0.0001")
    lab.page.reload()
    lab.page.locator('[data-panel="softmax"] .bar.top').wait_for()
    lab.until("the same rate after a reload", lambda: output.inner_text().startswith("0.0001"))


CHOICES = [
    ("view", "Gradient", "gradient", "conv1"),
    ("view", "Activation × gradient", "product", "conv1"),
    ("target", "3", "3", "conv1"),
    ("scale", "unit", "unit", "conv1"),
    ("scale", "global", "global", "conv1"),
    ("saliency", "integrated", "integrated", "saliency"),
    ("saliency", "Grad-CAM", "gradcam", "saliency"),
    ("saliency", "occlusion", "occlusion", "saliency"),
]


@pytest.mark.parametrize(("name", "text", "value", "panel"), CHOICES)
def test_choice(lab: Lab, name: str, text: str, value: str, panel: str):
    before = lab.settle(panel)
    group = lab.card("network").locator(f'[data-knob="{name}"]')
    group.get_by_role("button", name=text, exact=True).click()
    lab.changes(panel, before)
    lab.until("in the address", lambda: lab.query().get(f"digit.{name}") == value)
    pressed = group.locator('[aria-pressed="true"]')
    assert pressed.all_inner_texts() == [text]


def test_choices_come_back(lab: Lab):
    kept = lab.query()
    assert len(kept) == 4
    conv1, saliency = lab.settle("conv1"), lab.settle("saliency")
    lab.page.reload()
    lab.page.locator('[data-panel="softmax"] .bar.top').wait_for()
    lab.until("the same maps", lambda: lab.picture("conv1") == conv1)
    lab.until("the same saliency", lambda: lab.picture("saliency") == saliency)
    group = lab.card("network").locator('[data-knob="saliency"] [aria-pressed="true"]')
    assert group.all_inner_texts() == ["occlusion"]
    assert lab.query() == kept


def test_usual_choice_leaves_the_address(lab: Lab):
    group = lab.card("network").locator('[data-knob="view"]')
    group.get_by_role("button", name="Activation", exact=True).click()
    lab.until("out of the address", lambda: "digit.view" not in lab.query())


def test_share_gives_this_page(lab: Lab):
    lab.page.get_by_role("button", name="Share").first.click()
    code = lab.page.locator('[data-testid="stPopoverBody"] code').first
    code.wait_for()

    def told() -> dict[str, str]:
        return dict(parse_qsl(urlsplit(code.inner_text().strip()).query))

    lab.until("the link says what the address says", lambda: told() == lab.query())
    assert len(told()) == 3
    lab.page.keyboard.press("Escape")
