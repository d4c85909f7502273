"""A net that evaluates many positions at once: what self-play and matches wait for.

The copy that plays has its batch norms folded into the convolutions and counts in bfloat16, which
takes about a third of the time.  The net that learns stays as it is.  A position that was evaluated
not long ago is not evaluated again: half of a search is about what the search of the last move saw.
"""

from copy import deepcopy

import numpy as np
import torch
from torch import nn

from labs.models.fold import fold
from labs.play.board.forest import EvaluateMany
from labs.play.board.games.many import FIRST, PASSES, PLY, SECOND, Many
from labs.play.board.symmetry import symmetries, turn

CHUNK = 128  # so many positions at a time stay in the processor's cache
SLOTS = 1 << 16  # positions that are remembered
MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


def playing_copy(net: nn.Module) -> nn.Module:
    """Return a frozen copy of a net for playing: folded, channels last, in bfloat16."""
    copy = fold(deepcopy(net).eval()).requires_grad_(False)
    return copy.to(torch.bfloat16, memory_format=torch.channels_last)


class Memory:
    """What a net said about the last positions; a new one takes the place of an old one."""

    def __init__(self, moves: int) -> None:
        self.keys = np.full((SLOTS, 3), -1, np.int64)
        self.logits = np.empty((SLOTS, moves), np.float32)
        self.values = np.empty(SLOTS, np.float32)

    def find(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the positions' keys (B, 3), their slots (B,), and which are there, bool (B,)."""
        keys = states[:, [FIRST, SECOND, PASSES]]
        keys[:, 2] += (states[:, PLY] & 1) << 2
        slots = ((keys.astype(np.uint64) * MIX).sum(1) >> np.uint64(48)).astype(np.int64)
        return keys, slots, (self.keys[slots] == keys).all(1)

    def keep(
        self, keys: np.ndarray, slots: np.ndarray, logits: np.ndarray, values: np.ndarray
    ) -> None:
        """Put evaluations into their slots."""
        self.keys[slots], self.logits[slots], self.values[slots] = keys, logits, values


def by_net(rules: Many, net: nn.Module, rng: np.random.Generator | None = None) -> EvaluateMany:
    """Return an evaluation by a `playing_copy`; with rng the boards are turned, anew each time."""
    points, moves = symmetries(rules.game)
    kind = next(net.parameters()).dtype
    memory = Memory(rules.moves)

    @torch.inference_mode()
    def ask(states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        planes = torch.from_numpy(rules.planes(states))
        which = 0 if rng is None else int(rng.integers(len(points)))
        if which:
            planes = turn(planes, points[which])
        planes = planes.to(kind, memory_format=torch.channels_last)
        parts = [net(chunk) for chunk in planes.split(CHUNK)]
        logits, values = (torch.cat(part).float().numpy() for part in zip(*parts, strict=True))
        if which:  # the moves turn back
            logits = logits[:, moves[which].argsort().numpy()]
        return logits, values

    def evaluate(states: np.ndarray, legal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        keys, slots, known = memory.find(states)
        logits, values = memory.logits[slots], memory.values[slots]
        new = np.flatnonzero(~known)
        if new.size:
            logits[new], values[new] = ask(states[new])
            memory.keep(keys[new], slots[new], logits[new], values[new])
        shares = np.where(legal, np.exp(logits - logits.max(1, keepdims=True)), 0)
        shares += legal * 1e-9  # also where all that is legal seemed impossible
        return shares / shares.sum(1, keepdims=True), values

    return evaluate
