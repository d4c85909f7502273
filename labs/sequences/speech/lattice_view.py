"""The pictures of a text: its lattice of paths, and the likeliest texts beside it."""

import math

import torch
from torch import Tensor

from labs.live import Frame
from labs.models.speech.net import FRAME, digits
from labs.numerals import written
from labs.sequences.speech import ctc
from labs.sequences.speech.hearing import Heard
from labs.sequences.speech.view import axis


def paths(f: Frame, heard: Heard, target: list[int], texts: list, at: float) -> None:
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
    f.notes["paths"] = axis(heard, at) | {
        "first": -0.5 * FRAME, "step": FRAME, "path": way, "chosen": None, "columns": None,
        "texts": None,
        "rows": ["–" if s == ctc.BLANK else digits([s]) for s in found.rows],
        "inks": [None if s == ctc.BLANK else s - 1 for s in found.rows],
        "said": f"the likeliest path has {_share(heard, found, way)} of p" if possible
        else "too few frames for it",
    }  # fmt: skip
    loss = -found.log_prob.item()
    f.notes["titles"]["paths"] = (
        f"−ln p({name}) = {written(loss, '.3f')} nats, p = {written(found.log_prob.exp(), '.4f')}"
        if possible else f"no path says {name}"
    )  # fmt: skip
    f.notes["texts"] = {
        "rows": [[text or "nothing", math.exp(p), 0, written(math.exp(p), ".4f")]
                 for text, p in texts],
        "chosen": None, "foot": "p: all paths of a text",
    }  # fmt: skip


def _share(heard: Heard, found: ctc.Lattice, way: list[int]) -> str:
    """Return the share of p(text) that its likeliest path has."""
    symbols = torch.tensor([found.rows[row] for row in way])
    alone: Tensor = heard.log_probs[torch.arange(len(way)), symbols].sum()
    return written(float((alone - found.log_prob).exp()), ".0%").replace("%", " %")
