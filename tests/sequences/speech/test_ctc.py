"""CTC against PyTorch, against counting all paths, and at its edges."""

import math
from collections import defaultdict

import pytest
import torch
import torch.nn.functional as F

from labs.sequences.speech import ctc

TARGETS = ([], [1], [2, 2], [1, 2], [1, 2, 1], [2, 2, 2], [3, 1, 3, 3])


def log_probs(frames: int, symbols: int, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    logits = 2 * torch.randn(frames, symbols, generator=generator, dtype=torch.float64)
    return logits.log_softmax(1)


def by_torch(x: torch.Tensor, target: list[int], blank: int = 0) -> torch.Tensor:
    return F.ctc_loss(
        x[:, None], torch.tensor([target]), [len(x)], [len(target)], blank=blank, reduction="sum"
    )


def test_the_loss_is_that_of_torch(subtests):
    for frames in (7, 12, 40):
        for target in TARGETS[1:]:
            with subtests.test(f"{target} in {frames}"):
                x = log_probs(frames, 4, frames)
                assert ctc.ctc_loss(x, target) == pytest.approx(by_torch(x, target).item())


def test_another_symbol_may_be_the_blank():
    x = log_probs(9, 5)
    assert ctc.ctc_loss(x, [0, 1, 1], blank=4) == pytest.approx(by_torch(x, [0, 1, 1], 4).item())


def test_the_loss_counts_all_paths(subtests):
    x = log_probs(5, 3)
    sums = defaultdict(float)
    for path, p in ctc.all_paths(x.exp()):
        sums[tuple(ctc.collapse(path))] += p
    assert sum(sums.values()) == pytest.approx(1)
    for target in ([], [1], [1, 2], [2, 2], [1, 2, 1], [1, 1, 1]):
        with subtests.test(str(target)):
            assert math.exp(-ctc.ctc_loss(x, target)) == pytest.approx(sums[tuple(target)])


def test_every_frame_sums_to_the_same_probability(subtests):
    for target in TARGETS:
        with subtests.test(str(target)):
            found = ctc.lattice(log_probs(8, 4), target)
            sums = (found.alpha + found.beta).logsumexp(1)
            assert torch.allclose(sums, found.log_prob.expand(8))
            assert torch.allclose(found.occupancy.sum(1), torch.ones(8, dtype=torch.float64))


def test_the_gradient_is_that_of_torch_and_the_papers():
    logits = log_probs(10, 4).clone().requires_grad_()
    target = [1, 3, 3]
    found = ctc.lattice(logits.log_softmax(1), target)
    (own,) = torch.autograd.grad(-found.log_prob, logits)
    (theirs,) = torch.autograd.grad(by_torch(logits.log_softmax(1), target), logits)
    assert torch.allclose(own, theirs)
    x = logits.log_softmax(1).detach()
    assert torch.allclose(own, -ctc.logit_gradient(x, ctc.lattice(x, target)))


def test_too_few_frames_are_impossible(subtests):
    for frames, target in ((1, [1, 2]), (3, [1, 1, 2]), (2, [2, 2])):
        with subtests.test(f"{target} in {frames}"):
            x = log_probs(frames, 3)
            assert ctc.ctc_loss(x, target) == math.inf
            assert ctc.likeliest(x, target) == []
            found = ctc.lattice(x, target)
            assert found.occupancy.sum() == 0
            assert not found.occupancy.isnan().any()


def test_probabilities_of_zero_give_no_nan():
    x = torch.tensor([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]).log()
    assert ctc.ctc_loss(x, [1, 2]) == pytest.approx(0)
    assert ctc.ctc_loss(x, [2, 1]) == math.inf
    assert not ctc.lattice(x, [2, 1]).occupancy.isnan().any()


def test_collapse_joins_equal_neighbours_and_then_leaves_out_blanks():
    assert ctc.collapse([1, 1, 0, 1]) == [1, 1]
    assert ctc.collapse([0, 0, 0]) == []
    assert ctc.collapse([]) == []
    assert ctc.collapse([2, 2, 1, 0, 0, 1, 1], blank=1) == [2, 0]


def test_the_best_path_is_the_likeliest_symbol_of_each_frame():
    x = torch.tensor([[0.1, 0.9], [0.6, 0.4], [0.2, 0.8]]).log()
    assert ctc.best_path(x) == [1, 0, 1]


def test_the_likeliest_path_of_a_text_is_the_best_of_all(subtests):
    x = log_probs(6, 3, 4)
    for target in ([], [1], [1, 2], [2, 2], [1, 2, 1]):
        with subtests.test(str(target)):
            way = ctc.likeliest(x, target)
            symbols = [ctc.with_blanks(target)[row] for row in way]
            assert ctc.collapse(symbols) == target
            found = sum(x[t, k].item() for t, k in enumerate(symbols))
            best = max(p for path, p in ctc.all_paths(x.exp()) if ctc.collapse(path) == target)
            assert math.exp(found) == pytest.approx(best)


@pytest.mark.parametrize(
    ("target", "blank", "words"),
    [([0], 0, "without the blank"), ([4], 0, "from 0 to 3"), ([-1], 0, "not -1"),
     ([1], 9, "one of 4 symbols")],
)  # fmt: skip
def test_a_text_of_other_symbols_is_refused_in_one_sentence(target, blank, words):
    with pytest.raises(ValueError, match=words):
        ctc.ctc_loss(log_probs(5, 4), target, blank=blank)


def test_no_frames_are_refused():
    with pytest.raises(ValueError, match="T >= 1"):
        ctc.ctc_loss(torch.zeros(0, 3), [1])


def test_what_flows_into_a_node_flows_out_of_it(subtests):
    for target in TARGETS:
        with subtests.test(str(target)):
            x = log_probs(9, 4)
            found = ctc.lattice(x, target)
            flow = found.flow(x).nan_to_num(0)  # (3, S, T - 1)
            assert torch.allclose(flow.sum(0), found.occupancy[:-1].T)
            into = torch.zeros_like(flow[0])
            for jump in range(min(3, len(found.rows))):
                into[jump:] += flow[jump, : len(found.rows) - jump]
            assert torch.allclose(into, found.occupancy[1:].T)


def test_no_line_leaves_out_a_blank_between_equal_symbols():
    x = log_probs(6, 3)
    flow = ctc.lattice(x, [1, 1, 2]).flow(x)
    assert flow[2, 1].isnan().all()  # 1 to 1
    assert not flow[2, 3].isnan().any()  # 1 to 2
    assert flow[2, 0::2].isnan().all()  # blank to blank
