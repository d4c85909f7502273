"""What a translator's encoder hands on, and what a step of its decoder gives."""

from typing import NamedTuple

from torch import Tensor


class Encoded(NamedTuple):
    """What the encoder made of N sentences of S pieces."""

    states: Tensor  # (N, S, 2H): h_j, forwards and backwards
    keys: Tensor  # (N, S, A): U h_j; empty (N, S, 0) in the plain net
    mask: Tensor  # (N, S), True at pieces, False at padding
    summary: Tensor  # (N, 2H): the last state of each direction


class Step(NamedTuple):
    """One step of the decoder."""

    state: Tensor  # (N, D): s_i
    logits: Tensor  # (N, V)
    attention: Tensor  # (N, S): alpha_i; the plain net gives weight 0 to all
    context: Tensor  # (N, 2H): c_i
