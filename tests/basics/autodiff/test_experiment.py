"""The experiment: what a browser may send, what a frame tells, and what the script prints."""

import itertools
import json

import pytest
import torch

from labs.basics.autodiff import Autodiff, trace
from labs.basics.autodiff.controls import VERSION
from labs.basics.autodiff.differences import STEPS, central, error, error_curves, one_sided
from labs.basics.autodiff.export import rows
from labs.basics.autodiff.network import network
from labs.basics.autodiff.parser import parse
from labs.basics.autodiff.placement import place
from labs.basics.autodiff.presets import PRESETS
from labs.basics.autodiff.shapes import LAYOUTS, derivative, quiz, table
from labs.basics.autodiff.tape import check
from labs.live import encode
from tests.sentences import is_one_sentence


def typed(text: str, **values: float) -> Autodiff:
    lab = Autodiff()
    lab.receive({"panel": "f", "kind": "text", "value": text})
    for name, value in values.items():
        lab.receive({"panel": "leaves", "kind": "slide", "name": name, "value": value})
    return lab


def test_it_opens_with_the_lecture_s_numbers():
    lab = Autodiff()
    notes = lab.frame().notes
    assert [row[2] for row in notes["trace"]["rows"]][2:] == [
        "0.693", "10.000", "−0.959", "10.693", "11.652"
    ]  # fmt: skip
    assert [row[5] for row in notes["trace"]["rows"]][:2] == ["5.500", "1.716"]


@pytest.mark.parametrize("version", VERSION.keys)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_moment_of_every_preset_is_a_frame(preset, version):
    lab = Autodiff()
    lab.receive({"setting": "preset", "value": preset})
    lab.receive({"setting": "version", "value": version})
    last = lab.frame().notes
    drawn = [n for n, node in zip(last["graph"]["nodes"], lab.trace().nodes, strict=True)
             if node.operation != "constant"]  # fmt: skip
    assert all(node["up"] and node["down"] for node in drawn)
    known = -1
    for at in range(lab.moments + 1):
        lab.receive({"panel": "timeline", "kind": "moment", "value": at})
        frame = lab.frame()
        encode(frame)
        numbers = sum(bool(n["up"]) + bool(n["down"]) for n in frame.notes["graph"]["nodes"])
        assert numbers >= known
        known = numbers
    assert frame.notes["graph"]["nodes"] == last["graph"]["nodes"]


def test_playing_walks_through_all_moments_and_ends():
    lab = Autodiff()
    seen = [lab.moment]
    while lab.step():
        seen.append(lab.moment)
    assert seen == [lab.moments, *range(lab.moments)]


def test_a_fault_is_told_while_the_last_good_expression_stays():
    lab = typed("x*y", x=2, y=3)
    lab.receive({"panel": "f", "kind": "text", "value": "x*y +"})
    notes = lab.frame().notes
    assert notes["f"]["fault"]["text"].startswith("Character ")
    assert lab.text == "x*y"
    lab.receive({"panel": "f", "kind": "text", "value": "x*y + 1"})
    assert lab.frame().notes["f"]["fault"] is None
    assert lab.values == {"x": 2, "y": 3}  # what was set stays


def test_a_session_that_forgot_takes_back_what_the_browser_kept():
    lab = Autodiff()
    lab.receive({"panel": "f", "kind": "text", "value": "a*b"})
    lab.receive({"panel": "leaves", "kind": "restore", "values": {"a": 2.5, "b": -1, "gone": 3}})
    lab.receive({"setting": "preset", "value": "own"})
    assert lab.values == {"a": 2.5, "b": -1}
    with pytest.raises(ValueError):
        lab.receive({"panel": "leaves", "kind": "restore", "values": [1]})


