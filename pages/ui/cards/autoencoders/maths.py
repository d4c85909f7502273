"""The formulas of the autoencoder labs, with the numbers of now."""

from labs.generative.autoencoders import Bottleneck, Plane
from labs.generative.autoencoders.kl import kl_to_standard_normal
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
        (r"L = \frac1N \sum_n \lVert x_n - D(E(x_n)) \rVert^2",
         f"After {counted(coder.count, 'step')}: {written(train, '.2f')} in training, "
         f"{written(test, '.2f')} in test. {coder.trouble}"),
        (r"\min_{\operatorname{rank} W \le k} \frac1N \sum_n \lVert x_n - W x_n \rVert^2 "
         r"= \sum_{i > k} \lambda_i",
         f"With k = {k} no linear code has an error below {pca.error(k):.2f}; it keeps "
         f"{pca.kept(k):.1%} of the variance. {found}"),
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
