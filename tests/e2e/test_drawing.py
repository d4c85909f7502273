"""Draw, and be read: live, twenty times, and with every tool of the pad."""

from itertools import pairwise

import pytest

from tests.e2e.digits import TWENTY
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e

BAR = [(0.5, 0.1 + 0.05 * i) for i in range(17)]  # upright, top down
ROOF = [(0.45 - 0.02 * i, 0.12) for i in range(15)]  # from BAR's top to the left


def test_layers_move_under_the_hand(lab: Lab):
    lab.pen(BAR[:6], lift=False)
    pictures = [lab.settle(name) for name in ("conv1", "pool1", "conv2", "fc1")]
    for x, y in BAR[6:]:
        lab.page.mouse.move(*lab.place(x, y))
    now = [lab.changes(n, p) for n, p in zip(("conv1", "pool1", "conv2", "fc1"), pictures,
                                             strict=True)]  # fmt: skip
    assert all(a != b for a, b in zip(pictures, now, strict=True))
    lab.until("read while the button is down", lambda: lab.top() == "1")
    lab.page.mouse.up()
    lab.until("the address holds the drawing", lambda: "digit.x" in lab.query())


def test_undo_and_clear(lab: Lab):
    one = lab.moment()[1]
    lab.pen(ROOF)
    lab.until("the timeline grows", lambda: lab.moment()[1] > one)
    lab.until("the roof counts", lambda: lab.top() != "1")
    lab.press("undo")
    lab.until("one stroke less", lambda: lab.moment() == (one, one))
    lab.until("as before", lambda: lab.top() == "1")
    lab.press("clear")
    note = lab.panel("softmax").locator(".note")
    lab.until("an empty pad says so", lambda: "empty" in note.inner_text())
    lab.until("the address says so, too", lambda: len(lab.query().get("digit.x", "long")) < 4)


def test_samples(lab: Lab):
    for digit in range(10):
        lab.press(f"sample {digit}")
        lab.until(f"sample {digit} is read right", lambda digit=digit: lab.top() == str(digit))


def test_timeline_goes_back_and_on(lab: Lab):
    lab.press("sample 7")
    lab.until("a seven", lambda: lab.top() == "7")
    slider = lab.page.locator(".timeline input").first
    whole = lab.settle("seen")
    count = lab.moment()[1]
    slider.fill(str(count // 4))
    lab.until("the moment shown", lambda: lab.moment() == (count // 4, count))
    part = lab.changes("seen", whole)
    lab.page.get_by_role("button", name="one moment on", exact=True).click()
    lab.until("one moment on", lambda: lab.moment() == (count // 4 + 1, count))
    back = lab.page.get_by_role("button", name="one moment back", exact=True)
    slider.fill(str(count))
    back.evaluate("""async (button) => {
        for (let i = 0; i < 12; i++) {
            button.click();
            await new Promise((then) => setTimeout(then, 7));
        }
    }""")
    lab.until("twelve moments back", lambda: lab.moment() == (count - 12, count))
    slider.fill(str(count))
    lab.until("back at the end", lambda: lab.picture("seen") == whole)
    assert part != whole
    assert lab.top() == "7"


def test_eraser_takes_ink_away(lab: Lab):
    lab.press("sample 8")
    lab.until("an eight", lambda: lab.top() == "8")
    before = lab.settle("seen")
    lab.brush(80)
    lab.press("eraser")
    lab.pen([(0.15 + 0.7 * (i % 2), 0.58 + 0.035 * i) for i in range(12)])  # to and fro
    lab.changes("seen", before)
    lab.press("eraser")
    lab.until("the lower half is gone", lambda: lab.top() != "8")
    lab.press("undo")
    lab.until("it is an eight again", lambda: lab.top() == "8")


def test_a_click_on_the_pad_is_a_dot(lab: Lab):
    lab.press("clear")
    lab.page.mouse.click(*lab.place(0.5, 0.5))
    lab.until("one point", lambda: lab.moment() == (1, 1))


def test_a_drag_may_leave_the_pad(lab: Lab):
    lab.press("clear")
    lab.pen([(0.5, 0.2), (0.5, 0.6), (0.5, 1.4), (-0.6, 1.4), (0.5, 0.5)])
    lab.until("five points", lambda: lab.moment()[1] >= 5)
    assert lab.notice().is_hidden()


def test_twenty_digits(lab: Lab):
    wrong = []
    for drawn in TWENTY:
        lab.press("clear")
        lab.until("the pad is empty", lambda: lab.moment() == (0, 0))
        lab.brush(drawn.brush)
        lab.draw(drawn.strokes)
        points = sum(1 + sum(a != b for a, b in pairwise(s)) for s in drawn.strokes)
        lab.until("all points arrived", lambda points=points: lab.moment()[1] >= 0.9 * points)
        lab.settle("fc1", 0.15)
        print(f"\nwrote {drawn.digit}, read {lab.top()}: {' '.join(lab.shares())}", end="")
        if lab.top() != str(drawn.digit):
            wrong.append((drawn.digit, lab.top()))
    print(f"\n{len(TWENTY) - len(wrong)} of {len(TWENTY)} read right; (written, read): {wrong}")
    assert len(wrong) <= 1
