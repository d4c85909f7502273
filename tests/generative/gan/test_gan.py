"""Losses, the gradient penalty, half-steps against torch's, measures, situations, forged digits."""

import math

import pytest
import torch
from PIL import Image
from skimage.feature import hog
from sklearn.linear_model import LogisticRegression
from torch import nn

from labs import zoo
from labs.data import doodles
from labs.drawing.doodle import as_doodle
from labs.generative.gan import Digits, Gan
from labs.generative.gan.duel import Duel, Rules, Shape
from labs.generative.gan.losses import LOSSES
from labs.generative.gan.measures import covered, histogram, js_divergence, kl_divergence
from labs.generative.gan.penalty import gradient_penalty
from labs.generative.gan.plane.situations import SITUATIONS
from labs.generative.gan.target import TARGETS, around, of_ink
from labs.models.digit_gan import DOODLES


@pytest.mark.parametrize("name", LOSSES)
def test_slopes_are_those_of_the_losses(name, rng):
    loss = LOSSES[name]
    real, fake = (
        (3 * torch.randn(50, generator=rng)).requires_grad_(),
        (3 * torch.randn(50, generator=rng)).requires_grad_(),
    )
    to_real, to_fake = torch.autograd.grad(loss.discriminator(real, fake), [real, fake])
    torch.testing.assert_close(loss.real_slope(real) / 50, to_real)
    torch.testing.assert_close(loss.fake_slope(fake) / 50, to_fake)
    (to_generator,) = torch.autograd.grad(loss.generator(fake), fake)
    torch.testing.assert_close(loss.generator_slope(fake) / 50, to_generator)


def test_the_best_discriminator_of_two_gaussians(rng):
    """Its logit is ln p - ln q, and its loss 2 ln 2 - 2 JS; between N(-1, 1), N(1, 1): -2x."""
    x, y = torch.randn(2, 200_000, generator=rng)
    loss = LOSSES["minimax"]
    real, fake = x - 1, y + 1
    best = loss.discriminator(-2 * real, -2 * fake).item()
    for other in (-1.8, -2.2):
        assert loss.discriminator(other * real, other * fake).item() > best
    grid = torch.linspace(-9, 9, 4001)
    p, q = (torch.exp(-0.5 * (grid - m) ** 2) for m in (-1, 1))
    js = js_divergence(p / p.sum(), q / q.sum())
    assert best == pytest.approx(2 * math.log(2) - 2 * js, abs=5e-3)


def test_the_penalty_of_a_linear_and_of_a_quadratic_discriminator(rng):
    real, fake = torch.randn(2, 64, 5, generator=rng)
    w = torch.randn(5, generator=rng)
    got = gradient_penalty(lambda x: x @ w, real, fake, rng)
    torch.testing.assert_close(got, (w.norm() - 1) ** 2)
    a = torch.tensor(0.7, requires_grad=True)
    same = torch.ones(3, 5)  # so that what lies between is known
    penalty = gradient_penalty(lambda x: a * x.square().sum(1, keepdim=True), same, same, rng)
    torch.testing.assert_close(penalty, (2 * a * 5**0.5 - 1) ** 2)
    torch.testing.assert_close(
        torch.autograd.grad(penalty, a)[0], 2 * (2 * a * 5**0.5 - 1) * 2 * 5**0.5
    )
    with pytest.raises(ValueError, match="as many"):
        gradient_penalty(lambda x: x @ w, real, fake[1:], rng)


def modules(net) -> nn.Sequential:
    """Return torch's own modules with the numbers of a dense net of tanh."""
    layers = []
    for i, w in enumerate(net.weights):
        layer = nn.Linear(w.shape[1] - 1, w.shape[0])
        layer.weight.data, layer.bias.data = w[:, 1:].clone(), w[:, 0].clone()
        layers += [layer, nn.Tanh()] if i < len(net.weights) - 1 else [layer]
    return nn.Sequential(*layers)


