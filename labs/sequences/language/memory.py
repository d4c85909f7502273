"""How far back a loss is felt: gradients through time, and eigenvalues.

Hochreiter (1991); Bengio, Simard & Frasconi (1994), Learning long-term dependencies with gradient
descent is difficult; Pascanu, Mikolov & Bengio (2013), https://arxiv.org/abs/1211.5063.
"""

import torch
from torch import Tensor, nn

from labs.models import cells
from labs.models.cells import Back, Steps
from labs.models.characters import CharNet


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
def top(model: CharNet, x: Tensor) -> tuple[Steps, dict[str, Tensor]]:
    """Return the top layer over the characters x: (T, N), and its weights."""
    h = model.embedding.weight[x]  # (T, N, E)
    for index in range(model.recurrent.num_layers):
        w = weights_of(model.recurrent, index)
        steps = run(model.kind, h, w)
        h = steps.h[1:]
    return steps, w


@torch.no_grad()
def reach(model: CharNet, steps: Steps, w: dict[str, Tensor], y: Tensor) -> Tensor:
    """Return |dL_T / dh_(T - k)| for k = 0 ... T - 1, relative to k = 0, in the top layer.

    steps, w: the top layer over N texts, as `top` gives it; y: (N,) the character after the last.
    L_T is the cross-entropy at the last step alone; the norm is the mean over the N texts.
    """
    h = steps.h[1:]
    p = torch.softmax(h[-1] @ model.head.weight.T + model.head.bias, 1)
    p[torch.arange(len(y)), y] -= 1  # dL / dlogits
    dh = torch.zeros_like(h)
    dh[-1] = p @ model.head.weight
    norms = back(model.kind, steps, w, dh).h[1:].norm(dim=2).mean(1).flip(0)  # (T,), newest first
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
