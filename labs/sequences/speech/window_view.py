"""The pictures of one window: its sound, its spectrum, and the sum of one mel band."""

import torch

from labs.live import Frame
from labs.models.speech import mel
from labs.numerals import written
from labs.sequences.speech.hearing import Heard
from labs.sequences.speech.view import STEP


def window_at(heard: Heard, at: float) -> int:
    """Return the window whose middle is nearest to a moment."""
    return min(round(at / STEP), heard.x.shape[1] - 1)


def window(f: Frame, heard: Heard, at: float, band: int) -> None:
    """Add the window at a moment, its spectrum, its bands, and the sum of one band."""
    t = window_at(heard, at)
    piece = mel.pieces(heard.wave)[t]
    loud = piece.abs().max().clamp(min=1e-9)
    ms = torch.arange(mel.WINDOW) / mel.RATE * 1000
    f.values["window"] = torch.stack([ms, piece / loud, mel.window(), piece * mel.window() / loud])
    bins = mel.power(heard.wave)[t]
    bands = mel.filters() @ bins
    hz = torch.arange(mel.BINS) * mel.RATE / mel.POINTS
    nearest = (hz[:, None] - mel.corners()[1:-1]).abs().argmin(1)
    levels = mel.decibels(bands)[nearest]
    f.values["spectrum"] = torch.stack([hz, mel.decibels(bins), levels])
    weights = mel.filters()[band]
    used = weights.nonzero()[:, 0].tolist()
    low, high = mel.corners()[band].item(), mel.corners()[band + 2].item()
    total = bands[band].item()
    f.notes["band"] = {
        "head": ["Hz", "triangle", "power", "product"],
        "rows": [
            [written(hz[k].item(), ".0f"), written(weights[k].item(), ".3f"),
             written(bins[k].item(), ".2e"), written((weights[k] * bins[k]).item(), ".2e")]
            for k in used
        ],
        "sum": f"{written(total, '.2e')}, or {written(mel.decibels(bands[band]).item(), '.1f')} dB",
    }  # fmt: skip
    f.notes["titles"] |= {
        "window": f"25 ms around {written(t * STEP, '.2f')} s",
        "spectrum": f"{mel.BINS} frequencies, {mel.RATE / mel.POINTS:.2f} Hz apart; "
        f"{mel.BANDS} bands",
        "band": f"band {band + 1} of {mel.BANDS}: {low:,.0f} to {high:,.0f} Hz",
    }
