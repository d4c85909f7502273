"""Which pixels made the network say so?  Four answers, which do not always agree.

gradient             Simonyan, Vedaldi & Zisserman (2013), https://arxiv.org/abs/1312.6034
integrated gradients Sundararajan, Taly & Yan (2017), https://arxiv.org/abs/1703.01365
Grad-CAM             Selvaraju et al. (2016), https://arxiv.org/abs/1610.02391
occlusion            Zeiler & Fergus (2013), https://arxiv.org/abs/1311.2901
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.trace import grad_cam
from labs.vision.digit.passes import Forward, Weights, logits

STEPS = 24  # of the integral
WINDOW, STRIDE = 5, 2  # pixels covered at a time, and between two windows
METHODS = ("gradient", "integrated", "gradcam", "occlusion")
SIGNED = frozenset({"gradient", "integrated"})


def saliency(
    method: str,
    a: Forward,
    gradients: Mapping[str, Tensor],
    weights: Weights,
    target: int,
    off: Mapping[str, Tensor] | None = None,
) -> Tensor:
    """Return the (28, 28) saliency of logit `target` by one of `METHODS`."""
    if method == "gradient":
        return gradients["seen"]
    if method == "integrated":
        return integrated_gradients(a.seen, weights, target, off)
    if method == "gradcam":
        cam = grad_cam(a.conv2, gradients["conv2"])
        return F.interpolate(cam[None, None], (28, 28), mode="bilinear")[0, 0]
    if method == "occlusion":
        return occlusion(a.seen, weights, target, off)
    raise ValueError(f"saliency is one of {', '.join(METHODS)}, not {method!r}")


@torch.enable_grad()
def integrated_gradients(
    seen: Tensor, weights: Weights, target: int, off: Mapping[str, Tensor] | None = None
) -> Tensor:
    """Return x o the mean gradient on the way from black to x: (28, 28).

    Its sum is the logit's rise from black to x, up to the error of the midpoint rule.
    """
    share = (torch.arange(STEPS) + 0.5) / STEPS
    x = (share.view(-1, 1, 1, 1) * seen).requires_grad_()  # (STEPS, 1, 28, 28)
    (gradient,) = torch.autograd.grad(logits(x, weights, off)[:, target].sum(), x)
    return seen * gradient.mean(dim=(0, 1))


@torch.no_grad()
def occlusion(
    seen: Tensor, weights: Weights, target: int, off: Mapping[str, Tensor] | None = None
) -> Tensor:
    """Return by how much the logit falls when a black window covers a pixel: (28, 28).

    The mean over all windows that cover it; where covering *raises* the logit, 0.
    """
    starts = (*range(0, 28 - WINDOW, STRIDE), 28 - WINDOW)  # the last one touches the edge
    corners = [(r, c) for r in starts for c in starts]
    x = seen.repeat(len(corners) + 1, 1, 1, 1)  # the last stays whole
    for i, (r, c) in enumerate(corners):
        x[i, :, r : r + WINDOW, c : c + WINDOW] = 0
    scores = logits(x, weights, off)[:, target]
    fall, count = torch.zeros(28, 28), torch.zeros(28, 28)
    for i, (r, c) in enumerate(corners):
        fall[r : r + WINDOW, c : c + WINDOW] += scores[-1] - scores[i]
        count[r : r + WINDOW, c : c + WINDOW] += 1
    return (fall / count.clamp_min(1)).relu()
