"""The 2-D part as the live channel drives it."""

import itertools
import json

import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labs.live import encode
from labs.live.controls import Choice
from labs.vision.convolution import Filter, kernels
from labs.vision.convolution.kernels import read, written
from labs.vision.convolution.plane.controls import CONTROLS, FLIP, MODE, WAY
from labs.vision.convolution.plane.filtering import filtered
from tests.sentences import is_one_sentence


@pytest.fixture
def lab() -> Filter:
    return Filter()


def put(lab: Filter, **changes) -> Filter:
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


def test_it_opens_with_edges_of_a_photograph(lab):
    frame = lab.frame()
    x = lab.input()
    want = F.conv2d(x[None], lab.kernel[None, None])[0]
    torch.testing.assert_close(frame.maps["output"], want, atol=1e-5, rtol=1e-5)
    assert x.shape == (1, 512, 512)
    assert frame.values["arithmetic.product"].sum().item() == pytest.approx(
        want[0, lab.at[0], lab.at[1]].item(), abs=1e-5
    )
    assert not lab.step()
    assert encode(frame, version=1)


@pytest.mark.parametrize("mode", MODE.keys)
def test_padding_modes_are_torchs(lab, mode):
    put(lab, size=5, preset="sharpen", padding=3, mode=mode, stride=2, dilation=2, colour="colour")
    x = F.pad(lab.input()[None], (3,) * 4, mode=mode)
    weight = lab.kernel[None, None].expand(3, 1, 5, 5)
    want = F.conv2d(x, weight, stride=2, dilation=2, groups=3)[0]
    torch.testing.assert_close(lab.answer.output, want, atol=1e-4, rtol=1e-4)


CORNERS = [(0, 0), (101, 4), (10_000, 10_000)]


@pytest.mark.parametrize("way", WAY.keys)
@pytest.mark.parametrize("flip", FLIP.keys)
@pytest.mark.parametrize(("stride", "padding", "dilation", "size"), [
    (1, 0, 1, 3), (2, 1, 1, 4), (2, 2, 2, 3), (1, 4, 3, 2), (2, 0, 1, 2),
])  # fmt: skip
def test_the_arithmetic_is_the_outputs_pixel(lab, way, flip, stride, padding, dilation, size):
    put(lab, way=way, flip=flip, stride=stride, padding=padding, dilation=dilation)
    put(lab, preset="emboss", size=size, source="cat", mode="replicate")
    for row, col in CORNERS:
        lab.receive({"panel": "output", "kind": "hover", "row": row, "col": col})
        patch, kernel, total = lab.answer.arithmetic(*lab.pixel)
        assert (patch * kernel).sum().item() == pytest.approx(total, abs=1e-4)
        box = lab.frame().notes["marks"]["input"][0]["box"]
        assert 0 <= box[0] <= box[2] <= 512
        assert 0 <= box[1] <= box[3] <= 512


def test_only_the_marked_box_matters(lab):
    """A change outside the box leaves the output pixel as it is."""
    for way, stride, dilation in itertools.product(("forward", "transposed"), (1, 2), (1, 2)):
        put(lab, source="grid", way=way, stride=stride, dilation=dilation, padding=2, preset="box")
        y = lab.answer.output
        for row, col in itertools.product(range(y.shape[1]), range(y.shape[2])):
            lab.receive({"panel": "output", "kind": "click", "row": row, "col": col})
            top, left, bottom, right = lab.frame().notes["marks"]["input"][0]["box"]
            x = lab.input().clone().requires_grad_()
            (g,) = torch.autograd.grad(filtered(x, lab.kernel, lab.how)[0, row, col], x)
            g[0, top:bottom, left:right] = 0
            assert g.abs().sum() == 0, (way, stride, dilation, row, col)


def test_the_lectures_grid(lab):
    put(lab, source="grid", preset="lecture")
    assert lab.answer.output[0].tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]


def test_a_visitors_own_picture_is_filtered(lab, rng):
    with pytest.raises(ValueError) as fault:
        put(lab, source="yours")
    assert is_one_sentence(str(fault.value))
    assert lab.settings["source"] == "astronaut"
    lab.load_picture(torch.rand(1, 3, 60, 80, generator=rng))
    assert lab.settings["source"] == "yours"
    assert lab.input().shape == (1, 512, 512)
    before = lab.input()
    put(lab, colour="colour")
    assert lab.input().shape == (3, 512, 512)
    lab.load_picture(torch.rand(1, 1, 30, 30, generator=rng))  # grey, and another one
    assert not torch.equal(put(lab, colour="grey").input(), before)


def test_a_drawing_travels_in_the_address(lab):
    assert lab.address() == {}
    stroke = {"panel": "x", "kind": "stroke", "begin": True, "points": [[100, 100], [400, 300]]}
    lab.receive(stroke)
    lab.receive({"panel": "x", "kind": "lift"})
    assert lab.settings["source"] == "drawing"
    other = put(Filter(), source="drawing")
    assert not torch.equal(other.input(), lab.input())
    other.receive({"panel": "x", "kind": "link", "value": lab.address()["x"]})
    torch.testing.assert_close(other.input(), lab.input())


def test_an_illegal_setting_is_explained_and_healed(lab):
    put(lab, source="grid", size=7)
    frame = lab.frame()
    assert is_one_sentence(frame.notes["faults"]["output"])
    assert frame.notes["titles"]["output"] == "no output"
    put(lab, padding=8, mode="reflect")
    assert "mirror" in lab.answer.fault
    assert is_one_sentence(lab.answer.fault)
    put(lab, mode="circular")
    assert is_one_sentence(lab.answer.fault)
    put(lab, mode="constant")
    assert not lab.answer.fault
    assert not lab.frame().notes["faults"]


