"""How far back a loss is felt: gradients through time, eigenvalues, and a task that needs memory.

Hochreiter (1991); Bengio, Simard & Frasconi (1994), Learning long-term dependencies with gradient
descent is difficult; Pascanu, Mikolov & Bengio (2013), https://arxiv.org/abs/1211.5063.
"""

import math

import torch
from torch import Tensor, nn

from labs.models import cells
from labs.models.cells import Back, Steps
from labs.models.characters import CharNet

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


def run(kind: str, x: Tensor, w: dict[str, Tensor]) -> Steps:
    """Return a layer over x: (T, N, I), from zeros; w: weight_ih, weight_hh, bias_ih, bias_hh."""
    pre = x @ w["weight_ih"].T + w["bias_ih"]
    zeros = x.new_zeros(x.shape[1], w["weight_hh"].shape[1])
    forward = {"rnn": cells.rnn, "gru": cells.gru, "lstm": cells.lstm}[kind]
    state = (zeros, zeros) if kind == "lstm" else (zeros,)
    return forward(pre, w["weight_hh"], w["bias_hh"], *state)


def back(kind: str, steps: Steps, w: dict[str, Tensor], dh: Tensor) -> Back:
    """Return all gradients of a layer, given the loss's own at h_1 ... h_T: (T, N, H)."""
    backward = {"rnn": cells.rnn_back, "gru": cells.gru_back, "lstm": cells.lstm_back}[kind]
    return backward(steps, w["weight_hh"], dh)


def weights_of(layer: nn.RNNBase, index: int) -> dict[str, Tensor]:
    """Return one layer's weights by their short names."""
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return {name: getattr(layer, f"{name}_l{index}").detach() for name in names}


@torch.no_grad()
def reach(model: CharNet, x: Tensor, y: Tensor) -> Tensor:
    """Return |dL_T / dh_(T - k)| for k = 0 ... T - 1, relative to k = 0, in the top layer.

    x: (T, N) characters; y: (N,) the character after the last.  L_T is the cross-entropy at the
    last step alone; the norm is the mean over the N texts.
    """
    layer, kind = model.recurrent, model.kind
    h = model.embedding.weight[x]  # (T, N, E)
    for index in range(layer.num_layers):
        w = weights_of(layer, index)
        steps = run(kind, h, w)
        h = steps.h[1:]
    p = torch.softmax(h[-1] @ model.head.weight.T + model.head.bias, 1)
    p[torch.arange(len(y)), y] -= 1  # dL / dlogits
    dh = torch.zeros_like(h)
    dh[-1] = p @ model.head.weight
    norms = back(kind, steps, w, dh).h[1:].norm(dim=2).mean(1).flip(0)  # (T,), newest first
    return norms / norms[0]


def spectral_radius(W: Tensor) -> float:
    """Return the largest absolute value of W's eigenvalues."""
    return torch.linalg.eigvals(W).abs().max().item()


@torch.no_grad()
def rescale(model: CharNet, radius: float) -> None:
    """Scale the recurrent matrix of a plain RNN's layers to this spectral radius."""
    for index in range(model.recurrent.num_layers):
        W = getattr(model.recurrent, f"weight_hh_l{index}")
        W.mul_(radius / spectral_radius(W))


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
