"""A script that holds the talk again, with nothing but torch and safetensors."""

import inspect

from labs.data import words as texts
from labs.models.chat import words
from labs.models.chat.net import Answerer
from labs.models.translation import decode
from labs.scripts import body, weights
from labs.sequences.translation.chat.answer import WRITTEN
from labs.sequences.translation.chat.talk import Talk
from labs.sequences.translation.export.sources import nets

SCRIPT = '''"""A talk with a net of Glassbox.  Needs torch and safetensors."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load
from torch import Tensor, nn

MESSAGES = {messages!r}
FORCED = {forced!r}  # the first words of each answer, where a hand has chosen them

PAD, START, END, UNKNOWN = range(4)
SPECIAL = {special!r}


def clean(text: str) -> str:
    return " ".join(text.split())


{words}

{nets}

{silent}

TABLE = """\\
{table}"""
WEIGHTS = """\\
{weights}"""

table = Words(tuple(TABLE.split()))
model = TranslateAttention(len(table), *{sizes!r}).eval().requires_grad_(False)
model.load_state_dict({{k: v.float() for k, v in load(base64.b64decode(WEIGHTS)).items()}})
talk = []
for message, forced in zip(MESSAGES, FORCED):
    talk.append(message)
    encoded = model.encode(torch.tensor(table.read(talk))[None])
    state, last, tokens, total = model.start(encoded), START, [], 0.0
    while last != END and len(tokens) <= {written}:
        step = model.step(torch.tensor([last]), state, encoded)
        state, log_p, at = step.state, silent(step.logits)[0], len(tokens)
        last = forced[at] if at < len(forced) else int(log_p.argmax())
        total += float(log_p[last])
        tokens.append(last)
    talk.append(table.decode(tokens))
    print(f"> {{message}}\\n{{talk[-1]}}\\nln p = {{total:.4f}}")
'''


def script(model: Answerer, talk: Talk) -> str:
    """Return the script that prints the answers of a talk."""
    left = frozenset({"learn", "table", "save"})
    here = "HERE = Path(__file__).parent\n"
    return SCRIPT.format(
        messages=[turn.message for turn in talk.turns],
        forced=[turn.forced for turn in talk.turns],
        special=words.SPECIAL,
        words=f"{body(texts)}\n\n{body(words, left).replace(here, '')}",
        nets=nets(),
        silent=inspect.getsource(decode.silent),
        table="\n".join(talk.net.table.words) + "\n",
        weights=weights(model),
        sizes=model.sizes,
        written=WRITTEN - 1,
    )
