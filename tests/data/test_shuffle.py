"""One fixed shuffling."""

import torch

from labs.data.shuffle import order, shuffle


def test_it_is_a_permutation():
    assert order().sort().values.equal(torch.arange(784))
    assert (order() == torch.arange(784)).float().mean() < 0.02


def test_every_picture_is_shuffled_alike(rng):
    x = torch.rand(2, 3, 28, 28, generator=rng)
    got = shuffle(x)
    assert got.shape == x.shape
    assert got[1, 2].flatten().equal(x[1, 2].flatten()[order()])
    assert shuffle(x[0, 1]).equal(got[0, 1])


def test_it_can_be_undone(rng):
    x = torch.rand(28, 28, generator=rng)
    back = shuffle(x).flatten()[order().argsort()].view(28, 28)
    assert back.equal(x)
