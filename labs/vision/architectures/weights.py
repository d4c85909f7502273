"""Weights from a stranger: a safetensors file and nothing else, checked before anything is loaded.

A safetensors file is a JSON header and numbers; reading one runs nothing.
"""

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from torch import Tensor, nn

from labs.numerals import counted

MAX_BYTES = 300_000_000  # it takes about four times as much memory for a moment
HEADER = 1_000_000  # bytes of a file beside its numbers, at most
LISTED = 6  # names in a sentence
PICKLES = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


class MismatchError(ValueError):
    """Weights of another network: one sentence, and `lines`, all that does not fit."""

    def __init__(self, lines: list[str]) -> None:
        shown = "; ".join(lines[:LISTED])
        more = f" and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
        differ = counted(len(lines), "difference")
        super().__init__(f"The weights do not fit this network ({differ}): {shown}{more}.")
        self.lines = lines


def read(data: bytes) -> dict[str, Tensor]:
    """Return the tensors in a safetensors file.  Raises ValueError, one sentence, for others."""
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"The file has {len(data) / 1e6:,.0f} MB; up to {MAX_BYTES / 1e6:.0f} MB are read."
        )
    if data.startswith(PICKLES):
        raise ValueError(
            "This is a pickled file (.pt, .pth, .bin), which could run a program when it is "
            "opened; save the weights as .safetensors."
        )
    try:
        return load_tensors(data)
    except (SafetensorError, ValueError, KeyError, TypeError, RuntimeError):
        raise ValueError("The file is not a readable .safetensors file.") from None


def mismatches(model: nn.Module, state: dict[str, Tensor]) -> list[str]:
    """Return what keeps `state` from fitting `model`, one line a name; empty if it fits."""
    wanted = model.state_dict()
    lines = [
        f"missing: {name} {tuple(wanted[name].shape)}"
        for name in wanted
        if name not in state and not name.endswith("num_batches_tracked")
    ]
    for name, tensor in state.items():
        if name not in wanted:
            lines.append(f"not in the network: {name[:80]} {tuple(tensor.shape)}")
        elif tensor.shape != wanted[name].shape:
            want = tuple(wanted[name].shape)
            lines.append(f"shape: {name} is {tuple(tensor.shape)} and should be {want}")
    return lines


def put(model: nn.Module, state: dict[str, Tensor]) -> nn.Module:
    """Give `model` the numbers of `state`, as 32-bit; returns it frozen and in eval mode.

    The model may be a shell on the meta device.  Raises MismatchError when names or shapes do not
    fit and ValueError when a number is not finite; nothing is loaded then.
    """
    lines = mismatches(model, state)
    if lines:
        raise MismatchError(lines)
    numbers = {
        name: tensor.float() if tensor.is_floating_point() else tensor
        for name, tensor in state.items()
    }
    for name, tensor in numbers.items():
        if not all(end.isfinite() for end in tensor.aminmax()):  # NaN is both; needs no copy
            raise ValueError(f"The weights in {name} are not all numbers (NaN or infinity).")
    counters = {
        name: torch.tensor(0) for name in model.state_dict() if name.endswith("batches_tracked")
    }
    model.load_state_dict(counters | numbers, assign=True)
    return model.eval().requires_grad_(False)
