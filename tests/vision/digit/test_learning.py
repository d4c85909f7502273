"""Watch it learn: it does, it starts again alike, and it says when it ran away."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from safetensors.torch import load

from labs.data import digits
from labs.live import encode
from labs.training.supervised import KEPT
from labs.vision.digit.learning import Learning
from tests.sentences import is_one_sentence
from tests.vision.digit.conftest import random_picture


def make(seed: int = 1) -> Learning:
    lab = Learning(digits.small(), seed=seed)
    lab.seen = random_picture(1)
    return lab


@pytest.fixture(scope="module")
def trained() -> Learning:
    lab = make()
    for _ in range(260):
        assert lab.step()
    return lab


def test_it_learns(trained):
    assert make().tests[0][2] < 0.3
    assert trained.tests[-1][2] > 0.9
    assert trained.confusion.diagonal().mean() > 0.9


def test_rows_of_the_confusion_are_shares(trained):
    torch.testing.assert_close(trained.confusion.sum(1), torch.ones(10))


def test_the_frame_shows_the_net_as_it_is(trained):
    frame = trained.frame()
    model = trained.model
    x = random_picture(1)[None, None]
    with torch.no_grad():
        torch.testing.assert_close(frame.values["opinion"], model(x)[0].softmax(0))
        torch.testing.assert_close(frame.maps["learning1"], model.conv1(x)[0].relu())
    assert frame.maps["learned1"].equal(model.conv1.weight.detach().view(6, 5, 5))
    steps, train, test = frame.values["loss"]
    assert steps.max() == 260
    assert len(steps) <= KEPT
    assert train[0] > train[-1]
    assert test[0] > test[-1]
    assert len(encode(frame)) < 30_000


def test_the_weights_travel_as_safetensors(trained):
    for name, w in load(trained.weights()).items():
        assert w.equal(trained.model.state_dict()[name])


def test_the_history_is_the_mean_of_the_batches_between_two_tests(trained):
    history = trained.history()
    steps, losses = history["training batches"]
    assert steps == list(range(Learning.every, 261, Learning.every))
    last = list(trained.recent)[-Learning.every :]
    assert losses[-1] == pytest.approx(sum(report.loss for report in last) / len(last))
    assert history["test"][0] == [0, *steps]


def weights(lab: Learning) -> list[torch.Tensor]:
    return [p.detach().clone() for p in lab.model.parameters()]


def same(a: list[torch.Tensor], b: list[torch.Tensor]) -> bool:
    return all(p.equal(q) for p, q in zip(a, b, strict=True))


def test_again_begins_with_the_same_weights_and_batches():
    lab = make()
    first = weights(lab)
    losses = [lab.trainer.step().loss for _ in range(5)]
    assert not same(weights(lab), first)
    lab.receive({"setting": "again"})
    assert same(weights(lab), first)
    assert [lab.trainer.step().loss for _ in range(5)] == losses
    assert not lab.reports


def test_fresh_begins_with_others():
    lab = make()
    first = weights(lab)
    lab.receive({"setting": "fresh"})
    assert not same(weights(lab), first)


def test_beginning_leaves_the_global_seed_alone():
    before = torch.get_rng_state()
    make(5)
    assert torch.get_rng_state().equal(before)


def test_visitors_who_begin_at_once_begin_alike():
    """Sessions share a process: the weights of a seed must not depend on who else begins."""
    want = weights(make())
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            begun = list(pool.map(lambda seed: (seed, weights(make(seed))), [1, 2, 3, 1] * 15))
    finally:
        sys.setswitchinterval(interval)
    assert all(same(got, want) for seed, got in begun if seed == 1)


def test_a_learning_rate_of_three_ends_in_plain_words():
    lab = make()
    lab.receive({"setting": "learning_rate", "value": 3})
    steps = 0
    while lab.step():
        steps += 1
        assert steps < 500
    assert "learning rate of 3" in lab.trouble
    assert f"step {steps + 1}" in lab.trouble
    assert not lab.step()
    encode(lab.frame())  # NaN everywhere, and still a frame
    lab.receive({"setting": "learning_rate", "value": 0.02})
    lab.receive({"setting": "again"})
    assert lab.trouble == ""
    assert lab.step()


def test_the_learning_rate_changes_mid_run():
    lab = make()
    lab.step()
    lab.receive({"setting": "learning_rate", "value": 0.5})
    assert lab.frame().notes["settings"]["learning_rate"] == 0.5
    lab.receive({"setting": "again"})
    assert lab.trainer.learning_rate == 0.5


@pytest.mark.parametrize(
    "event",
    [{}, {"setting": None}, {"setting": []}, {"setting": "lr"}, {"kind": "stroke"},
     *({"setting": "learning_rate", "value": v} for v in
       (None, True, "0.1", [], {}, 0, -1, 3.1, 1e300, 10**400, float("nan"), float("inf")))],
    ids=lambda event: str(event)[:50],
)  # fmt: skip
def test_a_hostile_event_is_one_sentence(event, trained):
    before = trained.settings["learning_rate"]
    with pytest.raises(ValueError) as caught:
        trained.receive(event)
    assert is_one_sentence(str(caught.value))
    assert trained.settings["learning_rate"] == before
