"""A task that needs memory: name, at the end, what came first; three kinds of nets race on it.

Hochreiter & Schmidhuber (1997), Long short-term memory, https://doi.org/10.1162/neco.1997.9.8.1735.
"""

import math
from collections import deque

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.training.course import Course

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
SYMBOLS, CELLS, BATCH = 4, 32, 64
WINDOW = 20  # steps that an accuracy is the mean of
KEPT = 128  # moments of the curve


class Recall(nn.Module):
    """A recurrent layer that must name, at the end, the symbol it saw first."""

    def __init__(self, kind: str, symbols: int, hidden: int) -> None:
        super().__init__()
        self.kind = kind
        self.layer = LAYERS[kind](symbols, hidden)
        self.head = nn.Linear(hidden, symbols)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits (N, symbols) after the last step of x: (T, N, symbols)."""
        h, _ = self.layer(x)
        return self.head(h[-1])


@torch.no_grad()
def prepare(model: Recall, forget_bias: float, generator: torch.Generator) -> Recall:
    """Draw torch's usual initial weights from `generator`; the LSTM's forget gates begin open."""
    bound = 1 / math.sqrt(model.layer.hidden_size)
    for p in model.parameters():
        p.uniform_(-bound, bound, generator=generator)
    if model.kind == "lstm":
        H = model.layer.hidden_size
        model.layer.bias_hh_l0[H : 2 * H] = forget_bias
    return model


def recall_batch(
    count: int, delay: int, symbols: int, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Return x: (delay + 1, count, 2 symbols), one-hot, and y: (count,), what came first.

    The first step shows one of `symbols`; then `delay` distractors follow, from as many others.
    """
    y = torch.randint(symbols, (count,), generator=generator)
    rest = symbols + torch.randint(symbols, (delay, count), generator=generator)
    x = nn.functional.one_hot(torch.cat([y[None], rest]), 2 * symbols).float()
    return x, y


class Race:
    """A net of each kind, trained on the same batches by Adam."""

    def __init__(self, forget_bias: float) -> None:
        self.generator = torch.Generator().manual_seed(1)
        self.nets = {
            kind: prepare(Recall(kind, 2 * SYMBOLS, CELLS), forget_bias, self.generator)
            for kind in LAYERS
        }
        self.optimizers = {
            kind: torch.optim.Adam(net.parameters(), foreach=True)
            for kind, net in self.nets.items()
        }
        self.steps = 0
        self.last: deque[list[float]] = deque(maxlen=WINDOW)  # shares right, by step and kind
        self.right: Course[tuple[float, ...]] = Course(KEPT, mean=True)  # step, mean share by kind

    def step(self, delay: int, learning_rate: float) -> None:
        """Give the nets the same batch, and each one optimizer step, its gradient clipped at 1."""
        x, y = recall_batch(BATCH, delay, SYMBOLS, self.generator)
        row = []
        for kind, net in self.nets.items():
            optimizer = self.optimizers[kind]
            for group in optimizer.param_groups:
                group["lr"] = learning_rate
            logits = net(x)
            parameters = list(net.parameters())
            gradients = torch.autograd.grad(F.cross_entropy(logits, y), parameters)
            norm = torch.stack([g.norm() for g in gradients]).norm().item()
            for p, g in zip(parameters, gradients, strict=True):
                p.grad = g / max(1.0, norm)
            optimizer.step()
            row.append((logits.argmax(1) == y).float().mean().item())
        self.note(row)

    def note(self, row: list[float]) -> None:
        """Note the shares right of one more step, by kind."""
        self.steps += 1
        self.last.append(row)
        if self.steps % WINDOW == 0:
            self.right.note((self.steps, *self.shares().values()))

    def shares(self) -> dict[str, float]:
        """Return the share right over the last steps, by kind; empty before the first."""
        return {
            kind: sum(row[i] for row in self.last) / len(self.last)
            for i, kind in enumerate(self.nets)
            if self.last
        }

    def curve(self) -> Tensor:
        """Return (4, moments): steps, and the share right of each net since the moment before."""
        return self.right.table() if self.right else torch.zeros(4, 0)
