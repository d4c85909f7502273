"""What a dream is at: the values that its step, its frame, its formulas and its challenges read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from labs.live.controls import Value
from labs.vision.dream.ascent import Ascent, Pull, octave_sizes
from labs.vision.dream.controls import ascent
from labs.vision.dream.past import Past
from labs.vision.dream.wishes import Wishes


@dataclass(frozen=True)
class Scene:
    """A dream between two steps."""

    wishes: Wishes
    past: Past
    first: Tensor  # (1, 3, H, W) in [0, 1]: the picture that the dream began with
    count: int  # of steps since
    pulls: Sequence[Pull]  # of the last step: the wish, and the one outside the mask
    mask: Tensor | None  # where the picture may change: (256, 256) in [0, 1]; None: everywhere
    silence: str  # a sentence, where a wish gave no gradient

    @property
    def settings(self) -> Mapping[str, Value]:
        """The dream's settings."""
        return self.wishes.settings

    @property
    def how(self) -> Ascent:
        """The settings of the ascent."""
        return ascent(self.settings)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """The size (height, width) of each octave, the smallest first."""
        return octave_sizes(self.first.shape[-2:], self.how)

    @property
    def octave(self) -> int:
        """The octave of the next step, from 0, the smallest."""
        return self.count // self.how.steps % len(self.sizes)
