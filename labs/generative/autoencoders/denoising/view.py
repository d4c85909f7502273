"""What there is to see of noise on a drawing, and of what two nets make of it."""

from collections.abc import Sequence

import torch
from torch import Tensor

from labs.generative.autoencoders.denoising.cleaning import squared_errors
from labs.live import Frame
from labs.models.wide import WideAutoencoder
from labs.numerals import counted, written
from labs.pictures import png
from labs.zoo.reading import read_as

MOST = 20  # times that a picture is cleaned
SHOWN = (1, 2, 3, 5, 10, 20)  # of them, in the strip
UNITS = 24  # units whose weights are shown
FAINT = 0.7  # grey of the ink under the pen, readable on light and dark paper
NETS = ("noisy", "copying")  # panels: learned with noise, and without


def spoiled(f: Frame, clean: Tensor, noisy: Tensor, x: Tensor) -> None:
    """Add the drawing, the same with noise, under the pen, and with the hole; (1, 1, 28, 28)."""
    f.maps |= {"seen": clean[0], "spoiled": x[0]}
    f.images["under"] = png(1 - FAINT * noisy[0])
    error = squared_errors(x, clean).item()
    f.notes["titles"] = {"seen": read_as(clean), "spoiled": errors(error, x)}


def errors(error: float, x: Tensor) -> str:
    """Say how far a picture (1, 1, 28, 28) is from the clean one, and what LeNet reads in it."""
    return f"error {written(error, '.1f')}, {read_as(x)}"


def cleaned(f: Frame, clean: Tensor, runs: tuple[Tensor, Tensor], times: int) -> None:
    """Add what both nets make of the picture after so many times, the way, and its errors.

    runs: (MOST + 1, 1, 28, 28) of either net, the first is the spoiled picture.
    """
    curves = [squared_errors(run, clean) for run in runs]
    for name, run, curve in zip(NETS, runs, curves, strict=True):
        x = run[times : times + 1]
        f.maps[name] = x[0]
        f.notes["titles"][name] = errors(curve[times].item(), x)
    f.maps["strip"] = torch.cat([run[list(SHOWN), 0] for run in runs])
    f.notes["labels"] = {"strip": [f"{k} ×" for k in SHOWN] * 2}
    f.values["errors"] = torch.stack([torch.arange(MOST + 1.0), *curves])
    before, with_noise, without = (c.item() for c in (curves[0][0], *(c[times] for c in curves)))
    much = with_noise / max(before, 1e-6)
    text = (
        f"Cleaned {'once' if times == 1 else counted(times, 'time')}, the net that learned with "
        f"noise leaves {much:.0%} of the error, its twin {without / max(before, 1e-6):.0%}. "
    )
    if before < 1:
        text = "There is no noise yet. "
    text += (
        "The twin was never shown noise, and with more units than pixels nothing makes it leave "
        "any out."
    )
    f.notes["words"] = {"told": [{"title": "With and without noise", "text": text}]}
    f.notes["say"] = text


def units(f: Frame, nets: tuple[WideAutoencoder, WideAutoencoder], x: Tensor) -> None:
    """Add the weights of each net's most active units on a picture (1, 1, 28, 28)."""
    for name, net in zip(NETS, nets, strict=True):
        code = net.encode(x)[0]
        strongest = code.topk(UNITS).indices
        w = net.W[strongest]
        f.maps[f"{name}_units"] = (w / w.abs().amax(1, keepdim=True)).view(UNITS, 28, 28)
        f.notes["titles"][f"{name}_units"] = f"{int((code > 0).sum())} of {len(code)} are on"


def table(f: Frame, own: Sequence[float], tests: Sequence[float], n: int) -> None:
    """Add a table of errors: spoiled, by the net that learned with noise, by the other."""

    def row(name: str, found: Sequence[float]) -> list[str]:
        return [name, *(written(e, ".1f") for e in found)]

    f.notes["table"] = {
        "head": ["squared error", "spoiled", "noise in training", "none"],
        "rows": [row("your drawing", own), row(f"{n} test digits", tests)],
    }
