"""How a visit begins: deep links, other themes, small screens, odd addresses."""

import math
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Route

from tests.e2e.conftest import SIZE, Visit
from tests.e2e.lab import Lab
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e

STAGE = Path(__file__).parents[2] / "pages" / "ui" / "stage"


def test_first_request_of_a_fresh_server_is_a_deep_link(server: Server, visit: Visit):
    server.restart()
    lab = visit(opened=False)
    began = time.monotonic()
    lab.page.goto(f"{server.url}/digit?digit.view=gradient")
    lab.canvas("x").wait_for()
    lab.page.locator('[data-panel="softmax"] .bar.top').wait_for()
    print(f"\nfresh server, deep link: usable after {time.monotonic() - began:.2f} s")
    assert lab.page.get_by_role("button", name="Gradient", exact=True).get_attribute(
        "aria-pressed"
    ) == ("true")
    assert lab.query()["digit.view"] == "gradient"


def test_a_deep_link_looks_for_its_server_at_one_place(visit: Visit):
    lab = visit(opened=False)
    asked: list[str] = []
    lab.page.on("request", lambda request: asked.append(request.url))
    lab.open()
    core = [url for url in asked if "_stcore" in url]
    assert core
    assert all(url.startswith(f"{lab.server}/_stcore/") for url in core)


def test_a_card_is_drawn_when_it_comes_into_sight(visit: Visit):
    lab = visit(viewport={"width": 1440, "height": 500})
    blank = "c => !c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v)"
    below = lab.canvas("kernels1")
    below.scroll_into_view_if_needed()
    lab.until("the kernels are drawn", lambda: not below.evaluate(blank))


def test_dark_scheme(visit: Visit):
    lab = visit(color_scheme="dark", reduced_motion="reduce")
    color = lab.card("network").evaluate("card => getComputedStyle(card).backgroundColor")
    assert color == "rgb(22, 27, 36)"
    assert lab.top() == "8"  # the example on the pad


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_leave_pictures_theirs_and_mark_what_is_chosen(visit: Visit, scheme: str):
    look = "(e, name) => getComputedStyle(e)[name]"
    lab = visit(color_scheme=scheme)
    fill = lab.page.locator('[data-panel="softmax"] .bar.top .fill')
    blue = fill.evaluate(look, "backgroundImage")
    lab.page.emulate_media(forced_colors="active")
    assert fill.evaluate(look, "backgroundImage") == blue
    pressed, other = (
        lab.page.locator(f'.stage button[aria-pressed="{on}"]').first
        .evaluate(look, "backgroundColor") for on in ("true", "false")
    )  # fmt: skip
    assert pressed != other
    assert lab.canvas("conv1").evaluate(look, "backgroundColor") != "rgba(0, 0, 0, 0)"
    over = lab.page.locator('[data-panel="x"] canvas.overlay').evaluate(look, "backgroundColor")
    assert over == "rgba(0, 0, 0, 0)"  # else it would hide the drawing


def test_nothing_moves_by_itself_where_less_motion_is_wanted(visit: Visit):
    lab = visit(reduced_motion="reduce")
    lab.draw([[(0.3, 0.3), (0.6, 0.7)]])
    running = """() => document.getAnimations().map(a => a.effect?.target)
      .filter(e => e?.closest?.(".stage")).map(e => e.outerHTML.slice(0, 80))"""
    assert lab.page.evaluate(running) == []


def touching(lab: Lab) -> Callable[..., None]:
    """Return a finger: touchStart and touchMove at a place of the screen, touchEnd."""
    touch = lab.page.context.new_cdp_session(lab.page)

    def finger(kind: str, *place: float) -> None:
        points = [dict(zip("xy", place, strict=True))] if place else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return finger


