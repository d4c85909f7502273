"""KL divergence, PCA, the bottleneck in training, the bound, the zoo's nets."""

import math

import pytest
import torch
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA
from torch.distributions import Normal, kl_divergence

from labs import zoo
from labs.data import strokes
from labs.drawing.mnist import place_as_mnist
from labs.drawing.pad import Pad
from labs.generative.autoencoders import Bottleneck, Machine, Plane, Variational
from labs.generative.autoencoders.bottleneck.net import Coder
from labs.generative.autoencoders.data import prepared
from labs.generative.autoencoders.kl import kl_to_standard_normal
from labs.generative.autoencoders.pca import angles, turned
from labs.generative.autoencoders.plane.carpet import carpet, places
from labs.generative.autoencoders.variational.elbo import terms
from labs.live import encode
from labs.models.rbm import RBM


def drawn(digit: int) -> torch.Tensor:
    pad = Pad("x")
    pad.draw(strokes.sample(digit))
    return place_as_mnist(pad.picture)[0]


def test_kl_is_the_librarys(rng):
    mean, log_variance = 3 * torch.randn(2, 50, 7, generator=rng)
    p = Normal(mean, (log_variance / 2).exp())
    want = kl_divergence(p, Normal(torch.zeros(7), torch.ones(7))).sum(1)
    torch.testing.assert_close(kl_to_standard_normal(mean, log_variance), want)
    small = torch.full((1, 3), 1e-4)
    got = kl_to_standard_normal(torch.zeros(1, 3), small).item()
    assert got == pytest.approx(3 * 1e-8 / 4, rel=0.01)


def test_components_are_scikit_learns():
    data = prepared("UCI digits")
    x = (data.x + data.pca.mean[:, None]).T.numpy()
    theirs = PCA(10).fit(x)
    torch.testing.assert_close(
        data.pca.axes[:, :10].T.double().abs(),
        torch.from_numpy(theirs.components_).double().abs(), atol=2e-3, rtol=0,
    )  # fmt: skip
    left = ((x - theirs.inverse_transform(theirs.transform(x))) ** 2).sum(1).mean()
    assert data.pca.error(10) == pytest.approx(left, rel=1e-3)
    first = data.pca.rebuild(torch.from_numpy(x[0]), 10)
    want = theirs.inverse_transform(theirs.transform(x[:1]))[0]
    torch.testing.assert_close(first, torch.from_numpy(want), atol=1e-3, rtol=0)


def test_angles_are_scipys(rng):
    a, b = torch.randn(2, 30, 4, generator=rng, dtype=torch.float64)
    b = a + 1e-3 * b
    want = torch.rad2deg(torch.from_numpy(subspace_angles(a.numpy(), b.numpy())).flip(0))
    torch.testing.assert_close(angles(a, b).double(), want, rtol=1e-4, atol=1e-6)


def test_a_basis_is_turned_to_the_components(rng):
    pca = prepared("UCI digits").pca
    mixed = pca.axes[:, :6] @ torch.randn(6, 6, generator=rng)
    torch.testing.assert_close(turned(mixed, pca), pca.axes[:, :6], atol=2e-3, rtol=0)


def test_a_linear_code_finds_the_principal_components():
    lab = Bottleneck()
    for _ in range(600):  # less than ten seconds of play
        lab.step()
    coder, data = lab.coder, lab.data
    error = (coder(data.x)[1] - data.x).square().sum(0).mean().item()
    assert 0.9999 * data.pca.error(8) < error < 1.01 * data.pca.error(8)
    assert coder.history[-1][3] < 5  # degrees


@pytest.mark.parametrize("depth", [0, 2])
def test_a_sparse_step_goes_down_the_gradient_of_both_terms(depth):
    data = prepared("UCI digits")
    shape = {"code": 5, "depth": depth, "activation": "tanh", "seed": 3}
    coder = Coder(data.x, data.test, data.pca, shape)
    net = coder.net
    p = net.forward(data.x[:, :40])
    coder._backward_sparse(p, (p.output - data.x[:, :40]) / 40, 0.2)
    theta = net.theta.clone().requires_grad_()
    a = data.x[:, :40]
    for i, w in enumerate(net.views(theta)[0]):
        a = w[:, 1:] @ a + w[:, :1]
        if i == depth:
            code = a
        elif i < len(net.layers) - 1:
            a = a.tanh()
    loss = 0.5 * (a - data.x[:, :40]).square().sum(0).mean() + 0.2 * code.abs().sum(0).mean()
    torch.testing.assert_close(
        net.gradient, torch.autograd.grad(loss, theta)[0], atol=1e-5, rtol=1e-4
    )


