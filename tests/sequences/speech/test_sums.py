"""The small example: probabilities that sum to 1, sums that are those of the paths."""

import math

import pytest
import torch

from labs.sequences.speech import ctc, tiny
from labs.sequences.speech.sums import FIRST, TEXTS, Sums
from tests.sentences import refuses


def edit(lab: Sums, symbol: str, frame: int, value: float) -> None:
    index = tiny.SYMBOLS.index(symbol) * tiny.FRAMES + frame
    lab.receive({"panel": "grid", "kind": "edit", "index": index, "value": value})


def test_a_dragged_probability_leaves_the_others_in_their_ratio():
    lab = Sums()
    edit(lab, "a", 0, 0.4)
    assert lab.probs[0] == pytest.approx([0.4, 0.4, 0.2])
    assert lab.probs[1:] == [list(row) for row in FIRST[1:]]


def test_they_sum_to_1_however_they_are_dragged():
    lab, dice = Sums(), torch.Generator().manual_seed(0)
    for _ in range(60):
        k = torch.randint(9, (1,), generator=dice).item()
        value = torch.empty(1).uniform_(-3, 3, generator=dice).item()
        lab.receive({"panel": "grid", "kind": "edit", "index": k, "value": value})
        assert torch.allclose(lab.p.sum(1), torch.ones(3, dtype=torch.float64))
        assert (lab.p > 0).all()
        lab.frame()


def test_the_texts_are_all_that_27_paths_can_say():
    lab = Sums()
    found = dict(lab.ranked())
    assert found.keys() == set(TEXTS)
    assert sum(found.values()) == pytest.approx(1)
    for text, p in found.items():
        assert math.exp(-ctc.ctc_loss(lab.p.log(), tiny.symbols(text))) == pytest.approx(p)


def test_the_listed_paths_add_up_to_the_probability(subtests):
    for text in TEXTS:
        with subtests.test(text):
            lab = Sums()
            lab.receive({"setting": "target", "value": text})
            rows = lab.frame().notes["paths"]["rows"]
            total = sum(float(row[2]) for row in rows)
            assert total == pytest.approx(dict(lab.ranked())[text], abs=1e-4 * len(rows))


def test_a_step_up_the_gradient_makes_the_text_likelier():
    lab = Sums()
    before = lab.sums.log_prob
    for _ in range(5):
        lab.receive({"setting": "learn", "value": True})
    assert lab.sums.log_prob > before + 0.3


def test_the_gradient_is_autograds():
    logits = torch.tensor(FIRST, dtype=torch.float64).log().requires_grad_()
    found = ctc.lattice(logits.log_softmax(1), [1, 2])
    (slope,) = torch.autograd.grad(found.log_prob, logits)
    log_probs = logits.log_softmax(1).detach()
    own = ctc.logit_gradient(log_probs, ctc.lattice(log_probs, [1, 2]))
    assert torch.allclose(own, slope)


def test_a_node_is_written_out_with_its_numbers():
    lab = Sums()
    lab.receive({"panel": "nodes", "kind": "click", "row": 1, "col": 1})
    rows = lab.frame().notes["node"]["rows"]
    assert rows[0] == ["α₂(a)", ".300 × (.700 + .200)", "0.2700"]
    assert rows[1] == ["β₂(a)", ".000 × .100 + .000 × .300 + 1.000 × .600", "0.6000"]


def test_every_node_of_every_text_can_be_looked_at():
    for text in TEXTS:
        for row in range(7):
            for frame in range(3):
                lab = Sums()
                lab.receive({"setting": "target", "value": text})
                if row < 2 * len(lab.target) + 1:
                    lab.receive({"panel": "nodes", "kind": "click", "row": row, "col": frame})
                notes = str(lab.frame().notes)
                assert "nan" not in notes
                assert "inf" not in notes


def test_a_link_brings_the_probabilities_back_and_refuses_others():
    lab, other = Sums(), Sums()
    edit(lab, "b", 2, 0.123)
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.probs == lab.probs
    for text in ("1,2", "0.5," * 8 + "0.5", "nan," * 8 + "1"):
        assert "p" in Sums().open({"p": text})


def test_what_is_no_cell_or_node_is_refused():
    lab = Sums()
    for event in ({"panel": "grid", "kind": "edit", "index": 9, "value": 0.1},
                  {"panel": "grid", "kind": "edit", "index": 1, "value": None},
                  {"panel": "nodes", "kind": "click", "row": 5, "col": 0}):  # fmt: skip
        refuses(lab, event)


def test_the_script_prints_the_same_sums(printed):
    lab = Sums()
    edit(lab, "a", 1, 0.55)
    out = printed(lab.script())
    p = lab.sums.log_prob.exp().item()
    assert f"p = {p:.6f}, counted path by path {p:.6f}" in out
    assert f"-ln p = {-math.log(p):.6f}, by torch {-math.log(p):.6f}" in out