def test_touch_draws(visit: Visit):
    lab = visit(viewport={"width": 900, "height": 1000}, has_touch=True)
    lab.panel("x").scroll_into_view_if_needed()
    finger = touching(lab)
    before = lab.settle("conv1")
    finger("touchStart", *lab.place(0.5, 0.15))
    for i in range(1, 15):
        finger("touchMove", *lab.place(0.5, 0.15 + 0.05 * i))
    lab.changes("conv1", before)  # the finger is still on the glass
    finger("touchEnd")
    lab.until("a line is read as 1", lambda: lab.top() == "1")
    assert lab.page.evaluate("scrollY") == 0


def test_a_finger_drags_the_line(visit: Visit):
    phone = {"width": 390, "height": 844}
    lab = visit(opened=False, viewport=phone, has_touch=True, is_mobile=True)
    lab.page.goto(f"{lab.server}/neuron")
    foot = lab.panel("plane").get_by_role("button", name=re.compile("^The line"))
    foot.wait_for(timeout=20_000)
    lab.canvas("plane").scroll_into_view_if_needed()
    lab.settle("plane")

    def middle() -> tuple[float, float]:
        box = foot.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    finger, (x, y) = touching(lab), middle()
    finger("touchStart", x, y)
    for i in range(1, 11):
        finger("touchMove", x + 4 * i, y - 4 * i)
    finger("touchEnd")
    lab.until("the line followed", lambda: math.dist(middle(), (x, y)) > 25)


FITTED = """async ([widths, least]) => {
  const { Fit } = await import(location.origin + "/stage/fit.js");
  const css = await (await fetch(location.origin + "/stage/stage.css")).text();
  document.body.innerHTML = `<style>${css} .stage { width: 1238px }</style><div class="stage"><div
    class="card"><div class="columns">${'<div class="column"><p></p></div>'.repeat(widths.length)}`;
  const [root, figures] = [document.querySelector(".stage"), [...document.querySelectorAll("p")]];
  const stage = { root, body: root, narrow: false, width: 1238, scale(k) {
    this.k = k;
    figures.forEach((p, i) => p.style.cssText =
      `max-width: 100%; width: ${widths[i] * (least[i] ? Math.min(k, least[i]) : k)}px`);
  } };
  new Fit(stage).layout(false);
  return stage.k;
}"""


def test_the_pictures_fill_the_first_card(visit: Visit):
    """1200 px are between its edges, 16 between two columns."""
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/_stcore/health")
    assert lab.page.evaluate(FITTED, [[1000], [0]]) == pytest.approx(1.2, rel=0.01)
    assert lab.page.evaluate(FITTED, [[700, 300], [0, 0]]) == pytest.approx(1.184, rel=0.01)
    assert lab.page.evaluate(FITTED, [[800, 300], [1, 0]]) == pytest.approx(1.28, rel=0.015)
    assert lab.page.evaluate(FITTED, [[900], [0]]) == 1.3
    assert lab.page.evaluate(FITTED, [[2100], [0]]) == 0.6


TOUCHED = """canvas => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return Array.from({ length: 400 }, (_, i) => {
    const [u, v] = [(i % 20 + 0.5) / 20, (Math.floor(i / 20) + 0.5) / 20];
    const [clientX, clientY] = [left + u * width, top + v * height];
    const touch = { identifier: 1, target: canvas, clientX, clientY };
    return !canvas.dispatchEvent(new TouchEvent("touchstart",
      { touches: [new Touch(touch)], cancelable: true }));
  });
}"""


def test_a_picture_that_cannot_be_drawn_on_lets_a_finger_scroll(visit: Visit):
    lab = visit(opened=False).open(path="approximation")
    style = "canvas => [getComputedStyle(canvas).touchAction, getComputedStyle(canvas).cursor]"
    assert lab.canvas("sketch").evaluate(style) == ["none", "crosshair"]
    assert lab.canvas("saw").evaluate(style) == ["auto", "auto"]
    lab.open("convolution.preset=gabor", "convolution")
    caught = lab.canvas("response").evaluate(TOUCHED)
    assert any(caught)  # at a handle
    assert not all(caught)


