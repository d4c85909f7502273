"""What can be turned, chosen and pressed where a car is driven and imitated."""

from labs.live.controls import Button, Choice, Knob, Select
from labs.play.driving.presets import LINES

TRACK = Select("track", "track", (*((k, k) for k in LINES), ("yours", "your own")), "bean",
               shown=True)  # fmt: skip
PEN = Button("pen", "Draw a track")
WAY = Choice("way", "direction", (("forth", "as drawn"), ("back", "the other")), "forth",
             shown=True)  # fmt: skip
DRIVER = Choice("driver", "at the wheel",
                (("you", "you"), ("script", "the script"), ("net", "the net")), "script",
                shown=True)  # fmt: skip
EYES = Choice("eyes", "the net sees", (("rays", "rays"), ("dense", "camera, dense net (ALVINN)"),
              ("convolution", "camera, convolutions (DAVE-2)")), "rays", shown=True)  # fmt: skip
RECORD = Button("record", "Record a lap for me", trains=True)
FORGET = Button("forget", "Forget all laps")
MIRRORED = Choice("mirrored", "mirror", (("no", "off"), ("yes", "on")), "no", shown=True)
SHIFTED = Choice("shifted", "side cameras", (("no", "off"), ("yes", "on")), "no", shown=True)
TEACHER = Choice("teacher", "who corrects the net",
                 (("you", "you"), ("script", "the script")), "you", shown=True)  # fmt: skip
HAND = Knob("hand", "unsteady hand", 0, 1.5, 0.6, step=0.1, digits=1, unit=" m")
SEED = Knob("seed", "seed", 1, 99, 1, whole=True)
ROAD = (RECORD, DRIVER, TRACK, PEN, WAY)
LEARN = (EYES, TEACHER, MIRRORED, SHIFTED, HAND, SEED, FORGET)
CONTROLS = (*ROAD, *LEARN)