def test_an_address_opens_the_same():
    lab = typed("a*b + sin(a)", a=0.25, b=-3)
    lab.receive({"panel": "leaves", "kind": "type", "name": "a", "value": 1 / 7 + 40})
    other = Autodiff()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.trace() == lab.trace()
    told = {"idle": []}  # what may be undone is the hand's own story
    assert other.frame().notes | told == lab.frame().notes | told
    names = [f"v{k:05}" for k in range(55)]
    lab = typed("+".join(names), **dict.fromkeys(names, -1e-5 / 7))
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.values == lab.values


def test_a_link_that_is_partly_wrong_changes_nothing():
    lab = Autodiff()
    with pytest.raises(ValueError, match="'y:3'"):
        lab.receive({"panel": "at", "kind": "link", "value": "x1:9,y:3"})
    with pytest.raises(ValueError):
        lab.receive({"panel": "leaves", "kind": "restore", "values": {"x1": 9, "x2": "3"}})
    assert lab.values == PRESETS["lecture"].values


def test_a_preset_s_own_text_leaves_preset_and_values_as_they_are():
    lab = Autodiff()
    lab.receive({"panel": "leaves", "kind": "slide", "name": "x1", "value": 3})
    lab.receive({"panel": "f", "kind": "text", "value": PRESETS["lecture"].expression})
    lab.receive({"setting": "preset", "value": "lecture"})
    assert lab.values["x1"] == 3
    assert lab.address() == {"at": "x1:3,x2:5"}


HOSTILE = [
    {"kind": "click"}, {"kind": "click", "panel": "graph", "unit": 99},
    {"kind": "click", "panel": "graph", "unit": "0"}, {"kind": "click", "panel": []},
    {"kind": "click", "panel": "net", "unit": 0}, {"kind": "moment", "value": -1},
    {"kind": "moment", "value": None}, {"panel": "f", "kind": "text", "value": 3},
    {"panel": "f", "kind": "link", "value": "x +"}, {"panel": "at", "kind": "link", "value": "x1"},
    {"panel": "at", "kind": "link", "value": "nothing:1"}, {"panel": "leaves", "kind": "fly"},
    {"panel": "leaves", "kind": "slide", "name": "no", "value": 1},
    {"panel": "leaves", "kind": "slide", "name": "x1", "value": None},
    {"panel": "leaves", "kind": "slide", "name": "x1", "value": 1e99},
    {"panel": "leaves", "kind": "slide", "name": ["x1"], "value": 1},
]  # fmt: skip


def test_what_a_browser_may_send_is_one_sentence(subtests):
    for event in HOSTILE:
        with subtests.test(ascii(event)[:80]):
            lab = Autodiff()
            before = lab.frame().notes
            with pytest.raises(ValueError) as caught:
                lab.receive(event)
            assert is_one_sentence(str(caught.value)), str(caught.value)
            assert lab.frame().notes["graph"] == before["graph"]


def test_values_off_the_domain_are_shown():
    lab = typed("ln(x) / y", x=-1, y=0)
    assert "NaN" in json.dumps(lab.frame().notes, ensure_ascii=False)
    lab = typed("1 / x + exp(y)", x=0, y=1e6)
    assert "∞" in json.dumps(lab.frame().notes, ensure_ascii=False)
    encode(lab.frame())


SCRIPTS = [
    ("torch = x*y; sigmoid(torch) / max(x, 2) - relu(y)**2", {"x": 0.3, "y": 1.7}),
    ("v1 + n1*q1 + k1*v_1", {"v1": 0.3, "n1": 1.7, "q1": -2, "k1": 0.5, "v_1": 4}),
    ("constant_1*2 + torch*torch_", {"constant_1": 0.3, "torch": 1.7, "torch_": -2}),
]


@pytest.mark.parametrize(("text", "values"), SCRIPTS, ids=[text for text, _ in SCRIPTS])
def test_the_script_gives_the_same_numbers(printed, text, values):
    lab = typed(text, **values)
    said = printed(lab.script())
    lines = {line.split()[0]: line.split() for line in said.splitlines()}
    for row in rows(lab.trace()):
        if row["operation"] != "constant":
            told = lines[row["name"]]
            assert float(told[2]) == pytest.approx(row["value"], rel=1e-9, abs=1e-12)
            assert float(told[4]) == pytest.approx(row["adjoint"], rel=1e-9, abs=1e-12)


