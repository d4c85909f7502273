"""Stages in a row: what they make, and what a unit of them sees."""

import pytest
import torch

from labs import zoo
from labs.data.strokes import sample
from labs.live import encode
from labs.models.lenet import LeNet5
from labs.trace import trace
from labs.vision.convolution.pipeline import Pipeline, plan
from labs.vision.convolution.pipeline.controls import NET
from labs.vision.convolution.pipeline.stages import Stage, conv, fields, pool, reach, run
from tests.sentences import is_one_sentence


def put(lab: Pipeline, **changes) -> Pipeline:
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


def ones(size: int, padding: int = 0) -> Stage:
    return conv(torch.ones(1, 1, size, size), padding=padding)


ROWS = [
    [ones(3), ones(3)],
    [ones(5, 2), pool("average", 2), ones(3), pool("average", 3), ones(2)],
    [pool("average", 4), ones(3, 1), Stage("relu"), pool("average", 2)],
]


@pytest.mark.parametrize("stages", ROWS)
def test_the_field_is_where_the_gradient_is(stages):
    """With positive weights a unit depends on every pixel of its field and on no other."""
    x = torch.rand(1, 1, 40, 40, generator=torch.Generator().manual_seed(0)).requires_grad_()
    made, fault = run(x, stages)
    assert not fault
    for row, col in ((0, 0), (1, 2), (made[-1].shape[-2] - 1, made[-1].shape[-1] - 1)):
        (grad,) = torch.autograd.grad(made[-1][0, 0, row, col], x, retain_graph=True)
        rows, cols = (grad[0, 0] > 0).any(1).nonzero(), (grad[0, 0] > 0).any(0).nonzero()
        top, left, bottom, right = fields(stages, len(stages), row, col)[0]
        assert [rows.min(), cols.min()] == [max(0, top), max(0, left)]
        assert [rows.max() + 1, cols.max() + 1] == [min(40, bottom), min(40, right)]


def test_lenets_stages_are_lenets():
    lab = put(Pipeline(), net="learned")
    lab.receive({"panel": "x", "kind": "sample", "value": 8})
    made, _ = lab.run()
    seen = trace(zoo.load("lenet-mnist"), lab.input(), ["conv1", "pool1", "conv2", "pool2"])
    for name, k in (("conv1", 1), ("pool1", 3), ("conv2", 4), ("pool2", 6)):
        torch.testing.assert_close(made[k], seen.activations[name], atol=1e-4, rtol=1e-4)
    assert lab.pad.future == sample(8)
    stages = [stage for _, stage in lab.stages()]
    assert [reach(stages, k) for k in range(7)] == [1, 5, 5, 6, 14, 14, 16]
    random = put(Pipeline(), net="random").run()[0][-1]
    assert random.shape == made[-1].shape
    assert not torch.allclose(random, made[-1])
    assert sum(p.numel() for p in LeNet5().conv2.parameters()) == 2416


@pytest.mark.parametrize("net", NET.keys)
def test_the_arithmetic_is_that_of_the_unit(net):
    lab = put(Pipeline(), net=net)
    made, _ = lab.run()
    for k in range(1, len(made)):
        unit = made[k].shape[1] - 1
        for cell in ((0, 0), (2, 3)):
            event = {"unit": unit, "row": cell[0], "col": cell[1]}
            lab.receive({"panel": f"s{k}", "kind": "hover"} | event)
            frame = lab.frame()
            stage = lab.stages()[k - 1][1]
            if stage.kind == "conv":
                bias = 0 if stage.bias is None else stage.bias[unit].item()
                total = frame.values["arithmetic.product"].sum().item() + bias
                assert total == pytest.approx(made[k][0, unit, *cell].item(), abs=1e-3)
            assert encode(frame, version=1)
            assert frame.notes["table"]["on"] == k


def test_stages_are_changed_added_and_removed():
    lab = Pipeline()
    lab.receive({"panel": "s1", "kind": "click", "unit": 0, "row": 3, "col": 3})
    assert lab.settings["word"] == "sobel_x"
    put(lab, word="max3")
    assert plan.to_text(lab.own_stages) == "max3-relu-max2-edge3-relu-max2"
    put(lab, add=True)
    assert plan.to_text(lab.own_stages) == "max3-binomial-relu-max2-edge3-relu-max2"
    assert lab.at == 2
    put(lab, remove=True)
    lab.receive({"panel": "s4", "kind": "click", "unit": 0, "row": 3, "col": 3})
    lab.receive({"panel": "kernel", "kind": "edit", "index": 4, "value": -2.5})
    text = lab.address()["stages"]
    assert lab.settings["word"] == "yours"
    again = Pipeline()
    again.receive({"panel": "stages", "kind": "link", "value": text})
    torch.testing.assert_close(again.run()[0][-1], lab.run()[0][-1])
    for _ in range(9):
        put(lab, remove=True)
    assert not lab.own_stages
    assert encode(lab.frame(), version=1)
    for _ in range(plan.MOST):
        put(lab, add=True)
    with pytest.raises(ValueError, match="Up to 8 stages"):
        put(lab, add=True)


def test_the_stage_that_is_looked_at_travels_in_the_address():
    lab = put(Pipeline(), net="learned")
    lab.receive({"panel": "s2", "kind": "hover", "unit": 0, "row": 14, "col": 14})
    assert lab.address() == {"net": "learned", "at": "2"}
    again = Pipeline()
    assert again.open(lab.address()) == {}
    assert again.row.at == 2
    assert again.open({"at": "17"}).keys() == {"at"}
    lab.receive({"panel": "table", "kind": "click", "unit": 6})
    assert lab.address() == {"net": "learned"}


def test_a_row_that_runs_out_of_pixels_says_where():
    lab = Pipeline()
    lab.receive({"panel": "stages", "kind": "link", "value": "max4-max4-max4-max2-relu"})
    frame = lab.frame()
    assert frame.notes["titles"]["s4"] == frame.notes["titles"]["s5"] == "no output"
    assert "Stage 4 has no output" in frame.notes["say"]
    assert is_one_sentence(frame.notes["say"])
    assert encode(frame, version=1)


@pytest.mark.parametrize("text", [5, "no", "relu-" * 9, "yours:1_2", "yours:x", "a" * 4000])
def test_a_mangled_link_is_one_sentence(text):
    with pytest.raises(ValueError) as fault:
        Pipeline().receive({"panel": "stages", "kind": "link", "value": text})
    assert is_one_sentence(str(fault.value))


@pytest.mark.parametrize(
    "event",
    [{"panel": "s9", "kind": "click", "unit": 0, "row": 0, "col": 0},
     {"panel": "s1", "kind": "click", "unit": 0, "row": None, "col": 0},
     {"panel": "kernel", "kind": "edit", "index": 9, "value": 0}],
)  # fmt: skip
def test_nonsense_is_refused_in_words(event):
    with pytest.raises(ValueError) as fault:
        Pipeline().receive(event)
    assert is_one_sentence(str(fault.value))
