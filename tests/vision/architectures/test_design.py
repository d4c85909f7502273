"""Your own network: checked row by row, built, taught, and given away as code."""

import pytest
import torch
from torch import nn

from labs.data import digits
from labs.vision.architectures.design import (
    EXAMPLE,
    KINDS,
    Residual,
    Row,
    build,
    code,
    design,
    from_text,
    to_text,
)
from labs.vision.architectures.learning import Learning
from tests.sentences import is_one_sentence


def test_the_example_is_a_network(rng):
    made = design(EXAMPLE)
    assert not made.fault
    model = build(EXAMPLE, rng).eval()
    with torch.no_grad():
        assert model(torch.rand(2, 1, 28, 28)).shape == (2, 10)
    assert made.parameters == sum(p.numel() for p in model.parameters()) == made.survey.parameters
    assert all(p.isfinite().all() for p in model.parameters())


@pytest.mark.parametrize(
    ("rows", "index", "words"),
    [
        ([Row("linear", 10)], 0, "flatten first"),
        ([Row("flatten"), Row("conv", 4)], 1, "needs maps"),
        ([Row("conv", 0)], 0, "width is 0"),
        ([Row("conv", 4, 99)], 0, "kernel is 99"),
        ([Row("max pool", 1, 5, 5), Row("max pool", 1, 7, 2)], 1, "does not fit"),
        ([Row("relu"), Row("flatten"), Row("linear", 9)], 2, "9 numbers"),
        ([Row("flatten"), Row("linear", 1024)] + [Row("linear", 1024)] * 9, 5, "more than"),
        ([Row("nonsense")], 0, "no such layer"),
        ([], -1, "end with linear 10"),
    ],
)
def test_a_faulty_row_is_told_in_one_sentence(rows, index, words, rng):
    made = design(rows)
    assert words in made.fault
    assert is_one_sentence(made.fault)
    assert made.row == index
    with pytest.raises(ValueError):
        build(rows, rng)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_built_and_run(kind, rng):
    rows = [Row("conv", 6, 3), Row(kind, 8, 2, 2), Row("flatten"), Row("linear", 10)]
    if kind in ("linear", "flatten"):
        rows = [Row("flatten"), Row(kind, 8), Row("linear", 10)]
    assert not design(rows).fault
    assert build(rows, rng)(torch.rand(3, 1, 28, 28)).shape == (3, 10)


def test_the_address_holds_the_table():
    assert from_text(to_text(EXAMPLE)) == EXAMPLE
    for text in ("", "conv", "conv.1.2", "conv.a.1.1", "sin.1.1.1", "conv.1.1.1__"):
        with pytest.raises(ValueError) as fault:
            from_text(text)
        assert is_one_sentence(str(fault.value))


def test_the_code_builds_the_same_network():
    text = code(EXAMPLE)
    space = {"nn": nn, "Residual": Residual}
    tree = compile(text, "design.py", "exec")
    exec(tree, space)
    want = {name: p.shape for name, p in design(EXAMPLE).model.named_parameters()}
    assert {name: p.shape for name, p in space["model"].named_parameters()} == want


def test_it_learns_digits():
    rows = (Row("conv", 8, 5, 2), Row("relu"), Row("max pool", 0, 2, 2), Row("flatten"),
            Row("linear", 10))  # fmt: skip
    lab = Learning(rows, digits.small())
    first = lab.tests[-1][2]
    while lab.steps < 300:
        assert lab.step()
    assert lab.tests[-1][2] > max(0.85, first)
    frame = lab.frame()
    assert frame.values["loss"].shape[0] == 3
    again = Learning(rows, digits.small())
    for _ in range(5):
        again.step()
    seen = [r.loss for r in again.reports[:-1]]
    assert len(seen) == 3
    assert seen == [r.loss for r in lab.reports[:3]]
    again.take(lab.weights())
    assert again.tests[-1][2] == lab.tests[-1][2]


def test_the_script_teaches_it_as_the_stage_did(printed):
    rows = (Row("conv", 6, 5, 3), Row("relu"), Row("residual"), Row("flatten"), Row("linear", 10))
    lab, made = Learning(rows, digits.small()), design(rows)
    out = printed(lab.script()).split("\n")
    assert out[:3] == [f"parameters {made.parameters}", f"multiply-adds {made.survey.macs}",
                       "output (1, 10)"]  # fmt: skip
    assert out[3] == f"after 30 steps: {lab.tests[-1][2]:.1%} of the test digits right"


def test_the_challenges_are_met_by_networks_one_after_another():
    known: set[str] = set()
    plain = (Row("flatten"), Row("linear", 10))
    small = (Row("conv", 8, 5, 2), Row("relu"), Row("max pool", 0, 2, 2), Row("conv", 16, 3, 1),
             Row("relu"), Row("max pool", 0, 2, 2), Row("flatten"), Row("linear", 10))  # fmt: skip
    for rows, steps, want in ((small, 0, set()), (plain, 60, {"plain"}),
                              (small, 120, {"plain", "small"})):  # fmt: skip
        lab = Learning(rows, digits.small(), met=known)
        while lab.steps < steps:
            lab.step()
        assert lab.frame().notes["met"] == sorted(want)


def test_a_network_that_dies_is_told_of():
    rows = (Row("flatten"), Row("linear", 64), Row("relu"), Row("linear", 10))
    lab = Learning(rows, digits.small())
    assert not lab.ran_away
    lab.receive({"setting": "rate", "value": 3.0})
    while lab.steps < 60:
        assert lab.step()  # its numbers are numbers
    assert "leapt" in lab.frame().notes["say"]
    assert is_one_sentence(lab.frame().notes["say"])


def test_a_wild_rate_is_explained():
    lab = Learning((Row("flatten"), Row("linear", 64), Row("linear", 64), Row("linear", 10)),
                   digits.small())  # fmt: skip
    lab.receive({"setting": "rate", "value": 3.0})
    while lab.steps < 400 and lab.step():
        pass
    assert "overshoot" in lab.trouble
