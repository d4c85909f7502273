"""Every page: nothing is cut or past its card on a phone and a projector.

With GLASSBOX_COMPLETE=1 also every part of a page, other widths, and axe in light and dark; that
takes minutes, not seconds.  A window of 1440 px zoomed to 200 % has 720.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pages.catalogue import ENTRIES
from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e

COMPLETE = os.environ.get("GLASSBOX_COMPLETE") == "1"
OPENED = 1366  # pixels, of a laptop
TALL = 5000  # pixels: a card out of sight is not computed, and would be empty
HERE = Path(__file__).parent
FAULTS = (HERE / "overflow.js").read_text()
# What no console shows, such as a ResizeObserver that goes in circles.
LISTEN = 'window.heard = []; addEventListener("error", event => heard.push(event.message))'
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
# Streamlit's own parts are left out; what is minor is looked for as far as it was a fault once.
LOOK = """async rules => {
  const theirs = ["stSidebar", "stHeader", "stCode", "stDataFrame"];
  const exclude = theirs.map(id => `[data-testid=${id}]`);
  const told = await axe.run({ exclude }, { ...rules, resultTypes: ["violations"] });
  const minor = ["empty-table-header", "heading-order"];
  return told.violations.filter(v => /serious|critical/.test(v.impact) || minor.includes(v.id))
    .flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.flat().at(-1)} ${n.html.slice(0, 90)}`));
}"""
# On a phone a sentence to translate or to shorten is longer than its line, which scrolls with its
# caret.
KNOWN = ("translate/english: cut by", "shorten/sentence: cut by")
ALL = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}


@pytest.mark.timeout(1500 if COMPLETE else 400)
def test_every_page_fits(visit: Visit, subtests):
    assert not COMPLETE or AXE.exists(), "there is no axe-core; npm ci --prefix tests/e2e"
    lab = visit(opened=False, viewport={"width": OPENED, "height": TALL})
    lab.page.add_init_script(LISTEN)

    def at(width: int, place: str) -> None:
        lab.page.set_viewport_size({"width": width, "height": TALL})
        with subtests.test(f"{place}, {width} px"):
            fits(lab)

    for place in places(lab):
        at(OPENED, place)
        with subtests.test(f"{place}, hidden for a moment"):
            hidden(lab)
        if COMPLETE:
            for width in (1920, 1280, 720, 1440):
                at(width, place)
            with subtests.test(f"{place}, axe"):
                accessible(lab)
        at(390, place)
        lab.page.locator('[data-testid="stSidebar"] input').first.evaluate("e => e.click()")
        lab.page.locator(".stage.presenter").first.wait_for()
        at(1024, f"{place}, on a projector")
        lab.page.set_viewport_size({"width": OPENED, "height": TALL})


@pytest.mark.skipif(not COMPLETE, reason="axe takes its time; GLASSBOX_COMPLETE=1 lets it")
@pytest.mark.parametrize("page", ["", "lectures", "lectures?read=uw", "terms", "terms?term=relu"])
def test_a_page_without_a_lab_is_accessible(visit: Visit, page: str):
    lab = visit(opened=False, viewport={"width": 1440, "height": TALL})
    lab.page.goto(f"{lab.server}/{page}")
    lab.page.locator('[data-test-script-state="notRunning"]').first.wait_for(timeout=30_000)
    lab.page.get_by_role("heading", level=1).wait_for()
    accessible(lab)


def places(lab: Lab) -> Iterator[str]:
    """Open all pages that have a stage, one after the other; in a complete pass all their parts."""
    for name in ENTRIES:
        if opened(lab, name):
            yield name
        if not COMPLETE:
            continue
        chosen = lab.query().get(f"{name}.part")
        parts = lab.page.locator(f".st-key-{name}-part button").all_inner_texts()
        for part in parts:
            if part != (chosen or parts[0]) and opened(lab, name, part):
                yield f"{name}, {part}"


def opened(lab: Lab, name: str, part: str = "") -> bool:
    """Open a part of a page and wait for its first frame; return whether there is one."""
    lab.page.goto(f"{lab.server}/{name}?" + urlencode({f"{name}.part": part} if part else {}))
    lab.page.locator('[data-test-script-state="notRunning"]').first.wait_for(timeout=30_000)
    if not lab.page.locator(".stage").count():
        return False
    lab.page.locator(".stage[data-version]").first.wait_for(timeout=30_000)
    return True


def fits(lab: Lab) -> None:
    """Fail with what a reader would stumble over, once the stages have been laid out."""
    lab.page.wait_for_timeout(300)
    found = lab.page.locator(".stage").evaluate_all(FAULTS) + lab.page.evaluate("heard.splice(0)")
    report(found)


def hidden(lab: Lab) -> None:
    """Hide the stages, as a page does that is being left, and show them; fail with what is said."""
    for style in ("none", ""):
        lab.page.locator(".stage").evaluate_all(f"all => all.map(e => e.style.display = '{style}')")
        lab.page.wait_for_timeout(100)
    report(lab.page.evaluate("heard.splice(0)") + lab.complaints())


def accessible(lab: Lab) -> None:
    """Fail with what axe says of the page, in the dark of the colours alone."""
    lab.page.add_script_tag(path=AXE)
    found = lab.page.evaluate(LOOK, ALL)
    lab.page.emulate_media(color_scheme="dark")
    dark = "getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'"
    lab.page.wait_for_function(dark)
    if lab.page.locator(".stage").count():
        lab.page.locator('.stage[data-theme="dark"]').first.wait_for()
    found += lab.page.evaluate(LOOK, {"runOnly": ["color-contrast"]})
    lab.page.emulate_media(color_scheme="light")
    report(found)


def report(found: list[str]) -> None:
    """Fail with the faults that are not known."""
    unknown = [fault for fault in found if not fault.startswith(KNOWN)]
    assert not unknown, "\n".join(unknown)
