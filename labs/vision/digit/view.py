"""What the digit lab shows, part by part, with captions and outlined receptive fields."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs import zoo
from labs.data.shuffle import shuffle
from labs.drawing import PIXELS
from labs.drawing.mnist import Placement
from labs.drawing.pad import Pad
from labs.live import Frame
from labs.live.arithmetic import Arithmetic
from labs.rotation import turned
from labs.vision.digit import readers
from labs.vision.digit.passes import LAYERS, Forward
from labs.vision.digit.saliency import SIGNED
from labs.vision.digit.unit import SHAPES, Unit, receptive_field
from labs.vision.digit.weights import Edited, Kernel

MAPS = ("conv1", "pool1", "conv2", "pool2", "fc1", "fc2")


def network(view: str, scale: str, a: Forward, gradients: Mapping[str, Tensor]) -> Frame:
    """Return the layers of a pass: as "activation", as "gradient" or as their "product"."""
    shown = layers(view, a, gradients)
    frame = Frame(
        maps={"seen": a.seen[None]}, values={"softmax": a.probabilities, "logits": a.logits}
    )
    frame.maps |= {layer: shown[layer].reshape(SHAPES[layer]) for layer in MAPS}
    frame.notes = {
        "scale": scale,
        "colors": dict.fromkeys(MAPS, "signed" if view == "activation" else "gradient"),
        "apart": ["seen", "saliency", "kernels1", "kernels2", "distorted", "shuffled"],
        "titles": {},
        "marks": {},
    }
    return frame


def layers(view: str, a: Forward, gradients: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    """Return what every layer shows: activations, gradients, or their product."""
    if view == "gradient":
        return gradients
    if view == "product":
        return {layer: getattr(a, layer) * gradients[layer] for layer in LAYERS}
    return vars(a)


def saliency(frame: Frame, found: Tensor, method: str, target: int | None) -> None:
    """Add which pixels matter for a logit: found (28, 28).  target: None where it has no name."""
    frame.maps["saliency"] = found[None]
    frame.notes["colors"]["saliency"] = "gradient" if method in SIGNED else "unsigned"
    frame.notes["titles"]["saliency"] = (
        "for the largest logit" if target is None else f"for the logit of “{target}”"
    )


def explanation(frame: Frame, found: Arithmetic, selected: Unit) -> None:
    """Add the arithmetic of the selected unit."""
    found.show(frame)
    frame.notes["chosen"] = {"softmax": selected.col} if selected.layer == "softmax" else {}


def drawing(
    frame: Frame, a: Forward, pad: Pad, tilt: float, placement: Placement, selected: Unit
) -> None:
    """Add what is read, and the selected unit's receptive field down to the drawing itself.

    An empty pad is not read.
    """
    percent = f"{100 * a.probabilities[a.winner].item():.0f}"
    unread = pad.empty or pad.example
    frame.notes["titles"] |= {
        "softmax": "the pad is empty" if pad.empty else f"it says “{a.winner}”",
        "seen": pad.remark or "cropped, centred",
        "x": "mouse, pen or finger" if unread else f"read as “{a.winner}”, {percent} %",
    }
    frame.notes["say"] = (
        "The pad is empty." if pad.empty else f"The network says {a.winner}, {percent} percent."
    )
    for layer, (unit, box) in receptive_field(selected).items():
        frame.notes["marks"][layer] = [{"unit": unit, "box": box}]
        if layer == "seen":
            upright = turned(box, -tilt)  # the drawing itself is not tilted
            place = [v / PIXELS for v in placement.box(*upright)]
            frame.notes["marks"]["x"] = [{"box": [min(max(v, 0.0), 1.0) for v in place]}]


def changes(frame: Frame, weights: Edited, kernel: Kernel, *, with_kernels: bool) -> None:
    """Add what is switched off and which kernel is under edit, and perhaps all kernels."""
    layer, unit, channel = kernel
    panel, tile = ("kernels1", unit) if layer == "conv1" else ("kernels2", 6 * unit + channel)
    of = "" if layer == "conv1" else f", input map {channel}"
    edited = " · edited" if weights.changed else ""
    frame.notes["titles"]["kernel"] = f"{layer} · map {unit}{of}{edited}"
    frame.notes["marks"][panel] = [{"unit": tile, "box": None}]
    frame.notes["off"] = {layer: sorted(units) for layer, units in weights.off.items()}
    frame.notes["off"]["kernels1"] = sorted(weights.off["conv1"])
    if with_kernels:
        frame.maps["kernels1"] = weights.tensors["conv1.weight"].view(6, 5, 5)
        frame.maps["kernels2"] = weights.tensors["conv2.weight"].view(96, 5, 5)
        frame.values["kernel"] = weights.kernel(*kernel)


def other_readers(frame: Frame, seen: Tensor) -> None:
    """Add what three nets say of the picture seen: (28, 28), straight and shuffled."""
    frame.values |= {f"reader.{name}": p for name, p in readers.read(seen).items()}
    frame.maps["shuffled"] = shuffle(seen)[None]


def distortions(frame: Frame, seen: Tensor, strength: float, seed: int) -> None:
    """Add distorted copies of the picture, and what two nets as trained make of them."""
    models = {name: zoo.load(name) for name in ("lenet-mnist", "lenet-mnist-plain")}
    generator = torch.Generator().manual_seed(seed)
    copies, classes = readers.distorted(seen, strength, models, generator)
    frame.maps["distorted"] = copies
    straight = {name: net(seen[None, None])[0].softmax(0) for name, net in models.items()}
    frame.values["with"], frame.values["without"] = straight.values()
    digit = int(straight["lenet-mnist"].argmax())
    right = {name: int((of_copies == digit).sum()) for name, of_copies in classes.items()}
    frame.notes["titles"]["distorted"] = (
        "the pad is empty"
        if not seen.any()
        else (
            f"still “{digit}”: with {right['lenet-mnist']}, without "
            f"{right['lenet-mnist-plain']} of {len(copies)}"
        )
    )
