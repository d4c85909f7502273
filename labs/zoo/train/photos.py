"""What the recipes of the photo nets share: the photos, the crops, the loop, the measurements.

The schedule is Smith & Topin, "Super-convergence", https://arxiv.org/abs/1708.07120; small photos
first is Howard's progressive resizing, https://arxiv.org/abs/1806.04854 (DAWNBench).  The attack
that measures is Madry et al., "Towards deep learning models resistant to adversarial attacks",
https://arxiv.org/abs/1706.06083
"""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from labs.zoo.train.digits import Result

PER_CLASS = 500  # training photos
HELD_OUT = 10  # of them, the last, show how a run goes; the validation photos never do
ATTACKED = 1_000  # validation photos, ten of each class, that PGD is measured on
Loss = Callable[[nn.Module, Tensor, Tensor, torch.Generator, float], Tensor]


@dataclass(frozen=True)
class Photos:
    """Tiny ImageNet in three parts: photos (N, 3, 64, 64) uint8, labels (N,)."""

    x: Tensor
    y: Tensor
    x_held: Tensor
    y_held: Tensor
    x_val: Tensor
    y_val: Tensor


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


def load_photos(data: Path) -> Photos:
    """Decode the zips of `tiny_imagenet_100`; the line in `classes.txt` is the label."""
    folder = data / "tiny_imagenet_100"
    wnids = [line.split("\t")[0] for line in (folder / "classes.txt").read_text().splitlines()]
    found: dict[str, list[tuple[int, np.ndarray]]] = {"train": [], "val": []}
    for part in sorted(folder.glob("part*.zip")):
        with zipfile.ZipFile(part) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".JPEG"):
                    split, wnid, _ = name.split("/")
                    photo = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
                    found[split].append((wnids.index(wnid), np.asarray(photo)))

    def stack(split: str) -> tuple[Tensor, Tensor]:
        labels, photos = zip(*found[split], strict=True)
        return torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2), torch.tensor(labels)

    (x, y), (x_val, y_val) = stack("train"), stack("val")
    held = torch.arange(len(y)) % PER_CLASS >= PER_CLASS - HELD_OUT  # classes lie in order
    return Photos(x[~held], y[~held], x[held], y[held], x_val, y_val)


def crop(x: Tensor, size: int, smallest: float, *, generator: torch.Generator) -> Tensor:
    """Return random crops of x: (N, 3, H, W) in [0, 1] as (N, 3, size, size).

    Each keeps between `smallest` and 1 of the area, is up to a quarter wider or higher, and is
    flipped half of the time; one resampling does it all.
    """

    def uniform(low: float, high: float) -> Tensor:
        return torch.rand(len(x), generator=generator) * (high - low) + low

    side, aspect = uniform(smallest, 1).sqrt(), uniform(-1, 1).mul(0.11).exp()
    width, height = (side * aspect).clamp(max=1), (side / aspect).clamp(max=1)
    left, top = (1 - width) * uniform(-1, 1), (1 - height) * uniform(-1, 1)
    flip = uniform(-1, 1).sign()
    theta = x.new_zeros(len(x), 2, 3, dtype=torch.float32)
    theta[:, 0, 0], theta[:, 0, 2] = width * flip, left
    theta[:, 1, 1], theta[:, 1, 2] = height, top
    grid = F.affine_grid(theta, [len(x), 3, size, size], align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def shift(x: Tensor, reach: int = 8, *, generator: torch.Generator) -> Tensor:
    """Return x: (N, C, H, W) moved by up to `reach` whole pixels, half of it flipped."""
    n, _, height, width = x.shape
    down, right = torch.randint(2 * reach + 1, (2, n, 1), generator=generator)
    rows, columns = down + torch.arange(height), right + torch.arange(width)  # (N, H), (N, W)
    flip = torch.rand(n, 1, generator=generator) < 0.5
    columns = torch.where(flip, columns.flip(1), columns)
    x = F.pad(x, (reach,) * 4, mode="reflect").permute(0, 2, 3, 1)
    x = x[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]  # (N, H, W, C)
    return x.permute(0, 3, 1, 2)


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
    model.to(memory_format=torch.channels_last)
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim <= 1]  # norms and biases do not decay
    groups = [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.SGD(
        groups, recipe.learning_rate, 0.9, weight_decay=recipe.weight_decay, nesterov=True
    )
    epochs = [phase for phase in recipe.phases for _ in range(phase.epochs)]
    per_epoch = len(photos.x) // recipe.batch
    steps = len(epochs) * per_epoch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.learning_rate, steps, pct_start=recipe.warm_up, cycle_momentum=False
    )
    generator = torch.Generator().manual_seed(recipe.seed)
    first = 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        if state["recipe"] == asdict(recipe):
            model.load_state_dict(state["model"])
            optimizer.load_state_dict(state["optimizer"])
            schedule.load_state_dict(state["schedule"])
            generator.set_state(state["generator"])
            first = state["epoch"]
    for epoch, phase in list(enumerate(epochs))[first:]:
        model.train()
        losses = torch.zeros(())
        order = torch.randperm(len(photos.x), generator=generator)[: per_epoch * recipe.batch]
        for step, index in enumerate(order.split(recipe.batch)):
            x = photos.x[index].float() / 255
            if phase.smallest < 1:
                x = crop(x, phase.size, phase.smallest, generator=generator)
            else:
                x = shift(x, generator=generator)
            x = x.contiguous(memory_format=torch.channels_last)
            progress = (epoch + step / per_epoch) / len(epochs)
            loss = loss_of(model, x, photos.y[index], generator, progress)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses += loss.detach()
        held = accuracy(model, photos.x_held, photos.y_held)
        say(
            f"epoch {epoch + 1:2d}  {phase.size} px  "
            f"loss {losses.item() / per_epoch:.4f}  held-out {held:.2%}"
        )
        state = {
            "recipe": asdict(recipe),
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "generator": generator.get_state(),
            "epoch": epoch + 1,
        }
        torch.save(state, saved)
    saved.unlink()


