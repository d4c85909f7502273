"""One neuron large: several pictures from noise that excite it, and differ.

Without the wish to differ they show the one thing that excites the channel most; with it, the
other things too.  Olah, Mordvintsev & Schubert,
https://distill.pub/2017/feature-visualization/#diversity
"""

from functools import partial

import torch
from torch import Tensor

from labs.vision.dream.ascent import Ascent
from labs.vision.dream.network import Network
from labs.vision.dream.neurons import fires
from labs.vision.dream.objective import channel, diversity
from labs.vision.dream.parametrisation import noise
from labs.vision.dream.transforms import Transforms
from labs.vision.dream.visualise import visualise_steps

COUNT = 4
SIDE = 112  # pixels of each
STEPS = 64
RATE = 0.3  # of Adam; at 0.05 the pictures stay pale
MOVED = Ascent(transforms=Transforms(jitter=8, scale=0.1, rotation=8))


class Portrait:
    """COUNT pictures of one channel on their way up, (COUNT, 3, SIDE, SIDE) in [0, 1]."""

    def __init__(
        self, network: Network, layer: str, k: int, weight: float, *, sign: int = 1, seed: int = 0
    ) -> None:
        """weight: of the wish to differ.  sign: -1 for what makes the channel most negative."""
        generator = torch.Generator().manual_seed(seed)
        self.images: Tensor = noise(COUNT, SIDE, SIDE, generator=generator)
        self.count = 0
        self.dead = False  # whether it is 0 on all pictures when they are done
        wish = sign * channel(layer, k)
        if weight:
            wish = wish + weight * diversity(layer)
        self._fires = partial(fires, network, layer, k)
        self._ascent = visualise_steps(
            network, self.images, wish, MOVED,
            steps=STEPS, generator=generator, learning_rate=RATE,
        )  # fmt: skip

    @property
    def done(self) -> bool:
        """Whether all steps were taken."""
        return self.count == STEPS

    def step(self) -> None:
        """Take one ascent step of all pictures."""
        step = next(self._ascent)
        self.images = step.image
        self.count += 1
        self.dead = self.done and not self._fires([self.images])
