"""A table of rows becomes a real `nn.Sequential`, or a sentence at the row that cannot stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

from labs.models.initialise import with_memory
from labs.vision.architectures.design.layers import KINDS, Row, check
from labs.vision.architectures.shapes import Shapes
from labs.vision.architectures.survey import Survey, survey

MOST = 40  # rows
PARAMETERS = 5_000_000
CLASSES = 10
INPUT = (1, 1, 28, 28)


@dataclass(frozen=True)
class Design:
    """What came of a table: the network up to the faulty row, if there is one."""

    model: nn.Sequential  # on the meta device
    shapes: tuple[tuple[int, ...], ...]  # behind each row
    fault: str = ""  # one sentence
    row: int = -1  # the faulty row

    @property
    def survey(self) -> Survey:
        """The instruments of the lab on this network."""
        return survey(self.model.eval(), INPUT)

    @property
    def parameters(self) -> int:
        """Numbers that are learned."""
        return count(self.model)


def design(rows: Sequence[Row]) -> Design:
    """Return the network of the rows for digits (N, 1, 28, 28), or what is wrong with which row."""
    model, shapes, x = nn.Sequential(), [], torch.empty(INPUT, device="meta")
    if len(rows) > MOST:
        return Design(model, (), f"The table has {len(rows)} rows; up to {MOST} work.", MOST)
    for index, row in enumerate(rows):
        shape = tuple(x.shape)
        fault = check(row, shape)
        if not fault:
            with torch.device("meta"):
                layer = KINDS[row.kind](row, shape)
            try:
                with Shapes():
                    x = layer.eval()(x)
            except RuntimeError:
                fault = f"its window of {row.kernel} does not fit into a side of {shape[-1]}"
        if not fault and count(model) + count(layer) > PARAMETERS:
            fault = f"the network has more than {PARAMETERS:,} parameters"
        if fault:
            said = f"Row {index} ({row.kind[:20]}): {fault}."
            return Design(model, tuple(shapes), said, index)
        model.append(layer)
        shapes.append(tuple(x.shape))
    if tuple(x.shape) != (1, CLASSES):
        have = " × ".join(map(str, x.shape[1:]))
        said = f"The last row gives {have} numbers; a digit needs {CLASSES}: end with linear 10."
        return Design(model, tuple(shapes), said, len(rows) - 1)
    return Design(model, tuple(shapes))


def count(model: nn.Module) -> int:
    """Return how many numbers are learned."""
    return sum(p.numel() for p in model.parameters())


def build(rows: Sequence[Row], generator: torch.Generator) -> nn.Sequential:
    """Return the network of the rows with random weights, ready to learn.

    Raises ValueError with the sentence of the faulty row.
    """
    made = design(rows)
    if made.fault:
        raise ValueError(made.fault)
    return draw(with_memory(made.model), generator)


def draw(model: nn.Sequential, generator: torch.Generator) -> nn.Sequential:
    """Give the model random weights (He et al., 2015) and return it, ready to learn."""
    for module in model.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_normal_(module.weight, generator=generator)
            nn.init.zeros_(module.bias)
        elif hasattr(module, "reset_running_stats"):
            module.reset_parameters()
    return model.train()
