"""The formulas of the autoencoder labs, with the numbers of now."""

import torch

from labs.generative.autoencoders import (
    Bottleneck,
    Denoising,
    Machine,
    Numbers,
    Plane,
    Pretraining,
    Variational,
)
from labs.generative.autoencoders.denoising.cleaning import squared_errors
from labs.generative.autoencoders.kl import kl_to_standard_normal
from labs.generative.autoencoders.numbers.directions import split
from labs.generative.autoencoders.pretraining.view import NAMES
from labs.numerals import counted, listed, written


def bottleneck(lab: Bottleneck) -> list[tuple[str, str]]:
    """The squared error, and why a linear code is PCA's."""
    coder, pca = lab.coder, lab.data.pca
    _, train, test, angle = coder.history[-1]
    k = coder.size
    found = (
        f"The largest angle between both subspaces is {written(angle, '.2f')} degrees."
        if coder.linear
        else "With hidden layers the codes lie on a bent surface, which may be nearer."
    )
    return [
        (r"L = \frac1N \sum_n \tfrac12 \lVert x_n - D(E(x_n)) \rVert^2 "
         r"+ \lambda \lVert E(x_n) \rVert_1",
         f"λ = {lab.settings['sparse']:g}. After {counted(coder.count, 'step')} the squared error "
         f"of a digit is {written(train, '.2f')} in training, {written(test, '.2f')} in test. "
         f"{coder.trouble}"),
        (r"\min_{\operatorname{rank} W \le k} \frac1N \sum_n \lVert x_n - W x_n \rVert^2 "
         r"= \sum_{i > k} \lambda_i",
         f"With k = {k} no linear code has an error below {pca.error(k):.2f}; it keeps "
         f"{pca.kept(k):.1%} of the variance. {found}"),
    ]  # fmt: skip


def denoising(lab: Denoising) -> list[tuple[str, str]]:
    """The wide code, what it learned, and the errors of now."""
    settings, pictures, share, _ = lab.evidence()
    spoiled, cleaned = squared_errors(pictures[1:], pictures[:1]).tolist()
    return [
        (r"h = \max(0, W \tilde x + b), \quad \hat x = \sigma(W^{\top} h + c), \qquad "
         r"W \in \mathbb R^{1024 \times 784}",
         "The same weights lead into the code and, turned round, out of it."),
        (r"\min\; \mathbb E_{x}\, \mathbb E_{\tilde x \sim q(\tilde x \mid x)}\left["
         r"-\sum_i x_i \ln \hat x_i + (1 - x_i) \ln(1 - \hat x_i)\right]",
         "The input is spoiled, the target is not. For the twin the input is x itself, and a code "
         "this wide can copy it."),
        (r"\lVert \tilde x - x \rVert^2, \qquad \lVert \hat x - x \rVert^2",
         f"Now {written(spoiled, '.2f')} before, {written(cleaned, '.2f')} after "
         f"{counted(settings['times'], 'cleaning')}; the hole hides {share:.0%} of the ink."),
    ]  # fmt: skip


def plane(lab: Plane) -> list[tuple[str, str]]:
    """Encoder, decoder, and the line between two codes."""
    mean, log_variance = lab.net.encode(lab.seen)
    kl = kl_to_standard_normal(mean, log_variance).item()

    def places(v):
        return listed(v.tolist(), lambda x: written(x, ".3f"))

    return [
        (r"q(z \mid x) = \mathcal N\left(\mu(x), \operatorname{diag} \sigma^2(x)\right)",
         f"Your drawing: mean {places(mean[0])}, spread {places((log_variance[0] / 2).exp())}, "
         f"{kl:.2f} nats from the prior."),
        (r"z(t) = (1 - t)\, z_A + t\, z_B, \qquad x(t) = D(z(t))",
         f"From {places(lab.places[1])} to {places(lab.places[2])}; the hand is at "
         f"{places(lab.places[0])}."),
    ]  # fmt: skip


