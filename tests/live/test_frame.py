"""Frames: what the eye gets is the tensor, to half a level."""

import json
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from safetensors.torch import load

from labs.live.frame import LEVELS, NOT_A_NUMBER, Frame, encode, quantise, to_json

FLOATS = st.floats(-1e6, 1e6, width=32).map(lambda v: v if abs(v) > 1e-6 else 0.0)


def decoded(levels: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    low, high = bounds[:, :1].astype(np.float64), bounds[:, 1:].astype(np.float64)
    flat = levels.reshape(len(levels), -1).astype(np.float64)
    return (low + flat / LEVELS * (high - low)).reshape(levels.shape)


def one(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Quantise x beside two other maps, which must not matter."""
    beside = {"a": np.full((2, 3), -7.0, np.float32), "z": np.zeros((1, 5), np.float32)}
    levels, bounds = quantise({"a": beside["a"], "x": x, "z": beside["z"]})
    return levels["x"], bounds["x"]


def meta(data: bytes) -> dict:
    size = int.from_bytes(data[:8], "little")
    return json.loads(data[8 : 8 + size])["__metadata__"]


@given(arrays(np.float32, array_shapes(min_dims=1, max_dims=3, max_side=6), elements=FLOATS))
def test_the_error_is_half_a_level_and_zero_is_exact(x):
    levels, bounds = one(x)
    assert levels.dtype == np.uint8
    assert levels.shape == x.shape
    assert levels.max() <= LEVELS
    span = (bounds[:, 1] - bounds[:, 0]).astype(np.float64)
    error = np.abs(decoded(levels, bounds) - x).reshape(len(x), -1).max(1)
    assert (error <= 0.5001 * span / LEVELS + 1e-30).all()
    assert (decoded(levels, bounds)[x == 0] == 0).all()
    for k, part in enumerate(x):
        low, high = bounds[k]
        assert low == (-high if part.min() < 0 else 0)
        assert max(-low, high) == np.abs(part).max()


def test_every_map_has_a_range_of_its_own():
    x = torch.stack([torch.linspace(0, 1, 12), torch.linspace(-1000, 10, 12)]).view(2, 3, 4)
    _, bounds = one(x.numpy())
    assert bounds.tolist() == [[0, 1], [-1000, 1000]]


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_has_a_level_of_its_own(odd):
    x = np.array([[1.0, odd, -2.0], [3.0, 4.0, 5.0], [odd] * 3], np.float32)
    levels, bounds = one(x)
    assert (levels == NOT_A_NUMBER).tolist() == (~np.isfinite(x)).tolist()
    assert bounds.tolist() == [[-2, 2], [0, 5], [0, 0]]


@pytest.mark.parametrize("size", [1e-20, 1.0, 1e30, 3e38])
def test_any_size_of_number(size):
    x = np.array([[-size, 0, size]], np.float32)
    with np.errstate(all="raise", under="ignore"):
        levels, _ = one(x)
    assert levels.tolist() == [[0, 127, 254]]


@pytest.mark.parametrize(
    "x",
    [torch.arange(24.0).view(4, 6).t(), torch.arange(24.0).view(2, 3, 4).permute(2, 0, 1),
     torch.arange(10.0)[::3], torch.arange(6.0).view(1, 6).expand(4, 6), torch.arange(6).view(2, 3),
     torch.rand(3, 4, dtype=torch.float64), torch.rand(2, 3, requires_grad=True),
     torch.rand(1, 3, 4, 5).contiguous(memory_format=torch.channels_last)[0], torch.tensor(2.5)],
    ids=["transposed", "permuted", "strided", "expanded", "integers", "doubles", "with grad",
         "channels last", "scalar"],
)  # fmt: skip
def test_any_layout_comes_out_right(x):
    found = load(encode(Frame(values={"x": x})))["values/x"]
    assert found.dtype == torch.float32
    assert found.view(x.shape).equal(x.detach().float())
    if x.dim():
        frame = load(encode(Frame(maps={"x": x})))
        straight = load(encode(Frame(maps={"x": x.detach().float().contiguous().clone()})))
        assert frame["maps/x"].equal(straight["maps/x"])
        assert frame["range/x"].equal(straight["range/x"])


def test_aliased_tensors_come_out_right():
    x = torch.arange(12.0)
    frame = Frame(maps={"a": x.view(3, 4), "b": x[4:8].view(2, 2)}, values={"c": x, "d": x})
    found = load(encode(frame))
    assert found["values/c"].equal(x)
    assert found["values/d"].equal(x)
    assert found["range/b"].tolist() == [[0, 5], [0, 7]]


def test_encode_leaves_the_tensors_alone():
    x = torch.tensor([[1.0, -math.inf], [math.nan, 2]])
    kept = x.clone()
    encode(Frame(maps={"x": x}, values={"x": x}))
    assert x.equal(kept) or torch.equal(x.nan_to_num(), kept.nan_to_num())


def test_exact_numbers_and_pictures_travel_exactly():
    data = bytes(range(256))
    values = torch.tensor([math.pi, -0.0, 1e-45, math.nan, math.inf])
    found = load(encode(Frame(values={"v": values}, images={"photo": data})))
    assert found["values/v"].view(torch.int32).equal(values.view(torch.int32))
    assert bytes(found["images/photo"].tolist()) == data


@pytest.mark.parametrize("x", [torch.zeros(3, 0), torch.zeros(0)])
def test_empty_values_travel(x):
    assert load(encode(Frame(values={"v": x})))["values/v"].shape == x.shape


def test_notes_and_header():
    notes = {"say": '„8“ \n" </script>', "n": [1, 2.5, None, True], "deep": {"a": [{"b": 1}]}}
    told = meta(encode(Frame(notes=notes), version=3, ack=2**52, steps=0, playing=True))
    assert json.loads(told["notes"]) == notes
    del told["notes"]
    assert told == {"version": "3", "ack": str(2**52), "steps": "0", "playing": "1"}


def refuse(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def test_notes_that_are_no_numbers_become_null():
    notes = {"a": math.nan, "b": [1.0, -math.inf, {"c": (math.inf, 2)}], "d": "NaN"}
    text = to_json(notes)
    found = json.loads(text, parse_constant=refuse)
    assert found == {"a": None, "b": [1.0, None, {"c": [None, 2]}], "d": "NaN"}
    assert math.isnan(notes["a"])  # the lab's own notes stay as they were


RANGES = [(-1.0, 0.3), (0.0, 5.0), (2.0, 9.0), (-1e30, 1e30), (0, 0)]


@pytest.mark.parametrize(("low", "high"), RANGES)
def test_a_large_map_is_quantised_as_a_small_one_is(low, high, rng):
    big = torch.rand(2, 150, 160, generator=rng) * (high - low) + low
    big[1, 3, 4] = 0
    big[0, 0, :3] = torch.tensor([math.nan, math.inf, -math.inf])
    levels, ranges = quantise({"big": big.numpy()})
    for unit in (0, 1):
        # the map's extremes beside each of its rows, so that both have one range
        finite = big[unit][big[unit].isfinite()]
        ends = torch.tensor([finite.min(), finite.max()]).expand(20, 2)
        parts = torch.cat([big[unit].reshape(20, 1200), ends], 1)
        small, small_ranges = quantise({str(k): row[None].numpy() for k, row in enumerate(parts)})
        want = np.stack([small[str(k)][0, :1200] for k in range(20)]).reshape(150, 160)
        got = levels["big"][unit]
        assert np.abs(got.astype(int) - want).max() <= 1
        assert (got != want).mean() < 0.001
        np.testing.assert_allclose(ranges["big"][unit], small_ranges["0"][0], rtol=1e-6)
    assert levels["big"][0, 0, :3].tolist() == [255, 255, 255]
    if low < 0:
        assert levels["big"][1, 3, 4] == 127
