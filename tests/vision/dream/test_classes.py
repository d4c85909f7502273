"""A class by two nets: the robust net's dreams are recognised by one that never made them."""

from dataclasses import replace

import pytest
import torch

from labs.vision.dream import Pair
from labs.vision.dream.classes import HOW, SIDE, class_steps, classes
from labs.vision.dream.nets import network
from labs.vision.dream.objective import LOGITS

FEW = replace(HOW, steps=2, octaves=2)


def test_each_image_of_a_batch_wants_its_own_class():
    logits = torch.arange(12.0).view(3, 4)
    assert classes(torch.tensor([3, 0, 2]))({LOGITS: logits}).item() == 3 + 4 + 10


def test_the_same_seed_gives_the_same_dream():
    one, two = (list(class_steps("photo-net", [7], side=48, how=FEW)) for _ in range(2))
    assert len(one) == 4
    assert all(a.image.equal(b.image) for a, b in zip(one, two, strict=True))
    assert [step.octave for step in one] == [0, 0, 1, 1]


@pytest.mark.slow
def test_another_net_recognises_what_the_robust_net_dreams():
    """Engstrom et al. (2019); the page's claim, on ten classes spread over the hundred."""
    ks = list(range(3, 100, 10))
    for step in class_steps("photo-net-robust", ks, side=64, how=replace(HOW, steps=16)):
        last = step.image
    with torch.no_grad():
        top = network("photo-net")(last, [LOGITS])[LOGITS].topk(5).indices
    assert sum(k in row for k, row in zip(ks, top, strict=True)) >= 6


def test_both_begin_with_the_same_noise_and_end_together():
    pair = Pair()
    assert pair.nets == ["photo-net", "photo-net-robust"]
    assert pair.images[0].equal(pair.images[1])
    first = pair.frame()
    assert pair.step()
    assert pair.steps == 1
    assert not pair.images[0].equal(pair.images[1])
    assert all(image.shape == (1, 3, SIDE, SIDE) for image in pair.images)
    again = pair.frame()
    for name in pair.nets:
        assert again.images[name] != first.images[name]
        p = again.values[f"{name}:says"]
        assert (p[:-1] >= p[1:]).all()
        assert len(again.notes["labels"][f"{name}:says"]) == len(p)


def test_the_last_step_says_that_it_is_the_last(monkeypatch):
    monkeypatch.setattr("labs.vision.dream.classes.HOW", FEW)
    pair = Pair()
    assert [pair.step() for _ in range(5)] == [True, True, True, False, False]
    assert pair.steps == 4


def test_it_waits_until_somebody_looks_and_a_new_class_goes_on_by_itself():
    pair = Pair()
    assert not pair.eager
    pair.receive({"setting": "visible", "value": ["pair"]})
    assert pair.eager
    pair.step()
    assert not pair.eager
    pair.receive({"setting": "visible", "value": ["pair"]})  # paused, and scrolled back
    assert not pair.eager
    pair.receive({"setting": "wanted", "value": "lion"})
    assert pair.eager


def test_a_class_or_a_step_size_begins_again():
    pair = Pair()
    pair.step()
    pair.receive({"setting": "wanted", "value": "lion"})
    assert pair.steps == 0
    pair.step()
    pair.receive({"setting": "strength", "value": 0.05})
    assert pair.steps == 0
    assert pair.settings == {"wanted": "lion", "strength": 0.05}
