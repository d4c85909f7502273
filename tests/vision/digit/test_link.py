"""A visitor's changes to LeNet travel by link, and nothing else does."""

import pytest

from labs.vision.digit import Digit
from labs.vision.digit.link import CELLS
from tests.sentences import is_one_sentence


def opened(address: dict[str, str]) -> Digit:
    lab = Digit()
    for name, text in address.items():
        if text:
            lab.receive({"panel": name, "kind": "link", "value": text})
    return lab


def test_a_link_opens_with_the_same_net():
    lab = Digit()
    assert lab.address() == {}
    for layer, unit in (("conv1", 5), ("conv2", 15), ("fc1", 119), ("fc2", 0), ("conv1", 2)):
        lab.weights.switch(layer, unit)
    for value in (0.1, -9.87654321, 3.3e-7, 20.0):
        lab.weights.edit("conv2", 15, 5, round(abs(value)), value)
    lab.weights.edit("conv1", 0, 0, 24, 0.5)
    told = lab.frame().notes["address"]
    assert told == lab.address()
    assert "address" not in lab.frame().notes  # it is said once
    other = opened(told)
    assert other.weights.off == lab.weights.off
    for name, w in lab.weights.tensors.items():
        assert other.weights.tensors[name].equal(w), name
    assert other.look()[0].logits.equal(lab.look()[0].logits)
    lab.receive({"setting": "reset"})
    assert lab.frame().notes["address"] == {"off": "", "cells": ""}


def test_what_is_too_long_for_a_link_is_left_out_as_a_whole():
    lab = Digit()
    for k in range(CELLS):
        lab.weights.edit("conv2", k // 25, 0, k % 25, 1.0)
    assert len(lab.address()["cells"].split("_")) == CELLS
    lab.weights.edit("conv1", 0, 0, 0, 1.0)
    assert "cells" not in lab.address()


OFF = [
    "",
    "_",
    "conv1.6",
    "conv1",
    "fc3.0",
    "fc1.999",
    "conv1.-1",
    "conv1.1__fc1.2",
    "conv1.٣",
    "_".join(["conv1.1"] * 227),
]
CELL = ["", "conv1.0.0.0", "conv1.0.1.0~1", "conv2.0.6.0~1", "conv2.16.0.0~1", "conv1.0.0.25~1",
        "fc1.0.0.0~1", "conv1.0.0.0~nan", "conv1.0.0.0~1e9", "conv1.0.0.0~1_x",
        "_".join(["conv1.0.0.0~1"] * (CELLS + 1))]  # fmt: skip
NEITHER = [("x1", "conv1.1"), (None, "conv1.1"), ([], "conv1.1")]


def test_a_damaged_link_changes_nothing(subtests):
    for name, text in [*(("off", t) for t in OFF), *(("cells", t) for t in CELL), *NEITHER]:
        with subtests.test(name, text=ascii(text)[:80]):
            lab = Digit()
            with pytest.raises(ValueError, match=r".") as fault:
                lab.receive({"panel": name, "kind": "link", "value": text})
            assert is_one_sentence(str(fault.value))
            assert lab.address() == {}
