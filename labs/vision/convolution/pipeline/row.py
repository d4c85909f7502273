"""Stages in a row over one picture, and one unit of one of them under the pointer."""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from labs.vision.convolution.pipeline.stages import Stage, reach


@dataclass(frozen=True, eq=False)
class Row:
    """What every stage made of the picture, and the unit that is looked at."""

    named: Sequence[tuple[str, Stage]]
    made: Sequence[Tensor]  # the picture and every stage's maps, (1, C, h, w), to the first fault
    fault: str  # why it ended early, or ""
    net: str  # whose stages they are: "yours", or LeNet's
    drawn: bool  # whether the picture is a drawing's ink, not a photograph's light
    at: int  # the stage that is looked at; 0 is the picture
    unit: int  # its map
    cell: tuple[int, int]  # and the unit there

    @property
    def stages(self) -> list[Stage]:
        """The stages without their names."""
        return [stage for _, stage in self.named]

    @property
    def sees(self) -> int:
        """How many pixels of the picture, along a side, the unit sees."""
        return reach(self.stages, self.at)

    @property
    def conv(self) -> int:
        """The number of the last convolution up to the stage; 0 if there is none."""
        kinds = [stage.kind for stage in self.stages[: self.at]]
        return max((k for k, kind in enumerate(kinds, 1) if kind == "conv"), default=0)

    @property
    def titles(self) -> list[tuple[str, int]]:
        """Each stage's name and how many maps it makes, the picture first."""
        counts = [y.shape[1] for y in self.made] + [1] * len(self.named)
        names = ["picture", *(f"{k} {name}" for k, (name, _) in enumerate(self.named, 1))]
        return list(zip(names, counts, strict=False))
