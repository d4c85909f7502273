"""What can be turned, chosen and pressed where a kernel is learned."""

from labs.live.controls import Button, Knob, Select
from labs.vision.convolution.plane.controls import PRESET

RATE = Knob("rate", "rate × λmax", 0.05, 4, 1, log=True)
CONTROLS = (
    Button("again", "Same start again"),
    Button("fresh", "Another start"),
    Select("target", "goal", PRESET.options[:-1], "sobel_x", shown=True),
    Knob("taps", "size", 2, 5, 3, whole=True),
    RATE,
    Knob("momentum", "momentum", 0, 0.999, 0.97, step=0.001, digits=3),
    Button("best", "Polyak's best rate and momentum"),
)
