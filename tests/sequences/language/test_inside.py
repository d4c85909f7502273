"""What is shown of a net's inside is what the net computed."""

import pytest
import torch

from labs.data.text import PRINTABLE
from labs.models import cells
from labs.sequences.language.brush import alike
from labs.sequences.language.features import FEATURES, correlation, match
from labs.sequences.language.inside import sentence, unit_over_time
from labs.sequences.language.memory import run, weights_of
from labs.sequences.language.page import LONGEST, Page

TEXT = 'He said "go (now)".\n    if x == 12:  # Why?\n        return\n' * 6


@pytest.fixture
def page(net):
    page = Page(net, PRINTABLE)
    page.read(TEXT)
    return page


@pytest.mark.parametrize("layer", [0, 1])
def test_gates_are_the_layers(page, layer):
    model, unit = page.model, 5
    x = model.embedding.weight[PRINTABLE.encode("\n" + TEXT)][:, None]
    for index in range(layer + 1):
        steps = run(model.kind, x, weights_of(model.recurrent, index))
        x = steps.h[1:]
    found = unit_over_time(model, page.past(), layer, unit)
    assert found["h"].shape == (len(TEXT),)
    torch.testing.assert_close(found["h"], steps.h[2:, 0, unit], atol=1e-5, rtol=1e-4)
    gates = steps.gates[1:, 0].view(len(TEXT), cells.GATES[model.kind], -1)[:, :, unit]
    names = [name for name in found if name not in ("h", "c", "sum")]
    for i, name in enumerate(names):
        torch.testing.assert_close(found[name], gates[:, i], atol=1e-5, rtol=1e-4)
    if model.kind == "rnn":
        torch.testing.assert_close(found["sum"].tanh(), found["h"], atol=1e-5, rtol=1e-4)


def test_surprise_is_the_loss(page):
    logits, _ = page.model(PRINTABLE.encode("\n" + TEXT)[None])
    loss = torch.nn.functional.cross_entropy(
        logits[0, :-1], PRINTABLE.encode(TEXT), reduction="none"
    )
    torch.testing.assert_close(page.bits * 0.6931472, loss, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(page.logits, logits[0, -1], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(page.logits_before(9), logits[0, 9], atol=1e-4, rtol=1e-4)


def test_reading_on_is_reading_anew(net):
    one, other = Page(net, PRINTABLE), Page(net, PRINTABLE)
    one.read("The same beginning, one end")
    one.read("The same beginning, another")
    other.read("The same beginning, another")
    torch.testing.assert_close(one.logits, other.logits)
    torch.testing.assert_close(one.bits, other.bits)
    one.read("")
    assert len(one) == 0


def test_a_full_page_lets_its_beginning_go(net):
    page = Page(net, PRINTABLE)
    long = "ab cd\n" * (LONGEST // 6 + 20)
    page.read(long)
    assert page.start == LONGEST // 3
    assert long.endswith(page.text)
    assert len(page) <= LONGEST
    whole, _ = net(PRINTABLE.encode("\n" + long)[None])
    torch.testing.assert_close(page.logits, whole[0, -1], atol=1e-4, rtol=1e-4)


def test_correlation_is_numpys(rng):
    x, y = torch.randn(50, 4, generator=rng), torch.randn(50, generator=rng)
    expected = torch.corrcoef(torch.cat([x.T, y[None]]))[-1, :-1]
    torch.testing.assert_close(correlation(x, y), expected)


def test_a_planted_unit_is_found(rng):
    h = torch.randn(len(TEXT), 2, 8, generator=rng) * 0.1
    h[:, 1, 3] += torch.tensor(FEATURES["depth of the indent"](TEXT)) * 0.2
    best = match(TEXT, h)[0]
    assert (best.feature, best.layer, best.unit) == ("depth of the indent", 1, 3)
    assert best.correlation > 0.9


@pytest.mark.parametrize(("feature", "text", "values"), [
    ("inside double quotes", 'a"b"c', [0, 1, 1, 0, 0]),
    ("depth of the indent", "\n  x y\nz", [0, 1, 2, 2, 2, 2, 0, 0]),
    ("inside brackets", "(a)b)", [1, 1, 0, 0, 0]),
    ("inside a comment", "x#y\nz", [0, 1, 1, 0, 0]),
    ("position in the line", "ab\nc", [1, 2, 0, 1]),
])  # fmt: skip
def test_features(feature, text, values):
    assert FEATURES[feature](text) == values


def test_alike_finds_the_stretch_itself_and_its_twins():
    h = torch.zeros(20, 5)
    h[2:5, :3] = 1
    h[8:11, :3] = 1
    h[14:20, :3] = 1  # one place, however long
    found = alike(h, 2, 5)
    assert found.units.tolist() == [0, 1, 2]
    assert (found.share == 1).nonzero()[:, 0].tolist() == [2, 8, 14, 15, 16, 17]
    assert found.twins == 2
    nothing = alike(h, 0, 2)
    assert len(nothing.units) == nothing.share.sum() == nothing.twins == 0


def test_a_sentence_has_no_negative_zero():
    values = {name: torch.tensor([-1e-6]) for name in ("sum", "h")}
    assert sentence("rnn", values, (0.0, 0.0), 0) == "h = tanh(0.000) = 0.000"
