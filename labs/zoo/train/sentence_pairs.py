"""How nets that write are trained on pairs of sentences: settings, and batches of like length."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from labs.models.translation.pieces import END, PAD, START

CLIP = 1.0  # largest norm of the gradient
Numbers = tuple[list[int], list[int]]  # the pieces of a sentence and of its translation


@dataclass(frozen=True)
class Recipe:
    """How a net is trained by Adam: the rate rises, stays, and falls to 0 at the end."""

    steps: int
    seed: int
    warm_up: int = 400
    falling: float = 0.35  # share of the steps
    learning_rate: float = 2e-3
    dropout: float = 0.1
    smoothing: float = 0.1  # of the labels
    batch: int = 1250  # target pieces, with padding

    def rate(self, step: int) -> float:
        """Return the learning rate's factor at a step."""
        left = (self.steps - step) / (self.falling * self.steps)
        return max(0.0, min(1.0, (step + 1) / self.warm_up, left))


def batches(
    pairs: list[Numbers], size: int, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield source (N, S) and target (N, T), start and end included, in batches of like length."""
    blur = torch.rand(len(pairs), generator=generator).tolist()
    order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][1]), len(pairs[i][0]) + blur[i]))
    groups, group = [], []
    for i in order:
        if group and (len(group) + 1) * (len(pairs[i][1]) + 1) > size:
            groups.append(group)
            group = []
        group.append(i)
    groups.append(group)
    for at in torch.randperm(len(groups), generator=generator).tolist():
        source = [torch.tensor(pairs[i][0]) for i in groups[at]]
        target = [torch.tensor([START, *pairs[i][1], END]) for i in groups[at]]
        yield (
            pad_sequence(source, batch_first=True, padding_value=PAD),
            pad_sequence(target, batch_first=True, padding_value=PAD),
        )
