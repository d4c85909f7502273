"""A script that builds the network of the table, counts it, and teaches it as the page did."""

import inspect
from collections.abc import Sequence

from labs.data import Split, digits
from labs.training import Report, Trainer
from labs.vision.architectures.design.layers import Residual, Row
from labs.vision.architectures.design.network import draw
from labs.vision.architectures.design.text import code
from labs.vision.architectures.export import COUNT

HEAD = '''"""A network for digits, as the architectures lab of Glassbox built it."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import Tensor, nn

TEST_SHARE = {share}


{definitions}

{model}
macs, y = total_macs(model.eval(), torch.zeros(1, 1, 28, 28))
print("parameters", sum(p.numel() for p in model.parameters()))
print("multiply-adds", macs)
print("output", tuple(y.shape))
'''
TEACH = """
data = small()
draw(model, torch.Generator().manual_seed({seed}))
trainer = Trainer(model, data, learning_rate={rate}, seed={seed})
for _ in range({steps}):
    model.train()
    trainer.step()
with torch.no_grad():
    said = model.eval()(data.x_test[:{looked}]).argmax(1)
right = (said == data.y_test[:{looked}]).float().mean().item()
print(f"after {steps} steps: {{right:.1%}} of the test digits right")
"""
MNIST = """
# MNIST is a download.  As a tensor (N, 1, 28, 28) in [0, 1] it is learned by:
#     trainer = Trainer(model, data, learning_rate={rate}, seed={seed})
"""


def script(
    rows: Sequence[Row], data: Split, *, seed: int, rate: float, steps: int, looked: int
) -> str:
    """Return the script for the rows, taught for `steps` at a rate; looked: test digits."""
    definitions = [Split, digits.small, Report, Trainer, draw]
    definitions += [Residual] if any(row.kind == "residual" for row in rows) else []
    sources = [inspect.getsource(one).replace("@cache\n", "") for one in definitions]
    head = HEAD.format(
        share=digits.TEST_SHARE, definitions="\n\n".join([*sources, COUNT.lstrip()]),
        model=code(rows),
    )  # fmt: skip
    teach = TEACH if data.name == digits.small().name else MNIST
    return head + teach.format(seed=seed, rate=rate, steps=steps, looked=looked)
