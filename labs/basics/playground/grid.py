"""Two hundred and fifty-six nets: sixteen learning rates by sixteen seeds, a row at each worker."""

from dataclasses import replace

import torch
from safetensors.torch import load, save

from labs.basics.playground.exam import Sample
from labs.basics.playground.run import Run
from labs.basics.playground.setup import Setup
from labs.basics.playground.sweep import COPIES, Sweep, rates
from labs.cluster.stream import Stream
from labs.numerals import written

SEEDS = range(1, 17)
EPOCHS = 1000


def short(rate: float) -> str:
    """Return a learning rate in at most four characters: 2e−4, 0.01."""
    return written(rate, ".1g") if rate >= 0.01 else written(rate, ".0e").replace("−0", "−")


RATES = tuple(map(short, rates().tolist()))


@torch.inference_mode()
def row(setup: Setup, points: bytes, seed: int, epochs: int) -> list[float]:
    """Return the test losses after so many epochs from a seed's weights, one for each rate.

    points: as `packed` gives them.
    """
    sweep = Sweep(Run(replace(setup, seed=seed), *_samples(points)), "rate")
    for _ in range(epochs):
        sweep.finish_epoch()
    return sweep.losses().tolist()


def packed(train: Sample, test: Sample) -> bytes:
    """Return both samples in safetensors format."""
    both = {"train": train, "test": test}
    return save(
        {f"{name}.{k}": v.contiguous() for name, s in both.items() for k, v in vars(s).items()}
    )


def _samples(points: bytes) -> tuple[Sample, Sample]:
    tensors = load(points)
    train, test = (Sample(*(tensors[f"{n}.{k}"] for k in "xyt")) for n in ("train", "test"))
    return train, test


class Grid:
    """The losses of all of them, which come row by row."""

    def __init__(self, run: Run) -> None:
        self.losses = torch.full((len(SEEDS), COPIES), torch.nan)
        self.calls = Stream()
        points = packed(run.train, run.test)
        for k, seed in enumerate(SEEDS):
            self.calls.send(k, row, run.setup, points, seed, EPOCHS)

    def step(self) -> bool:
        """Take in the rows that have come; False when all are there."""
        for k, losses in self.calls.come():
            self.losses[k] = torch.tensor(losses).nan_to_num(torch.inf)
        return bool(self.calls)

    def told(self) -> str:
        """Return how far it is, in words."""
        done = len(SEEDS) - len(self.calls)
        if done == len(SEEDS):
            return f"after {EPOCHS} epochs"
        return f"{done} of {len(SEEDS)} seeds; {self.calls.told('seed')}"


def setting(row: int, column: int) -> dict[str, float | int]:
    """Return the settings of a cell."""
    return {"seed": SEEDS[row], "learning_rate": float(rates()[column])}
