"""A net that evaluates many positions at once: what self-play and matches wait for.

The copy that plays has its batch norms folded into the convolutions and counts in bfloat16, which
takes about a fourth of the time.  The net that learns stays as it is.
"""

from copy import deepcopy

import numpy as np
import torch
from torch import nn

from labs.models.fold import fold
from labs.play.board.forest import EvaluateMany
from labs.play.board.games.many import Many
from labs.play.board.symmetry import symmetries, turn

CHUNK = 128  # so many positions at a time stay in the processor's cache


def playing_copy(net: nn.Module) -> nn.Module:
    """Return a frozen copy of a net for playing: folded, channels last, in bfloat16."""
    copy = fold(deepcopy(net).eval()).requires_grad_(False)
    return copy.to(torch.bfloat16, memory_format=torch.channels_last)


def by_net(rules: Many, net: nn.Module, rng: np.random.Generator | None = None) -> EvaluateMany:
    """Return an evaluation by a `playing_copy`; with rng the boards are turned, anew each time."""
    points, moves = symmetries(rules.game)
    kind = next(net.parameters()).dtype

    @torch.inference_mode()
    def evaluate(states: np.ndarray, legal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        planes = torch.from_numpy(rules.planes(states))
        which = 0 if rng is None else int(rng.integers(len(points)))
        if which:
            planes = turn(planes, points[which])
        planes = planes.to(kind, memory_format=torch.channels_last)
        parts = [net(chunk) for chunk in planes.split(CHUNK)]
        logits = torch.cat([part[0] for part in parts]).float().numpy()
        if which:
            back = np.empty_like(logits)
            back[:, moves[which].numpy()] = logits
            logits = back
        shares = np.where(legal, np.exp(logits - logits.max(1, keepdims=True)), 0)
        shares += legal * 1e-9  # also where all that is legal seemed impossible
        return shares / shares.sum(1, keepdims=True), torch.cat(
            [part[1] for part in parts]
        ).float().numpy()

    return evaluate
