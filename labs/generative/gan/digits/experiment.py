"""GANs of drawings: a plane through the noise, and the discriminator's opinion of a drawing."""

import torch
from torch import Tensor

from labs import zoo
from labs.data import doodles, strokes
from labs.drawing import Stroke
from labs.drawing.doodle import for_pad, on_paper
from labs.drawing.on_pad import OnPad
from labs.generative.gan.digits import view
from labs.generative.gan.digits.challenges import CHALLENGES
from labs.generative.gan.digits.controls import CONTROLS
from labs.generative.gan.digits.opinion import improved, opinions, slice_of, wish
from labs.live import Frame
from labs.live.checks import number, numbers, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.models.digit_gan import CLASSES, DOODLES, DigitGAN


class Digits(OnPad):
    """A conditional GAN of the zoo: its noise under the hand, its discriminator on a drawing."""

    name = "gan.digits"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x", "at")
    on = OnPad.on | {("noise", "handle"): "move", ("lineup", "click"): "guess"}
    first = 3
    quick = True

    def __init__(self) -> None:
        super().__init__()
        self.at = torch.zeros(2)  # the place of the hand on the plane
        self.changed_by: list[Tensor] = []  # the drawing after each step towards the real
        self.guessed: int | None = None  # the tile that was clicked in the line-up
        self._judged: tuple = (None, ())  # what was computed of the drawing last
        self._forged: tuple = (None, ())

    def show(self) -> Frame:
        """Return the plane of noise with its picture, and what is said of the drawing."""
        frame, asked = Frame(), self.asked
        origin, directions = self.slice
        if "noise" not in self.sent:
            view.carpet_of(frame, asked, origin, directions)
            self.sent.add("noise")
        z = (origin + directions @ self.at)[None]
        view.plane(frame, asked, z, self.at)
        x, slope, logits = self.opinion
        view.opinion(frame, asked, x, slope, logits, len(self.changed_by))
        if self.sees("fakes"):
            seed, (made, said) = int(self.settings["fakes"]), self.forged
            view.fakes(frame, made[: view.SHOWN], said[: view.SHOWN])
            own = logits if not self.changed_by else opinions(self.gan, self.seen)
            view.lineup(frame, self.seen, own[asked.kind].item(), made[view.SHOWN :],
                        said[view.SHOWN :], seed, self.guessed)  # fmt: skip
        frame.notes["hidden"] = ["digit", "samples"] if self.of_doodles else ["kind"]
        self.pad.tell(frame)
        return frame

    @property
    def of_doodles(self) -> bool:
        """Whether doodles are forged, and no digits."""
        return self.settings["net"] == "doodles"

    @property
    def gan(self) -> DigitGAN:
        """Both nets that are looked at."""
        return zoo.load(f"gan-{self.settings['net']}")

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called."""
        return DOODLES if self.of_doodles else tuple(map(str, range(CLASSES)))

    @property
    def kind(self) -> int:
        """The class that is asked for."""
        return self.names.index(self.settings["kind" if self.of_doodles else "digit"])

    @property
    def seen(self) -> Tensor:
        """The drawing as the nets see it, (1, 1, 28, 28)."""
        return on_paper(self.pad) if self.of_doodles else super().seen

    @property
    def asked(self) -> view.Asked:
        """The GAN and the class that is asked for."""
        return view.Asked(self.gan, self.names, self.kind, not self.of_doodles)

    @property
    def slice(self) -> tuple[Tensor, Tensor]:
        """The plane through the noise: a place and two directions."""
        generator = torch.Generator().manual_seed(int(self.settings["throw"]))
        return slice_of(self.gan.latent, generator)

    @property
    def picture(self) -> Tensor:
        """The drawing, or what the steps towards the real have made of it."""
        return self.changed_by[-1] if self.changed_by else self.seen

    @property
    def opinion(self) -> tuple[Tensor, Tensor, Tensor]:
        """The drawing as it is judged, the slope of its logit, and its logits by class."""
        state = (self.pad.changes, len(self.changed_by), self.kind, self.of_doodles)
        if self._judged[0] != state:
            x = self.picture
            self._judged = state, (x, wish(self.gan, x, self.kind), opinions(self.gan, x))
        return self._judged[1]

    @property
    def forged(self) -> tuple[Tensor, Tensor]:
        """Fakes of the class, and their logits."""
        state = (self.of_doodles, self.kind, int(self.settings["fakes"]))
        if self._forged[0] != state:
            self._forged = state, view.forged(self.asked, state[-1])
        return self._forged[1]

    def drawn(self) -> None:
        """Forget what was made of the drawing before."""
        self.changed_by, self.guessed = [], None

    def move(self, event: Event) -> None:
        """Move the hand over the plane of noise."""
        whole(event.get("index"), 0, 0, "A handle")
        place = [number(event.get(k), -view.REACH, view.REACH, "A place") for k in ("x", "y")]
        self.at = torch.tensor(place)

    def guess(self, event: Event) -> None:
        """Point at one tile of the line-up."""
        self.guessed = whole(event.get("unit"), 0, view.LINED - 1, "A tile")

    def better(self) -> None:
        """Move the drawing one step towards what the discriminator calls real."""
        x, slope, _ = self.opinion
        self.changed_by.append(improved(x, slope))

    def back(self) -> None:
        """Take all these steps back."""
        self.changed_by = []

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another plane has another carpet."""
        if name in ("net", "digit", "kind", "throw"):
            self.sent.discard("noise")
        if name == "net":
            self.changed_by = []
        if self.pad.example and name in ("net", "kind"):
            self.pad.show(self._example())
            self.changed_by = []
        self.guessed = None

    def _example(self) -> list[Stroke]:
        """Return a drawing of the kind that is forged."""
        if not self.of_doodles:
            return strokes.sample(self.first)
        data, wanted = doodles.held_out(), doodles.CLASSES.index(self.settings["kind"])
        return for_pad(data.strokes(int((data.labels == wanted).argmax())))

    def evidence(self) -> tuple:
        """Return the logits of the drawing as it was drawn and as it is now, the steps between,
        and whether the pad is the visitor's.
        """
        first, now = (opinions(self.gan, x)[self.kind].item() for x in (self.seen, self.picture))
        return first, now, len(self.changed_by), not (self.pad.example or self.pad.empty)

    def to_link(self) -> dict[str, str]:
        """Return the visitor's drawing, and the place of the hand."""
        at = ",".join(f"{v:.9g}" for v in self.at.tolist()) if self.at.any() else ""
        return super().to_link() | {"at": at}

    def left_out(self) -> str:
        """Say what of the drawing and of the line-up a link does not hold."""
        if self.changed_by:
            return "The steps that made the drawing more real stay here."
        if self.guessed is not None:
            return "Whom you pointed at in the line-up stays here."
        return super().left_out()

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing or the place of a link."""
        if name == "at":
            self.at = torch.tensor(numbers(text, 2, -view.REACH, view.REACH))
        else:
            super().from_link(name, text)
