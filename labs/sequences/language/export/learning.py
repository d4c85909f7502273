"""A script that trains the net again, from the same weights on the same text."""

from collections.abc import Mapping

from labs.data.text import Corpus
from labs.models import characters, initialise
from labs.sequences.language.export.sources import joined

SCRIPT = '''"""A character model learns by truncated backpropagation through time.  Needs torch."""

import math
from collections.abc import Callable
from functools import partial
from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

ALPHABET = {alphabet!r}  # one more symbol stands for all others
KIND, HIDDEN, BATCH = {kind!r}, {hidden}, {batch}
LENGTH, RATE, CLIP, SEED, STEPS = {length}, {rate!r}, {clip!r}, {seed}, {steps}


{source}


TEXT = {text!r}

index = {{character: i for i, character in enumerate(ALPHABET)}}
numbers = torch.tensor([index.get(character, len(ALPHABET)) for character in TEXT])
generator = torch.Generator().manual_seed(SEED)
model = fresh(KIND, len(ALPHABET) + 1, generator, hidden=HIDDEN)
parameters = list(model.parameters())
optimizer = torch.optim.Adam(parameters, RATE, foreach=True)
per = (len(numbers) - 1) // BATCH
starts = torch.arange(BATCH)[:, None] * per  # each row of a batch reads its own part
length = min(LENGTH, per - 1)
offset, state = 0, None
for step in range(1, STEPS + 1):
    if offset + length >= per:
        offset, state = 0, None
    window = numbers[(starts + offset + torch.arange(length + 1)).clamp(max=len(numbers) - 1)]
    offset += length
    logits, state = model(window[:, :-1], state)
    state = detach(state)
    loss = F.cross_entropy(logits.flatten(0, 1), window[:, 1:].flatten())
    gradients = torch.autograd.grad(loss, parameters)
    norm = torch.stack([g.norm() for g in gradients]).norm().item()
    for p, g in zip(parameters, gradients):
        p.grad = g * min(1.0, CLIP / (norm + 1e-9))
    optimizer.step()
    print(f"step {{step:5d}}  loss {{loss.item():.6f}} nats  gradient norm {{norm:.6f}}")
'''


def script(
    corpus: Corpus, settings: Mapping, *, hidden: int, batch: int, seed: int, steps: int
) -> str:
    """Return the script of a run; its numbers are the page's if no setting was changed in it."""
    return SCRIPT.format(
        alphabet=corpus.vocabulary.characters,
        kind=settings["kind"],
        hidden=hidden,
        batch=batch,
        length=settings["length"],
        rate=settings["rate"],
        clip=settings["clip"],
        seed=seed,
        steps=steps,
        source=joined(initialise, characters).replace("len(PRINTABLE)", "len(ALPHABET) + 1"),
        text=corpus.parts[0],
    )
