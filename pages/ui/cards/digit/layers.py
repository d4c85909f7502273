"""The network from left to right, and the unit of it that was clicked."""

from labs.vision.digit import controls as c
from pages.ui.stage import Card, Panel


def _maps(name: str, title: str, shape: str, note: str, columns: int, tile: int, alt: str) -> Panel:
    return Panel("maps", name, title, shape, note, alt, {"columns": columns, "tile": tile})


PAD = Panel(
    "pad", "x", "Your drawing", "256²", "mouse, pen or finger", "your drawing",
    {"size": 220, "samples": c.DIGITS},
)  # fmt: skip
SEEN = Panel(
    "image", "seen", "Seen as", "28²", "cropped, centred",
    "the drawing as the network sees it, 28 by 28 pixels",
    {"size": 104, "map": "ink", "click": True, "limit": 1},
)  # fmt: skip
SALIENT = Panel(
    "image", "saliency", "Saliency", "28²", "for the logit",
    "which pixels matter for the chosen logit", {"size": 104, "click": True, "scale": "layer"},
)  # fmt: skip
ANSWER = Panel(
    "bars", "softmax", "fc3, softmax", "850 par.", "it says",
    "the logit and the probability of each digit",
    {"labels": c.DIGITS, "percent": True, "width": 220, "beside": "logits",
     "heads": ("logit", "softmax")},
)  # fmt: skip
CONV1 = _maps("conv1", "conv1 + ReLU", "6@28²", "156 parameters", 2, 74, "six maps of conv1")
CONV2 = _maps("conv2", "conv2 + ReLU", "16@10²", "2,416 parameters", 4, 38, "16 maps of conv2")
FRONT = Card("network", columns=((PAD,), (CONV1,), (CONV2,), (ANSWER,)))  # of the home page
NETWORK = Card(
    "network",
    columns=(
        (PAD,),
        (SEEN, SALIENT),
        (CONV1,),
        (_maps("pool1", "pool1", "6@14²", "max 2×2", 2, 40, "six maps of pool1"),),
        (CONV2,),
        (_maps("pool2", "pool2", "16@5²", "max 2×2", 4, 24, "16 maps of pool2"),),
        (
            _maps("fc1", "fc1", "120", "48,120 par.", 1, 84, "120 units of fc1"),
            _maps("fc2", "fc2", "84", "10,164 par.", 1, 84, "84 units of fc2"),
        ),
        (ANSWER,),
    ),
    controls=(c.VIEW, c.TARGET, c.SCALE, c.SALIENCY, c.MOMENTS),
)

ARITHMETIC = Panel(
    "arithmetic", "arithmetic", alt="patch, kernel and product", options={"cell": 44}
)
INSPECT = Card(
    "inspect",
    columns=((ARITHMETIC,),),
    controls=(c.SWITCH, c.RESET),
    title="The unit you clicked",
    span=8,
)
