"""Scripts that give the page's numbers again, with nothing but torch, numpy and safetensors."""

import base64
import inspect

from safetensors.torch import save

from labs.data.text import PRINTABLE
from labs.models import cells, characters, ngram
from labs.models.characters import CharNet
from labs.sequences.language import memory
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
    data = save({name: w.half().contiguous() for name, w in model.state_dict().items()})
    encoded = base64.b64encode(data).decode()
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
        weights="\n".join(encoded[i : i + 96] for i in range(0, len(encoded), 96)),
        temperature=how.temperature,
        top_k=how.top_k,
        top_p=how.top_p,
        name=type(model).__name__,
        block=BLOCK,
    )


COUNTING = '''"""n-grams of a text, as Glassbox counted them.  Needs numpy and torch."""

import math

{ngram}

TEXT = {text!r}
PARTS = {tokens}
symbols = [*sorted(set(PARTS)), ""]
number = {{token: i for i, token in enumerate(symbols)}}
model = NGrams(torch.tensor([number[token] for token in PARTS]), len(symbols))
found = model.back_off({context!r}, {n})
total = int(found.counts.sum())
for token, count in zip(found.tokens[:12], found.counts[:12]):
    print(f"{{symbols[token]!r:12}} {{count}}/{{total}} = {{count / total:.6f}}")
'''


def counting_script(text: str, unit: str, context: list[int], n: int) -> str:
    """Return the script that counts the text again and prints what followed the context."""
    pattern = r"\n|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|_+"
    words = f"__import__('re').findall({pattern!r}, TEXT)"
    return COUNTING.format(
        ngram=inspect.getsource(ngram),
        text=text,
        tokens="list(TEXT)" if unit == "characters" else words,
        context=context,
        n=n,
    )


MEMORY = '''"""How far back a loss is felt in untrained recurrent layers.  Needs torch."""

{cells}

{memory}

x = torch.randn(101, 16, 32, generator=torch.Generator().manual_seed(1))
for kind, layer in LAYERS.items():
    model = prepare(Recall(kind, 32, 64), {bias}, torch.Generator().manual_seed(1))
    w = weights_of(model.layer, 0)
    if kind == "rnn":
        w["weight_hh"] *= {radius} / spectral_radius(w["weight_hh"])
    steps = run(kind, x, w)
    dh = torch.zeros_like(steps.h[1:])
    dh[-1] = 1
    norms = back(kind, steps, w, dh).h.norm(dim=2).mean(1).flip(0)
    print(kind, *(f"{{norms[k] / norms[0]:.3e}}" for k in (0, 1, 5, 20, 50, 100)))
'''


def memory_script(radius: float, bias: float) -> str:
    """Return a script of the passes through time, at this spectral radius and forget bias.

    It reads noise in place of the page's passages, so its numbers are like those on the screen
    and not the same.
    """
    strip = "from labs.models import cells\nfrom labs.models.cells import Back, Steps\n"
    source = inspect.getsource(memory).replace(strip, "")
    source = source.replace("from labs.models.characters import CharNet\n", "CharNet = nn.Module\n")
    return MEMORY.format(
        cells=inspect.getsource(cells),
        memory=source.replace("cells.", ""),
        radius=radius,
        bias=bias,
    )
