"""Is structure worth it?  The same digit read by four networks, and again with shuffled pixels.

A dense layer cannot tell a shuffled picture from another: shuffle its weights alike and it computes
the same sums, so softmax regression and the dense net lose nothing, exactly.  A convolution bets
that neighbours belong together, and shuffling takes its advantage away.
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from labs import zoo
from labs.data.distortions import Distortion, distort
from labs.data.shuffle import order, shuffle

NAMES = ("softmax", "dense", "lenet")
CHECKPOINTS = {"softmax": "softmax-mnist", "dense": "dense-mnist", "lenet": "lenet-mnist-plain"}
COPIES = 24  # distorted digits shown


@torch.no_grad()
def read(seen: Tensor) -> dict[str, Tensor]:
    """Return probabilities (10,) by reader, for seen: (28, 28), straight and `<name>_shuffled`."""
    x, scrambled = seen[None, None], shuffle(seen)[None, None]
    said = {name: zoo.load(checkpoint)(x) for name, checkpoint in CHECKPOINTS.items()}
    said |= {
        "softmax_shuffled": shuffled_weights("softmax-mnist", "fc")(scrambled),
        "dense_shuffled": shuffled_weights("dense-mnist", "fc1")(scrambled),
        "lenet_shuffled": zoo.load("lenet-mnist-shuffled")(scrambled),
    }
    return {name: logits[0].softmax(0) for name, logits in said.items()}


_shuffled: dict[str, nn.Module] = {}


def shuffled_weights(name: str, first: str) -> nn.Module:
    """Return the dense net `name` for shuffled pixels: the columns of its first layer moved along.

    Training on shuffled pixels from weights shuffled alike gives exactly this network.
    """
    if name not in _shuffled:
        model = type(zoo.load(name))()
        state = dict(zoo.load(name).state_dict())
        state[f"{first}.weight"] = state[f"{first}.weight"][:, order()]
        model.load_state_dict(state)
        _shuffled[name] = model.eval().requires_grad_(False)
    return _shuffled[name]


@torch.no_grad()
def distorted(
    seen: Tensor, strength: float, models: Mapping[str, nn.Module], generator: torch.Generator
) -> tuple[Tensor, dict[str, Tensor]]:
    """Return `COPIES` distorted digits (N, 28, 28) and each model's classes (N,) for them."""
    x = seen.repeat(COPIES, 1, 1, 1)
    x = distort(x, Distortion().times(strength), generator=generator)
    return x[:, 0], {name: model(x).argmax(1) for name, model in models.items()}
