"""Three nets beside each other: what each has for a drawing, its samples, its way to a digit."""

from functools import lru_cache

import torch
from torch import Tensor

from labs import zoo
from labs.data.digits import small
from labs.drawing.on_pad import OnPad, sample
from labs.generative.gan.beside import view
from labs.generative.gan.beside.challenges import CHALLENGES
from labs.generative.gan.beside.controls import CONTROLS
from labs.generative.gan.beside.search import Search
from labs.live import Frame
from labs.live.controls import Value
from labs.models.digit_gan import CLASSES
from labs.training.experiment import begun_anew
from labs.zoo.reading import shares

CODED, GAN = {"ae": "ae-mnist", "vae": "vae-mnist"}, "gan-digits"
SEARCHED = 60  # steps of a search
SEED = 3  # of the noise at which it begins
SAMPLED = 64  # throws that LeNet reads


class Beside(OnPad):
    """The zoo's autoencoder, variational autoencoder and GAN of MNIST's digits."""

    name = "gan.beside"
    controls = CONTROLS
    challenges = CHALLENGES
    first = 3

    def __init__(self) -> None:
        super().__init__()
        self.coders = {key: zoo.load(name) for key, name in CODED.items()}
        self.gan = zoo.load(GAN)
        self.count = 0  # steps since the page was opened
        self.search()

    @property
    def steps(self) -> int:
        """Steps of all searches."""
        return self.count

    @property
    def eager(self) -> bool:
        """Whether a search goes on."""
        return self.left > 0

    def step(self) -> bool:
        """Move the noise one step nearer, for the drawing and for B; False when it is done."""
        if not self.left:
            return False
        for search, x in zip(self.searches, (self.seen, self.end), strict=True):
            search.step(x)
        self.left -= 1
        self.count += 1
        return True

    def show(self) -> Frame:
        """Return the drawing beside what each net has for it, samples, and ways from A to B."""
        frame, x = Frame(), self.seen
        found = {key: net(x) for key, net in self.coders.items()}
        digit, z = self.searches[0].best(x)
        found["gan"] = self.gan(z[None], torch.tensor([digit]))
        view.rebuilt(frame, x, found, digit, self.left)
        errors = {key: (y - x).square().sum().item() for key, y in found.items()}
        samples, sure = sampled(int(self.settings["throw"]))
        view.rows(frame, samples, self.ways(), errors, sure)
        self.pad.tell(frame)
        return frame

    @property
    def end(self) -> Tensor:
        """The digit B, (1, 1, 28, 28)."""
        return sample(int(self.settings["to"]))

    def search(self) -> None:
        """Search from the beginning."""
        self.searches = [Search(self.gan, SEED + k) for k in range(2)]
        self.left = SEARCHED

    def drawn(self) -> None:
        """Search on for another drawing, from where the noise is."""
        self.searches[0].aim(self.seen)
        self.left = SEARCHED

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another B is searched."""
        if name == "to" and self.settings[name] != before:
            self.searches[1].aim(self.end)
            self.left = SEARCHED

    def ways(self) -> dict[str, Tensor]:
        """Return pictures along the line from the drawing's code to B's, (WAY, 28, 28) a net."""
        share = torch.linspace(0, 1, view.WAY)[:, None]
        both = torch.cat([self.seen, self.end])
        found = {}
        for key, net in self.coders.items():
            a, b = net.encode(both)[0]
            found[key] = net.decode(torch.lerp(a, b, share))[:, 0]
        (k, a), (m, b) = (s.best(x[None]) for s, x in zip(self.searches, both, strict=True))
        classes = torch.eye(CLASSES)
        mixed = torch.lerp(classes[k], classes[m], share)
        return found | {"gan": self.gan(torch.lerp(a, b, share), mixed)[:, 0]}

    def evidence(self) -> tuple:
        """Return whether the drawing is the visitor's, LeNet's shares along each net's way (WAY,
        10), the squared error of the nearest fake, and whether the search is done.
        """
        x = self.seen
        digit, z = self.searches[0].best(x)
        error = (self.gan(z[None], torch.tensor([digit])) - x).square().sum().item()
        read = {key: shares(way[:, None]) for key, way in self.ways().items()}
        return not (self.pad.example or self.pad.empty), read, error, not self.left

    def left_out(self) -> str:
        """Say that a link begins the search anew."""
        return begun_anew(self.count, "step", "search") or super().left_out()


@lru_cache(maxsize=8)
def sampled(throw: int) -> tuple[dict[str, Tensor], dict[str, float]]:
    """Return pictures of codes thrown, (SAMPLED, 28, 28) a net, and how sure LeNet is, a mean.

    They are thrown from the prior, for the plain autoencoder from a normal distribution fitted to
    the codes of test digits, number by number.
    """
    generator = torch.Generator().manual_seed(throw)
    ae, vae, gan = (zoo.load(name) for name in (*CODED.values(), GAN))
    codes = ae.encode(small().x_test)[0]
    z = torch.randn(SAMPLED, vae.latent, generator=generator)
    noise = torch.randn(SAMPLED, gan.latent, generator=generator)
    made = {
        "ae": ae.decode(codes.mean(0) + codes.std(0) * z),
        "vae": vae.decode(z),
        "gan": gan(noise, torch.arange(SAMPLED) % CLASSES),
    }
    sure = {key: shares(x).amax(1).mean().item() for key, x in made.items()}
    return {key: x[:, 0] for key, x in made.items()}, sure
