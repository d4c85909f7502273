"""Your own network: a table of layers becomes a real `nn.Sequential`, or a sentence at its row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor, nn

from labs.vision.architectures.shapes import Shapes
from labs.vision.architectures.survey import Survey, survey

MOST = 40  # rows
PARAMETERS = 5_000_000
LIMITS = {"width": (1, 1024), "kernel": (1, 11), "stride": (1, 8)}
CLASSES = 10
INPUT = (1, 1, 28, 28)


@dataclass(frozen=True)
class Row:
    """One line of the table; what a layer does not need is left aside."""

    kind: str
    width: int = 16  # maps or units
    kernel: int = 3
    stride: int = 1


class Residual(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut: (N, C, H, W) to the same."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return (x + self.body(x)).relu()


def _conv(row: Row, shape: Sequence[int]) -> nn.Module:
    return nn.Conv2d(shape[1], row.width, row.kernel, row.stride, padding=row.kernel // 2)


def _linear(row: Row, shape: Sequence[int]) -> nn.Module:
    return nn.Linear(shape[-1], row.width)


def _norm(_row: Row, shape: Sequence[int]) -> nn.Module:
    return nn.BatchNorm2d(shape[1]) if len(shape) == 4 else nn.BatchNorm1d(shape[1])


def _pool(row: Row, _shape: Sequence[int]) -> nn.Module:
    return nn.MaxPool2d(row.kernel, max(row.stride, 1))


Maker = Callable[[Row, Sequence[int]], nn.Module]
KINDS: Mapping[str, Maker] = MappingProxyType(
    {
        "conv": _conv,
        "max pool": _pool,
        "average pool": lambda row, _: nn.AvgPool2d(row.kernel, row.stride),
        "global average": lambda row, _: nn.AdaptiveAvgPool2d(1),
        "batch norm": _norm,
        "relu": lambda row, _: nn.ReLU(),
        "gelu": lambda row, _: nn.GELU(),
        "tanh": lambda row, _: nn.Tanh(),
        "dropout": lambda row, _: nn.Dropout(0.5),
        "residual": lambda row, shape: Residual(shape[1]),
        "flatten": lambda row, _: nn.Flatten(),
        "linear": _linear,
    }
)
USES: Mapping[str, tuple[str, ...]] = MappingProxyType(  # the columns that a layer reads
    {"conv": ("width", "kernel", "stride"), "linear": ("width",)}
    | dict.fromkeys(("max pool", "average pool"), ("kernel", "stride"))
)
MAPS_ONLY = ("conv", "max pool", "average pool", "global average", "residual")
EXAMPLE = (
    Row("conv", 12, 5, 1), Row("batch norm"), Row("relu"), Row("max pool", 0, 2, 2),
    Row("conv", 24, 3, 1), Row("relu"), Row("residual"), Row("max pool", 0, 2, 2),
    Row("flatten"), Row("linear", 10),
)  # fmt: skip


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
        """Numbers that are learnt."""
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
    """Return how many numbers are learnt."""
    return sum(p.numel() for p in model.parameters())


def check(row: Row, shape: Sequence[int]) -> str:
    """Return why a row cannot stand behind an output of `shape`; empty if it can."""
    if row.kind not in KINDS:
        return f"there is no such layer; there are {', '.join(KINDS)}"
    if row.kind in MAPS_ONLY and len(shape) != 4:
        return f"it needs maps, and the row above gives a line of {shape[-1]} numbers"
    if row.kind == "linear" and len(shape) == 4:
        return f"it needs a line of numbers, and the row above gives {shape[1]} maps: flatten first"
    for name in USES.get(row.kind, ()):
        low, high = LIMITS[name]
        if not low <= getattr(row, name) <= high:
            return f"its {name} is {getattr(row, name)}, and lies between {low} and {high}"
    return ""


def build(rows: Sequence[Row], generator: torch.Generator) -> nn.Sequential:
    """Return the network of the rows with random weights (He et al., 2015), ready to learn.

    Raises ValueError with the sentence of the faulty row.
    """
    made = design(rows)
    if made.fault:
        raise ValueError(made.fault)
    model = made.model.to_empty(device="cpu")
    for module in model.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_normal_(module.weight, generator=generator)
            nn.init.zeros_(module.bias)
        elif hasattr(module, "reset_running_stats"):
            module.reset_parameters()
    return model.train()


def code(rows: Sequence[Row]) -> str:
    """Return the network as PyTorch code, one layer a line with the shape behind it."""
    made = design(rows)
    lines = []
    for layer, shape in zip(made.model, made.shapes, strict=True):
        said = str(layer) if not isinstance(layer, Residual) else f"Residual({shape[1]})"
        text = " × ".join(map(str, shape[1:]))
        lines.append(f"    {'' if isinstance(layer, Residual) else 'nn.'}{said},  # {text}")
    return "model = nn.Sequential(  # digits (N, 1, 28, 28)\n" + "\n".join(lines) + "\n)\n"


def to_text(rows: Sequence[Row]) -> str:
    """Return the rows as an address carries them: `conv.12.5.1_relu.16.3.1`."""
    return "_".join(
        f"{row.kind.replace(' ', '-')}.{row.width}.{row.kernel}.{row.stride}" for row in rows
    )


def from_text(text: str) -> tuple[Row, ...]:
    """Return the rows that an address gives.  Raises ValueError in one sentence."""
    fault = "The link's table of layers cannot be read; the example is shown."
    rows = []
    for part in text[:2000].split("_"):
        kind, *numbers = part.split(".")
        kind = kind.replace("-", " ")
        digits = len(numbers) == 3 and all(n.isascii() and n.isdigit() for n in numbers)
        if kind not in KINDS or not digits:
            raise ValueError(fault)
        rows.append(Row(kind, *(min(int(n[:6]), 99_999) for n in numbers)))
    return tuple(rows)


def opened(text: str | None) -> list[tuple[str | int | None, ...]]:
    """Return the lines of the table that an address gives, or of the example; None in a cell that
    its layer does not read.
    """
    try:
        rows = EXAMPLE if text is None else from_text(text)
    except ValueError:
        rows = EXAMPLE
    return [
        (row.kind, *(getattr(row, name) if name in USES.get(row.kind, ()) else None
                     for name in LIMITS))
        for row in rows
    ]  # fmt: skip
