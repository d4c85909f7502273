"""The arithmetic of a clicked unit: its numbers must add up to the activation on the screen."""

import random
import re

import pytest
import torch
from torch import Tensor, nn

from labs.vision.digit.arithmetic import SHOWN, explain, explain_logit
from labs.vision.digit.passes import Forward, forward
from labs.vision.digit.unit import SHAPES, Unit, receptive_field
from tests.vision.digit.conftest import random_net, random_picture

NET = random_net(1)
WEIGHTS = NET.state_dict()
A = forward(random_picture(1), WEIGHTS)
LAYERS = tuple(SHAPES)


def units(layer: str, count: int = 12) -> list[Unit]:
    """Random units of a layer, and its first and last."""
    rng = random.Random(layer)
    n, height, width = SHAPES[layer]
    if layer == "softmax":
        return [Unit("softmax", i, 0, i) for i in range(10)]
    cells = [tuple(rng.randrange(size) for size in (n, height, width)) for _ in range(count)]
    return [Unit(layer, *cell) for cell in [(0, 0, 0), (n - 1, height - 1, width - 1), *cells]]


def value(a: Forward, at: Unit) -> float:
    """The number on the screen."""
    if at.layer == "softmax":
        return a.probabilities[at.col].item()
    return getattr(a, at.layer).view(SHAPES[at.layer])[at.unit, at.row, at.col].item()


def numbers(text: str) -> list[float]:
    text = text.replace("− ", "-").replace("−", "-")
    return [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[-+]?\d+)?", text)]


def test_a_product_adds_up(subtests):
    for at in [u for layer in ("conv1", "conv2") for u in units(layer)]:
        with subtests.test(str(at)):
            made = explain(A, WEIGHTS, at)
            patch, kernel, product = (made.tensors[k] for k in ("patch", "kernel", "product"))
            assert patch.shape == kernel.shape == product.shape == (len(made.parts), 5, 5)
            torch.testing.assert_close(product, patch * kernel, atol=0, rtol=0)
            z = product.sum().item() + WEIGHTS[f"{at.layer}.bias"][at.unit].item()
            assert max(0, z) == pytest.approx(value(A, at), abs=1e-5)
            total, bias, sum_, _, activation = numbers(made.sum)
            assert total + bias == pytest.approx(sum_, abs=2e-3)
            assert sum_ == pytest.approx(z, abs=6e-4)
            assert activation == pytest.approx(value(A, at), abs=6e-4)


def test_a_pooling_shows_its_winner(subtests):
    for at in [u for layer in ("pool1", "pool2") for u in units(layer)]:
        with subtests.test(str(at)):
            made = explain(A, WEIGHTS, at)
            assert made.tensors["patch"].shape == (1, 2, 2)
            assert made.tensors["patch"].flatten()[made.winner].item() == value(A, at)
            source, winners = (
                (A.conv1, A.winners1) if at.layer == "pool1" else (A.conv2, A.winners2)
            )
            where = int(winners[at.unit, at.row, at.col])
            row, col = 2 * at.row + made.winner // 2, 2 * at.col + made.winner % 2
            # the cell that gets the gradient in the passes
            assert where == row * source.shape[2] + col
            assert f"row {row}, column {col}" in made.sum


def test_a_dense_sum_adds_up(subtests):
    for at in [u for layer in ("fc1", "fc2") for u in units(layer)]:
        with subtests.test(str(at)):
            made = explain(A, WEIGHTS, at)
            check_sum(made, at.layer, at.index, value(A, at))
            assert numbers(made.sum)[-1] == pytest.approx(value(A, at), abs=6e-4)


def test_a_logit_adds_up(subtests):
    for digit in range(10):
        with subtests.test(digit=digit):
            made = explain_logit(A, WEIGHTS, digit)
            check_sum(made, "fc3", digit, A.logits[digit].item())


def check_sum(made, layer: str, index: int, want: float) -> None:
    """The rows are the largest products, and rows + rest + bias are the unit."""
    x = {"fc1": A.pool2.flatten(), "fc2": A.fc1, "fc3": A.fc2}[layer]
    product = x * WEIGHTS[f"{layer}.weight"][index]
    rows = made.tensors["rows"]
    assert rows.shape == (SHOWN, 3)
    assert len(made.labels) == len(set(made.labels)) == SHOWN
    torch.testing.assert_close(rows[:, 2], rows[:, 0] * rows[:, 1], atol=0, rtol=0)
    torch.testing.assert_close(rows[:, 2].abs(), product.abs().sort(descending=True).values[:SHOWN])
    z = (product.sum() + WEIGHTS[f"{layer}.bias"][index]).item()
    assert (max(0, z) if layer != "fc3" else z) == pytest.approx(want, abs=1e-5)
    shown, _, rest, _, bias, sum_ = numbers(made.sum.split("→")[0])
    assert shown == pytest.approx(rows[:, 2].sum().item(), abs=6e-4)
    assert shown + rest + bias == pytest.approx(sum_, abs=3e-3)
    assert sum_ == pytest.approx(z, abs=6e-4)


