"""A script that reads the name again, with nothing but torch and safetensors."""

import inspect

from labs.data import names as lists
from labs.models import names as models
from labs.models.names import NameReader
from labs.scripts import weights

SCRIPT = '''"""A reader of names of Glassbox.  Needs torch and safetensors."""

import base64
from collections.abc import Sequence
from typing import ClassVar

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

LANGUAGES = {languages!r}
LETTERS = {letters!r}  # one more symbol stands for all others
EMBEDDING, HIDDEN = {embedding}, {hidden}
NAME = {name!r}


{reader}

{own}

WEIGHTS = """\\
{weights}"""

model = {kind}().eval().requires_grad_(False)
model.load_state_dict({{k: v.float() for k, v in load(base64.b64decode(WEIGHTS)).items()}})
small = [letter.lower()[0] for letter in NAME]  # one for each letter
numbers = [LETTERS.index(c) if c in LETTERS else len(LETTERS) for c in small]
for length in range(1, len(numbers) + 1):
    p = model([torch.tensor(numbers[:length])])[0].softmax(0)
    best = p.topk(3)
    told = "  ".join(f"{{LANGUAGES[i]}} {{v:.4f}}" for v, i in zip(best.values, best.indices))
    print(f"{{NAME[:length]:30}} {{told}}")
'''


def script(model: NameReader, name: str) -> str:
    """Return the script that prints the three likeliest languages after every letter."""
    return SCRIPT.format(
        languages=list(lists.LANGUAGES),
        letters=lists.LETTERS.characters,
        embedding=models.EMBEDDING,
        hidden=models.HIDDEN,
        name=name,
        reader=inspect.getsource(NameReader).replace("len(LETTERS)", "len(LETTERS) + 1"),
        own=inspect.getsource(type(model)),
        weights=weights(model),
        kind=type(model).__name__,
    )
