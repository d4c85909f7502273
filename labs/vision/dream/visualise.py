"""Feature visualisation: from noise to what a neuron looks for, in Fourier space.

Olah, Mordvintsev & Schubert, "Feature Visualization", https://distill.pub/2017/feature-visualization/
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from labs.vision.dream.ascent import Ascent, Step
from labs.vision.dream.network import Network
from labs.vision.dream.objective import Objective
from labs.vision.dream.parametrisation import fourier


def visualise_steps(
    network: Network,
    start: Tensor,
    objective: Objective,
    how: Ascent,
    *,
    steps: int,
    generator: torch.Generator,
    learning_rate: float = 0.05,
) -> Iterator[Step]:
    """Yield steps of feature visualisation: from noise, in Fourier space, by Adam.

    start: (N, 3, H, W) in [0, 1].  This is the recipe for "what does this neuron look for?"; a
    dream on a photograph is `ascend_steps`.
    """
    canvas = fourier(start)
    optimizer = torch.optim.Adam([canvas.parameters], lr=learning_rate)
    for number in range(1, steps + 1):
        with torch.enable_grad():
            x = canvas.render()
            value = objective(network(how.transforms(x, generator), objective.layers))
            (gradient,) = torch.autograd.grad(value, x, retain_graph=True)
            (canvas.parameters.grad,) = torch.autograd.grad(x, canvas.parameters, -gradient)
        optimizer.step()
        # detached, not under no_grad: a generator that waits would leave that on for its caller
        yield Step(number, 0, canvas.render().detach(), gradient, value.item())
