"""Decisions a second of 64 cars with rays, on one thread; and what a step of each learner takes."""

from collections.abc import Callable, Iterator

import torch

from labs.play.driving import Reinforce
from labs.play.driving.presets import preset
from labs.play.driving.world import ACTIONS, World
from tests.bench.measure import Row, interleaved

CARS = 64


def simulator() -> Callable[[], None]:
    """Return what lets all cars decide once, at random, and begin anew where they crashed."""
    generator = torch.Generator().manual_seed(0)
    world = World(preset("bean"), CARS, generator)

    def decide() -> None:
        step = world.step(torch.randint(0, len(ACTIONS), (CARS,), generator=generator))
        world.begin(step.crashed | step.late)

    return decide


def learner(method: str) -> Callable[[], object]:
    """Return a step of a lab that learns by this method and has learned for a while."""
    lab = Reinforce()
    lab.receive({"setting": "method", "value": method})
    for _ in range(100):
        lab.step()
    return lab.step


def rows() -> Iterator[Row]:
    """Yield the rate of the simulator, and milliseconds of a step while it learns."""
    torch.set_num_threads(1)
    taken = interleaved({"simulator": simulator()})
    yield Row("64 cars with rays", 1000 * CARS / taken["simulator"], "decisions/s", at_least=30_000)
    for name, ms in interleaved({m: learner(m) for m in ("DQN", "PPO")}).items():
        yield Row(f"a step of {name}", ms, "ms", at_most=10)
