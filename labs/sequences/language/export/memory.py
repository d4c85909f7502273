"""A script that gives the untrained nets' gradients and eigenvalues again."""

import torch

from labs.data.text import PRINTABLE
from labs.models import cells, characters, initialise, jacobians
from labs.sequences.language import felt, memory
from labs.sequences.language.export.sources import joined

SCRIPT = '''"""How far back a loss is felt in untrained recurrent nets.  Needs torch."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import torch
from torch import Tensor, nn

ALPHABET = {alphabet!r}
PASSAGES = {passages!r}
HIDDEN = {hidden}
KNOBS = {{"rnn": {radius}, "gru": 0.0, "lstm": {bias}}}  # spectral radius; nothing; forget bias


{source}


numbers = torch.tensor([[ALPHABET.index(c) for c in text] for text in PASSAGES]).T
x, y = numbers[:-1], numbers[-1]  # the last character of each passage is to be guessed
for kind, knob in KNOBS.items():
    model = prepared(kind, knob)
    steps, w = top(model, x)
    norms = reach(model, steps, w, y)
    far = jacobian(kind, steps, w["weight_hh"], len(x) - 1)
    print(kind, *(f"{{k}}: {{norms[k]:.3e}}" for k in (0, 1, 5, 20, 50, 100)))
    print(f"     the largest eigenvalue of the last step: {{spectral_radius(far):.4f}}")
'''


def script(radius: float, bias: float) -> str:
    """Return the script at this spectral radius and this forget bias."""
    x, y = felt.passages()
    source = joined(cells, initialise, characters, jacobians, memory, felt.prepared)
    return SCRIPT.format(
        alphabet=PRINTABLE.symbols,
        passages=[PRINTABLE.decode(row) for row in torch.cat([x, y[None]]).T],
        hidden=felt.HIDDEN,
        radius=radius,
        bias=bias,
        source=source.replace("cells.", "").replace("PRINTABLE", "ALPHABET"),
    )
