"""Initial weights from a generator of one's own; torch's layers draw from the seed of everybody."""

import math
from collections.abc import Callable

import torch
from torch import nn


@torch.no_grad()
def initialise(model: nn.Module, generator: torch.Generator) -> nn.Module:
    """Return the model with torch's usual initial weights, drawn from `generator`.

    Uniform within 1 / sqrt(inputs of a unit), in recurrent layers of its hidden units; an
    embedding is normal.
    """
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            bound = 1 / math.sqrt(layer.weight[0].numel())
            layer.weight.uniform_(-bound, bound, generator=generator)
            layer.bias.uniform_(-bound, bound, generator=generator)
        elif isinstance(layer, nn.RNNBase):
            bound = 1 / math.sqrt(layer.hidden_size)
            for p in layer.parameters():
                p.uniform_(-bound, bound, generator=generator)
        elif isinstance(layer, nn.Embedding):
            layer.weight.normal_(generator=generator)
    return model


def untrained(make: Callable[[], nn.Module], generator: torch.Generator) -> nn.Module:
    """Return `make()` with torch's usual initial weights, drawn from `generator`."""
    with torch.device("meta"):  # without weights: torch would draw them from the global seed
        shell = make()
    return initialise(with_memory(shell), generator)


def with_memory(shell: nn.Module) -> nn.Module:
    """Return a model that was made on the meta device with tensors whose numbers are yet to be set.

    As `to_empty` does, which imports sympy for it: half a second for the first who asks.
    """
    state = {name: torch.empty(x.shape, dtype=x.dtype) for name, x in shell.state_dict().items()}
    shell.load_state_dict(state, assign=True)
    return shell
