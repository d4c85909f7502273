"""Look inside: the named activations of a model, and the gradients of a scalar at them.

Every hook is gone when the call returns, also after an error, and no `.grad` is written.  Several
threads may look into the same model at once; each sees what it sent through.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Trace:
    """What passed through: the output, each module's activation and, on request, gradients."""

    output: Tensor
    activations: dict[str, Tensor]
    gradients: dict[str, Tensor]  # empty unless `scalar` was given; "input" is the model's input


def trace(
    model: nn.Module,
    x: Tensor,
    modules: Iterable[str] | None = None,
    *,
    scalar: Callable[[Tensor], Tensor] | None = None,
) -> Trace:
    """Run model on x and return what its `modules` gave (default: all leaf modules, by name).

    x: whatever the model takes.  scalar: turns the output into the number whose gradient at every
    activation and at the input is wanted, e.g. `lambda logits: logits[0, 3]`.
    Raises ValueError for a module that the model does not have.
    """
    known = dict(model.named_modules())
    if modules is None:
        modules = [name for name, module in known.items() if name and not any(module.children())]
    wanted = list(modules)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ValueError(f"the model has no module {unknown[0]!r}; it has {', '.join(known)}")
    seen: dict[str, Tensor] = {}
    mine = threading.get_ident()

    def note(name: str) -> Callable[[nn.Module, tuple, Tensor], None]:
        def hook(_module: nn.Module, _inputs: tuple, output: Tensor) -> None:
            if threading.get_ident() == mine:
                seen[name] = output

        return hook

    handles = [known[name].register_forward_hook(note(name)) for name in wanted]
    try:
        with torch.set_grad_enabled(scalar is not None):
            x = x.detach().requires_grad_(scalar is not None)
            output = model(x)
            target = None if scalar is None else scalar(output)
    finally:
        for handle in handles:
            handle.remove()
    gradients: dict[str, Tensor] = {}
    if target is not None:
        sources = {"input": x} | seen
        found = torch.autograd.grad(target, list(sources.values()), allow_unused=True)
        gradients = {
            name: torch.zeros_like(source) if g is None else g
            for (name, source), g in zip(sources.items(), found, strict=True)
        }
    return Trace(output.detach(), {k: v.detach() for k, v in seen.items()}, gradients)


@torch.no_grad()
def grad_cam(maps: Tensor, gradient: Tensor) -> Tensor:
    """Return where maps (K, h, w) speak for the scalar that has this gradient (K, h, w): (h, w).

    Each map is weighted by its mean gradient; what speaks against is cut at 0.  Selvaraju et al.,
    "Grad-CAM: visual explanations from deep networks via gradient-based localization",
    https://arxiv.org/abs/1610.02391
    """
    return torch.einsum("k,khw->hw", gradient.mean((1, 2)), maps).relu()
