"""The connection goes, the server goes, the session goes: the drawing stays."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import WebSocketRoute

from labs.live.channel import UNKNOWN_TOKEN
from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e

BAR = [(0.55, 0.12 + 0.05 * i) for i in range(15)]
ROOF = [(0.53 - 0.02 * i, 0.14) for i in range(16)]
LOST = [
    r"WebSocket",
    r"when disconnected from server",
    r"ERR_CONNECTION",
    r"ERR_EMPTY",
    r"Failed to fetch",
    r"Network Error",
]


def draws_on(lab: Lab) -> None:
    """The bar was read as 1; with a roof it is something else."""
    assert lab.top() == "1"
    lab.draw([ROOF])
    lab.until("the roof counts", lambda: lab.top() != "1", 10)


def bar(lab: Lab) -> str:
    """Draw a bar; return what the network sees."""
    lab.page.evaluate("window.same = true")  # gone after a reload
    lab.draw([BAR])
    lab.until("a bar is read as 1", lambda: lab.top() == "1")
    lab.until("the address holds it", lambda: "digit.x" in lab.query())
    return lab.settle("seen")


def test_server_restarts_under_an_open_page(server: Server, visit: Visit):
    lab = visit("digit.tilt=7")
    lab.forgiven += LOST
    seen = bar(lab)
    server.kill()
    lab.until("the loss is said", lambda: "lost" in lab.notice().inner_text().lower())
    server.start()
    lab.until("the notice goes", lambda: lab.notice().is_hidden(), 40)
    lab.until("the drawing is there", lambda: lab.picture("seen") == seen, 10)
    draws_on(lab)
    assert lab.page.evaluate("window.same")
    assert lab.query()["digit.tilt"] == "7"


class Wire:
    """The live connections of a tab, which can be cut."""

    def __init__(self, lab: Lab) -> None:
        self.open: list[WebSocketRoute] = []
        self.dead = False
        self.strange = False  # whether they end at a server that does not know the token
        lab.page.route_web_socket(re.compile("/live$"), self._pass)

    def _pass(self, socket: WebSocketRoute) -> None:
        if self.dead:
            socket.close(code=1001)
            return
        if self.strange:
            socket.close(code=UNKNOWN_TOKEN)
            return
        socket.connect_to_server()
        self.open.append(socket)

    def cut(self) -> None:
        """Close what is open, and whatever is opened until `mend`."""
        self.dead = True
        for socket in self.open:
            socket.close(code=1001)
        self.open.clear()


def test_live_connection_is_cut_and_comes_back(visit: Visit):
    lab = visit(opened=False)
    wire = Wire(lab)
    lab.open()
    bar(lab)
    wire.cut()
    lab.until("the loss is said", lambda: "lost" in lab.notice().inner_text().lower())
    lab.draw([ROOF])  # drawn while nobody listens
    wire.dead = False
    lab.until("the notice goes", lambda: lab.notice().is_hidden(), 10)
    lab.until("what was drawn meanwhile counts", lambda: lab.top() != "1", 10)
    assert lab.page.evaluate("window.same")


def test_undo_while_the_connection_is_lost(visit: Visit):
    lab = visit(opened=False)
    wire = Wire(lab)
    lab.open()
    seen = bar(lab)
    wire.cut()
    lab.until("the loss is said", lambda: "lost" in lab.notice().inner_text().lower())
    lab.draw([ROOF])
    lab.press("undo")
    wire.dead = False
    lab.until("the notice goes", lambda: lab.notice().is_hidden(), 10)
    lab.settle("seen", 1.0)  # what comes in batches has come
    assert lab.picture("seen") == seen
    assert lab.top() == "1"


def test_a_moment_stays_when_the_connection_was_lost(visit: Visit):
    lab = visit(opened=False)
    wire = Wire(lab)
    lab.open()
    bar(lab)
    count = lab.moment()[1]
    lab.page.locator(".timeline input").first.fill("5")
    lab.until("the moment shown", lambda: lab.moment() == (5, count))
    lab.settle("seen")
    wire.cut()
    lab.until("the loss is said", lambda: "lost" in lab.notice().inner_text().lower())
    wire.dead = False
    lab.until("the notice goes", lambda: lab.notice().is_hidden(), 10)
    lab.settle("seen", 0.6)
    assert lab.moment() == (5, count)


def test_a_training_goes_on_when_the_connection_was_lost(visit: Visit):
    """What the browser says again, so that nothing is forgotten, begins nothing anew."""
    lab = visit(opened=False)
    wire = Wire(lab)
    lab.page.goto(f"{lab.server}/depth")
    notice = lab.page.locator(".stage .notice").first
    count = lab.page.locator(".transport output").first
    steps = lambda: int(re.sub(r"\D", "", count.inner_text()) or 0)  # noqa: E731
    lab.until("the opening rests", lambda: steps() == 100, 30)
    wire.cut()
    lab.until("the loss is said", lambda: "lost" in notice.inner_text().lower())
    wire.dead = False
    lab.until("the notice goes", lambda: notice.is_hidden(), 10)
    lab.page.wait_for_timeout(500)
    assert steps() == 100


def test_play_pressed_while_there_is_no_connection(visit: Visit):
    lab = visit(opened=False)
    wire = Wire(lab)
    wire.dead = True
    lab.page.goto(f"{lab.server}/playground")
    notice = lab.page.locator(".stage .notice").first
    play = lab.page.locator(".transport .play").first
    play.click()
    lab.until("the loss is said", lambda: "lost" in notice.inner_text().lower(), 20)
    wire.dead = False
    lab.until("it trains", lambda: play.get_attribute("aria-label") == "pause", 20)


def test_a_page_says_that_its_live_channel_is_refused(visit: Visit):
    with Server(asgi="tests.e2e.refusing:app") as server:
        lab = visit(at=server, opened=False)
        lab.forgiven += LOST
        lab.page.goto(f"{server.url}/neuron")
        notice = lab.page.locator(".stage .notice").first
        lab.until("it says so", lambda: "GLASSBOX_TRUSTED_PROXIES" in notice.inner_text(), 20)
        assert not lab.complaints()
        lab.forgiven.append("")  # of a server that is gone a browser says whatever it was loading
        server.kill()
        lab.until("then it is gone", lambda: "lost" in notice.inner_text().lower(), 20)


@pytest.fixture(scope="module")
def hasty() -> Iterator[Server]:
    with Server(asgi="tests.e2e.hasty:app") as server:
        yield server


@pytest.mark.parametrize("first", ["digit", "learning"])
def test_session_is_over(hasty: Server, visit: Visit, first: str):
    """A phone slept: the tab is there, the experiments have been let go (here after a second).

    Whichever stage hears of it first, both go on.
    """
    lab = visit(at=hasty, opened=False)
    wire = Wire(lab)
    lab.open()
    seen = bar(lab)
    lab.card("learning").scroll_into_view_if_needed()
    lab.page.locator('[data-card="learning"] .bar.top').wait_for()
    wire.cut()
    lab.page.wait_for_timeout(2500)
    if first == "learning":
        hold = lab.page.locator('.stage:has([data-panel="x"])')
        hold.evaluate("stage => clearTimeout(stage.parentNode.glassbox.link.timer)")
    wire.dead = False
    learning = lab.page.locator('.stage:has([data-card="learning"])')
    lab.until("the learning stage lives", lambda: learning.get_attribute("data-link") == "open", 15)
    assert lab.page.locator('[data-testid="stException"]').all_inner_texts() == []
    if first == "learning":
        hold.evaluate("stage => stage.parentNode.glassbox.link.connect()")
    lab.until("the notice goes", lambda: lab.notice().is_hidden(), 15)
    lab.until("the drawing is there", lambda: lab.picture("seen") == seen, 10)
    draws_on(lab)
    assert lab.page.evaluate("window.same")
    assert lab.page.locator('[data-testid="stException"]').all_inner_texts() == []
    before = lab.settle("learning1")
    lab.press("sample 4")
    lab.until("read", lambda: lab.top() == "4")
    lab.card("learning").scroll_into_view_if_needed()
    lab.changes("learning1", before)  # it looks at the new session's pad, not at the old one's


QUEUED = """async (events) => {
  const { Link } = await import(location.origin + "/stage/link.js");
  const busy = Object.assign(Object.create(Link.prototype), { queue: [], unanswered: [1, 2] });
  for (const event of events) busy.send(event);
  return busy.queue;
}"""


def test_while_the_server_is_busy_of_one_knob_only_the_newest_value_waits(visit: Visit):
    def knob(name: str, value: float) -> dict:
        return {"setting": name, "value": value}

    pressed = {"setting": "reset", "value": True}
    dragged = [knob(name, value) for value in range(60) for name in ("rate", "width")]
    moved = [{"panel": "p", "kind": "move", "index": i % 2, "x": i} for i in range(9)]
    queued = visit().page.evaluate(QUEUED, [*dragged, pressed, *dragged, *moved, pressed, pressed])
    assert queued == [*dragged[-2:], pressed, *dragged[-2:], *moved[-2:], pressed, pressed]


@pytest.mark.parametrize("mends", [True, False])
def test_a_page_whose_channel_is_at_another_server_reloads_once(visit: Visit, mends: bool):
    """A replica died, and the page's two connections went to two others."""
    lab = visit(opened=False)
    wire, loads = Wire(lab), []
    lab.open("digit.tilt=7")
    seen = bar(lab)

    def loaded(_: object) -> None:
        loads.append(1)
        wire.strange = not mends

    lab.page.on("domcontentloaded", loaded)
    wire.strange = True
    wire.cut()
    wire.dead = False
    lab.until("the page reloads", lambda: loads, 30)
    if mends:
        lab.page.locator('[data-panel="softmax"] .bar.top').wait_for(timeout=30_000)
        lab.until("the drawing is there", lambda: lab.picture("seen") == seen, 10)
        assert lab.query()["digit.tilt"] == "7"
        draws_on(lab)
    else:
        notice = lambda: lab.notice().inner_text()  # noqa: E731
        lab.until("it says why", lambda: lab.notice().count() and "two servers" in notice(), 30)
        lab.page.wait_for_timeout(3000)
    assert len(loads) == 1
    if not mends:
        wire.strange = False
        lab.until("it goes on when it can", lambda: lab.notice().is_hidden(), 15)
        assert len(loads) == 1
