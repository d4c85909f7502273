"""The recipe of gan-digits and gan-doodles: hinge losses, and a discriminator of spectral norm 1.

Miyato et al. (2018), Spectral normalization for GANs, https://arxiv.org/abs/1802.05957; Lim & Ye
(2017), Geometric GAN, https://arxiv.org/abs/1705.02894 (the hinge).
"""

from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import parametrizations, parametrize
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs import zoo
from labs.models.digit_gan import CLASSES, DOODLES, DigitGAN
from labs.models.lenet import LeNet5
from labs.zoo.train.digits import Digits, Result, Say, load_digits
from labs.zoo.train.doodles import load_doodles

BATCH = 64
RATES = (4e-4, 8e-4)  # generator, discriminator
FAKES = 1000
READER_STEPS = 3000
Reader = Callable[[Tensor], Tensor]  # pictures (N, 1, 28, 28) to logits (N, CLASSES)


def of_digits(data: Path, seed: int, say: Say) -> Result:
    """Train both nets on MNIST; the zoo's LeNet-5 reads the fakes."""
    return fit(load_digits(data), zoo.load("lenet-mnist"), 6000, seed, say)


def of_doodles(data: Path, seed: int, say: Say) -> Result:
    """Train both nets on doodles; a LeNet-5 that learned the same drawings reads the fakes."""
    torch.manual_seed(seed)
    drawings = load_doodles(data, DOODLES)
    reader = read_doodles(drawings, seed)
    result = fit(drawings, reader, 12_000, seed, say)
    right = reader(drawings.x_test).argmax(1) == drawings.y_test
    return Result(result.model, result.metrics | {"reader_accuracy": right.float().mean().item()})


def read_doodles(drawings: Digits, seed: int) -> LeNet5:
    """Return a LeNet-5 that learned to tell the drawings apart."""
    reader, generator = LeNet5(), torch.Generator().manual_seed(seed)
    adam = torch.optim.Adam(reader.parameters(), 1e-3)
    for _ in range(READER_STEPS):
        index = torch.randint(len(drawings.x), (BATCH,), generator=generator)
        loss = F.cross_entropy(reader(drawings.x[index]), drawings.y[index])
        adam.zero_grad()
        loss.backward()
        adam.step()
    return reader.eval().requires_grad_(False)


def fit(digits: Digits, reader: Reader, steps: int, seed: int, say: Say) -> Result:
    """Train both nets, one step each in turn; ship the generator's moving average.

    The discriminator's next step learns from the fakes that the generator was moved by.
    """
    torch.manual_seed(seed)  # the initial weights; a training run is a process of its own
    gan = DigitGAN()
    generator = torch.Generator().manual_seed(seed)
    critic = gan.discriminator
    layers = [m for m in critic.modules() if isinstance(m, nn.Linear | nn.Conv2d)]
    for layer in layers:
        parametrizations.spectral_norm(layer)
    forger = torch.optim.Adam(gan.generator.parameters(), RATES[0], betas=(0.5, 0.999))
    expert = torch.optim.Adam(critic.parameters(), RATES[1], betas=(0.5, 0.999))
    average = AveragedModel(
        gan.generator, multi_avg_fn=get_ema_multi_avg_fn(0.999), use_buffers=True
    )

    def fakes(classes: Tensor) -> Tensor:
        return gan(torch.randn(len(classes), gan.latent, generator=generator), classes)

    classes = torch.arange(BATCH) % CLASSES
    fake = fakes(classes)
    for step in range(steps):
        for optimizer, rate in zip((forger, expert), RATES, strict=True):
            optimizer.param_groups[0]["lr"] = rate * min(1.0, 2 * (1 - step / steps) + 0.02)
        index = torch.randint(len(digits.x), (BATCH,), generator=generator)
        x, y = digits.x[index], digits.y[index]
        real, faked = gan.judge(torch.cat([x, fake.detach()]), torch.cat([y, classes])).split(BATCH)
        loss = (1 - real).relu().mean() + (1 + faked).relu().mean()
        expert.zero_grad()
        loss.backward()
        expert.step()

        classes = torch.randint(CLASSES, (BATCH,), generator=generator)
        fake = fakes(classes)
        critic.requires_grad_(False)
        loss_g = -gan.judge(fake, classes).mean()
        forger.zero_grad()
        loss_g.backward()
        forger.step()
        critic.requires_grad_(True)
        average.update_parameters(gan.generator)
        if (step + 1) % 500 == 0:
            gan.generator, kept = average.module.eval(), gan.generator
            report = measure(gan, reader, seed, digits.x_held, digits.y_held)
            gan.generator = kept
            average.module.train()
            say(f"step {step + 1}  losses {loss.item():.3f} {loss_g.item():.3f}  {report}")
    for layer in layers:
        parametrize.remove_parametrizations(layer, "weight")
    gan.generator = average.module
    gan.eval().half().float()  # measure what is shipped: weights rounded to float16
    return Result(gan, measure(gan, reader, seed, digits.x_test, digits.y_test))


@torch.no_grad()
def measure(gan: DigitGAN, reader: Reader, seed: int, x: Tensor, y: Tensor) -> dict[str, float]:
    """Return what a reader calls by the class that was asked for, and how much fakes differ.

    The spread is the mean distance from a class's mean picture, over that of the real pictures x.
    """
    generator = torch.Generator().manual_seed(seed)
    classes = torch.arange(FAKES) % CLASSES
    fake = gan(torch.randn(FAKES, gan.latent, generator=generator), classes)
    read = reader(fake).argmax(1)
    real, faked = spread(x, y), spread(fake, classes)
    return {
        "read_as_asked": (read == classes).float().mean().item(),
        "spread": (faked / real).mean().item(),
        "least_spread": (faked / real).min().item(),
    }


def spread(x: Tensor, y: Tensor) -> Tensor:
    """Return the mean distance of each class's pictures to their mean, (CLASSES,)."""
    groups = [x[y == k].flatten(1) for k in range(CLASSES)]
    return torch.stack([(g - g.mean(0)).norm(dim=1).mean() for g in groups])
