"""A script that writes the page's text again, its network within."""

import inspect

from labs.data.text import PRINTABLE
from labs.models import characters
from labs.models.characters import CharNet
from labs.scripts import weights
from labs.sequences.language.sampling import BLOCK, COLDEST, Settings, distribution

SCRIPT = '''"""A character model of Glassbox, writing.  Needs torch and safetensors."""

import base64
from dataclasses import dataclass
from typing import ClassVar

import torch
from safetensors.torch import load
from torch import Tensor, nn

State = Tensor | tuple[Tensor, Tensor]
COLDEST = {coldest}
PREFIX = {prefix!r}
LENGTH = {length}
SEED = {seed}
ALPHABET = "\\n" + "".join(map(chr, range(32, 127)))


{settings}

{distribution}

{net}

{kind}

WEIGHTS = """\\
{weights}
"""

how = Settings({temperature!r}, {top_k!r}, {top_p!r})
model = {name}().eval().requires_grad_(False)
model.load_state_dict({{k: v.float() for k, v in load(base64.b64decode(WEIGHTS)).items()}})
numbers = [ALPHABET.index(c) if c in ALPHABET else len(ALPHABET) for c in "\\n" + PREFIX]
logits, state = model(torch.tensor([numbers]))
generator = torch.Generator().manual_seed(SEED)
text = ""
for step in range(LENGTH):
    if step % {block} == 0:
        noise = torch.empty({block}, len(ALPHABET)).exponential_(generator=generator)
    _, p = distribution(logits[0, -1, :-1], how)
    number = int((p / noise[step % {block}]).argmax())
    text += ALPHABET[number]
    logits, state = model(torch.tensor([[number]]), state)
print(PREFIX + text)
'''


def script(model: CharNet, prefix: str, length: int, how: Settings, seed: int) -> str:
    """Return the script that writes `length` characters after prefix with these settings.

    It gives the text of the page from its beginning, as long as no setting was changed on the way.
    """
    kind = inspect.getsource(type(model))
    return SCRIPT.format(
        coldest=COLDEST,
        prefix="".join(c if c in PRINTABLE.characters else "\ufffd" for c in prefix),
        length=length,
        seed=seed,
        settings=inspect.getsource(Settings),
        distribution=inspect.getsource(distribution),
        net=inspect.getsource(characters.CharNet).replace("len(PRINTABLE)", "len(ALPHABET) + 1"),
        kind=kind,
        weights=weights(model),
        temperature=how.temperature,
        top_k=how.top_k,
        top_p=how.top_p,
        name=type(model).__name__,
        block=BLOCK,
    )
