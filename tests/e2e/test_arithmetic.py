"""Click a number: how it was made, with LeNet's own numbers, computed here once more."""

import re
from functools import partial

import pytest
from torch import Tensor

from labs import zoo
from labs.drawing import Stroke, from_link, to_link
from labs.drawing.mnist import as_mnist
from labs.drawing.pad import Pad
from labs.trace import Trace, trace
from tests.e2e.conftest import Visit
from tests.e2e.digits import TWENTY
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e

NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:e[-−+]?\d+)?")


def numbers(text: str) -> list[float]:
    return [float(n.replace("−", "-")) for n in NUMBER.findall(text)]


def link() -> str:
    """A drawn five, as an address holds it."""
    drawn = next(d for d in TWENTY if d.digit == 5)
    return to_link(
        [Stroke(44, False, [(int(512 * x), int(512 * y)) for x, y in s]) for s in drawn.strokes]
    )


@pytest.fixture(scope="module")
def clicked(lab: Lab) -> Lab:
    return lab.open(f"digit.x={link()}")


@pytest.fixture(scope="module")
def oracle(clicked: Lab) -> Trace:
    """LeNet on the drawing that the page's address holds."""
    pad = Pad("x", lambda: "")
    pad.draw(from_link(clicked.query()["digit.x"]))
    return trace(zoo.load("lenet-mnist"), as_mnist(pad.ink), scalar=lambda y: y[0].max())


def strongest(maps: Tensor) -> tuple[int, int, int]:
    """Return unit, row and column of the largest number."""
    index = int(maps.argmax())
    height, width = maps.shape[1:]
    return index // (height * width), index // width % height, index % width


@pytest.mark.parametrize("layer", ["conv1", "conv2"])
def test_convolution(clicked: Lab, oracle: Trace, layer: str):
    z = oracle.activations[layer][0]
    for unit, row, col in (strongest(z), strongest(-z), (1, 3, 8)):
        clicked.click(layer, unit, row, col)
        title = f"{layer} · map {unit} · row {row}, column {col}"
        clicked.until(title, lambda title=title: clicked.title() == title)
        expected = z[unit, row, col].item()
        before, after = clicked.sum().split("→")
        assert numbers(before)[-1] == pytest.approx(expected, abs=6e-4)
        assert numbers(after)[-1] == pytest.approx(max(0, expected), abs=6e-4)


@pytest.mark.parametrize("layer", ["pool1", "pool2"])
def test_pooling(clicked: Lab, oracle: Trace, layer: str):
    maps = oracle.activations[layer][0].relu()
    unit, row, col = strongest(maps)
    clicked.click(layer, unit, row, col)
    title = f"{layer} · map {unit} · row {row}, column {col}"
    clicked.until(title, lambda: clicked.title() == title)
    assert numbers(clicked.sum())[0] == pytest.approx(maps[unit, row, col].item(), abs=6e-4)


def test_dense(clicked: Lab, oracle: Trace):
    z = oracle.activations["fc1"][0]
    index = int(z.argmax())
    clicked.click("fc1", 0, index // 12, index % 12)
    clicked.until("a title", lambda: clicked.title() == f"fc1 · unit {index}")
    assert numbers(clicked.sum())[-1] == pytest.approx(z[index].item(), abs=6e-4)
    rows = clicked.panel("arithmetic").locator("tbody tr").count()
    assert rows == 10


def test_softmax_and_logit(clicked: Lab, oracle: Trace):
    logits = oracle.output[0]
    p = logits.softmax(0)
    digit = int(p.argsort()[-2])  # the runner-up
    row = clicked.panel("softmax").locator(".bar").nth(digit)
    row.click()
    clicked.until("softmax", lambda: clicked.title().startswith(f"softmax · “{digit}”"))
    assert numbers(clicked.sum())[-1] == pytest.approx(p[digit].item(), abs=6e-5)
    row.click()
    clicked.until("logit", lambda: clicked.title().startswith(f"logit of “{digit}”"))
    assert numbers(clicked.sum())[-1] == pytest.approx(logits[digit].item(), abs=6e-4)


def test_probabilities_are_lenets(clicked: Lab, oracle: Trace):
    shown = [numbers(share)[0] / 100 for share in clicked.shares()]
    assert shown == pytest.approx(oracle.output[0].softmax(0).tolist(), abs=6e-4)


def test_terms_can_be_scrubbed(clicked: Lab, oracle: Trace):
    unit, row, col = strongest(oracle.activations["conv1"][0])
    clicked.click("conv1", unit, row, col)
    clicked.until("a title", lambda: clicked.title().startswith(f"conv1 · map {unit}"))
    scrub = clicked.panel("arithmetic").get_by_label("terms added so far")
    whole = clicked.sum()
    scrub.fill("13")
    assert clicked.sum().startswith("running sum of 13 terms")
    scrub.fill("25")
    assert clicked.sum() == whole
    play = clicked.panel("arithmetic").get_by_role("button", name="term by term")
    play.click()
    clicked.until("it runs", lambda: "running sum" in clicked.sum())
    clicked.until("it ends", lambda: clicked.sum() == whole, 10)


def test_hover_reads_a_value(clicked: Lab, oracle: Trace):
    unit, row, col = strongest(oracle.activations["conv1"][0].relu())
    clicked.page.mouse.move(*clicked.place(0.1, 0.1, "conv1"))
    box = clicked.canvas("conv1").bounding_box()
    x = box["x"] + box["width"] * (unit % 2 + (col + 0.5) / 28) / 2
    y = box["y"] + box["height"] * (unit // 2 + (row + 0.5) / 28) / 3
    clicked.page.mouse.move(x, y)
    readout = clicked.panel("conv1").locator(".readout")
    place = f"map {unit} ({row}, {col}) = "
    clicked.until("a readout", lambda: readout.inner_text().startswith(place))
    largest = oracle.activations["conv1"].max().item()
    assert numbers(readout.inner_text())[-1] == pytest.approx(largest, abs=largest / 250)


def test_the_way_by_keyboard(clicked: Lab):
    clicked.click("conv1", 0, 5, 5)
    clicked.until("there", lambda: "map 0 · row 5, column 5" in clicked.title())
    for key, place in (
        ("ArrowRight", "map 0 · row 5, column 6"),
        ("ArrowDown", "map 0 · row 6, column 6"),
        ("PageDown", "map 1 · row 6, column 6"),
    ):
        clicked.page.keyboard.press(key)
        clicked.until(place, partial(lambda place: place in clicked.title(), place))


def test_pictures_have_words(visit: Visit):
    lab = visit()
    assert not lab.page.locator(".stage canvas:not([aria-label]):not([aria-hidden=true])").count()
    spoken = lab.page.locator('.stage:has([data-panel="x"]) .spoken[aria-live]')
    lab.press("sample 3")
    lab.until("the prediction is said", lambda: "says 3" in spoken.text_content())
