"""The pictures of a sound: its values as the parts of a frame."""

import torch
from torch import Tensor

from labs.live import Frame
from labs.models.speech.greedy import BLANK
from labs.models.speech.mel import BANDS, HOP, RATE, corners
from labs.models.speech.net import FRAME, RANGE, SYMBOLS, loudest
from labs.numerals import written
from labs.sequences.speech.hearing import Box, Heard, runs, spoken
from labs.sound_files import to_wav

COLUMNS = 700  # of the drawn wave
STEP = HOP / RATE  # seconds from one window to the next
TICKS = (100, 250, 500, 1000, 2000, 3500)  # Hz beside the spectrogram
EARLIER, LATER = -0.5, 0.5  # a window's column lies around its middle


def axis(heard: Heard, at: float) -> dict:
    """Return what the pictures of a sound share: their end and the moment, in seconds."""
    return {"end": len(heard.wave) / RATE, "at": round(at, 4)}


def wave(f: Frame, heard: Heard, owed: Tensor, at: float, fresh: bool) -> None:
    """Add the wave, what is heard, and its frames; owed: `reasons`; fresh: whether it is new."""
    columns = min(COLUMNS, len(heard.wave))
    size = -(-len(heard.wave) // columns)
    padded = torch.nn.functional.pad(heard.wave, (0, columns * size - len(heard.wave)))
    parts = padded.view(columns, size)
    f.values["wave"] = torch.stack([parts.amin(1), parts.amax(1)])
    if fresh:
        f.images["wave"] = to_wav(heard.wave)
    peak = max(float(heard.wave.abs().max()), 1e-4)
    p = heard.log_probs.exp()
    frames = [_cell(s, t, t + 1, float(p[t, s])) for t, s in enumerate(heard.path)]
    merged = [_cell(s, a, b, float(p[a:b, s].mean())) for s, a, b in runs(heard.path)]
    f.notes["wave"] = axis(heard, at) | {
        "sound": columns * size / RATE,
        "rate": RATE,
        "peak": peak,
        "top": written(peak, ".2f"),
        "rows": [
            {"name": "frames", "cells": frames},
            {"name": "merged", "cells": merged},
            {"name": "says", "cells": [cell for cell in merged if cell[2] != "–"]},
            {"name": "due to", "cells": _because(heard, owed)},
        ],
        "said": f"{len(heard.wave) / RATE:.2f} s, a frame of the net has {1000 * FRAME:.0f} ms",
    }


def _cell(symbol: int, first: int, end: int, share: float) -> list:
    """Return the cell of frames that say a symbol: the middle of frame t is at t FRAME."""
    name = "–" if symbol == BLANK else SYMBOLS[symbol]
    ink = "line" if symbol == BLANK else symbol - 1
    span = [round((t - 0.5) * FRAME, 4) for t in (first, end)]
    return [*span, name, ink, 0.5 if symbol == BLANK else round(share, 3)]


def _because(heard: Heard, owed: Tensor) -> list[list]:
    """Return a cell for each frame in the colour of the digit that owes most to it."""
    if not len(owed):
        return []
    share, winner = owed.max(0)
    symbols = [symbol for symbol, _, _ in spoken(heard.path)]
    peaks = set(owed.argmax(1).tolist())
    cells = []
    for t, (part, i) in enumerate(zip(share.tolist(), winner.tolist(), strict=True)):
        cell = _cell(symbols[i], t, t + 1, part)
        cells.append([*cell[:2], cell[2] if t in peaks else "", *cell[3:]])
    return cells


def sound(f: Frame, heard: Heard, at: float, band: int, off: list[Box], *, draws: bool) -> None:
    """Add the spectrogram, in dB above what is too faint to be heard; draws: what a drag does."""
    x = heard.x - loudest(heard.x[None])[0] + RANGE
    f.maps["sound"] = x.clamp(0, RANGE).flip(0)[None]
    peaks = corners()[1:-1]
    f.notes["sound"] = axis(heard, at) | {
        "first": EARLIER * STEP, "step": STEP,
        "ticks": hertz_ticks(),
        "names": [f"{hz:,.0f} Hz" for hz in peaks.flip(0).tolist()],
        "row": BANDS - 1 - band, "limit": RANGE, "pen": draws,
        "boxes": [[a, b, BANDS - 1 - high, BANDS - 1 - low] for a, b, low, high in off],
    }  # fmt: skip
    f.notes["titles"]["sound"] = (
        "draw in it: each band that you cross sounds" if draws
        else f"{len(off)} switched off: a click on a box lets it go" if off
        else "drag over it to switch sounds off; click for a moment"
    )  # fmt: skip


def hertz_ticks() -> list[list]:
    """Return where some frequencies stand beside a spectrogram, from the top in [0, 1]."""
    return [[1 - _place(corners()[1:-1], hz), f"{hz:,}"] for hz in TICKS]


def _place(peaks: Tensor, hz: float) -> float:
    """Return how far up a frequency stands, in [0, 1]."""
    above = int((peaks < hz).sum())
    if above in (0, len(peaks)):
        return above / len(peaks)
    low, high = peaks[above - 1].item(), peaks[above].item()
    return (above - 0.5 + (hz - low) / (high - low)) / len(peaks)


def probabilities(f: Frame, heard: Heard, at: float) -> None:
    """Add the distribution over the symbols, of every frame and of the chosen one."""
    p = heard.log_probs.exp().float()
    t = frame_at(heard, at)
    f.maps["probs"] = p.T[None]
    f.notes["probs"] = axis(heard, at) | {
        "first": -0.5 * FRAME, "step": FRAME, "row": None, "limit": 1.0, "boxes": [],
        "ticks": [[(k + 0.5) / len(SYMBOLS), s] for k, s in enumerate("–0123456789")],
        "names": ["blank", *SYMBOLS[1:]],
    }  # fmt: skip
    f.values["now"] = p[t]
    f.notes["titles"]["now"] = f"frame {t + 1} of {len(p)}, at {written(t * FRAME, '.2f')} s"


def frame_at(heard: Heard, at: float) -> int:
    """Return the net's frame that is nearest to a moment."""
    return min(round(at / FRAME), len(heard.path) - 1)


def answer(f: Frame, heard: Heard, own: bool) -> None:
    """Add what the net says."""
    said = " ".join(heard.text) or "nothing"
    p = heard.lattice.log_prob.exp().item()
    title = "It hears in your recording" if own else "It hears"
    f.notes["words"] = {"answer": [{"title": title, "text": said}]}
    f.notes["titles"]["probs"] = f"all paths of {said} together: p = {written(p, '.3f')}"
    f.notes["say"] = f"It hears {said}."
