"""The stages that a visitor puts in a row, as an address carries them: `sobel_x-relu-max2`."""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from labs.vision.convolution import kernels
from labs.vision.convolution.kernels import read, written
from labs.vision.convolution.pipeline.stages import Stage, conv, pool

MOST = 8  # stages
POOLS = {f"{kind}{size}": (kind, size) for kind in ("max", "average") for size in (2, 3, 4)}
EXAMPLE = "sobel_x-relu-max2-edge3-relu-max2"
TITLES = {"max": "max pool", "average": "average pool"}


@dataclass(frozen=True, eq=False)
class Step:
    """One stage as the visitor chose it: a word, and for a kernel of their own its numbers."""

    word: str
    kernel: Tensor | None = None  # (m, m), of a convolution

    @property
    def title(self) -> str:
        """Its name in words."""
        if self.word in POOLS:
            kind, size = POOLS[self.word]
            return f"{TITLES[kind]} {size} × {size}"
        return "ReLU" if self.word == "relu" else f"conv {self.word.replace('_', ' ')}"

    @property
    def stage(self) -> Stage:
        """What is carried out."""
        if self.kernel is not None:
            return conv(self.kernel[None, None])
        return pool(*POOLS[self.word]) if self.word in POOLS else Stage("relu")

    @property
    def text(self) -> str:
        """Itself in an address."""
        if self.word == "yours" and self.kernel is not None:
            return f"yours:{written(self.kernel).replace('-', 'm')}"
        return self.word


def step(word: str) -> Step:
    """Return the stage of that word: a kernel's name, relu, max2, average3, ...

    Raises ValueError for another word.
    """
    if word in kernels.NAMES:
        return Step(word, kernels.preset(word, kernels.Shape(size=3)))
    if word in POOLS or word == "relu":
        return Step(word)
    raise ValueError("A stage is a kernel's name, relu, or a pool such as max2.")


def parse(text: object) -> list[Step]:
    """Return the stages of an address.  Raises ValueError in one sentence."""
    fault = "The link's stages cannot be read; the example is shown."
    if not isinstance(text, str) or len(text) > 3000:
        raise ValueError(fault)
    steps = []
    for word in filter(None, text.split("-")):
        name, _, numbers = word.partition(":")
        try:
            own = Step("yours", read(numbers.replace("m", "-"))) if name == "yours" else None
            steps.append(own or step(name))
        except ValueError:
            raise ValueError(fault) from None
    if len(steps) > MOST:
        raise ValueError(fault)
    return steps


def stages(steps: Sequence[Step]) -> list[tuple[str, Stage]]:
    """Return what is carried out, each stage with its name."""
    return [(one.title, one.stage) for one in steps]


def to_text(steps: Sequence[Step]) -> str:
    """Return the stages as an address carries them."""
    return "-".join(one.text for one in steps)
