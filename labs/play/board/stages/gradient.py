"""Stage 2, policy gradient: what was played in won games becomes likelier, in lost ones rarer.

REINFORCE: the gradient of the mean of z log p(a | s) over the moves of whole games, with the mean
result of each side as baseline.  The opponent is drawn from earlier versions of the same net, as
AlphaGo's is.  Williams (1992), https://doi.org/10.1007/BF00992696
"""

from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from labs.play.board import many_nets
from labs.play.board.forest import EvaluateMany
from labs.play.board.games.many import PLY, Many


@dataclass(frozen=True)
class Record:
    """The moves of one side in many games."""

    states: np.ndarray  # (n, 5)
    legal: np.ndarray  # bool (n, moves)
    moves: np.ndarray  # (n,)
    results: np.ndarray  # (n,) 1, 0 or -1 for the side
    first: np.ndarray  # bool (n,): the side moved first in this game


def play(
    rules: Many, own: EvaluateMany, other: EvaluateMany, games: int, rng: np.random.Generator
) -> Record:
    """Return the moves of `own`, drawn by its policy, which moves first in half of the games."""
    states, past = rules.start(games), np.full((games, rules.longest + 1, 2), -1, np.int64)
    past[:, 0] = 0
    leads = np.arange(games) < games // 2
    results, live = np.full(games, np.nan, np.float32), np.arange(games)
    kept: list[tuple[np.ndarray, ...]] = []
    while live.size:
        now = states[live]
        legal = rules.legal(now, past[live] if rules.superko else None)
        ply = int(now[0, PLY])
        mine = leads[live] == (ply % 2 == 0)
        moves = np.empty(len(live), np.int64)
        for who, side in ((own, mine), (other, ~mine)):
            if side.any():
                priors, _ = who(now[side], legal[side])
                drawn = rng.random((len(priors), 1)) * 0.9999
                moves[side] = (priors.cumsum(1) > drawn).argmax(1)
        kept.append((live[mine], now[mine], legal[mine], moves[mine]))
        states[live] = rules.advance(now, moves)
        past[live, ply + 1] = states[live, :2]
        results[live] = rules.result(states[live])
        live = live[np.isnan(results[live])]
    games_of, *parts = (np.concatenate(part) for part in zip(*kept, strict=True))
    won = np.where(leads, results, -results)
    return Record(*parts, results=won[games_of], first=leads[games_of])


def advantage(record: Record) -> np.ndarray:
    """Return the results less the mean result of the same side, float32 (n,)."""
    found = record.results.copy()
    for side in (record.first, ~record.first):
        if side.any():
            found[side] -= record.results[side].mean()
    return found


def policy_loss(logits: Tensor, legal: Tensor, moves: Tensor, advantages: Tensor) -> Tensor:
    """Return -mean(advantage log p(move)); its gradient is REINFORCE's, downwards.

    logits (N, moves), legal bool (N, moves), moves int64 (N,), advantages (N,); a scalar.
    """
    logs = logits.masked_fill(~legal, -1e9).log_softmax(1)
    return -(advantages * logs.gather(1, moves[:, None])[:, 0]).mean()


class PolicyGradient:
    """A net that learns from whole games against its earlier versions."""

    def __init__(
        self, rules: Many, net: nn.Module, seed: int, *, games: int = 256, rate: float = 3e-4
    ) -> None:
        """net: is changed in place; its batch norms keep their means and variances."""
        self.rules, self.net, self.games = rules, net.eval(), games
        self.rng = np.random.default_rng(seed)
        self.pool = [many_nets.playing_copy(net)]
        self.optimizer = torch.optim.Adam(net.parameters(), lr=rate)

    @torch.enable_grad()
    def step(self) -> float:
        """Play one batch of games and learn from it; return the mean result in [-1, 1]."""
        own = many_nets.playing_copy(self.net)
        rival = self.pool[int(self.rng.integers(len(self.pool)))]
        evaluate, other = (many_nets.by_net(self.rules, net) for net in (own, rival))
        record = play(self.rules, evaluate, other, self.games, self.rng)
        logits, _ = self.net(torch.from_numpy(self.rules.planes(record.states)))
        arrays = (record.legal, record.moves, advantage(record))
        loss = policy_loss(logits, *(torch.from_numpy(array) for array in arrays))
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        return float(record.results.mean())

    def keep_rival(self) -> None:
        """Put the net as it is into the pool of opponents."""
        self.pool.append(many_nets.playing_copy(deepcopy(self.net)))
