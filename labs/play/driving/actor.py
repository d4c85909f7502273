"""Actor and critic: a policy net and a value net that learn from rollouts."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.play.driving.eyes import SEEN
from labs.play.driving.learning import Report, dense
from labs.play.driving.policy_gradient import policy_gradient_loss
from labs.play.driving.ppo import CLIP, Losses, ppo_loss
from labs.play.driving.reward import Reward
from labs.play.driving.rollout import SPAN, Rollout, gae
from labs.play.driving.world import ACTIONS, World

LAMBDA = 0.95
MINIBATCH = 512
EPOCHS = 4  # of PPO over a rollout; policy gradient takes one step, on all of it
STEEPEST = 0.5  # norm of a gradient

Kept = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


class ActorCritic:
    """A learner of rollouts.  A step is a decision of each car, or else one optimizer step."""

    def __init__(self, name: str, generator: torch.Generator, rate: float, inputs: int = SEEN,
                 actions: int = len(ACTIONS)) -> None:  # fmt: skip
        """name: PPO or policy gradient."""
        self.name, self.random = name, generator
        self.policy = dense(inputs, actions, generator, nn.Tanh, 0.01)
        self.critic = dense(inputs, 1, generator, nn.Tanh)
        self.parameters = [*self.policy.parameters(), *self.critic.parameters()]
        self.optimizer = torch.optim.Adam(self.parameters, lr=rate)
        self.loss: Callable[..., Losses] = ppo_loss if name == "PPO" else policy_gradient_loss
        self.kept: list[Kept] = []  # decisions of the rollout that is being made
        self.waiting: list[Tensor] = []  # rows of it that are yet to be learned from
        self.rollout: Rollout | None = None
        self.parts: Losses | None = None  # of the last optimizer step
        self.updates = 0
        self.clip, self.epochs = CLIP, EPOCHS
        self.most = math.log(actions)  # nats: the entropy of a policy that chooses any

    @torch.no_grad()
    def value(self, seen: Tensor) -> Tensor:
        """Return what the value net expects: (N,)."""
        return self.critic(seen)[:, 0]

    @torch.no_grad()
    def preferences(self, seen: Tensor) -> Tensor:
        """Return the probability of every action: (N, actions)."""
        return self.policy(seen).softmax(1)

    def step(self, world: World, seen: Tensor, reward: Reward, explore: float,
             gamma: float) -> tuple[Report | None, Tensor]:  # fmt: skip
        """Let all cars decide once, or learn from what they did.

        Return what happened, None where none of them moved, and what they see then.  explore: the
        weight of the policy's entropy.
        """
        if self.waiting:
            self.learn(explore)
            return None, seen
        log_prob = self._log_prob(seen)
        action = torch.multinomial(log_prob.exp(), 1, generator=self.random)[:, 0]
        action[0] = log_prob[0].argmax()  # the first car never explores
        step = world.step(action)
        earned = reward.of(step)
        ended = step.crashed | step.late
        # a car whose time is over would have driven on: what was still to come is added
        whole = earned + gamma * self.value(step.seen) * step.late
        chosen = log_prob.gather(1, action[:, None])[:, 0]
        self.kept.append((seen, action, chosen, self.value(seen), whole, ended))
        report = Report(earned, step.moved, step.crashed, ended, world.gone.clone())
        world.begin(ended)
        seen = world.see() if ended.any() else step.seen
        if len(self.kept) == SPAN:
            self._finish(seen, gamma)
        return report, seen

    def learn(self, explore: float) -> None:
        """Take one optimizer step on rows that wait."""
        rows = self.rollout.pick(self.waiting.pop())
        more = {"clip": self.clip} if self.name == "PPO" else {}
        self.parts = self.loss(
            self.policy(rows.state),
            self.critic(rows.state)[:, 0],
            *rows[1:],
            entropy_weight=explore,
            **more,
        )
        self.optimizer.zero_grad()
        self.parts.loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, STEEPEST)
        self.optimizer.step()
        self.updates += 1

    @torch.no_grad()
    def _log_prob(self, seen: Tensor) -> Tensor:
        return F.log_softmax(self.policy(seen), 1)

    def _finish(self, seen: Tensor, gamma: float) -> None:
        """Make a rollout of what was kept; without the first car, whose actions were no sample."""
        columns = [torch.stack(column)[:, 1:] for column in zip(*self.kept, strict=True)]
        state, action, chosen, value, reward, ended = columns
        values = torch.cat([value, self.value(seen)[None, 1:]])
        advantage = gae(reward, values, ended, gamma, LAMBDA if self.name == "PPO" else 1.0)
        returns = advantage + value
        advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
        self.rollout = Rollout(state.flatten(0, 1), action.flatten(), chosen.flatten(),
                               advantage.flatten(), returns.flatten())  # fmt: skip
        self.kept = []
        count = len(self.rollout.action)
        if self.name != "PPO":
            self.waiting = [torch.arange(count)]
            return
        parts = math.ceil(count / MINIBATCH)
        for _ in range(self.epochs):
            self.waiting += torch.randperm(count, generator=self.random).chunk(parts)
