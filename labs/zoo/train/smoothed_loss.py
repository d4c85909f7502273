"""The loss of nets that write, made for processors: the logits of few pieces at a time."""

import torch
from torch import Tensor

from labs.models.translation.net import Translator
from labs.models.translation.pieces import PAD

ROWS = 256  # pieces whose logits are computed at once


class SmoothedLoss(torch.autograd.Function):
    """Cross-entropy of softmax(x E^T + b) against smoothed labels, a few rows at a time.

    The same as F.cross_entropy(..., label_smoothing=...), but the logits of all pieces and their
    gradient never lie in memory at once, which on a processor takes half of the time.
    """

    @staticmethod
    def forward(ctx, x: Tensor, E: Tensor, b: Tensor, y: Tensor, smoothing: float) -> Tensor:
        """x: (N, F), E: (V, F), b: (V,), y: (N,); return the mean loss, nats."""
        x, E, V = x.bfloat16(), E.bfloat16(), len(E)
        dx, dE, db = torch.empty_like(x), torch.zeros(E.shape), torch.zeros(V)
        total = 0.0
        for x_part, y_part, dx_part in zip(
            x.split(ROWS), y.split(ROWS), dx.split(ROWS), strict=True
        ):
            logits = (x_part @ E.T).float() + b
            top = logits.amax(1, keepdim=True)
            right = logits.gather(1, y_part[:, None])
            mean = logits.mean(1, keepdim=True)
            p = logits.sub_(top).exp_()
            sums = p.sum(1, keepdim=True)
            total += (sums.log() + top - (1 - smoothing) * right - smoothing * mean).sum().item()
            p.div_(sums).sub_(smoothing / V)
            p.scatter_add_(1, y_part[:, None], torch.full_like(right, smoothing - 1))
            db += p.sum(0)
            d = p.bfloat16()
            dx_part.copy_(d @ E)
            dE += d.T @ x_part
        ctx.save_for_backward(dx, dE, db)
        return torch.tensor(total / len(y))

    @staticmethod
    def backward(ctx, gradient: Tensor) -> tuple:
        dx, dE, db = ctx.saved_tensors
        share = gradient / len(dx)
        return dx.float() * share, dE * share, db * share, None, None


def loss_of(model: Translator, source: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
    """Return the mean loss in nats a piece, the end counted as one; products in bfloat16."""
    with torch.autocast("cpu", torch.bfloat16):
        features = model.features(source, target[:, :-1])
    y = target[:, 1:].flatten()
    there = (y != PAD).nonzero()[:, 0]
    x = features.flatten(0, 1)[there]
    return SmoothedLoss.apply(x, model.embedding.weight, model.bias, y[there], smoothing)