def test_the_labels_name_the_inputs():
    made = explain(A, WEIGHTS, Unit("fc1", 0, 3, 4))
    for label, row in zip(made.labels, made.tensors["rows"], strict=True):
        _, unit, i, j = numbers(label)
        assert A.pool2[int(unit), int(i), int(j)] == row[0]
    made = explain_logit(A, WEIGHTS, 4)
    for label, row in zip(made.labels, made.tensors["rows"], strict=True):
        assert A.fc2[int(numbers(label)[1])] == row[0]


def test_a_softmax_adds_up(subtests):
    for digit in range(10):
        with subtests.test(digit=digit):
            made = explain(A, WEIGHTS, Unit("softmax", digit, 0, digit))
            logit, power, p = made.tensors["rows"].unbind(1)
            assert logit.equal(A.logits)
            torch.testing.assert_close(p, power / power.sum())
            torch.testing.assert_close(p, A.probabilities)
            top, bottom, share = numbers(made.sum)[1:]
            assert top / bottom == pytest.approx(share, abs=1e-3)


def test_a_softmax_of_giant_logits_stays_finite():
    weights = dict(WEIGHTS) | {"fc3.bias": torch.linspace(-900, 900, 10)}
    a = forward(random_picture(1), weights)
    rows = explain(a, weights, Unit("softmax", 9, 0, 9)).tensors["rows"]
    assert rows.isfinite().all()


def test_a_pixel():
    at = Unit("seen", 0, 5, 6)
    assert numbers(explain(A, WEIGHTS, at).sum)[-1] == pytest.approx(value(A, at), abs=6e-4)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "fc1", "fc2"])
def test_a_unit_that_is_off_says_so(layer):
    at = units(layer)[2]
    on, off = explain(A, WEIGHTS, at), explain(A, WEIGHTS, at, off=True)
    assert off.sum.startswith(on.sum)
    assert "switched off" in off.sum
    assert "switched off" not in on.sum


@pytest.mark.parametrize("layer", LAYERS)
def test_the_notes_are_plain_data(layer):
    import json

    notes = explain(A, WEIGHTS, units(layer)[1]).notes()
    assert json.loads(json.dumps(notes)) == notes


@pytest.mark.parametrize(
    "cell", [("conv9", 0, 0, 0), ("", 0, 0, 0), ("conv1", 6, 0, 0), ("conv1", -1, 0, 0),
             ("conv1", 0, 28, 0), ("seen", 0, 0, 28), ("fc1", 0, 10, 0), ("softmax", 10, 0, 0)],
)  # fmt: skip
def test_a_unit_that_is_not_there_is_refused(cell):
    with pytest.raises(ValueError, match="LeNet has no unit"):
        Unit(*cell)


def smooth_layers(x: Tensor) -> dict[str, Tensor]:
    """LeNet's geometry with weights of 1 and mean pooling: a gradient is non-zero exactly where a
    unit looks.
    """
    ones = {k: torch.ones(s) for k, s in (("conv1", (6, 1, 5, 5)), ("conv2", (16, 6, 5, 5)))}
    pool = nn.functional.avg_pool2d
    a = {"seen": x}
    a["conv1"] = nn.functional.conv2d(a["seen"], ones["conv1"], padding=2)
    a["pool1"] = pool(a["conv1"], 2)
    a["conv2"] = nn.functional.conv2d(a["pool1"], ones["conv2"])
    a["pool2"] = pool(a["conv2"], 2)
    return a


def test_the_receptive_field_is_the_gradients_support(subtests):
    a = smooth_layers(torch.zeros(1, 1, 28, 28, requires_grad=True))
    layers = ("seen", "conv1", "pool1", "conv2", "pool2")
    for at in [u for layer in layers for u in units(layer, 6)]:
        with subtests.test(str(at)):
            fields = receptive_field(at)
            order = list(a)
            before = order[: order.index(at.layer) + 1]
            assert set(fields) == set(before)
            unit = a[at.layer][0, at.unit, at.row, at.col]
            for layer in before:
                (slope,) = torch.autograd.grad(unit, a[layer], retain_graph=True)
                looked = slope[0] != 0
                only, (top, left, bottom, right) = fields[layer]
                expected = torch.zeros_like(looked)
                expected[slice(None) if only is None else only, top:bottom, left:right] = True
                assert looked.equal(expected), layer


def test_what_lies_outside_the_field_does_not_matter(rng):
    """Perturbation of the real net: noise outside the box leaves the unit exactly as it was."""
    for at in units("pool2", 6):
        _, (top, left, bottom, right) = receptive_field(at)["seen"]
        noise = torch.rand(28, 28, generator=rng)
        noise[top:bottom, left:right] = A.seen[top:bottom, left:right]
        assert value(forward(noise, WEIGHTS), at) == pytest.approx(value(A, at), abs=1e-5)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_field_contains_its_unit(layer):
    if layer == "softmax":
        pytest.skip("a probability is no cell of a map")
    at = units(layer)[3]
    assert receptive_field(at)[layer] == (at.unit, (at.row, at.col, at.row + 1, at.col + 1))


def test_a_small_probability_is_written_as_it_is():
    weights = dict(WEIGHTS) | {"fc3.bias": torch.linspace(-20, 20, 10)}
    a = forward(random_picture(1), weights)
    made = explain(a, weights, Unit("softmax", 0, 0, 0))
    assert 0 < a.probabilities[0] < 1e-6
    assert numbers(made.sum)[3] == pytest.approx(a.probabilities[0].item(), rel=1e-3)
