"""A script that sums the paths of the small example again, and holds the sum to PyTorch's."""

import inspect
from collections.abc import Sequence

from labs.models.speech import greedy
from labs.sequences.speech import ctc

SCRIPT = '''"""Connectionist temporal classification on a few frames.  Needs torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, product

import torch
import torch.nn.functional as F
from torch import Tensor

BLANK = 0
NEVER = {never}  # for ln 0
TARGET = {target}  # of the symbols – a b, which are 0 1 2
PROBS = torch.tensor({probs}, dtype=torch.float64)


{functions}

found = lattice(PROBS.log(), TARGET)
for name, table in (("alpha", found.alpha.exp()), ("beta", found.beta.exp()),
                    ("share", found.occupancy)):
    print(name)
    for row, symbol in enumerate(found.rows):
        print("  ", "-ab"[symbol], *(f"{{value:.4f}}" for value in table[:, row].tolist()))
counted = sum(p for path, p in all_paths(PROBS) if collapse(path) == TARGET)
print(f"p = {{found.log_prob.exp():.6f}}, counted path by path {{counted:.6f}}")
if TARGET:
    loss = F.ctc_loss(PROBS.log()[:, None], torch.tensor([TARGET]), [len(PROBS)], [len(TARGET)],
                      reduction="sum")
    print(f"-ln p = {{-found.log_prob:.6f}}, by torch {{loss:.6f}}")
'''
PARTS = (greedy.collapse, ctc.Lattice, ctc.with_blanks, ctc.lattice, ctc._sum, ctc._open,
         ctc._check, ctc.all_paths)  # fmt: skip


def script(probs: Sequence[Sequence[float]], target: list[int]) -> str:
    """Return the script."""
    rows = ", ".join(f"[{', '.join(f'{v:.9g}' for v in row)}]" for row in probs)
    return SCRIPT.format(
        never=ctc.NEVER,
        target=target,
        probs=f"[{rows}]",
        functions="\n\n".join(inspect.getsource(part) for part in PARTS),
    )