def measure(model: nn.Module, photos: Photos, seed: int) -> Result:
    """Return the model, frozen, with its accuracies on validation photos, plain and attacked."""
    model = model.eval().requires_grad_(False)
    metrics = {
        "held_out_accuracy": accuracy(model, photos.x_held, photos.y_held),
        "validation_accuracy": accuracy(model, photos.x_val, photos.y_val),
        "validation_top5_accuracy": accuracy(model, photos.x_val, photos.y_val, top=5),
    }
    some = slice(None, None, len(photos.x_val) // ATTACKED)  # classes lie in order: ten of each
    x, y = photos.x_val[some], photos.y_val[some]
    metrics["attacked_photos_accuracy"] = accuracy(model, x, y)
    for eps in (2, 4):
        generator = torch.Generator().manual_seed(seed)
        robust = robust_accuracy(model, x, y, eps / 255, generator=generator)
        metrics[f"pgd20_eps{eps}_accuracy"] = robust
    return Result(model, metrics)


def batches(x: Tensor, y: Tensor, size: int = 250) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield x: (N, 3, H, W) uint8 in parts, as channels_last floats in [0, 1], with their y."""
    for part, at in zip(x.split(size), y.split(size), strict=True):
        yield (part.float() / 255).contiguous(memory_format=torch.channels_last), at


@torch.no_grad()
def accuracy(model: nn.Module, x: Tensor, y: Tensor, top: int = 1) -> float:
    """Share of x: (N, 3, H, W) uint8 that has class y among the model's `top` best."""
    model.eval()
    best = torch.cat([model(part).topk(top).indices for part, _ in batches(x, y)])  # (N, top)
    return (best == y[:, None]).any(1).float().mean().item()


def robust_accuracy(
    model: nn.Module, x: Tensor, y: Tensor, eps: float, *, generator: torch.Generator
) -> float:
    """Share of x that PGD leaves in its class y.

    20 steps of eps / 8 from a random start in the box of +-eps.  A photo that has been fooled once
    counts as fooled and is left alone, which makes the attack a little stronger and far cheaper.
    """
    model.eval()
    left = 0
    for clean, label in batches(x, y):
        right = model(clean).argmax(1) == label
        clean, label = clean[right], label[right]
        noise = torch.rand(clean.shape, generator=generator) * 2 - 1
        moved = (clean + eps * noise).clamp(0, 1)
        for _ in range(20):
            if not len(clean):
                break
            moved.requires_grad_()
            loss = F.cross_entropy(model(moved), label, reduction="sum")
            (grad,) = torch.autograd.grad(loss, moved)
            moved = moved.detach() + eps / 8 * grad.sign()
            moved = torch.minimum(torch.maximum(moved, clean - eps), clean + eps).clamp(0, 1)
            with torch.no_grad():
                right = model(moved).argmax(1) == label
            clean, label, moved = clean[right], label[right], moved[right]
        left += len(clean)
    return left / len(y)
