"""`operations` by operators that torch keeps to itself: as near to the sums as Python gets.

For one small picture the public ways take as long as the sums do.  `thnn_conv2d` lays every patch
out as a column and multiplies all at once, without what oneDNN's faster kernels prepare.

Convolution as a matrix product: Chellapilla, Puri & Simard (2006),
https://inria.hal.science/inria-00112631
"""

import torch
from torch import Tensor

_convolve = torch._C._nn.thnn_conv2d
_convolve_back = torch.ops.aten._slow_conv2d_backward.output_mask
_pool = torch._C._nn.max_pool2d_with_indices
_unpool = torch._C._nn.max_unpool2d
_relu_back = torch.ops.aten.threshold_backward.default
ONLY_INPUT = [True, False, False]


def convolve(x: Tensor, kernel: Tensor, bias: Tensor, padding: int) -> Tensor:
    """Do as `operations.convolve` does."""
    return _convolve(x[None], kernel, [5, 5], bias, [1, 1], [padding, padding])[0]


def convolve_back(delta: Tensor, x: Tensor, kernel: Tensor, padding: int) -> Tensor:
    """Do as `operations.convolve_back` does."""
    p = [padding, padding]
    return _convolve_back(delta[None], x[None], kernel, [5, 5], [1, 1], p, ONLY_INPUT)[0][0]


def pool(x: Tensor) -> tuple[Tensor, Tensor]:
    """Do as `operations.pool` does."""
    return _pool(x, 2)


def pool_back(g: Tensor, winners: Tensor, side: int) -> Tensor:
    """Do as `operations.pool_back` does."""
    return _unpool(g, winners, [side, side])


def relu_back(g: Tensor, a: Tensor) -> Tensor:
    """Do as `operations.relu_back` does."""
    return _relu_back(g, a, 0)
