"""A script that trains the net again, on the same examples from the same weights."""

import inspect
from collections.abc import Callable, Mapping

from labs.models.translation import decode
from labs.scripts import body
from labs.sequences.translation import tasks
from labs.sequences.translation.export.sources import nets

SCRIPT = '''"""An encoder and a decoder learn a small task.  Needs torch."""

from __future__ import annotations

import datetime
import random
from collections import namedtuple
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

PAD, START, END, UNKNOWN = range(4)
SPECIAL = ("<pad>", "<s>", "</s>", "<unk>")
Hypothesis = namedtuple("Hypothesis", "tokens log_prob score ended")
TASK, NET, LENGTH, RATE = {task!r}, {net!r}, {length}, {rate!r}
SEED, STEPS, OWN = {seed}, {steps}, {own!r}


{tasks}

{nets}

{functions}

kind = {{"attention": TranslateAttention, "plain": TranslatePlain}}[NET]
model = fresh(kind, torch.Generator().manual_seed(SEED), COUNT, {sizes})
optimizer = torch.optim.Adam(model.parameters(), RATE, foreach=True)
dice = random.Random(SEED)
tests = draw(TASK, {tests}, random.Random(99), unseen=True, longest=LENGTH)
for step in range(1, STEPS + 1):
    batch = tensors(draw(TASK, {batch}, dice, unseen=False, longest=LENGTH))
    loss = train_step(model, optimizer, *batch)
    if step % 20 == 0:
        answers = [decode(best.tokens) for best, _ in greedy(model, [encode(x) for x, _ in tests])]
        right = sum(a == y for a, (_, y) in zip(answers, tests)) / len(tests)
        print(f"step {{step:5d}}  loss {{loss:.6f}} nats  {{right:.1%}} of unseen examples right")
if OWN:
    print(OWN, "->", decode(greedy(model, [encode(OWN)])[0][0].tokens))
'''


def script(
    settings: Mapping,
    seed: int,
    steps: int,
    own: str,
    train_step: Callable,
    sizes: tuple[int, ...],
    tests: int,
    batch: int,
) -> str:
    """Return the script of a run; its numbers are the page's if no setting was changed in it."""
    functions = (decode.longest, decode.silent, decode.greedy, train_step)
    return SCRIPT.format(
        task=settings["task"],
        net=settings["net"],
        length=int(settings["longest"]),
        rate=settings["rate"],
        seed=seed,
        steps=steps,
        own=own,
        tasks=body(tasks),
        nets=nets(),
        functions="\n\n".join(inspect.getsource(f) for f in functions),
        sizes=", ".join(map(str, sizes)),
        tests=tests,
        batch=batch,
    )
