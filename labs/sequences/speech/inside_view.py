"""The pictures of what is inside: states, gradient, and the lattice of a text."""

import torch
from torch import Tensor

from labs.live import Frame
from labs.models.speech.mel import BANDS, HOP, RATE, corners
from labs.models.speech.net import FRAME, HIDDEN, SpeechCTC, digits
from labs.numerals import written
from labs.sequences.speech import ctc
from labs.sequences.speech.hearing import Heard, gradient, spoken
from labs.sequences.speech.prefixes import prefix_search
from labs.sequences.speech.view import STEP, axis, frame_at

LIKELY = 5  # texts that are listed


def states(f: Frame, heard: Heard, at: float) -> None:
    """Add the GRU's states: a row for each unit, forwards above, backwards below."""
    f.maps["states"] = heard.states.T[None]
    f.notes["states"] = axis(heard, at) | {
        "first": -0.5 * FRAME, "step": FRAME, "row": None, "limit": 1.0, "boxes": [],
        "ticks": [[0.25, "→"], [0.5, str(HIDDEN)], [0.75, "←"]],
        "names": [f"unit {k + 1} {way}" for way in ("→", "←") for k in range(HIDDEN)],
    }  # fmt: skip


def slope(f: Frame, net: SpeechCTC, heard: Heard, at: float, of: str) -> None:
    """Add the gradient on the spectrogram, of the answer or of the digit at a moment."""
    parts = spoken(heard.path)
    number = digit_at(heard, at) if of == "digit" else None
    x = gradient(net, heard, number) if parts else torch.zeros_like(heard.x)
    name = "the answer" if number is None else digits([parts[number][0]])
    f.maps["slope"] = x.flip(0)[None]
    f.notes["slope"] = axis(heard, at) | {
        "first": -0.5 * STEP, "step": HOP / RATE, "row": None, "boxes": [],
        "ticks": [[0.02, "high"], [0.98, "low"]],
        "names": [f"{hz:,.0f} Hz" for hz in corners()[1:-1].flip(0).tolist()],
        "limit": max(float(x.abs().max()), 1e-6),
    }  # fmt: skip
    f.notes["titles"]["slope"] = (
        f"how ln p of {name} changes with each of {BANDS} bands" if parts else "it hears no digit"
    )


def digit_at(heard: Heard, at: float) -> int | None:
    """Return the number of the heard digit nearest to a moment; None where there is none."""
    t = frame_at(heard, at)
    parts = spoken(heard.path)
    if not parts:
        return None
    return min(range(len(parts)), key=lambda i: max(parts[i][1] - t, t - parts[i][2] + 1, 0))


def likeliest_texts(heard: Heard) -> list[tuple[str, float]]:
    """Return the texts with most probability, and ln p of each."""
    return [(digits(list(text)), p) for text, p in prefix_search(heard.log_probs)[:LIKELY]]


def paths(f: Frame, heard: Heard, target: list[int], at: float) -> None:
    """Add the lattice of a text, and the texts that are likeliest."""
    answer = target == heard.answer
    found = heard.lattice if answer else ctc.lattice(heard.log_probs, target)
    way = heard.way if answer else ctc.likeliest(heard.log_probs, target)
    possible = bool(way)
    alive = torch.isfinite(found.alpha) & torch.isfinite(found.beta) & possible
    f.values["paths"] = torch.where(alive, found.occupancy, torch.nan).T.float()
    flow = found.flow(heard.log_probs) if possible else torch.full((3, *alive.T.shape), torch.nan)
    f.values["paths.edges"] = flow[..., : len(heard.path) - 1].float()
    name = digits(target) or "nothing"
    share = _share(heard, found, way)
    f.notes["paths"] = axis(heard, at) | {
        "first": -0.5 * FRAME, "step": FRAME, "path": way, "chosen": None, "columns": None,
        "texts": None,
        "rows": ["–" if s == ctc.BLANK else digits([s]) for s in found.rows],
        "inks": [None if s == ctc.BLANK else s - 1 for s in found.rows],
        "said": f"the likeliest path has {share} of p" if possible else "too few frames for it",
    }  # fmt: skip
    loss = -found.log_prob.item()
    f.notes["titles"]["paths"] = (
        f"−ln p({name}) = {written(loss, '.3f')} nats, p = {written(found.log_prob.exp(), '.4f')}"
        if possible else f"no path says {name}"
    )  # fmt: skip
    f.notes["texts"] = {
        "rows": [[text or "nothing", _exp(p), 0, written(_exp(p), ".4f")]
                 for text, p in likeliest_texts(heard)],
        "chosen": None, "foot": "p of a text: all its paths together",
    }  # fmt: skip


def _exp(log_p: float) -> float:
    return float(torch.tensor(log_p).exp())


def _share(heard: Heard, found: ctc.Lattice, way: list[int]) -> str:
    if not way:
        return ""
    symbols = torch.tensor([found.rows[row] for row in way])
    alone: Tensor = heard.log_probs[torch.arange(len(way)), symbols].sum()
    return written(float((alone - found.log_prob).exp()), ".0%").replace("%", " %")
