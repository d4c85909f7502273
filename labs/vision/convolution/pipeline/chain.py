"""The visitor's own stages: taken in, out and turned into others one at a time."""

from collections.abc import Mapping

from labs.vision.convolution.pipeline import plan
from labs.vision.convolution.pipeline.stages import Stage
from labs.vision.convolution.received import edited

ADDED = "binomial"  # what a new stage is at first


class Chain:
    """Steps in a row; `at` counts from 0."""

    def __init__(self) -> None:
        self.steps = plan.parse(plan.EXAMPLE)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def stages(self) -> list[tuple[str, Stage]]:
        """The stages, named."""
        return [(one.title, one.stage) for one in self.steps]

    @property
    def text(self) -> str:
        """The stages as an address carries them; empty for the example."""
        text = plan.to_text(self.steps)
        return "" if text == plan.EXAMPLE else text

    def read(self, text: str) -> None:
        """Take the stages of an address.  Raises ValueError in one sentence."""
        self.steps = plan.parse(text)

    def change(self, at: int, word: str) -> None:
        """Make a stage another one; "yours" leaves it."""
        if word != "yours" and 0 <= at < len(self):
            self.steps[at] = plan.step(word)

    def add(self, at: int) -> None:
        """Put a new stage there.  Raises ValueError when the row is full."""
        if len(self) >= plan.MOST:
            raise ValueError(f"Up to {plan.MOST} stages stand in a row.")
        self.steps.insert(at, plan.step(ADDED))

    def remove(self, at: int) -> None:
        """Take a stage out of the row."""
        if 0 <= at < len(self):
            del self.steps[at]

    def edit(self, at: int, event: Mapping) -> None:
        """Change one number of a stage's kernel.  Raises ValueError in one sentence."""
        kernel = self.steps[at].kernel if 0 <= at < len(self) else None
        if kernel is None:
            raise ValueError("Choose a convolution of your own to edit its kernel.")
        self.steps[at] = plan.Step("yours", edited(kernel, event))