def test_the_page_changes_while_the_stage_is_still_loading(visit: Visit):
    lab = visit(opened=False)
    held: list[Route] = []
    lab.page.route("**/panels/maps.js", lambda route: held.append(route))
    lab.page.goto(f"{lab.server}/digit")
    lab.until("the stage loads", lambda: held, 20)
    lab.page.get_by_text("Presenter").first.click()
    lab.until("the page knows", lambda: lab.query().get("presenter") == "true", 20)
    lab.page.wait_for_timeout(500)
    for route in held:
        route.continue_()
    lab.page.unroute("**/panels/maps.js")
    lab.page.locator('[data-panel="softmax"] .bar.top').wait_for(timeout=20_000)
    lab.until("it is dressed for it", lambda: lab.page.locator(".stage.presenter").count() >= 1)
    before = lab.settle("conv1")
    lab.pen([(0.5, 0.1 + 0.05 * i) for i in range(16)])
    lab.changes("conv1", before)


HOSTILE = {
    "view": "<img src=x onerror=window.hacked=1>",
    "saliency": "![a](//evil.test/a)",
    "target": "[x](//evil.test/b)",
    "tilt": "<b>1e999</b>",
    "x": "<script>window.hacked=1</script>",
}


def test_hand_edited_address_is_sentences(visit: Visit):
    lab = visit(opened=False)
    asked: list[str] = []
    lab.page.on("request", lambda request: asked.append(request.url))
    lab.open(urlencode({f"digit.{name}": value for name, value in HOSTILE.items()}))
    toasts = lab.page.locator('[data-testid="stToast"]')
    toasts.first.wait_for()
    assert "link" in toasts.first.inner_text()
    made = toasts.locator("img, b, script, a").evaluate_all("all => all.map(e => e.outerHTML)")
    assert not made
    assert not lab.page.evaluate("window.hacked")
    assert not [url for url in asked if "evil.test" in url.split("?")[0]]
    assert lab.page.locator('[data-testid="stException"]').count() == 0
    assert lab.top() == "8"


def test_stage_writes_text_only(subtests):
    for path in sorted(STAGE.rglob("*.js")):
        with subtests.test(path.name):
            for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
                assert word not in path.read_text(), f"{path.name} uses {word}"


def test_presenter_by_address(visit: Visit):
    lab = visit("presenter=true&digit.tilt=20")
    for part in (".controls", ".brush", ".chips", ".answer", ".tools button:not(.clear)"):
        assert not [p for p in lab.page.locator(f".stage {part}").all() if p.is_visible()], part
    assert lab.canvas("x").is_visible()
    at, count = lab.moment()
    assert at == count > 2
    for key, now in (("PageUp", at - 1), ("PageUp", at - 2), ("PageDown", at - 1)):
        lab.page.keyboard.press(key)
        lab.until(f"{key} goes to moment {now}", lambda now=now: lab.moment() == (now, count))


def test_gallery_leads_to_the_lab(visit: Visit):
    lab = visit(opened=False)
    lab.page.goto(lab.server)
    lab.page.get_by_test_id("stMain").get_by_role("link", name="Digit").first.click()
    lab.page.wait_for_url(f"{lab.server}/digit*", timeout=20_000)
    lab.panel("conv1").wait_for(timeout=20_000)


@pytest.fixture(params=["base path", "uvicorn"])
def other_server(request):
    server = Server(base="lab") if request.param == "base path" else Server(asgi="app:app")
    with server:
        yield server


def test_served_otherwise(other_server: Server, visit: Visit):
    lab: Lab = visit(at=other_server, viewport=SIZE)
    before = lab.settle("conv1")
    lab.pen([(0.5, 0.1 + 0.05 * i) for i in range(16)], lift=False)
    lab.changes("conv1", before)
    lab.page.mouse.up()
    lab.until("a line is read as 1", lambda: lab.top() == "1")
