"""The pictures of the small example: its values as the parts of a frame."""

import math

import torch
from torch import Tensor

from labs.live import Frame
from labs.numerals import written
from labs.sequences.speech import ctc
from labs.sequences.speech.tiny import FRAMES, SYMBOLS, said, spelled, symbols

INKS = (None, 0, 1)  # of the blank and of both symbols, among the ten colours
SUBSCRIPTS = "₁₂₃"


def frame(p: Tensor, text: str, show: str, node: tuple[int, int], ranked: list) -> Frame:
    """Return the frame of probabilities p (T, K) and a text; ranked: (text, probability) of all."""
    target = symbols(text)
    found = ctc.lattice(p.log(), target)
    total = found.log_prob.exp().item()
    f = Frame(notes={"titles": {}})
    f.values["grid"] = p.T.float()
    f.values["slope"] = (
        ctc.logit_gradient(p.log(), found) if total else torch.zeros_like(p)
    ).T.float()
    _nodes(f, p, found, text, show, node)
    _paths(f, p, text, total)
    _sum(f, p, found, node)
    f.notes["texts"] = {
        "rows": [[name, share, 0, written(share, ".4f")] for name, share in ranked],
        "chosen": next((i for i, (name, _) in enumerate(ranked) if name == text), None),
        "foot": "all that 27 paths can say; the shares sum to 1",
    }
    best = ctc.best_path(p)
    f.notes["titles"] |= {
        "grid": f"the likeliest path {spelled(best)} says {said(best)}",
        "texts": f"the likeliest text is {ranked[0][0]}",
        "slope": "share less probability",
    }
    f.notes["say"] = f"{text} has the probability {written(total, '.4f')}."
    return f


def _nodes(
    f: Frame, p: Tensor, found: ctc.Lattice, text: str, show: str, node: tuple[int, int]
) -> None:
    alive = torch.isfinite(found.alpha) & torch.isfinite(found.beta)
    numbers = {
        "alpha": found.alpha.exp(), "beta": found.beta.exp(), "occupancy": found.occupancy,
    }[show]  # fmt: skip
    f.values["nodes"] = torch.where(alive, found.occupancy, torch.nan).T.float()
    flow = found.flow(p.log())
    open_ = torch.zeros_like(flow, dtype=torch.bool)  # lines between two nodes that are alive
    for jump in range(min(3, len(found.rows))):
        ends = len(found.rows) - jump
        open_[jump, :ends] = (alive[:-1, :ends] & alive[1:, jump:]).T
    f.values["nodes.edges"] = torch.where(open_, flow, torch.nan).float()
    way = ctc.likeliest(p.log(), symbols(text))
    f.notes["nodes"] = {
        "rows": [SYMBOLS[s] for s in found.rows],
        "inks": [INKS[s] for s in found.rows],
        "path": way,
        "chosen": list(node),
        "columns": [f"frame {t + 1}" for t in range(FRAMES)],
        "texts": [[written(numbers[t, s].item(), ".3f") if alive[t, s] else ""
                   for t in range(FRAMES)] for s in range(len(found.rows))],
        "said": "" if way else "three frames are too few for it",
    }  # fmt: skip
    likely = [found.rows[row] for row in way]
    f.notes["titles"]["nodes"] = (
        f"the likeliest path of {text} is {spelled(likely)}" if way else f"no path says {text}"
    )


def _paths(f: Frame, p: Tensor, text: str, total: float) -> None:
    """List the paths that say the text, and their sum."""
    own = sorted(
        ((spelled(path), share, path) for path, share in ctc.all_paths(p) if said(path) == text),
        key=lambda row: -row[1],
    )
    rows = [
        [" ".join(name), " × ".join(_short(p[t, s]) for t, s in enumerate(path)),
         written(share, ".4f")]
        for name, share, path in own
    ]  # fmt: skip
    f.notes["paths"] = {
        "head": ["path", "its probabilities", "product"],
        "rows": rows,
        "sum": f"p = {written(sum(share for _, share, _ in own), '.4f')}"
        + (f",  −ln p = {written(-math.log(total), '.4f')} nats" if total else ""),
    }
    f.notes["titles"]["paths"] = f"{len(own)} of {len(SYMBOLS) ** FRAMES} paths"


def _sum(f: Frame, p: Tensor, found: ctc.Lattice, node: tuple[int, int]) -> None:
    """Write out how the chosen node's numbers come about."""
    s, t = node
    name = SYMBOLS[found.rows[s]]
    alpha, beta = found.alpha.exp(), found.beta.exp()
    back = [s - j for j in range(3) if _reaches(found, s - j, s)]
    ahead = [s + j for j in range(3) if s + j < len(found.rows) and _reaches(found, s, s + j)]
    y = p[t, found.rows[s]].item()
    if t:
        terms = " + ".join(_short(alpha[t - 1, r]) for r in back)
        forward = f"{_short(y)} × ({terms})"
    else:
        forward = _short(y) if s < 2 else "no path begins here: 0"
    if t < FRAMES - 1:
        terms = [f"{_short(beta[t + 1, r])} × {_short(p[t + 1, found.rows[r]])}" for r in ahead]
        backward = " + ".join(terms)
    else:
        backward = "1" if s >= len(found.rows) - 2 else "no path ends here: 0"
    here = f"{SUBSCRIPTS[t]}({name})"
    total = found.log_prob.exp().item()
    parts = [
        ["α" + here, forward, written(alpha[t, s].item(), ".4f")],
        ["β" + here, backward, written(beta[t, s].item(), ".4f")],
        ["share", f"α β / {written(total, '.4f')}" if total else "–",
         written(found.occupancy[t, s].item(), ".4f")],
    ]  # fmt: skip
    f.notes["node"] = {"head": ["", "from its neighbours", "value"], "rows": parts}
    f.notes["titles"]["node"] = f"row {s + 1} ({name}), frame {t + 1}"


def _short(value: Tensor | float) -> str:
    """Return a probability with three digits after the point and none before it, but for 1."""
    return written(float(value), ".3f").removeprefix("0")


def _reaches(found: ctc.Lattice, start: int, end: int) -> bool:
    """Whether a path may go from one row to another in one frame."""
    return start >= 0 and (end - start < 2 or bool(found.skips[end]))
