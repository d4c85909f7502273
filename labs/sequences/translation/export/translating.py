"""A script that translates the sentence again, with nothing but torch and safetensors."""

import inspect

from labs.models.translation import decode, net, pieces
from labs.scripts import body, weights
from labs.sequences.translation.export.sources import nets

SCRIPT = '''"""A translator of Glassbox.  Needs torch and safetensors."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load
from torch import Tensor, nn

TEXT = {text!r}

{pieces}

{nets}

{functions}

LETTERS = {letters!r}
MERGES = """\\
{merges}"""
WEIGHTS = """\\
{weights}"""

table = Pieces(LETTERS, tuple(tuple(line.split(" ")) for line in MERGES.splitlines()))
model = {kind}().eval().requires_grad_(False)
model.load_state_dict({{k: v.float() for k, v in load(base64.b64decode(WEIGHTS)).items()}})
source = table.encode(TEXT)[:{read}]
encoded = model.encode(torch.tensor(source)[None])
state, last, tokens, total = model.start(encoded), START, [], 0.0
while last != END and len(tokens) < min({written}, longest(len(source))):
    step = model.step(torch.tensor([last]), state, encoded)
    log_p, best = silent(step.logits)[0].max(0)
    state, last, total = step.state, int(best), total + float(log_p)
    looked = table.symbols[source[int(step.attention[0].argmax())]] if model.attends else "-"
    print(f"{{table.symbols[last]:14}} p = {{log_p.exp():.4f}}  looks most at {{looked}}")
    tokens.append(last)
print(table.decode(tokens))
print(f"ln p = {{total:.4f}}")
'''


def script(model: net.Translator, text: str, read: int, written: int) -> str:
    """Return the script that prints the translation piece by piece."""
    table = pieces.english_french()
    left = frozenset({"english_french", "learn", "TABLE", "Table", "save"})
    return SCRIPT.format(
        text=text,
        pieces=body(pieces, left).replace('TABLE = Path(__file__).with_name("eng_fra.txt")\n', ""),
        nets=nets(),
        functions="\n\n".join(inspect.getsource(f) for f in (decode.longest, decode.silent)),
        letters=table.letters,
        merges="\n".join(" ".join(pair) for pair in table.merges) + "\n",
        weights=weights(model),
        kind=type(model).__name__,
        read=read,
        written=written,
    )
