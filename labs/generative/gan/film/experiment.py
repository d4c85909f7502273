"""A GAN of scikit-learn's digits, from scratch: two small nets, fixed noise, and the film."""

import math
from functools import cache

import torch
from torch import Tensor

from labs.generative.gan.film import view
from labs.generative.gan.film.challenges import CHALLENGES
from labs.generative.gan.film.controls import CONTROLS
from labs.generative.gan.film.export import script
from labs.generative.gan.film.nets import BATCH, Expert, Forger, blurred, noise
from labs.generative.gan.film.reading import census, covered, digits
from labs.generative.gan.film.reel import gif, mp4
from labs.generative.gan.losses import LOSSES
from labs.live import Frame
from labs.live.controls import Value
from labs.models.initialise import untrained
from labs.training.course import Course
from labs.training.experiment import Training, overshoot

SHOWN, READ = 40, 200  # fakes of the fixed noise that are shown, and read
REEL = 120  # moments of the film at most
KEPT = 256  # looks that are drawn


class Film(Training):
    """Generator and discriminator in training on 1,797 digits."""

    name = "gan.film"
    controls = CONTROLS
    challenges = CHALLENGES
    every = 20

    @property
    def steps(self) -> int:
        """Steps of both nets since the weights were drawn."""
        return self.count

    def show(self) -> Frame:
        """Return the fakes of the chosen moment, real digits, both losses, and what is covered."""
        frame = Frame()
        at = round(self.settings["moment"] * (len(self.film) - 1))
        view.fakes(frame, self.film[at], self.count)
        frame.maps["real"] = real()[:16].view(-1, 8, 8)
        view.courses(frame, self.looks, self.census, self.trouble)
        return frame

    def gif(self) -> bytes:
        """Return the film as a GIF."""
        return gif(self.film)

    def mp4(self) -> bytes:
        """Return the film as an MP4."""
        return mp4(self.film)

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another generator begins again."""
        if name == "norm" and self.settings[name] != before:
            self.again()

    def evidence(self) -> tuple:
        """Return the settings, the steps, and how many digits are covered."""
        return self.settings, self.count, covered(self.census)

    def left_out(self) -> str:
        """Say that a link begins the training, and with it the film, anew."""
        return super().left_out()

    def script(self) -> str:
        """Return a script that trains the same nets."""
        return script(self.settings, self.seed, self.count)

    def _begin(self) -> None:
        self.random = torch.Generator().manual_seed(self.seed)
        normed = self.settings["norm"] == "on"
        self.model = untrained(lambda: Forger(normed), self.random)
        self.expert = untrained(Expert, self.random)
        self.optimizers = [
            torch.optim.Adam(net.parameters(), betas=(0.5, 0.99), foreach=True)
            for net in (self.model, self.expert)
        ]
        self.fixed = noise(READ, torch.Generator().manual_seed(0))
        self.count, self.losses = 0, (math.nan, math.nan)
        self.film: Course = Course(REEL)
        self.looks = Course(KEPT)

    def _advance(self) -> str:
        s, x = self.settings, real()
        loss, deviation = LOSSES[str(s["loss"])], s["noise"]
        for optimizer, rate in zip(self.optimizers, ("rate_g", "rate_d"), strict=True):
            optimizer.param_groups[0]["lr"] = s[rate]
        chosen = torch.randint(len(x), (BATCH,), generator=self.random)
        with torch.no_grad():
            fake = self.model(noise(BATCH, self.random))
        with torch.enable_grad():
            judged = [
                self.expert(blurred(part, deviation, self.random)) for part in (x[chosen], fake)
            ]
            cost_d = loss.discriminator(*judged)
            self._move(1, cost_d)
            fake = self.model(noise(BATCH, self.random))
            cost_g = loss.generator(self.expert(blurred(fake, deviation, self.random)))
            self._move(0, cost_g)
        self.count += 1
        self.losses = cost_d.item(), cost_g.item()
        worst = max(self.losses, key=lambda v: math.inf if math.isnan(v) else abs(v))
        rate = max(s["rate_g"], s["rate_d"])
        return "" if math.isfinite(sum(self.losses)) else overshoot(worst, self.count, rate)

    def _move(self, which: int, cost: Tensor) -> None:
        """Take a step of one optimizer down a cost."""
        optimizer = self.optimizers[which]
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()

    def _look(self) -> None:
        with torch.no_grad():
            fakes = self.model(self.fixed)
        self.film.note((self.count, fakes[:SHOWN]))
        self.census, sure = census(fakes)
        self.looks.note((self.count, *self.losses, covered(self.census), sure))


@cache
def real() -> Tensor:
    """Return the digits that are forged, (1797, 64)."""
    return digits()