@pytest.mark.parametrize("penalty", [0.0, 2.0])
@pytest.mark.parametrize("name", LOSSES)
def test_half_steps_are_torchs(name, penalty):
    duel = Duel(Shape(8, 6, 2, "tanh", 4), ("Adam", "Adam"))
    G, D = modules(duel.generator), modules(duel.discriminator)
    to = [torch.optim.Adam(m.parameters(), 0.01, betas=(0.5, 0.99)) for m in (G, D)]
    random = torch.Generator()
    random.set_state(duel.random.get_state())
    rules, loss = Rules(name, 0.01, 0.01, penalty=penalty), LOSSES[name]
    real = TARGETS["ring"].draw(32, torch.Generator().manual_seed(2))
    for _ in range(3):
        duel.discriminator_step(real, rules)
        duel.generator_step(32, rules)
        z = 2 * torch.rand(2, 32, generator=random).T - 1
        fake = G(z).detach()
        cost = loss.discriminator(D(real.T)[:, 0], D(fake)[:, 0])
        if penalty:
            cost = cost + penalty * gradient_penalty(D, real.T, fake, random)
        to[1].zero_grad()
        cost.backward()
        to[1].step()
        cost = loss.generator(D(G(2 * torch.rand(2, 32, generator=random).T - 1))[:, 0])
        to[0].zero_grad()
        cost.backward()
        to[0].step()
    for mine, theirs in ((duel.generator, G), (duel.discriminator, D)):
        for w, layer in zip(mine.weights, list(theirs)[::2], strict=True):
            torch.testing.assert_close(w[:, 1:], layer.weight.data, atol=2e-4, rtol=1e-3)


def test_the_push_is_minus_the_slope(rng):
    duel = Duel(Shape(8, 6, 2, "tanh", 4), ("Adam", "Adam"))
    D, x = modules(duel.discriminator), torch.randn(20, 2, generator=rng).requires_grad_()
    (slope,) = torch.autograd.grad(20 * LOSSES["non-saturating"].generator(D(x)[:, 0]), x)
    torch.testing.assert_close(duel.push(x.detach().T, "non-saturating").T, -slope)


def test_divergences_and_modes(rng):
    p, q = torch.rand(2, 64, generator=rng)
    p, q = p / p.sum(), q / q.sum()
    assert js_divergence(p, p) == 0
    assert kl_divergence(p, p) == pytest.approx(0, abs=1e-6)
    apart = torch.zeros(64)
    apart[0] = 1
    assert js_divergence(apart, apart.flip(0)) == pytest.approx(math.log(2))
    assert js_divergence(p, q) == pytest.approx(js_divergence(q, p))
    points = TARGETS["8 Gaussians"].draw(2000, rng)
    assert covered(points, around(8), 0.04).all()
    one = around(8)[:, :1] + 0.02 * torch.randn(2, 500, generator=rng)
    assert covered(one, around(8), 0.04).tolist() == [True] + 7 * [False]
    assert histogram(points).sum() == pytest.approx(1)


def test_a_drawing_is_thrown_from_its_ink(rng):
    picture = Image.new("L", (256, 256))
    assert of_ink(picture) is None
    picture.paste(255, (0, 0, 64, 32))  # the upper left corner
    x = of_ink(picture).draw(500, rng)
    assert (x[0] < -0.4).all()
    assert (x[1] > 0.6).all()


@pytest.mark.parametrize(
    ("key", "steps", "seen"),
    [("works", 700, "well"), ("collapse", 320, "mode collapse"),
     ("vanishing", 320, "vanishing gradient")],
)  # fmt: skip
def test_situations_show_what_they_name(key, steps, seen):
    lab = Gan()
    lab.receive({"setting": f"situation_{key}"})
    for _ in range(steps):
        lab.step()
    assert lab.diagnosis[0] == seen, lab.recent[-1]
    assert set(SITUATIONS[key].settings) <= set(lab.settings)


def test_one_net_moves_at_a_time():
    lab = Gan()
    lab.receive({"setting": "pace", "value": "one"})
    lab.receive({"setting": "turns", "value": 2})
    movers = []
    for _ in range(6):
        g, d = lab.duel.generator.theta.clone(), lab.duel.discriminator.theta.clone()
        lab.step()
        assert torch.equal(g, lab.duel.generator.theta) == (lab.mover == "discriminator")
        assert torch.equal(d, lab.duel.discriminator.theta) == (lab.mover == "generator")
        movers.append(lab.mover[0])
    assert "".join(movers) == "ddgddg"


