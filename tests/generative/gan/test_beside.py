"""Three nets beside each other: the search for a fake's noise, samples, and ways."""

import pytest
import torch

from labs import zoo
from labs.drawing.on_pad import sample
from labs.generative.gan import Beside
from labs.generative.gan.beside.experiment import SEARCHED, sampled
from labs.generative.gan.beside.search import RATE, Search
from labs.live import encode


def test_the_search_s_steps_are_adams():
    gan, x = zoo.load("gan-digits"), sample(4)
    search = Search(gan, 1)
    z = search.z.clone().requires_grad_()
    optimizer = torch.optim.Adam([z], RATE, betas=(0.9, 0.99))
    for _ in range(3):
        search.step(x)
        optimizer.zero_grad()
        (gan(z, search.classes) - x).square().sum().backward()
        optimizer.step()
    torch.testing.assert_close(search.z, z.detach(), atol=1e-4, rtol=1e-3)


def test_the_nearest_fake_of_a_fake_is_that_fake():
    gan = zoo.load("gan-digits")
    z = torch.randn(1, gan.latent, generator=torch.Generator().manual_seed(5))
    x = gan(z, torch.tensor([6]))
    search = Search(gan, 2)
    for _ in range(150):
        search.step(x)
    digit, found = search.best(x)
    assert digit == 6
    assert (gan(found[None], torch.tensor([6])) - x).square().sum() < 2


def test_a_search_goes_on_from_the_nearer_noise_and_begins_anew():
    search = Search(zoo.load("gan-digits"), 1)
    for _ in range(20):
        search.step(sample(3))
    _, z = search.best(sample(3))
    search.aim(sample(3))
    assert (search.z[:10] == z).all(1).any()
    assert torch.equal(search.z[10:], search.start)


def test_it_begins_by_itself_and_ends():
    lab = Beside()
    assert lab.eager
    first = lab.evidence()[2]
    for _ in range(SEARCHED):
        assert lab.step()
    assert not lab.step()
    assert not lab.eager
    assert lab.evidence()[2] < 0.3 * first
    encode(lab.frame())
    lab.receive({"panel": "x", "kind": "sample", "value": 1})
    assert lab.eager
    assert lab.left_out().startswith("The link begins the search anew")


def test_ways_begin_and_end_at_what_each_net_has_for_the_drawings():
    lab = Beside()
    lab.receive({"setting": "to", "value": "9"})
    ways = lab.ways()
    for key, net in lab.coders.items():
        torch.testing.assert_close(ways[key][0], net(lab.seen)[0, 0], atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(ways[key][-1], net(sample(9))[0, 0], atol=1e-5, rtol=1e-4)
    digit, z = lab.searches[1].best(sample(9))
    want = lab.gan(z[None], torch.tensor([digit]))[0, 0]
    torch.testing.assert_close(ways["gan"][-1], want, atol=1e-5, rtol=1e-4)


def test_shares_of_classes_are_classes():
    gan = zoo.load("gan-digits")
    z = torch.randn(10, gan.latent, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(gan(z, torch.eye(10)), gan(z, torch.arange(10)))


def test_the_plain_autoencoder_gives_back_more_and_its_samples_are_worse():
    assert zoo.manifest()["ae-mnist"]["metrics"]["squared_error"] < 8
    x = torch.cat([sample(digit) for digit in range(10)])
    plain, variational = (
        (zoo.load(name)(x) - x).square().sum().item() for name in ("ae-mnist", "vae-mnist")
    )
    assert plain < variational
    made, sure = sampled(1)
    assert {key: x.shape for key, x in made.items()} == dict.fromkeys(sure, (64, 28, 28))
    assert sure["gan"] > max(sure["ae"], sure["vae"])
    assert sure["gan"] == pytest.approx(0.98, abs=0.03)
