"""A matrix times a vector, with half the memory to read where float16 holds the weights exactly.

One step of a net reads every weight once, and memory is what it waits for.  The zoo's files hold
float16, so nothing is lost: FBGEMM, in PyTorch on x86, multiplies such weights with float32 vectors
and adds in float32.  Elsewhere, and for weights in training, it is `torch.addmv`.
"""

import warnings
from collections.abc import Callable

import torch
from torch import Tensor


def _available() -> bool:
    """Whether FBGEMM is here.  PyTorch warns once that its operators are old; not in a session."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            packed = torch.fbgemm_pack_gemm_matrix_fp16(torch.ones(1, 1))
            one = torch.ones(1)
            made = torch.fbgemm_linear_fp16_weight_fp32_activation(one[None], packed, one)
        except (AttributeError, RuntimeError):  # another processor, a later PyTorch
            return False
    return made.item() == 2


AVAILABLE = _available()


def product(W: Tensor, x: Tensor, out: Tensor) -> Callable[[Tensor], Tensor]:
    """Return a function of a bias (rows,) that leaves W x + bias in `out`: (rows,) and returns it.

    W: (rows, columns) does not change; x: (columns,) is read at every call.  Where float16 holds W
    exactly, `packed` does the same.
    """
    return packed(W, x, out) or (lambda bias: torch.addmv(bias, W, x, out=out))


def packed(W: Tensor, x: Tensor, out: Tensor) -> Callable[[Tensor], Tensor] | None:
    """Return what `product` returns, by FBGEMM; None where it is not here or float16 too coarse."""
    if not AVAILABLE or not torch.equal(W, W.half().float()):
        return None
    matrix, row, made = torch.fbgemm_pack_gemm_matrix_fp16(W), x[None], out[None]
    multiply = torch.fbgemm_linear_fp16_weight_fp32_activation
    return lambda bias: made.copy_(multiply(row, matrix, bias))[0]
