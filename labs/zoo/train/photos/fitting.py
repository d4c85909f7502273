"""The loop: one cycle of the learning rate, taken up again where a run was broken off.

The schedule is Smith & Topin, "Super-convergence", https://arxiv.org/abs/1708.07120; small photos
first is Howard's progressive resizing, https://arxiv.org/abs/1806.04854 (DAWNBench).
"""

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from labs.files import writing
from labs.zoo.train.photos.crops import crop, shift
from labs.zoo.train.photos.data import Photos
from labs.zoo.train.photos.measuring import accuracy

Loss = Callable[[nn.Module, Tensor, Tensor, torch.Generator, float], Tensor]


@dataclass(frozen=True)
class Phase:
    """Some epochs of crops alike: their side in pixels, and the area of the photo kept at least.

    Where all of it is kept the photo is shifted by whole pixels instead, and stays as sharp as the
    ones that will be measured.
    """

    epochs: int
    size: int
    smallest: float


@dataclass(frozen=True)
class Recipe:
    """The settings of one run; one cycle of the learning rate spans its phases."""

    phases: tuple[Phase, ...]
    learning_rate: float
    seed: int
    batch: int = 128
    weight_decay: float = 5e-4
    warm_up: float = 0.2  # share of the steps


class Run:
    """One run of a recipe: the state that goes from step to step, and to a file and back."""

    def __init__(self, model: nn.Module, photos: Photos, recipe: Recipe) -> None:
        self.model = model.to(memory_format=torch.channels_last)
        self.photos = photos
        self.recipe = recipe
        self.epochs = [phase for phase in recipe.phases for _ in range(phase.epochs)]
        self.epoch = 0  # of the next one
        self.per_epoch = len(photos.x) // recipe.batch  # steps
        matrices = [p for p in model.parameters() if p.ndim > 1]
        vectors = [p for p in model.parameters() if p.ndim <= 1]  # norms and biases do not decay
        self.optimizer = torch.optim.SGD(
            [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}],
            recipe.learning_rate, 0.9, weight_decay=recipe.weight_decay, nesterov=True,
        )  # fmt: skip
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, recipe.learning_rate, len(self.epochs) * self.per_epoch,
            pct_start=recipe.warm_up, cycle_momentum=False,
        )  # fmt: skip
        self.generator = torch.Generator().manual_seed(recipe.seed)

    def train_epoch(self, loss_of: Loss) -> float:
        """Train for the next epoch and return its mean loss."""
        self.model.train()
        losses = torch.zeros(())
        order = torch.randperm(len(self.photos.x), generator=self.generator)
        used = order[: self.per_epoch * self.recipe.batch]
        for step, index in enumerate(used.split(self.recipe.batch)):
            progress = (self.epoch + step / self.per_epoch) / len(self.epochs)
            x, y = self._crops(index), self.photos.y[index]
            loss = loss_of(self.model, x, y, self.generator, progress)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            self.schedule.step()
            losses += loss.detach()
        self.epoch += 1
        return losses.item() / self.per_epoch

    def _crops(self, index: Tensor) -> Tensor:
        """The photos at `index` as this epoch shows them: (N, 3, size, size)."""
        phase, x = self.epochs[self.epoch], self.photos.x[index].float() / 255
        if phase.smallest < 1:
            x = crop(x, phase.size, phase.smallest, generator=self.generator)
        else:
            x = shift(x, generator=self.generator)
        return x.contiguous(memory_format=torch.channels_last)

    def save(self, file: Path) -> None:
        """Write everything that the next epoch needs."""
        state = {
            "recipe": asdict(self.recipe),
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "generator": self.generator.get_state(),
            "epoch": self.epoch,
        }
        with writing(file) as whole:
            torch.save(state, whole)

    def resume(self, file: Path) -> None:
        """Go on where a run of the same recipe was broken off, if one was."""
        if not file.exists():
            return
        state = torch.load(file, weights_only=True)
        if state["recipe"] != asdict(self.recipe):
            return
        for part in ("model", "optimizer", "schedule"):
            getattr(self, part).load_state_dict(state[part])
        self.generator.set_state(state["generator"])
        self.epoch = state["epoch"]


def fit(
    model: nn.Module,
    photos: Photos,
    recipe: Recipe,
    loss_of: Loss,
    *,
    name: str,
    say: Callable[[str], None],
) -> None:
    """Train `model` by one-cycle SGD on `loss_of(model, x, y, generator, progress)`.

    After every epoch the state goes to a file in the system's temporary folder; a run of the same
    recipe that was broken off goes on from there.  float32: bfloat16 is the faster one only on
    processors that multiply it in hardware.  With glibc, MALLOC_MMAP_MAX_=0 and
    MALLOC_TRIM_THRESHOLD_=100000000000 in the environment make a step two to three times faster:
    freed tensors then stay with the process instead of going back to the kernel page by page.
    """
    saved = Path(tempfile.gettempdir()) / f"glassbox-{name}.resume.pt"
    run = Run(model, photos, recipe)
    run.resume(saved)
    for phase in run.epochs[run.epoch :]:
        loss = run.train_epoch(loss_of)
        held = accuracy(model, photos.x_held, photos.y_held)
        say(f"epoch {run.epoch:2d}  {phase.size} px  loss {loss:.4f}  held-out {held:.2%}")
        run.save(saved)
    saved.unlink()
