"""What the bottleneck asks a visitor to try, and how it knows that it was done."""

from labs.generative.autoencoders.bottleneck.net import Coder
from labs.generative.autoencoders.pca import Components
from labs.live.challenges import Challenge

NEAR = 1.01  # of PCA's error
PARALLEL = 5.0  # degrees


def _found(s: dict, coder: Coder, pca: Components) -> bool:
    _, train, _, angle = coder.history[-1]
    near = coder.linear and coder.size >= 4 and angle < PARALLEL
    whole = _mean_error(coder) if near else train
    return near and whole <= NEAR * pca.error(coder.size)


def _mean_error(coder: Coder) -> float:
    """The squared error of a digit, over all that it learns."""
    return (coder(coder.x)[1] - coder.x).square().sum(0).mean().item()


def _bent(s: dict, coder: Coder, pca: Components) -> bool:
    _, train, _, _ = coder.history[-1]
    return not coder.linear and coder.size <= 3 and train < 0.9 * pca.error(coder.size)


CHALLENGES = (
    Challenge("pca", "Let a linear code of four numbers or more find the principal components: "
              "error within 1 % of theirs, no angle above 5 degrees.",
              "Press play and wait; a larger code takes longer.", _found),
    Challenge("bent", "With three numbers or fewer, have a training error 10 % below the best that "
              "a linear code can do.",
              "Hidden layers bend the plane of codes along the digits.", _bent),
)  # fmt: skip
