"""How good a photo net is, on clean photos and on attacked ones.

The attack is Madry et al., "Towards deep learning models resistant to adversarial attacks",
https://arxiv.org/abs/1706.06083
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.zoo.train.digits import Result
from labs.zoo.train.photos.data import Photos, batches

ATTACKED = 1_000  # validation photos, ten of each class, that PGD is measured on


def measure(model: nn.Module, photos: Photos, seed: int) -> Result:
    """Return the model, frozen, with its accuracies on validation photos, plain and attacked."""
    model = model.eval().requires_grad_(False)
    metrics = {
        "held_out_accuracy": accuracy(model, photos.x_held, photos.y_held),
        "validation_accuracy": accuracy(model, photos.x_val, photos.y_val),
        "validation_top5_accuracy": accuracy(model, photos.x_val, photos.y_val, top=5),
    }
    some = slice(None, None, len(photos.x_val) // ATTACKED)  # classes lie in order: ten of each
    x, y = photos.x_val[some], photos.y_val[some]
    metrics["attacked_photos_accuracy"] = accuracy(model, x, y)
    for eps in (2, 4):
        generator = torch.Generator().manual_seed(seed)
        robust = robust_accuracy(model, x, y, eps / 255, generator=generator)
        metrics[f"pgd20_eps{eps}_accuracy"] = robust
    return Result(model, metrics)


@torch.no_grad()
def accuracy(model: nn.Module, x: Tensor, y: Tensor, top: int = 1) -> float:
    """Share of x: (N, 3, H, W) uint8 that has class y among the model's `top` best."""
    model.eval()
    best = torch.cat([model(part).topk(top).indices for part, _ in batches(x, y)])  # (N, top)
    return (best == y[:, None]).any(1).float().mean().item()


def robust_accuracy(
    model: nn.Module, x: Tensor, y: Tensor, eps: float, *, generator: torch.Generator
) -> float:
    """Share of x that PGD leaves in its class y.

    20 steps of eps / 8 from a random start in the box of +-eps.  A photo that has been fooled once
    counts as fooled and is left alone, which makes the attack a little stronger and far cheaper.
    """
    model.eval()
    left = 0
    for clean, label in batches(x, y):
        right = model(clean).argmax(1) == label
        clean, label = clean[right], label[right]
        noise = torch.rand(clean.shape, generator=generator) * 2 - 1
        moved = (clean + eps * noise).clamp(0, 1)
        for _ in range(20):
            if not len(clean):
                break
            moved.requires_grad_()
            loss = F.cross_entropy(model(moved), label, reduction="sum")
            (grad,) = torch.autograd.grad(loss, moved)
            moved = moved.detach() + eps / 8 * grad.sign()
            moved = torch.minimum(torch.maximum(moved, clean - eps), clean + eps).clamp(0, 1)
            with torch.no_grad():
                right = model(moved).argmax(1) == label
            clean, label, moved = clean[right], label[right], moved[right]
        left += len(clean)
    return left / len(y)