def test_a_number_of_the_code_is_set_by_hand():
    lab = Bottleneck()
    before = lab.frame()
    lab.receive({"panel": "code", "kind": "edit", "index": 2, "value": 3.0})
    after = lab.frame()
    assert after.values["code"][0, 2] == 3
    code = lab.coder(lab.data.centred(lab.seen))[0]
    code[2] = 3
    want = lab.data.picture(lab.coder.decode(code)).clamp(0, 1)
    torch.testing.assert_close(after.maps["rebuilt"], want)
    assert not torch.equal(before.maps["rebuilt"], want)
    with pytest.raises(ValueError, match="8 numbers"):
        lab.receive({"panel": "code", "kind": "edit", "index": 9, "value": 3.0})
    lab.receive({"panel": "x", "kind": "sample", "value": 4})
    assert lab.by_hand is None


def test_the_script_trains_the_same_net(printed):
    lab = Bottleneck()
    for name, value in {"code": 3, "depth": 1, "noise": 0.3, "sparse": 0.1}.items():
        lab.receive({"setting": name, "value": value})
    for _ in range(40):
        lab.step()
    lines = printed(lab.script()).splitlines()
    assert float(lines[0].split()[-1]) == pytest.approx(lab.coder.history[-1][2], rel=2e-3)
    assert float(lines[1].split()[-1]) == pytest.approx(lab.data.pca.error(3), rel=1e-3)


def test_the_script_decodes_the_point_under_the_hand(printed, tmp_path):
    lab = Plane()
    lab.receive({"panel": "codes", "kind": "handle", "index": 0, "x": 1.3, "y": -0.7})
    (tmp_path / "vae-mnist-2d.safetensors").write_bytes(zoo.stored("vae-mnist-2d"))
    ink = lab.net.decode(lab.places[:1]).sum().item()
    assert float(printed(lab.script()).split()[1]) == pytest.approx(ink, abs=0.01)


def test_the_script_computes_the_terms_of_the_weights_as_they_are_now(printed, tmp_path):
    lab = Variational()
    for _ in range(3):
        lab.step()
    (tmp_path / "vae.safetensors").write_bytes(lab.weights())
    with torch.no_grad():
        kl = kl_to_standard_normal(*lab.model.encode(lab.seen)).item()
    assert float(printed(lab.script()).split()[1]) == pytest.approx(kl, abs=0.01)


@pytest.mark.parametrize(("name", "k", "most"), [("vae-mnist-2d", 2, 155), ("vae-mnist", 20, 105)])
def test_the_zoos_nets_keep_digits_and_spread_codes(name, k, most):
    assert zoo.manifest()[name]["metrics"]["negative_elbo"] <= most
    net = zoo.load(name)
    x = torch.cat([drawn(digit) for digit in range(10)])
    mean, log_variance = net.encode(x)
    assert mean.shape == log_variance.shape == (10, k)
    y = net.decode(mean)
    assert y.shape == x.shape
    assert 0 <= y.min() <= y.max() <= 1
    read = zoo.load("lenet-mnist")(y).argmax(1)
    assert (read == torch.arange(10)).sum() >= (9 if k == 20 else 5)


def test_the_bound_is_what_the_recipe_measures(rng):
    net = zoo.load("vae-mnist")
    x = (torch.cat([drawn(digit) for digit in range(10)]) > 0.5).float()
    eps = torch.randn(10, 20, generator=rng)
    found = terms(net, x, eps)
    mean, log_variance = net.encode(x)
    p = net.decode(mean + (log_variance / 2).exp() * eps).clamp(1e-6, 1 - 1e-6)
    want = -(x * p.log() + (1 - x) * (1 - p).log()).flatten(1).sum(1)
    torch.testing.assert_close(found.reconstruction, want, rtol=1e-3, atol=1e-2)
    torch.testing.assert_close(found.kl.sum(1), kl_to_standard_normal(mean, log_variance))


def test_the_carpet_shows_each_place_once():
    net = zoo.load("vae-mnist-2d")
    codes = places(4, 3.0)
    tiles = carpet(net.decode, codes)[0]
    assert codes[0].tolist() == [-2.25, 2.25]  # the upper left
    torch.testing.assert_close(tiles[28:56, 56:84], net.decode(codes[6:7])[0, 0])


