"""Deep Q-learning (DQN): learn what an action is worth from remembered decisions.

Mnih et al., "Human-level control through deep reinforcement learning", Nature 518, 2015,
https://doi.org/10.1038/nature14236.  The target is Bellman's: what an action is worth is its
reward and, discounted, what the best next one is worth by a copy of the net that is held still for
a while.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.play.driving.eyes import SEEN
from labs.play.driving.learning import Report, dense
from labs.play.driving.reward import Reward
from labs.play.driving.world import ACTIONS, World

KEPT = 60_000  # decisions in the replay buffer
BATCH = 256
EARLY = 2_000  # decisions before it learns


class Batch(NamedTuple):
    """Decisions, whatever made them; any five tensors in this order will do."""

    state: Tensor  # (N, inputs)
    action: Tensor  # (N,) whole numbers: columns of q
    reward: Tensor  # (N,)
    after: Tensor  # (N, inputs): the state that it led to
    ended: Tensor  # (N,) bool, or 0 and 1: whether nothing comes after it, as in a crash


def dqn_target(target_q: Callable[[Tensor], Tensor], batch: Batch, gamma: float) -> Tensor:
    """Return r + gamma max_a target_q(after, a), or r alone where it ended: (N,)."""
    _, _, reward, after, ended = batch
    with torch.no_grad():
        best = target_q(after).amax(1)
    return reward + gamma * best * (1 - ended.to(best.dtype))


def dqn_loss(q: Callable[[Tensor], Tensor], target_q: Callable[[Tensor], Tensor], batch: Batch,
             gamma: float) -> Tensor:  # fmt: skip
    """Return the mean Huber loss of q(state, action) against `dqn_target`, a scalar.

    q, target_q: nets (N, inputs) -> (N, actions).  batch: see `Batch`.  gamma: in [0, 1].  Errors
    up to 1 count by half their square, larger ones linearly; gradients flow through q alone.
    """
    state, action, *_ = batch
    value = q(state).gather(1, action.long()[:, None])[:, 0]
    return F.smooth_l1_loss(value, dqn_target(target_q, batch, gamma))


class Replay:
    """The last decisions, from which batches are drawn with replacement."""

    def __init__(self, size: int, inputs: int) -> None:
        self.size, self.count = size, 0  # how many were ever added
        self.state, self.after = torch.zeros(size, inputs), torch.zeros(size, inputs)
        self.action = torch.zeros(size, dtype=torch.long)
        self.reward, self.ended = torch.zeros(size), torch.zeros(size, dtype=torch.bool)

    def __len__(self) -> int:
        return min(self.count, self.size)

    def add(self, batch: Batch) -> None:
        """Remember decisions in the place of the oldest."""
        at = (self.count + torch.arange(len(batch.action))) % self.size
        for kept, new in zip((self.state, self.action, self.reward, self.after, self.ended), batch,
                             strict=True):  # fmt: skip
            kept[at] = new
        self.count += len(at)

    def draw(self, count: int, generator: torch.Generator) -> Batch:
        """Return decisions at random."""
        at = torch.randint(0, len(self), (count,), generator=generator)
        return Batch(*(kept[at] for kept in
                       (self.state, self.action, self.reward, self.after, self.ended)))  # fmt: skip


class DQN:
    """DQN at work on many cars: a step is one decision of each, and one optimizer step."""

    name = "DQN"

    def __init__(self, generator: torch.Generator, rate: float, inputs: int = SEEN,
                 actions: int = len(ACTIONS)) -> None:  # fmt: skip
        self.random, self.actions = generator, actions
        self.q = dense(inputs, actions, generator, nn.ReLU)
        self.target = dense(inputs, actions, generator, nn.ReLU)
        self.optimizer = torch.optim.Adam(self.q.parameters(), lr=rate)
        self.replay = Replay(KEPT, inputs)
        self.batch: Batch | None = None  # the last that was learned from
        self.updates, self.hold = 0, 250  # optimizer steps between two copies of the net
        self.refresh()

    def refresh(self) -> None:
        """Copy the net into the target net."""
        self.target.load_state_dict(self.q.state_dict())

    @torch.no_grad()
    def scores(self, seen: Tensor) -> Tensor:
        """Return the value of every action: (N, actions)."""
        return self.q(seen)

    @torch.no_grad()
    def value(self, seen: Tensor) -> Tensor:
        """Return the value of the best action: (N,)."""
        return self.q(seen).amax(1)

    def preferences(self, seen: Tensor) -> Tensor:
        """Return 1 for the best action and 0 for the others: (N, actions)."""
        return F.one_hot(self.scores(seen).argmax(1), self.actions).float()

    def act(self, seen: Tensor, explore: float) -> Tensor:
        """Return an action for each car: the best, or with probability `explore` any.  The first
        car never explores.
        """
        best = self.scores(seen).argmax(1)
        other = torch.randint(0, self.actions, best.shape, generator=self.random)
        explores = torch.rand(best.shape, generator=self.random) < explore
        explores[0] = False
        return torch.where(explores, other, best)

    def step(self, world: World, seen: Tensor, reward: Reward, explore: float,
             gamma: float) -> tuple[Report, Tensor]:  # fmt: skip
        """Let all cars decide once, and learn; return what happened and what they see then."""
        action = self.act(seen, explore)
        step = world.step(action)
        earned = reward.of(step)
        self.replay.add(Batch(seen, action, earned, step.seen, step.crashed))
        ended = step.crashed | step.late
        report = Report(earned, step.moved, step.crashed, ended, world.gone.clone())
        world.begin(ended)
        if self.replay.count >= EARLY:
            report = report._replace(loss=self.learn(gamma))
        return report, world.see() if ended.any() else step.seen

    def learn(self, gamma: float) -> float:
        """Take one optimizer step on a batch of the past; return its loss."""
        self.batch = self.replay.draw(BATCH, self.random)
        loss = dqn_loss(self.q, self.target, self.batch, gamma)
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.q.parameters(), 10.0)
        self.optimizer.step()
        self.updates += 1
        if self.updates % self.hold == 0:
            self.refresh()
        return loss.item()