def numbers(lab: Numbers) -> list[tuple[str, str]]:
    """The plane through the code, and the walk."""
    directions = lab.directions
    middle, place = split(lab.z, directions)
    kl = kl_to_standard_normal(*lab.net.encode(lab.seen)).item()
    return [
        (r"z = m + U p, \qquad U^{\top} U = I, \quad U^{\top} m = 0",
         "The columns of U are the plane's two directions, m is what they do not touch. Now p = "
         f"{listed(place.tolist(), lambda v: written(v, '.3f'))} and |m| = "
         f"{written(middle.norm().item(), '.3f')}."),
        (r"q(z \mid x) = \mathcal N\left(\mu(x), \operatorname{diag} \sigma^2(x)\right)",
         f"Your drawing's code is the mean; it lies {kl:.2f} nats from the prior."),
        (r"z(t) = (1 - t)\, z_A + t\, z_B, \qquad x(t) = D(z(t))",
         f"A and B are {written((lab.ends[1] - lab.ends[0]).norm().item(), '.2f')} apart."),
    ]  # fmt: skip


def variational(lab: Variational) -> list[tuple[str, str]]:
    """The bound, the die, and the closed form of its second term."""
    _, reconstruction, kl, active = lab.history[-1]
    beta = lab.settings["beta"]
    with torch.no_grad():
        yours = kl_to_standard_normal(*lab.model.encode(lab.seen)).item()
    return [
        (r"-\mathrm{ELBO} = \mathbb E_{q(z \mid x)}\left[-\ln p(x \mid z)\right] "
         r"+ \beta\, \mathrm{KL}\left(q(z \mid x) \,\Vert\, p(z)\right)",
         f"On test pictures: {written(reconstruction, '.2f')} + {beta:.1f} · "
         f"{written(kl, '.2f')} nats; {counted(active, 'number')} of 20 active."),
        (r"z = \mu + \sigma \odot \varepsilon, \qquad \varepsilon \sim \mathcal N(0, I)",
         "The die ε is thrown outside of the net, so the gradient passes to μ and σ."),
        (r"\mathrm{KL} = \frac12 \sum_i \left(\mu_i^2 + \sigma_i^2 - 1 - \ln \sigma_i^2\right)",
         f"For your drawing {written(yours, '.3f')} nats."),
    ]  # fmt: skip


def machine(lab: Machine) -> list[tuple[str, str]]:
    """The energy, the free energy, and both conditional distributions."""
    v = lab.v
    return [
        (r"p(v, h) = \tfrac1Z\, e^{-E(v, h)}, \quad E = -a^{\top} v - b^{\top} h - v^{\top} W h",
         "784 pixels and 400 hidden units of 0 and 1, an edge between each pixel and each unit."),
        (r"F(v) = -a^{\top} v - \sum_j \ln\left(1 + e^{b_j + v^{\top} W_j}\right), "
         r"\quad p(v) = e^{-F(v)} / Z",
         f"Now F(v) = {written(lab.rbm.free_energy(v).item(), '.2f')} nats."),
        (r"p(h_j = 1 \mid v) = \sigma(b_j + v^{\top} W_j), \quad "
         r"p(v_i = 1 \mid h) = \sigma(a_i + W_i h)",
         f"The chain has taken {counted(lab.count, 'step')}."),
    ]  # fmt: skip


def pretraining(lab: Pretraining) -> list[tuple[str, str]]:
    """CD-1, the deep net, and what each step costs."""
    inputs, *units = lab.sizes
    names = " - ".join(str(n) for n in (inputs, *units, 10))
    spent = "; ".join(f"{name} {lab.spent(name) / 1e9:.2f}" for name in NAMES)
    return [
        (r"\Delta W = \eta \left(v\, h^{\top} - v'\, h'^{\top}\right), \qquad v \to h \to v' "
         r"\to h'",
         "CD-1: what the data say, minus what one step of the chain makes of them. "
         f"{counted(lab.settings['sweeps'], 'sweep')} over {len(lab.x):,} digits a layer."),
        (r"a_{l+1} = f(W_l^{\top} a_l + b_l)",
         f"A net of {names}. The stack's weights, or random ones, and then "
         f"{counted(len(lab.labelled[0]), 'label')} by gradient descent with momentum."),
        (r"c_{\mathrm{CD}} = 5\, n m, \qquad c_{\mathrm{step}} = 3 \sum_l n_l m_l - n_1 m_1",
         "Multiply-adds an example: CD-1 goes up, down and up again and takes two outer products; "
         "a step goes forwards, takes the weights' gradient, and goes backwards, but not into the "
         f"pixels. Spent so far, in billions: {spent}."),
    ]  # fmt: skip
