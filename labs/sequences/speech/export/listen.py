"""A script that hears the same sound again, with nothing but NumPy, torch and safetensors."""

import inspect
from base64 import encodebytes
from collections.abc import Sequence

from torch import Tensor

from labs.models.speech import greedy, mel, net
from labs.scripts import body, weights
from labs.sequences.speech import ctc, hearing
from labs.sequences.speech.hearing import Box
from labs.sound_files import to_wav

SCRIPT = '''"""Spoken digits, heard by a net that CTC trained.  Needs torch and safetensors."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, product

import torch
import torch.nn.functional as F
from safetensors.torch import load
from torch import Tensor, nn

NEVER = {never}  # for ln 0
OFF = {off}  # boxes of the spectrogram: first and last window, lowest and highest band

{mel}

{greedy}

{net}

{functions}

WAVE = """\\
{wave}"""
WEIGHTS = """\\
{weights}"""

wave = torch.frombuffer(bytearray(base64.b64decode(WAVE))[44:], dtype=torch.int16).float() / 32767
model = SpeechCTC().eval().requires_grad_(False)
model.load_state_dict({{k: v.float() for k, v in load(base64.b64decode(WEIGHTS)).items()}})
x = switched_off(log_mel(wave), OFF)
log_probs = model(x[None])[0].double()
path = best_path(log_probs)
print("".join(SYMBOLS[symbol] for symbol in path))
answer = collapse(path)
p = lattice(log_probs, answer).log_prob
print(f"{{digits(answer) or 'nothing'}}  ln p = {{p:.4f}}")
'''


def script(model: net.SpeechCTC, wave: Tensor, off: Sequence[Box]) -> str:
    """Return the script, with the sound and the weights in it."""
    parts = (hearing.switched_off, ctc.Lattice, ctc.with_blanks, ctc.lattice, ctc._sum, ctc._open,
             ctc._check)  # fmt: skip
    return SCRIPT.format(
        never=ctc.NEVER,
        off=list(map(tuple, off)),
        mel=body(mel),
        greedy=body(greedy),
        net=body(net, frozenset({"transcribe"})),
        functions="\n\n".join(inspect.getsource(part) for part in parts),
        wave=encodebytes(to_wav(wave)).decode(),
        weights=weights(model),
    )
