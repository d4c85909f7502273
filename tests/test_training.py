"""The Trainer is torch.optim.SGD with momentum, one step at a time."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from labs.data import Split
from labs.training import Trainer


def data(n: int = 48) -> Split:
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(n, 5, generator=generator, dtype=torch.float64)
    y = torch.randint(3, (n,), generator=generator)
    return Split(x, y, x[:5], y[:5], "noise", "made here")


def net() -> nn.Module:
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 3)).double()


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_fifty_steps_of_sgd(momentum):
    """On whole batches, so that the order does not matter; the learning rate changes half-way."""
    mine, theirs, split = net(), net(), data()
    trainer = Trainer(mine, split, learning_rate=0.2, momentum=momentum, batch=len(split.x))
    optimizer = torch.optim.SGD(theirs.parameters(), lr=0.2, momentum=momentum)
    for step in range(1, 51):
        if step == 25:
            trainer.learning_rate = optimizer.param_groups[0]["lr"] = 0.05
        logits = theirs(split.x)
        loss = F.cross_entropy(logits, split.y)
        optimizer.zero_grad()
        loss.backward()
        report = trainer.step()
        norm = nn.utils.get_total_norm([p.grad for p in theirs.parameters()])
        assert report.step == step
        assert report.loss == pytest.approx(loss.item(), rel=1e-9)
        assert report.gradient_norm == pytest.approx(norm.item(), rel=1e-9)
        right = (logits.argmax(1) == split.y).double().mean().item()
        assert report.accuracy == pytest.approx(right, abs=1e-6)
        optimizer.step()
    for p, q in zip(mine.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(p, q, rtol=1e-9, atol=1e-9)


def run(seed: int) -> list[float]:
    trainer = Trainer(net(), data(50), learning_rate=0.1, batch=8, seed=seed)
    return [trainer.step().loss for _ in range(20)]


def test_the_same_seed_gives_the_same_batches():
    assert run(3) == run(3)
    assert run(3) != run(4)


def test_every_epoch_sees_every_example_once():
    split = data(50)
    seen: list[float] = []

    class Spy(nn.Linear):
        def forward(self, x):
            seen.extend(x[:, 0].tolist())
            return super().forward(x)

    trainer = Trainer(Spy(5, 3).double(), split, learning_rate=0.1, batch=8)
    for _ in range(14):  # two epochs of seven batches, the last of them smaller
        trainer.step()
    assert sorted(seen[:50]) == sorted(seen[50:]) == sorted(split.x[:, 0].tolist())
    assert seen[:50] != seen[50:]


def test_steps_leave_no_grad_and_the_data_alone():
    split, model = data(), net()
    kept = split.x.clone()
    Trainer(model, split, learning_rate=0.1).step()
    assert all(p.grad is None for p in model.parameters())
    assert split.x.equal(kept)


def test_a_runaway_is_reported():
    trainer = Trainer(net().float(), data(), learning_rate=0.1)
    trainer.data = Split(*(t.float() if t.is_floating_point() else t for t in (
        data().x * float("inf"), data().y, data().x_test, data().y_test)), "", "")  # fmt: skip
    assert not trainer.step().finite
