"""A table of rows as an address carries it, as the lines of an editor, and as PyTorch code."""

from collections.abc import Sequence

from labs.vision.architectures.design.layers import KINDS, LIMITS, USES, Residual, Row
from labs.vision.architectures.design.network import design

EXAMPLE = (
    Row("conv", 12, 5, 1), Row("batch norm"), Row("relu"), Row("max pool", 0, 2, 2),
    Row("conv", 24, 3, 1), Row("relu"), Row("residual"), Row("max pool", 0, 2, 2),
    Row("flatten"), Row("linear", 10),
)  # fmt: skip


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
