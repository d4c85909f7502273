"""Activation functions, each with its slope, written out.

`f(z, out)` writes f(z) into `out`; `slope(z, a, out)` writes f'(z), and may use a = f(z), which is
often the shorter way.  All work element by element on tensors of any shape.  Results go into
tensors that exist: for nets of this size, making a tensor takes longer than filling it.

GELU: Hendrycks & Gimpel, https://arxiv.org/abs/1606.08415.  SiLU: Ramachandran et al.,
https://arxiv.org/abs/1710.05941.  ELU: Clevert et al., https://arxiv.org/abs/1511.07289.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

LEAK = 0.01  # slope of a leaky ReLU below zero
# of each precision its own: mixing two costs more than the operation
ONE = {dtype: torch.ones((), dtype=dtype) for dtype in (torch.float32, torch.float64)}
_sigmoid_back = torch.ops.aten.sigmoid_backward.grad_input
_tanh_back = torch.ops.aten.tanh_backward.grad_input
_relu_back = torch.ops.aten.threshold_backward.grad_input
_leaky_back = torch.ops.aten.leaky_relu_backward.grad_input


@dataclass(frozen=True)
class Activation:
    """A function and its slope, both also as the lecture writes them (LaTeX).

    `fused(g, z, a, out)` is torch's own g f'(z), in one operation where we take two or three.
    """

    name: str
    f: Callable[[Tensor, Tensor], Tensor]
    slope: Callable[[Tensor, Tensor, Tensor], Tensor]
    formula: str
    slope_formula: str
    fused: Callable[[Tensor, Tensor, Tensor, Tensor], Tensor] | None = None

    def __call__(self, z: Tensor) -> Tensor:
        """Return f(z) as a new tensor."""
        return self.f(z, torch.empty_like(z))

    def derivative(self, z: Tensor) -> Tensor:
        """Return f'(z) as a new tensor."""
        return self.slope(z, self(z), torch.empty_like(z))

    def back(self, g: Tensor, z: Tensor, a: Tensor, out: Tensor) -> Tensor:
        """Write dL/dz = g f'(z) into `out`, from g = dL/da; the chain rule."""
        if self.fused is None:
            return self.slope(z, a, out).mul_(g)
        return self.fused(g, z, a, out)


def _elu(z: Tensor, out: Tensor) -> Tensor:
    return torch.add(z.clamp_min(0), torch.expm1(z.clamp_max(0)), out=out)


def _normal_below(z: Tensor) -> Tensor:
    """The share of a standard normal distribution that lies below z."""
    return 0.5 * (1 + torch.erf(z * math.sqrt(0.5)))


def _gelu_slope(z: Tensor, a: Tensor, out: Tensor) -> Tensor:
    density = torch.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return torch.addcmul(_normal_below(z), z, density, out=out)


def _silu_slope(z: Tensor, a: Tensor, out: Tensor) -> Tensor:
    s = torch.sigmoid(z)
    return torch.addcmul(s, a, 1 - s, out=out)


def _softplus(z: Tensor, out: Tensor) -> Tensor:
    # ln(1 + e^z), with the large part taken out so that no e^z overflows
    return torch.add(z.clamp_min(0), torch.log1p(torch.exp(-z.abs())), out=out)


_ALL = (
    Activation(
        "identity",
        lambda z, out: out.copy_(z),
        lambda z, a, out: out.fill_(1),
        "z",
        "1",
        lambda g, z, a, out: out.copy_(g),
    ),
    Activation(
        "sigmoid",
        lambda z, out: torch.sigmoid(z, out=out),
        lambda z, a, out: torch.addcmul(a, a, a, value=-1, out=out),
        r"\frac{1}{1 + e^{-z}}",
        r"a (1 - a)",
        lambda g, z, a, out: _sigmoid_back(g, a, grad_input=out),
    ),
    Activation(
        "tanh",
        lambda z, out: torch.tanh(z, out=out),
        lambda z, a, out: torch.addcmul(ONE[a.dtype], a, a, value=-1, out=out),
        r"\tanh z",
        r"1 - a^2",
        lambda g, z, a, out: _tanh_back(g, a, grad_input=out),
    ),
    Activation(
        "relu",
        lambda z, out: torch.clamp_min(z, 0, out=out),
        lambda z, a, out: torch.sign(a, out=out),  # a is never negative
        r"\max(0, z)",
        r"[z > 0]",
        lambda g, z, a, out: _relu_back(g, z, 0, grad_input=out),
    ),
    Activation(
        "leaky relu",
        lambda z, out: torch._C._nn.leaky_relu(z, LEAK, out=out),  # F.leaky_relu takes no `out`
        lambda z, a, out: torch.sign(z, out=out).clamp_(LEAK, 1),
        r"\max(0.01\,z, z)",
        r"[z > 0] + 0.01\,[z \le 0]",
        lambda g, z, a, out: _leaky_back(g, z, LEAK, False, grad_input=out),
    ),
    Activation(
        "elu",
        _elu,
        lambda z, a, out: torch.clamp_max(a, 0, out=out).add_(1),  # e^z below zero is a + 1
        r"\max(0, z) + \min(0, e^z - 1)",
        r"\min(1, e^z)",
    ),
    Activation(
        "gelu",
        lambda z, out: torch.mul(z, _normal_below(z), out=out),
        _gelu_slope,
        r"z\,\Phi(z)",
        r"\Phi(z) + z\,\varphi(z)",
    ),
    Activation(
        "silu",
        lambda z, out: torch.mul(z, torch.sigmoid(z), out=out),
        _silu_slope,
        r"z\,\sigma(z)",
        r"\sigma(z) + a\,(1 - \sigma(z))",
    ),
    Activation(
        "sine",
        lambda z, out: torch.sin(z, out=out),
        lambda z, a, out: torch.cos(z, out=out),
        r"\sin z",
        r"\cos z",
    ),
    Activation(
        "softplus",
        _softplus,
        lambda z, a, out: torch.sigmoid(z, out=out),
        r"\ln(1 + e^z)",
        r"\sigma(z)",
    ),
)
ACTIVATIONS = {activation.name: activation for activation in _ALL}
