"""A script that shortens the sentence again, with nothing but torch and safetensors."""

import inspect

from labs.data import words
from labs.models import shortener
from labs.models.translation import net
from labs.scripts import body, weights

SCRIPT = '''"""The shortener of Glassbox.  Needs torch and safetensors."""

import base64
import re
from collections.abc import Iterable

import torch
import torch.nn.functional as F
from safetensors.torch import load
from torch import Tensor, nn

TEXT = {text!r}
PAD, START, END, UNKNOWN = range(4)


def clean(text: str) -> str:
    return " ".join(text.split())


{words}

{functions}


{net}

WORDS = """\\
{table}""".split()
WEIGHTS = """\\
{weights}"""

number = {{word: i for i, word in enumerate(WORDS, {first})}}
Shortener.table = range(len(WORDS) + {first})
model = Shortener().eval().requires_grad_(False)
model.load_state_dict({{k: v.float() for k, v in load(base64.b64decode(WEIGHTS)).items()}})
sentence = cut(TEXT)[:{read}]
p = model(torch.tensor([number.get(word, UNKNOWN) for word in sentence])[None]).sigmoid()[0]
for word, share in zip(sentence, p.tolist()):
    print(f"{{word:14}} {{share:.4f}}")
print(joined(word for word, share in zip(sentence, p.tolist()) if share > {limit}))
'''


def script(model: shortener.Shortener, text: str, read: int, limit: float) -> str:
    """Return the script that prints the probability of each word, and what is left."""
    table = model.table
    return SCRIPT.format(
        text=text,
        words=body(words),
        functions="\n\n".join(inspect.getsource(f) for f in (net.gru, net.run)),
        net=body(shortener, frozenset({"table"})),
        table="\n".join(table.words) + "\n",
        weights=weights(model),
        first=len(table) - len(table.words),
        read=read,
        limit=limit,
    )
