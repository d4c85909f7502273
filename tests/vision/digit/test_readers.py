"""Shuffled pixels cost a dense net nothing, exactly."""

import pytest
import torch

from labs import zoo
from labs.data.distortions import Distortion, distort
from labs.data.shuffle import shuffle
from labs.vision.digit.readers import COPIES, NAMES, distorted, read, shuffled_weights
from tests.vision.digit.conftest import random_picture


@pytest.mark.parametrize("name", ["softmax", "dense"])
def test_dense_readers_read_shuffled_pixels_the_same(seed, name):
    said = read(random_picture(seed))
    torch.testing.assert_close(said[name], said[f"{name}_shuffled"], atol=1e-5, rtol=0)


def test_every_reader_gives_probabilities():
    said = read(random_picture(1))
    assert set(said) == {*NAMES, *(f"{name}_shuffled" for name in NAMES)}
    for p in said.values():
        assert p.shape == (10,)
        assert p.sum().item() == pytest.approx(1, abs=1e-5)


def test_the_straight_readers_are_the_zoos():
    x = random_picture(3)
    want = zoo.load("lenet-mnist-plain")(x[None, None])[0].softmax(0)
    torch.testing.assert_close(read(x)["lenet"], want)
    want = zoo.load("lenet-mnist-shuffled")(shuffle(x)[None, None])[0].softmax(0)
    torch.testing.assert_close(read(x)["lenet_shuffled"], want)


def test_moved_weights_are_a_copy():
    before = zoo.load("softmax-mnist").fc.weight.clone()
    model = shuffled_weights("softmax-mnist", "fc")
    assert zoo.load("softmax-mnist").fc.weight.equal(before)
    assert not model.fc.weight.equal(before)
    assert model.fc.weight.sort().values.equal(before.sort().values)
    assert not any(p.requires_grad for p in model.parameters())


def test_distorted_copies_are_read_by_each_model():
    models = {"lenet-mnist": zoo.load("lenet-mnist"), "softmax-mnist": zoo.load("softmax-mnist")}
    seen = random_picture(1)
    x, said = distorted(seen, 0.7, models, torch.Generator().manual_seed(3))
    again = distort(
        seen.repeat(COPIES, 1, 1, 1), Distortion().times(0.7),
        generator=torch.Generator().manual_seed(3),
    )  # fmt: skip
    assert x.shape == (COPIES, 28, 28)
    torch.testing.assert_close(x, again[:, 0])
    assert set(said) == set(models)
    assert said["lenet-mnist"].equal(models["lenet-mnist"](x[:, None]).argmax(1))


def test_without_strength_every_copy_is_the_digit():
    seen = random_picture(1)
    x, _ = distorted(seen, 0.0, {}, torch.Generator().manual_seed(3))
    torch.testing.assert_close(x, seen.expand(COPIES, 28, 28), atol=1e-5, rtol=0)
