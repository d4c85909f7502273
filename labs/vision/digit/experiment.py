"""The digit lab's experiment: a drawing, LeNet's weights as the visitor left them, a selection."""

from collections.abc import Mapping

from PIL import Image
from torch import Tensor

from labs import zoo
from labs.data import strokes
from labs.drawing.mnist import place_as_mnist
from labs.drawing.pad import Pad
from labs.live import Frame
from labs.live.challenges import met
from labs.rotation import rotate
from labs.vision.digit import events, view
from labs.vision.digit.arithmetic import Explanation, explain, explain_logit
from labs.vision.digit.challenges import CHALLENGES
from labs.vision.digit.link import to_link
from labs.vision.digit.passes import Forward, backward, forward
from labs.vision.digit.saliency import saliency
from labs.vision.digit.unit import Unit
from labs.vision.digit.weights import Edited

FIRST = 8  # the digit on the pad when the page opens


class Digit:
    """LeNet-5 reading one drawing, forwards and backwards, with weights that may be changed."""

    quick = True

    def __init__(self) -> None:
        self.weights = Edited(zoo.load("lenet-mnist").state_dict())
        self.settings: dict[str, str | float] = {
            "view": "activation",
            "scale": "layer",
            "target": "winner",
            "saliency": "gradient",
            "tilt": 0.0,
            "strength": 1.0,
        }
        self.selected = Unit("conv1", 0, 0, 0)
        self.explains_logit = False
        self.kernel = ("conv1", 0, 0)  # layer, unit and input channel of the kernel under edit
        self.visible: set[str] | None = None  # cards in sight; None: all
        self.rolls = 0
        self.met: set[str] = set()
        self._read_at: tuple | None = None  # the state that `_forward` belongs to
        self._shared_at = self.weights.changes  # the changes that the address tells
        self.pad = Pad("x", self._say)
        self.pad.show(strokes.sample(FIRST))
        self._select_strongest()

    def receive(self, event: Mapping) -> None:
        """Take in a stroke, a click, an edit or a setting.  Raises ValueError in one sentence."""
        events.take(self, event)

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the visitor's drawing and changes."""
        return self.pad.address() | to_link(self.weights)

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the passes of the drawing as it is now."""
        a, gradients, target = self.look()
        self.met = met(CHALLENGES, self.met, self, a)
        frame = view.frame(self, a, gradients, target)
        self.pad.tell(frame)
        if self._shared_at != self.weights.changes:
            frame.notes["address"] = frame.notes.get("address", {}) | to_link(self.weights)
            self._shared_at = self.weights.changes
        return frame

    def select(self, at: Unit) -> None:
        """Explain this unit; a second time on a class, the logit behind its probability."""
        again = at == self.selected and at.layer == "softmax"
        self.explains_logit = again and not self.explains_logit
        self.selected = at
        if at.layer in ("conv1", "conv2"):
            self.kernel = (at.layer, at.unit, 0)

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    def look(self) -> tuple[Forward, dict[str, Tensor], int]:
        """Return the forward pass, the gradients at every layer, and the logit they belong to."""
        a = self._now()
        choice = self.settings["target"]
        target = a.winner if choice == "winner" else int(choice)
        return a, backward(a, self.weights.tensors, target), target

    def saliency(self, a: Forward, gradients: Mapping[str, Tensor], target: int) -> Tensor:
        """Return the saliency (28, 28) by the method chosen."""
        w = self.weights
        return saliency(self.settings["saliency"], a, gradients, w.tensors, target, w.masks)

    def explanation(self, a: Forward) -> Explanation:
        """Return the arithmetic of the selected unit."""
        at = self.selected
        if self.explains_logit:
            return explain_logit(a, self.weights.tensors, at.col)
        off = at.number in self.weights.off.get(at.layer, ())
        return explain(a, self.weights.tensors, at, off=off)

    @property
    def upright(self) -> int:
        """What the network says of the drawing when it is not tilted."""
        return self._read(self.pad.picture, 0.0).winner

    @property
    def unharmed(self) -> int:
        """What the trained network says, without edits and switches."""
        seen = place_as_mnist(self.pad.picture)[0][0, 0]
        return forward(tilt(seen, self.settings["tilt"]), self.weights.original).winner

    def _now(self) -> Forward:
        """Return the forward pass of the drawing as it is, computed once for each change."""
        state = (self.pad.changes, self.settings["tilt"], self.weights.changes)
        if self._read_at != state:
            self._forward = self._read(self.pad.picture, self.settings["tilt"])
            self._read_at = state
        return self._forward

    def _read(self, ink: Image.Image, degrees: float) -> Forward:
        seen, self.placement = place_as_mnist(ink)
        return forward(tilt(seen[0, 0], degrees), self.weights.tensors, self.weights.masks)

    def _say(self) -> str:
        return str(self._now().winner)

    def _select_strongest(self) -> None:
        """Begin with a unit that has something to say: the most active of conv1."""
        unit, rest = divmod(int(self.look()[0].conv1.argmax()), 28 * 28)
        self.select(Unit("conv1", unit, *divmod(rest, 28)))


def tilt(seen: Tensor, degrees: float) -> Tensor:
    """Return seen: (28, 28) turned clockwise about its middle."""
    if degrees == 0:
        return seen
    return rotate(seen[None, None], degrees, outside="zeros")[0, 0]
