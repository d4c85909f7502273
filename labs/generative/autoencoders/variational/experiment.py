"""The variational autoencoder: a drawing as a cloud of codes, and the two terms in training."""

import copy
import math

import torch
from torch import Tensor

from labs import zoo
from labs.data.digits import mnist, small
from labs.generative.autoencoders.nets import OnKind
from labs.generative.autoencoders.variational import view
from labs.generative.autoencoders.variational.challenges import CHALLENGES
from labs.generative.autoencoders.variational.controls import CONTROLS
from labs.generative.autoencoders.variational.elbo import descend, terms
from labs.generative.autoencoders.variational.export import script
from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.models.initialise import untrained
from labs.models.vae import WideVAE
from labs.training.course import Course
from labs.training.experiment import Training, overshoot

BATCH = 64
LOOKED = 200  # test pictures at a look
KEPT = 128  # looks that are drawn


class Variational(OnKind, Training):
    """The zoo's net of twenty numbers, which goes on learning, and a drawing that goes through."""

    name = "autoencoders.variational"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("seed", "x")
    on = OnKind.on | {("kl", "click"): "choose"}
    first = 4
    every = 5

    def __init__(self, data: str = "UCI digits") -> None:
        """data: the name of the digits that the net of digits goes on learning."""
        self.digits = mnist() if data == "MNIST" else small()
        self.raw = False  # whether it began from scratch
        super().__init__()

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were new."""
        return self.count

    def scratch(self) -> None:
        """Begin again with random weights."""
        self.raw = True
        super().again()

    def again(self) -> None:
        """Begin again with the zoo's weights."""
        self.raw = False
        super().again()

    def show(self) -> Frame:
        """Return the drawing's distribution, pictures of its throws, and the two terms."""
        frame, x, s = Frame(), self.seen, self.settings
        with torch.no_grad():
            mean, log_variance = self.model.encode(x)
            view.code(frame, mean[0], log_variance[0], int(s["number"]) - 1, self.die())
            view.pictures(frame, self.model, x, mean, log_variance, self.die())
        view.course(frame, self.history, self.each, s["beta"], self.trouble)
        frame.notes["hidden"] = [self.unused]
        self.pad.tell(frame)
        return frame

    @property
    def pictures(self) -> tuple[Tensor, Tensor]:
        """What it goes on learning from, and what it is measured on, (N, 1, 28, 28) each: of
        doodles, those that ship.
        """
        if self.settings["net"] == "digits":
            return self.digits.x, self.digits.x_test[:LOOKED]
        x, _ = self.kind.tests()
        return x[LOOKED:], x[:LOOKED]

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another net begins as the zoo has it."""
        if name == "net" and self.settings[name] != before:
            self.put_up()
            self.again()

    def die(self) -> Tensor:
        """Return the throws of now, standard normal, (view.PRIOR, 20)."""
        generator = torch.Generator().manual_seed(int(self.settings["throw"]))
        return torch.randn(view.PRIOR, self.model.latent, generator=generator)

    def choose(self, event: Event) -> None:
        """Look at one number of the code."""
        self.settings["number"] = whole(event.get("unit"), 0, 19, "A number of the code") + 1

    def evidence(self) -> tuple:
        """Return the settings, the last look, and how many steps were taken."""
        return self.settings, self.history[-1], self.steps

    def left_out(self) -> str:
        """Say that a link begins with the zoo's weights."""
        raw = "The link begins with the zoo's weights, not from scratch." if self.raw else ""
        return raw or super().left_out()

    def script(self) -> str:
        """Return a script that computes the drawing's terms."""
        return script(self.seen, self.die()[0])

    def _begin(self) -> None:
        generator = torch.Generator().manual_seed(self.seed)
        stored = zoo.load(self.kind.net)
        self.model = untrained(WideVAE, generator) if self.raw else copy.deepcopy(stored)
        self.x, self.test = self.pictures
        self.model.requires_grad_(True)
        self.optimizer = torch.optim.Adam(self.model.parameters(), foreach=True)
        self.generator, self.count, self.history = generator, 0, Course(KEPT)
        fixed = torch.Generator().manual_seed(0)
        self.bits = (torch.rand(self.test.shape, generator=fixed) < self.test).float()
        self.eps = torch.randn(len(self.test), self.model.latent, generator=fixed)

    def _advance(self) -> str:
        rate = self.settings["learning_rate"]
        self.optimizer.param_groups[0]["lr"] = rate
        chosen = torch.randint(len(self.x), (BATCH,), generator=self.generator)
        beta = self.settings["beta"]
        found = descend(self.model, self.optimizer, self.x[chosen], beta, self.generator)
        self.count += 1
        loss = sum(found)
        return "" if math.isfinite(loss) else overshoot(loss, self.count, rate)

    def _look(self) -> None:
        with torch.no_grad():
            found = terms(self.model, self.bits, self.eps)
        self.each = found.kl.mean(0)  # of every number, (20,)
        reconstruction = found.reconstruction.mean().item()
        active = int((self.each > view.ACTIVE).sum())
        self.history.note((self.count, reconstruction, self.each.sum().item(), active))
