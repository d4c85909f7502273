"""The digit lab: a drawing, LeNet's weights as the visitor left them, a selection."""

from collections.abc import Mapping

from PIL import Image
from torch import Tensor

from labs import zoo
from labs.data import strokes
from labs.drawing.mnist import place_as_mnist
from labs.drawing.pad import Pad
from labs.live import Frame
from labs.live.arithmetic import Arithmetic
from labs.live.checks import number, places, whole
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.rotation import rotate
from labs.vision.digit import link, view
from labs.vision.digit.arithmetic import explain, explain_logit
from labs.vision.digit.challenges import CHALLENGES
from labs.vision.digit.controls import CONTROLS
from labs.vision.digit.export import script
from labs.vision.digit.passes import Forward, backward, forward
from labs.vision.digit.saliency import saliency
from labs.vision.digit.unit import Unit
from labs.vision.digit.weights import SWITCHES, Edited, Kernel

FIRST = 8  # the digit on the pad when the page opens
LARGEST = 1e9  # of a weight as it is asked for; what is kept is bounded further


class Digit(Lab):
    """LeNet-5 reading one drawing, forwards and backwards, with weights that may be changed."""

    name = "digit"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x", "off", "cells", "roll", "unit", "kernel")
    on = {
        ("x", "*"): "draw",
        ("timeline", "*"): "draw",
        ("*", "click"): "click",
        ("*", "edit"): "edit",
    }
    quick = True

    def __init__(self) -> None:
        super().__init__()
        self.weights = Edited(zoo.load("lenet-mnist").state_dict())
        self.selected = Unit("conv1", 0, 0, 0)
        self.explains_logit = False
        self.kernel = Kernel("conv1", 0, 0)  # under edit
        self.rolls = 0  # of the distortions
        self._read_at: tuple | None = None  # the state that `_forward` belongs to
        self._linked: tuple[int, dict[str, str]] = (-1, {})  # the weights' changes, as a link
        self.pad = Pad("x", self._say)
        self.pad.show(strokes.sample(FIRST))
        self._select_strongest()

    def show(self) -> Frame:
        """Return the passes of the drawing as it is now, and what the other cards in sight need."""
        s, (a, gradients, target) = self.settings, self.look()
        frame = view.network(str(s["view"]), str(s["scale"]), a, gradients)
        salience = self.saliency(a, gradients, target)
        named = None if self.pad.empty and s["target"] == "winner" else target
        view.saliency(frame, salience, str(s["saliency"]), named)
        view.explanation(frame, self.explanation(a), self.selected)
        view.drawing(frame, a, self.pad, float(s["tilt"]), self.placement, self.selected)
        view.changes(frame, self.weights, self.kernel, with_kernels=self.sees("kernels"))
        if self.sees("readers"):
            view.other_readers(frame, a.seen)
        if self.sees("distortions"):
            view.distortions(frame, a.seen, float(s["strength"]), self.rolls)
        self.pad.tell(frame)
        return frame

    def evidence(self) -> tuple:
        """Return the drawing, its pass, the weights, the tilt, and a function: what the trained net
        says of the drawing.
        """
        return self.pad, self._now(), self.weights, self.settings["tilt"], self.unharmed

    def to_link(self) -> dict[str, str]:
        """Return the visitor's drawing, the changes to the weights, the distortions' seed, the unit
        that is explained, and the kernel under edit.
        """
        if self._linked[0] != self.weights.changes:
            self._linked = self.weights.changes, link.to_link(self.weights)
        roll = str(self.rolls) if self.rolls else ""
        at = self.selected
        first = at == self.first and not self.explains_logit
        unit = f"{at.layer}.{at.unit}.{at.row}.{at.col}.{self.explains_logit:d}"
        of_unit = kernel_of(at if at.layer in link.CHANNELS else self.first)
        return (
            self.pad.address()
            | self._linked[1]
            | {
                "roll": roll,
                "unit": "" if first else unit,
                "kernel": "" if self.kernel == of_unit else ".".join(map(str, self.kernel)),
            }
        )

    def left_out(self) -> str:
        """Say what of drawing and weights a link does not hold."""
        w = self.weights
        if not link.to_link(w)["cells"] and any(
            not w.tensors[name].equal(one) for name, one in w.original.items()
        ):
            return f"A link has room for {link.CELLS} edited weights, and these are more."
        if self.pad.left_out() or self.pad.example:
            return self.pad.left_out()
        return "What the network said while you drew is read anew, every few points."

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing, switched units, edited cells, the distortions' seed, the unit or the
        kernel of a link.
        """
        if name == "x":
            self.pad.receive({"kind": "link", "value": text})
        elif name == "roll":
            if not (text.isascii() and text.isdigit() and len(text) <= 6):
                raise ValueError("The link's number of distortions is none.")
            self.rolls = int(text)
        elif name == "unit":
            layer, _, cell = text.partition(".")
            *cell, logit = places(cell, 96, 28, 28, 1)
            self.select(Unit(layer, *cell))
            self.explains_logit = logit == 1
        elif name == "kernel":
            layer, _, cell = text.partition(".")
            if layer not in link.CHANNELS:
                raise ValueError("The link's kernel is none of conv1 or conv2.")
            most = SWITCHES[layer][0] - 1, link.CHANNELS[layer] - 1
            self.kernel = Kernel(layer, *places(cell, *most))
        else:
            link.from_link(self.weights, name, text)

    def script(self) -> str:
        """Return the script for the drawing and the weights as they are."""
        a, _, target = self.look()
        return script(a.seen, self.weights.tensors, self.weights.off, target)

    def draw(self, event: Event) -> None:
        """Take in what the pad or its timeline sends."""
        self.pad.receive(event)

    def click(self, event: Event) -> None:
        """Choose a kernel to edit, or a unit to explain."""
        panel = event.get("panel")
        if not isinstance(panel, str):
            raise ValueError("A click names the panel that was clicked.")
        unit, row, col = (whole(event.get(k, 0), 0, 100, f"A click's {k}")
                          for k in ("unit", "row", "col"))  # fmt: skip
        if panel == "kernels1" and unit < 6:
            self.kernel = Kernel("conv1", unit, 0)
        elif panel == "kernels2" and unit < 96:
            self.kernel = Kernel("conv2", *divmod(unit, 6))
        else:
            self.select(Unit("seen" if panel == "saliency" else panel, unit, row, col))

    def edit(self, event: Event) -> None:
        """Set a cell of the kernel under edit."""
        cell = whole(event.get("index"), 0, 24, "A kernel's cell")
        value = number(event.get("value"), -LARGEST, LARGEST, "A weight")
        self.weights.edit(*self.kernel, cell, value)

    def switch(self) -> None:
        """Switch the selected map or dense unit off, or on again."""
        at = self.selected
        if at.layer not in SWITCHES:
            raise ValueError(
                "Click a map of conv1 or conv2, or a unit of fc1 or fc2, to switch it."
            )
        self.weights.switch(at.layer, at.number)

    def reset(self) -> None:
        """Take all changes to the weights back."""
        self.weights.reset()

    def reroll(self) -> None:
        """Distort the drawing in other ways."""
        self.rolls += 1

    def select(self, at: Unit) -> None:
        """Explain this unit; a second time on a class, the logit behind its probability."""
        again = at == self.selected and at.layer == "softmax"
        self.explains_logit = again and not self.explains_logit
        self.selected = at
        if at.layer in link.CHANNELS:
            self.kernel = kernel_of(at)

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

    def explanation(self, a: Forward) -> Arithmetic:
        """Return the arithmetic of the selected unit."""
        at = self.selected
        if self.explains_logit:
            return explain_logit(a, self.weights.tensors, at.col)
        off = at.number in self.weights.off.get(at.layer, ())
        return explain(a, self.weights.tensors, at, off=off)

    def unharmed(self) -> int:
        """Return what the trained network says, without edits and switches."""
        seen = place_as_mnist(self.pad.picture)[0][0, 0]
        return forward(tilt(seen, self.settings["tilt"]), self.weights.original).winner

    def _say(self) -> str:
        return "" if self.pad.empty else str(self._now().winner)

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

    def _select_strongest(self) -> None:
        """Begin with a unit that has something to say: the most active of conv1."""
        unit, rest = divmod(int(self.look()[0].conv1.argmax()), 28 * 28)
        self.first = Unit("conv1", unit, *divmod(rest, 28))
        self.select(self.first)


def kernel_of(at: Unit) -> Kernel:
    """Return the kernel by which a map of conv1 or conv2 reads the first map before it."""
    return Kernel(at.layer, at.unit, 0)


def tilt(seen: Tensor, degrees: float) -> Tensor:
    """Return seen: (28, 28) turned clockwise about its middle."""
    if degrees == 0:
        return seen
    return rotate(seen[None, None], degrees, outside="zeros")[0, 0]