def test_the_difference_has_a_best_step():
    program = parse("exp(x) * sin(y)")
    values = check(program, {"x": 1.0, "y": 2.0})
    exact = trace("exp(x) * sin(y)", values).gradient["x"]
    wrong = {h: error(central(program, values, "x", h), exact) for h in (1e-13, 1e-5, 1e-1)}
    assert wrong[1e-5] < 1e-8 < 1e-4 < min(wrong[1e-13], wrong[1e-1])
    # truncation: halving h divides the error by 4 and by 2
    for difference, factor in ((central, 4), (one_sided, 2)):
        ratio = error(difference(program, values, "x", 0.02), exact) / error(
            difference(program, values, "x", 0.01), exact
        )
        assert ratio == pytest.approx(factor, rel=0.02)
    lines = error_curves(program, values, "x", exact)
    assert all(len(h) <= len(STEPS) for h, _ in lines.values())


def test_a_net_is_recognised_and_other_functions_are_not():
    values = PRESETS["net"].values
    net = network(trace(PRESETS["net"].expression, values).nodes)
    nodes = trace(PRESETS["net"].expression, values).nodes
    assert [nodes[i].name for i in net.inputs] == ["x1", "x2"]
    assert len(net.neurons) == 3
    assert [len(neuron.weights) for neuron in net.neurons] == [2, 2, 2]
    assert network(trace("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}).nodes) is None
    assert network(trace("x", {"x": 1}).nodes) is None
    assert network(trace("sigmoid(2)", {}).nodes) is None


@pytest.mark.parametrize("preset", PRESETS)
def test_nodes_do_not_overlap(preset):
    program = parse(PRESETS[preset].expression)
    where = place([one.inputs for one in program])
    for a, b in itertools.combinations(where.nodes, 2):
        assert a[0] != b[0] or abs(a[1] - b[1]) >= 1 - 1e-9
    for (i, j, _), bends in where.bends.items():
        columns = [where.nodes[i][0], *(c for c, _ in bends), where.nodes[j][0]]
        assert columns == sorted(set(columns))


def test_shapes_are_autograd_s():
    """Numerator layout is what torch calls the Jacobian; denominator layout its transpose."""
    m, n = 2, 3
    w = torch.randn(m, n, generator=torch.Generator().manual_seed(0))
    jacobian = torch.autograd.functional.jacobian(lambda x: w @ x, torch.ones(n))
    assert derivative((m, 1), (n, 1), "numerator") == tuple(jacobian.shape)
    assert derivative((m, 1), (n, 1), "denominator") == tuple(jacobian.T.shape)
    x = torch.ones(4, 5, requires_grad=True)
    (gradient,) = torch.autograd.grad((x**2).sum(), x)
    assert derivative((1, 1), (4, 5), "denominator") == tuple(gradient.shape)
    assert derivative((2, 2), (3, 1), "numerator") is None
    for layout in LAYOUTS:
        assert table(2, 3, 2, 4, layout)[0][0] == "1 × 1"
    assert table(2, 3, 2, 4, "denominator")[1][1] == "3 × 2"
    assert table(2, 3, 2, 4, "numerator")[0][2] == "4 × 2"
    with pytest.raises(ValueError):
        derivative((1, 1), (1, 1), "other")


def test_the_quiz_has_one_right_answer():
    for k, n in ((2, 3), (4, 2)):
        assert [a.letter for a in quiz(k, n) if a.right] == ["F"]
        assert "1 × 3" in next(a for a in quiz(2, 3) if a.letter == "D").verdict
    assert [a.letter for a in quiz(1, 1) if "coincidence" in a.verdict] == list("ABCDE")
