"""Window times kernel, number by number, for the stage's `arithmetic` panel."""

from collections.abc import Sequence

from torch import Tensor

from labs.live import Frame


def number_text(value: float) -> str:
    """Return value with three decimals and a true minus sign."""
    return f"{value:.3f}".replace("-0.000", "0.000").replace("-", "−")


def explain(
    frame: Frame,
    panel: str,
    patch: Tensor,
    kernel: Tensor,
    *,
    title: str,
    text: str,
    total: str,
    parts: Sequence[str] = ("window",),
    map: str = "signed",
) -> None:
    """Give `panel` patch times kernel, both (C, m, n), one part for each of the C.

    total: the closing line.  map: the colours of the patch: signed, or ink or grey for [0, 1].
    """
    frame.values |= {
        f"{panel}.patch": patch,
        f"{panel}.kernel": kernel,
        f"{panel}.product": patch * kernel,
    }
    frame.notes[panel] = {
        "form": "product", "title": title, "text": text, "sum": total, "labels": [],
        "parts": list(parts), "winner": 0, "ink": map != "signed",
        "map": map,
    }  # fmt: skip
