"""The plane of codes: a picture under the hand, a drawing as a point, a walk between two digits."""

from functools import cache

import torch
from torch import Tensor

from labs import zoo
from labs.data.digits import mnist, small
from labs.drawing.on_pad import OnPad, sample
from labs.generative.autoencoders.decoding import script
from labs.generative.autoencoders.plane import view
from labs.generative.autoencoders.plane.carpet import REACH
from labs.generative.autoencoders.plane.challenges import CHALLENGES
from labs.generative.autoencoders.plane.controls import CONTROLS
from labs.live import Frame
from labs.live.checks import number, numbers, whole
from labs.live.experiment import Event
from labs.zoo.reading import shares

NET = "vae-mnist-2d"
SCATTERED = 2000  # digits whose codes are shown
ENDS = (0, 1)  # the digits at both ends of the walk when the page opens


class Plane(OnPad):
    """Codes of two numbers by the zoo's net: a place on the plane is a picture."""

    name = "autoencoders.plane"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x", "at")
    on = OnPad.on | {("codes", "handle"): "move"}
    first = 2
    quick = True

    def __init__(self, data: str = "UCI digits") -> None:
        """data: the name of the digits whose codes are shown."""
        super().__init__()
        self.data, self.net = data, zoo.load(NET)
        self.places = torch.zeros(3, 2)  # of the dragged point, of A and of B
        for i, digit in enumerate(ENDS, 1):
            self._keep(i, sample(digit))
        self.fresh = self.places.clone()  # as the page opens

    def show(self) -> Frame:
        """Return the plane with its points, the picture under the hand, and the walk."""
        frame, x = Frame(), self.seen
        mean, log_variance = self.net.encode(x)
        view.plane(frame, self.places, mean[0])
        if "codes" not in self.sent:
            view.background(frame, self.net.decode, cloud(self.data))
            self.sent.add("codes")
        view.picture(frame, self.net.decode(self.places[:1]), self.places[0])
        view.drawing(frame, x, self.net.decode(mean), mean[0], log_variance[0], self.pad.empty)
        view.walk(frame, self.net.decode, self.places[1:])
        self.pad.tell(frame)
        return frame

    def move(self, event: Event) -> None:
        """Move the dragged point, or an end of the walk."""
        index = whole(event.get("index"), 0, 2, "A handle")
        place = [number(event.get(k), -REACH, REACH, "A place") for k in ("x", "y")]
        self.places[index] = torch.tensor(place)

    def keep(self, end: str) -> None:
        """Make the drawing one end of the walk."""
        self._keep("AB".index(end) + 1, self.seen)

    def changed(self, name: str, before: float) -> None:
        """Walk: the dragged point goes along the line from A to B."""
        self.places[0] = torch.lerp(self.places[1], self.places[2], self.settings["walk"])

    def evidence(self) -> tuple:
        """Return the picture under the hand as LeNet reads it, (10,) shares, and its place."""
        return self.read(), self.places

    def read(self) -> Tensor:
        """Return LeNet's shares of the picture under the hand, (10,)."""
        return shares(self.net.decode(self.places[:1]))[0]

    def to_link(self) -> dict[str, str]:
        """Return the visitor's drawing, and the points where they are not as the page opens."""
        moved = not torch.equal(self.places, self.fresh)
        at = ",".join(f"{v:.9g}" for v in self.places.flatten().tolist())
        return super().to_link() | {"at": at if moved else ""}

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing of a link, or the points."""
        if name == "at":
            self.places = torch.tensor(numbers(text, 6, -REACH, REACH)).view(3, 2)
        else:
            super().from_link(name, text)

    def script(self) -> str:
        """Return a script that decodes the point under the hand."""
        return script(NET, self.places[0].tolist())

    def _keep(self, index: int, x: Tensor) -> None:
        self.places[index] = self.net.encode(x)[0][0].clamp(-REACH, REACH)


@cache
def cloud(data: str) -> Tensor:
    """Return the mean codes and the classes of many digits, (3, N)."""
    split = mnist() if data == "MNIST" else small()
    x, y = split.x[:SCATTERED], split.y[:SCATTERED]
    mean, _ = zoo.load(NET).encode(x)
    return torch.cat([mean.T, y[None].float()])
