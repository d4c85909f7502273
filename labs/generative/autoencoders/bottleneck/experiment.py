"""The bottleneck: a drawing as a few numbers, and what they can give back."""

from torch import Tensor

from labs.drawing.on_pad import OnPad
from labs.generative.autoencoders.bottleneck import view
from labs.generative.autoencoders.bottleneck.challenges import CHALLENGES
from labs.generative.autoencoders.bottleneck.controls import CODE, CONTROLS
from labs.generative.autoencoders.bottleneck.export import script
from labs.generative.autoencoders.bottleneck.net import Coder
from labs.generative.autoencoders.data import prepared
from labs.live import Frame
from labs.live.checks import number, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.training.experiment import begun_anew

REACH = 1e4  # of a number of the code set by hand


class Bottleneck(OnPad):
    """An autoencoder in training, and a drawing that goes through it."""

    name = "autoencoders"
    controls = CONTROLS
    challenges = CHALLENGES
    on = OnPad.on | {("code", "edit"): "edit"}
    first = 3
    quick = True

    def __init__(self, data: str = "UCI digits") -> None:
        """data: the name of the digits."""
        super().__init__()
        self.data = prepared(data)
        self.by_hand: Tensor | None = None  # the code, where a hand has changed it
        self.again()

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.coder.count

    def step(self) -> bool:
        """Take one Adam step; False when the numbers have run away."""
        s = self.settings
        return self.coder.step(s["learning_rate"], s["noise"], s["sparse"])

    def show(self) -> Frame:
        """Return the drawing, its code, what comes back, and how the training goes."""
        frame, x = Frame(), self.data.centred(self.seen)
        code, output = self.coder(x)
        if self.by_hand is not None:
            code, output = self.by_hand, self.coder.decode(self.by_hand)
        view.passed(frame, self.data, self.coder, x, code, output, self.by_hand is not None)
        view.progress(frame, self.data, self.coder)
        if self.sees("looks"):
            view.looks(frame, self.data, self.coder, code)
        if self.sees("pca"):
            view.subspaces(frame, self.data, self.coder)
        if self.sees("tests"):
            view.tests(frame, self.data, self.coder)
        self.pad.tell(frame)
        return frame

    def drawn(self) -> None:
        """Forget the code that a hand has changed."""
        self.by_hand = None

    def edit(self, event: Event) -> None:
        """Set one number of the code."""
        size = self.coder.size
        index = whole(event.get("index"), 0, CODE.high, "A number of the code")
        value = number(event.get("value"), -REACH, REACH, "A number of the code")
        if index >= size:
            raise ValueError(f"The code has {size} numbers.")
        if self.by_hand is None:
            self.by_hand = self.coder(self.data.centred(self.seen))[0]
        self.by_hand[index] = value

    def again(self) -> None:
        """Begin again with the weights of the seed."""
        self.coder = Coder(self.data.x, self.data.test, self.data.pca, self.settings)
        self.by_hand = None

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another net begins again."""
        if name in ("code", "depth", "activation", "seed") and self.settings[name] != before:
            self.again()

    def evidence(self) -> tuple:
        """Return the settings, the net in training, and the principal components."""
        return self.settings, self.coder, self.data.pca

    def left_out(self) -> str:
        """Say that a link begins the training anew, and does not know a code set by hand."""
        mine = "" if self.by_hand is None else "The code that you changed by hand stays here."
        return mine or begun_anew(self.coder.count, "step") or super().left_out()

    def script(self) -> str:
        """Return the script that trains the same net; none for downloaded digits."""
        if self.data.name == "MNIST":
            return ""
        return script(self.settings, self.coder.count)
