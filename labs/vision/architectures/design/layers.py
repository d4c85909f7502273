"""The rows of a designer's table, and the layer that each of them makes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from torch import Tensor, nn

LIMITS = {"width": (1, 1024), "kernel": (1, 11), "stride": (1, 8)}


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
