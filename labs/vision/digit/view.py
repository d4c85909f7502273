"""What the digit lab shows: a frame, its captions, and where receptive fields are outlined."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs import zoo
from labs.data.shuffle import shuffle
from labs.drawing import PIXELS
from labs.live import Frame
from labs.rotation import turned
from labs.vision.digit import readers
from labs.vision.digit.passes import LAYERS, Forward
from labs.vision.digit.saliency import SIGNED
from labs.vision.digit.unit import SHAPES, receptive_field

if TYPE_CHECKING:
    from labs.vision.digit.experiment import Digit

MAPS = ("conv1", "pool1", "conv2", "pool2", "fc1", "fc2")


def frame(lab: "Digit", a: Forward, gradients: Mapping[str, Tensor], target: int) -> Frame:
    """Return the passes, and what the other cards in sight need."""
    frame = Frame(
        maps={"seen": a.seen[None]}, values={"softmax": a.probabilities, "logits": a.logits}
    )
    shown = layers(str(lab.settings["view"]), a, gradients)
    frame.maps |= {layer: shown[layer].reshape(SHAPES[layer]) for layer in MAPS}
    frame.maps["saliency"] = lab.saliency(a, gradients, target)[None]
    explanation = lab.explanation(a)
    frame.values |= {f"arithmetic.{k}": v for k, v in explanation.tensors.items()}
    frame.notes = notes(lab, a, target) | {"arithmetic": explanation.notes()}
    if lab.sees("kernels"):
        frame.maps["kernels1"] = lab.weights.tensors["conv1.weight"].view(6, 5, 5)
        frame.maps["kernels2"] = lab.weights.tensors["conv2.weight"].view(96, 5, 5)
        frame.values["kernel"] = lab.weights.kernel(*lab.kernel)
    if lab.sees("readers"):
        frame.values |= {f"reader.{name}": p for name, p in readers.read(a.seen).items()}
        frame.maps["shuffled"] = shuffle(a.seen)[None]
    if lab.sees("distortions"):
        distort(lab, frame, a)
    return frame


def layers(view: str, a: Forward, gradients: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    """Return what every layer shows: activations, gradients, or their product."""
    if view == "gradient":
        return gradients
    if view == "product":
        return {layer: getattr(a, layer) * gradients[layer] for layer in LAYERS}
    return vars(a)


def distort(lab: "Digit", frame: Frame, a: Forward) -> None:
    """Add the drawing's distorted copies, and what two nets as trained make of them."""
    models = {name: zoo.load(name) for name in ("lenet-mnist", "lenet-mnist-plain")}
    generator = torch.Generator().manual_seed(lab.rolls)
    copies, classes = readers.distorted(a.seen, lab.settings["strength"], models, generator)
    frame.maps["distorted"] = copies
    said = {name: net(a.seen[None, None])[0].softmax(0) for name, net in models.items()}
    frame.values["with"], frame.values["without"] = said.values()
    digit = int(said["lenet-mnist"].argmax())
    right = {name: int((of_copies == digit).sum()) for name, of_copies in classes.items()}
    frame.notes["titles"]["distorted"] = (
        f"still “{digit}”: with {right['lenet-mnist']}, without "
        f"{right['lenet-mnist-plain']} of {len(copies)}"
    )


def notes(lab: "Digit", a: Forward, target: int) -> dict:
    """Return captions, colours, marks and what is switched off."""
    view, method = lab.settings["view"], lab.settings["saliency"]
    winner = a.winner
    p = a.probabilities[winner].item()
    color = "signed" if view == "activation" else "gradient"
    layer, unit, channel = lab.kernel
    of = "" if layer == "conv1" else f", input map {channel}"
    edited = " · edited" if lab.weights.changed else ""
    return {
        "settings": lab.settings,
        "scale": lab.settings["scale"],
        "colors": dict.fromkeys(MAPS, color)
        | {"saliency": "gradient" if method in SIGNED else "unsigned"},
        "apart": ["seen", "saliency", "kernels1", "kernels2", "distorted", "shuffled"],
        "off": {layer: sorted(units) for layer, units in lab.weights.off.items()}
        | {"kernels1": sorted(lab.weights.off["conv1"])},
        "marks": marks(lab),
        "titles": {
            "saliency": f"for the logit of “{target}”",
            "kernel": f"{layer} · map {unit}{of}{edited}",
            "softmax": "the pad is empty" if lab.pad.empty else f"it says “{winner}”",
            "seen": lab.pad.remark or "cropped, centred",
            "x": "mouse, pen or finger"
            if lab.pad.empty or lab.pad.example
            else f"read as “{winner}”, {100 * p:.0f} %",
        },
        "chosen": {"softmax": lab.selected.col} if lab.selected.layer == "softmax" else {},
        "say": f"The network says {winner}, {100 * p:.0f} percent.",
        "met": sorted(lab.met),
    }


def marks(lab: "Digit") -> dict[str, list[dict]]:
    """Return the receptive field of the selected unit by panel, and the kernel under edit."""
    found: dict[str, list[dict]] = {}
    for layer, (unit, box) in receptive_field(lab.selected).items():
        found[layer] = [{"unit": unit, "box": box}]
        if layer == "seen":
            upright = turned(box, -lab.settings["tilt"])  # the drawing itself is not tilted
            place = [v / PIXELS for v in lab.placement.box(*upright)]
            found["x"] = [{"box": [min(max(v, 0.0), 1.0) for v in place]}]
    layer, unit, channel = lab.kernel
    panel, tile = ("kernels1", unit) if layer == "conv1" else ("kernels2", 6 * unit + channel)
    found[panel] = [{"unit": tile, "box": None}]
    return found
