"""What can be turned, chosen and pressed in the digit lab."""

from labs.live.controls import Button, Choice, Knob, Timeline, same

DIGITS = tuple(str(i) for i in range(10))

VIEW = Choice(
    "view", "what the layers show",
    (("activation", "Activation"), ("gradient", "Gradient"), ("product", "Activation × gradient")),
    "activation",
)  # fmt: skip
TARGET = Choice("target", "of logit", same("winner", *DIGITS), "winner", shown=True)
SCALE = Choice("scale", "scale by", same("unit", "layer", "global"), "layer", shown=True)
SALIENCY = Choice(
    "saliency", "saliency",
    (("gradient", "gradient"), ("integrated", "integrated"), ("gradcam", "Grad-CAM"),
     ("occlusion", "occlusion")),
    "gradient", shown=True,
)  # fmt: skip
MOMENTS = Timeline("timeline", "points drawn", "moment of the drawing")
SWITCH = Button("switch", "Switch this unit off / on")
RESET = Button("reset", "Reset all weights")
TILT = Knob("tilt", "tilt the drawing", -90, 90, 0, unit="°")
STRENGTH = Knob("strength", "distortion", 0, 2, 1, step=0.05, digits=2, unit=" ×")
REROLL = Button("reroll", "Distort again")
CONTROLS = (VIEW, TARGET, SCALE, SALIENCY, TILT, STRENGTH, SWITCH, RESET, REROLL)