def test_an_output_too_large_is_explained(lab):
    put(lab, way="transposed", stride=6)
    assert "up to 1,100" in lab.answer.fault
    assert is_one_sentence(lab.answer.fault)


def test_an_edited_kernel_travels_in_the_address(lab):
    put(lab, size=2)
    lab.receive({"panel": "kernel", "kind": "edit", "index": 1, "value": 2.5})
    assert lab.settings["preset"] == "yours"
    text = lab.address()["kernel"]
    other = Filter()
    other.receive({"panel": "kernel", "kind": "link", "value": text})
    torch.testing.assert_close(other.kernel, lab.kernel)
    assert other.settings["size"] == 2
    torch.testing.assert_close(read(written(lab.kernel)), lab.kernel)
    assert not Filter().address()


@pytest.mark.parametrize("text", ["", "1_2", "a", None, 7, "nan", "inf", "1_" * 600, "1e9"])
def test_a_wrong_kernel_is_refused_in_words(text):
    with pytest.raises(ValueError) as fault:
        read(text)
    assert is_one_sentence(str(fault.value))


def test_numbers_that_are_read_travel_exactly(lab):
    put(lab, source="grid", preset="edge3")
    frame = lab.frame()
    assert torch.equal(frame.values["output"], lab.answer.output)
    assert torch.equal(frame.values["input"], lab.input())
    put(lab, source="astronaut")
    assert "output" not in lab.frame().values


def test_pictures_are_sent_once_and_again_when_asked(lab):
    assert "output" in lab.frame().maps
    assert "output" not in lab.frame().maps
    lab.receive({"panel": "output", "kind": "hover", "row": 3, "col": 3})
    assert "output" not in lab.frame().maps
    lab.receive({"panel": "kernel", "kind": "edit", "index": 0, "value": 1.0})
    frame = lab.frame()
    assert "output" in frame.maps
    assert "input" not in frame.images
    lab.receive({"panel": "input", "kind": "hello"})
    frame = lab.frame()
    assert "output" in frame.maps
    assert "input" in frame.images


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(), st.text(max_size=9),
    st.sampled_from([key for c in CONTROLS if isinstance(c, Choice) for key in c.keys]),
)  # fmt: skip
EVENTS = st.one_of(
    st.fixed_dictionaries(
        {"setting": st.sampled_from([*(c.name for c in CONTROLS), "no", 3])},
        optional={"value": VALUES},
    ),
    st.fixed_dictionaries(
        {"panel": st.sampled_from(["kernel", "input", "output", "x", "no", 5]),
         "kind": st.sampled_from(["edit", "hover", "click", "hello", "link", "stroke", "no"])},
        optional={"index": VALUES, "value": VALUES, "row": VALUES, "col": VALUES},
    ),
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=12))
def test_whatever_a_browser_says_the_lab_goes_on(events):
    lab = put(Filter(), source="grid")
    for event in events:
        try:
            lab.receive(event)
        except ValueError as fault:
            assert is_one_sentence(str(fault)), str(fault)
    frame = lab.frame()
    assert json.dumps(frame.notes, allow_nan=True)
    assert encode(frame, version=1)


@pytest.mark.parametrize(("angle", "wavelength"), [(0, 4), (35, 2.5), (-80, 7), (90, 3)])
def test_the_handle_lies_on_the_peak_and_comes_back(angle, wavelength):
    shape = kernels.Shape(size=7, sigma=2.5, angle=angle, wavelength=wavelength)
    u, v = kernels.wave_place(shape)
    assert kernels.wave_at(u, v) == pytest.approx((angle, wavelength))
    opposite = kernels.wave_at(1 - u, 1 - v)
    assert opposite[1] == pytest.approx(wavelength)
    apart = (opposite[0] - angle) % 180
    assert min(apart, 180 - apart) == pytest.approx(0, abs=1e-6)
    if wavelength > 5:
        return  # too few waves in seven taps to have a peak of their own
    seen = kernels.response(kernels.gabor(shape))
    at = seen[round(v * 33 - 0.5), round(u * 33 - 0.5)]
    assert at > 0.85 * seen.max()


def test_a_handle_turns_a_gabor_and_nothing_else(lab):
    event = {"panel": "response", "kind": "handle", "index": 0, "u": 0.7, "v": 0.3}
    with pytest.raises(ValueError) as fault:
        lab.receive(event)
    assert is_one_sentence(str(fault.value))
    put(lab, preset="gabor", size=7)
    lab.receive(event)
    assert lab.settings["angle"] == pytest.approx(45)
    assert lab.settings["wavelength"] == pytest.approx(1 / (0.2 * 2**0.5), abs=1e-3)
    torch.testing.assert_close(lab.kernel, kernels.preset("gabor", lab.shape))
    frame = lab.frame()
    (handle,) = frame.notes["handles"]["response"]
    assert handle["at"] == pytest.approx([0.7, 0.3], abs=1e-4)
    assert frame.notes["address"]["angle"] == 45
    lab.receive(event | {"u": 0.5, "v": 0.5})  # the middle: as slow a wave as there is
    assert lab.settings["wavelength"] == 12
    with pytest.raises(ValueError):
        lab.receive(event | {"u": float("nan")})
