"""Draw a digit, and watch every layer of LeNet-5 while the stroke is being made."""

import streamlit as st

from labs.vision.digit import Digit
from pages.ui import lesson
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Timeline, stage, use
from labs.vision.digit.challenges import CHALLENGES

LAB = "digit"
DIGITS = tuple(str(i) for i in range(10))

VIEW = Choice(
    "view", "what the layers show",
    (("activation", "Activation"), ("gradient", "Gradient"), ("product", "Activation × gradient")),
    "activation",
)  # fmt: skip
TARGET = Choice(
    "target", "of logit", (("winner", "winner"), *((d, d) for d in DIGITS)), "winner", shown=True
)
SCALE = Choice(
    "scale", "scale by", (("unit", "unit"), ("layer", "layer"), ("global", "global")), "layer",
    shown=True,
)  # fmt: skip
SALIENCY = Choice(
    "saliency", "saliency",
    (("gradient", "gradient"), ("integrated", "integrated"), ("gradcam", "Grad-CAM"),
     ("occlusion", "occlusion")),
    "gradient", shown=True,
)  # fmt: skip
TILT = Knob("tilt", "tilt the drawing", -90, 90, 0, step=1, unit="°")
STRENGTH = Knob("strength", "distortion", 0, 2, 1, step=0.05, digits=2, unit="×")
CONTROLS = (VIEW, TARGET, SCALE, SALIENCY, TILT, STRENGTH)

NETWORK = Card(
    "network",
    (
        (
            Panel("pad", "x", "Your drawing", "256²", "draw here", alt="your drawing, white paper",
                  options={"size": 220, "samples": DIGITS}),
        ),
        (
            Panel("image", "seen", "Seen as", "28²", "cropped, centred",
                  alt="the drawing as the network sees it, 28 by 28 pixels",
                  options={"size": 100, "map": "ink", "click": True, "limit": 1}),
            Panel("image", "saliency", "Saliency", "28²", "for the logit",
                  alt="which pixels matter for the chosen logit",
                  options={"size": 100, "click": True, "scale": "layer"}),
        ),
        (Panel("maps", "conv1", "conv1 + ReLU", "6@28²", "156 parameters",
               alt="six feature maps of the first convolution", options={"columns": 2, "tile": 76}),),
        (Panel("maps", "pool1", "pool1", "6@14²", "max 2×2",
               alt="six maps after the first pooling", options={"columns": 2, "tile": 42}),),
        (Panel("maps", "conv2", "conv2 + ReLU", "16@10²", "2,416 parameters",
               alt="sixteen feature maps of the second convolution",
               options={"columns": 4, "tile": 40}),),
        (Panel("maps", "pool2", "pool2", "16@5²", "max 2×2",
               alt="sixteen maps after the second pooling", options={"columns": 4, "tile": 25}),),
        (
            Panel("maps", "fc1", "fc1", "120", "48,120",
                  alt="120 units of the first dense layer", options={"columns": 1, "tile": 84}),
            Panel("maps", "fc2", "fc2", "84", "10,164",
                  alt="84 units of the second dense layer", options={"columns": 1, "tile": 84}),
        ),
        (Panel("bars", "softmax", "softmax", "10", "",
               alt="probability of each digit",
               options={"labels": DIGITS, "percent": True, "width": 150}),),
    ),
    (VIEW, TARGET, SCALE, SALIENCY, Timeline("timeline", "stroke", "moment of the drawing")),
    wide=True,
)  # fmt: skip
CARDS = (NETWORK,)


@st.fragment
def lab() -> None:
    session = use(LAB, Digit, CONTROLS, drawings=["x"])
    lesson.question("Digit", "Which strokes made the network say so?", LAB)
    stage(session, LAB, CARDS, width=1130)


lab()
