"""What can be turned and chosen in the digit lab."""

from pages.ui.stage import Button, Choice, Knob

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
TILT = Knob("tilt", "tilt the drawing", -90, 90, 0, unit="°")
STRENGTH = Knob("strength", "distortion", 0, 2, 1, step=0.05, digits=2, unit=" ×")
CONTROLS = (VIEW, TARGET, SCALE, SALIENCY, TILT, STRENGTH)
RESET = Button("reset", "Reset all weights")