def test_the_script_plays(printed):
    lab = Gan()
    for name, value in {"loss": "hinge", "penalty": 1, "clip": 0.9, "noise": 0.1}.items():
        lab.receive({"setting": name, "value": value})
    for _ in range(5):
        lab.step()
    assert printed(lab.script()).splitlines()[-1].startswith("modes covered")
    lab.receive({"setting": "pace", "value": "one"})
    assert "for step in range(2):" in lab.script()  # rounds of two steps each


def test_fakes_are_of_the_class_that_was_asked_for():
    gan = zoo.load("gan-digits")
    classes = torch.arange(1000) % 10
    z = torch.randn(1000, gan.latent, generator=torch.Generator().manual_seed(3))
    x = gan(z, classes)
    assert x.shape == (1000, 1, 28, 28)
    assert 0 <= x.min() <= x.max() <= 1
    read = zoo.load("lenet-mnist")(x).argmax(1)
    assert (read == classes).float().mean() >= 0.9
    assert x[classes == 3].std(0).mean() > 0.1  # not one 3 again and again


def test_steps_make_a_drawing_more_real():
    lab = Digits()
    before = lab.evidence()[1]
    for _ in range(3):
        lab.receive({"setting": "better"})
    first, now, steps, own = lab.evidence()
    assert first == before < now
    assert (steps, own) == (3, False)
    lab.receive({"setting": "back"})
    assert lab.evidence()[1] == before
    lab.receive({"panel": "lineup", "kind": "click", "unit": 0, "row": 0, "col": 0})
    assert lab.frame().notes["words"]["lineup"][0]["text"].startswith("That")


def test_doodles_are_forged_and_judged_as_doodles():
    lab = Digits()
    frame = lab.frame()
    assert frame.notes["hidden"] == ["kind"]
    lab.receive({"setting": "net", "value": "doodles"})
    frame = lab.frame()
    assert frame.notes["hidden"] == ["digit", "samples"]  # which are of digits
    assert frame.notes["labels"]["judge"] == list(DOODLES)
    assert frame.notes["chosen"]["judge"] == DOODLES.index("sailboat")
    assert "as a sailboat" in frame.notes["titles"]["judge"]
    assert "LeNet" not in frame.notes["titles"]["picture"]
    boat = lab.seen
    lab.receive({"setting": "kind", "value": "house"})
    assert not lab.seen.equal(boat)  # another example
    logits = lab.opinion[2]
    assert logits[lab.kind] > logits.median()
    points = [[50, 50], [120, 60], [200, 180]]
    lab.receive({"panel": "x", "kind": "stroke", "begin": True, "width": 30, "points": points})
    mine = lab.seen
    lab.receive({"setting": "kind", "value": "apple"})
    assert lab.seen.equal(mine)  # what a visitor drew stays
    assert "as an apple" in lab.frame().notes["titles"]["judge"]


def test_forged_doodles_are_taken_for_what_was_asked_for():
    """By logistic regression on histograms of gradients of the doodles that ship."""

    def features(pictures):
        return [
            hog(p, pixels_per_cell=(7, 7), cells_per_block=(2, 2)) for p in pictures[:, 0].numpy()
        ]

    data = doodles.held_out()
    names = [doodles.CLASSES[label] for label in data.labels]
    known = [i for i, name in enumerate(names) if name in DOODLES]
    drawn = torch.cat([as_doodle(data.strokes(i)) for i in known])
    reader = LogisticRegression(max_iter=500).fit(
        features(drawn), [DOODLES.index(names[i]) for i in known]
    )
    gan = zoo.load("gan-doodles")
    classes = torch.arange(500) % 10
    z = torch.randn(500, gan.latent, generator=torch.Generator().manual_seed(3))
    x = gan(z, classes)
    assert x.shape == (500, 1, 28, 28)
    assert 0 <= x.min() <= x.max() <= 1
    assert reader.score(features(x), classes.numpy()) > 0.7
    assert zoo.manifest()["gan-doodles"]["metrics"]["read_as_asked"] >= 0.9
