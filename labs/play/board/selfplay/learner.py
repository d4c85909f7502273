"""A net learns from the positions of its own games: cross entropy and squared error."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.play.board.games import Game
from labs.play.board.selfplay.games import Samples
from labs.play.board.symmetry import symmetries, turn


def losses(net: nn.Module, planes: Tensor, shares: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
    """Return the policy's cross entropy to the search's shares, and the value's squared error.

    planes (N, C, H, W), shares (N, moves) that add up to 1, values (N,) in [-1, 1]; two scalars.
    """
    logits, predicted = (output.float() for output in net(planes))
    return -(shares * logits.log_softmax(1)).sum(1).mean(), F.mse_loss(predicted, values)


class Learner:
    """A buffer of the last positions, and AdamW on minibatches drawn from it."""

    def __init__(
        self,
        game: Game,
        net: nn.Module,
        generator: torch.Generator,
        *,
        capacity: int = 50_000,
        batch: int = 128,
        rate: float = 2e-3,
        weights: tuple[float, float] = (1.0, 1.0),
        mixed: bool = False,
    ) -> None:
        """rate: the learning rate, which `set_rate` may change; weights: of policy and value.

        mixed: convolutions count in bfloat16, for nets that are large enough to gain by it.
        """
        self.game, self.net, self.generator, self.batch = game, net, generator, batch
        self.weights, self.mixed = weights, mixed
        if mixed:
            net.to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-3)
        self.points, self.moves = symmetries(game)
        self.capacity, self.seen = capacity, 0  # positions that were ever put in
        self.planes = torch.empty(capacity, len(game.plane_names), *game.shape, dtype=torch.uint8)
        self.shares = torch.empty(capacity, game.moves)
        self.values = torch.empty(capacity)

    def __len__(self) -> int:
        """Return how many positions the buffer holds."""
        return min(self.seen, self.capacity)

    def set_rate(self, rate: float) -> None:
        """Change the learning rate."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate

    def add(self, samples: Samples) -> None:
        """Put positions into the buffer, over the oldest ones once it is full."""
        at = (torch.arange(len(samples)) + self.seen) % self.capacity
        self.planes[at] = samples.planes.to(torch.uint8)
        self.shares[at], self.values[at] = samples.shares, samples.values
        self.seen += len(samples)

    @torch.enable_grad()
    def step(self) -> tuple[float, float]:
        """Learn from one minibatch, each position turned by chance; return both losses."""
        at = torch.randint(len(self), (self.batch,), generator=self.generator)
        which = torch.randint(len(self.points), (self.batch,), generator=self.generator)
        planes = turn(self.planes[at].float(), self.points[which])
        if self.mixed:
            planes = planes.to(memory_format=torch.channels_last)
        shares = self.shares[at].gather(1, self.moves[which])
        self.net.train()
        with torch.autocast("cpu", torch.bfloat16, enabled=self.mixed):
            policy, value = losses(self.net, planes, shares, self.values[at])
        self.optimizer.zero_grad()
        (self.weights[0] * policy + self.weights[1] * value).backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimizer.step()
        self.net.eval()
        return policy.item(), value.item()