def test_your_drawing_can_be_an_end_of_the_walk():
    lab = Plane()
    lab.receive({"panel": "x", "kind": "sample", "value": 7})
    lab.receive({"setting": "keep_b"})
    lab.receive({"setting": "walk", "value": 1})
    want = lab.net.encode(drawn(7))[0][0]
    torch.testing.assert_close(lab.places[0], want)
    frame = lab.frame()
    torch.testing.assert_close(frame.maps["picture"], lab.net.decode(want[None])[0])
    encode(frame)


def test_a_large_beta_silences_numbers_and_the_zoos_net_stays():
    lab = Variational()
    kept = zoo.load("vae-mnist").state_dict()["encoder.5.weight"].clone()
    before = lab.history[-1][3]
    for name, value in {"beta": 20, "learning_rate": 3e-3}.items():
        lab.receive({"setting": name, "value": value})
    for _ in range(60):
        assert lab.step()
    assert lab.history[-1][3] < 0.7 * before
    torch.testing.assert_close(zoo.load("vae-mnist").state_dict()["encoder.5.weight"], kept)


def test_doodles_go_through_their_own_net_and_it_learns_on():
    lab = Variational()
    digits = lab.frame().maps["seen"]
    lab.receive({"setting": "net", "value": "doodles"})
    frame = lab.frame()
    assert not torch.equal(frame.maps["seen"], digits)
    assert frame.notes["hidden"] == ["samples"]
    stored = zoo.load("vae-doodles")
    torch.testing.assert_close(
        frame.maps["rebuilt"][0], stored.decode(stored.encode(lab.seen)[0])[0, 0]
    )
    assert not {x.numpy().tobytes() for x in lab.x} & {x.numpy().tobytes() for x in lab.test}
    before = lab.history[-1]
    for _ in range(20):
        assert lab.step()
    assert sum(lab.history[-1][1:3]) < sum(before[1:3])  # the bound, on drawings it never saw
    lab.receive({"setting": "another"})
    assert not torch.equal(lab.frame().maps["seen"], frame.maps["seen"])


def test_a_boltzmann_machine_is_its_energy(rng):
    rbm = RBM(4, 3).requires_grad_(False)
    for p in rbm.parameters():
        p.normal_(generator=rng)
    bits = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 7)
    v, h = bits[:, :4], bits[:, 4:]
    energy = rbm.energy(v, h).view(16, 8)
    torch.testing.assert_close(rbm.free_energy(v[::8]), -(-energy).logsumexp(1))
    shares = torch.softmax(-energy.flatten(), 0).view(16, 8).sum(1)
    start = torch.zeros(4000, 4)
    end = rbm.gibbs(start, 30, torch.Generator().manual_seed(1))
    index = (end @ torch.tensor([8.0, 4, 2, 1])).long()
    found = index.bincount(minlength=16) / len(end)
    assert (found - shares).abs().max() < 0.03
    torch.testing.assert_close(rbm.gibbs(start[:1], 0, rng), start[:1])
    with pytest.raises(ValueError, match="0 steps or more"):
        rbm.gibbs(start, -1, rng)


def test_the_zoos_machine_prefers_digits():
    rbm = zoo.load("rbm-mnist")
    x = torch.cat([drawn(digit) for digit in range(10)]).flatten(1)
    shuffled = x[:, torch.randperm(784, generator=torch.Generator().manual_seed(0))]
    assert (rbm.free_energy(x) < rbm.free_energy(shuffled) - 50).all()
    assert math.isfinite(zoo.manifest()["rbm-mnist"]["metrics"]["negative_log_likelihood"])


def test_what_is_held_fast_stays_and_the_rest_moves():
    lab = Machine()
    assert lab.settings["clamp"] == "upper"
    for _ in range(5):
        lab.step()
    assert torch.equal(lab.v[:, :392], lab.start[:, :392])
    assert not torch.equal(lab.v[:, 392:], lab.start[:, 392:])
    last = lab.frame().values["energy"][1, -1].item()
    assert last == pytest.approx(lab.rbm.free_energy(lab.v).item(), rel=1e-5)
    lab.receive({"panel": "x", "kind": "sample", "value": 1})
    assert lab.steps == 0


def test_no_title_says_nan_when_the_code_has_run_away():
    lab = Variational()
    for p in lab.model.parameters():
        p.data.mul_(1e12)
    assert "nan" not in lab.frame().notes["titles"]["kl"].split()
