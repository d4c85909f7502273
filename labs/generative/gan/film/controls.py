"""What can be turned, chosen and pressed of the GAN that learns digits."""

from labs.generative.gan.losses import LOSSES
from labs.live.controls import Button, Choice, Knob, Select, same

LOSS = Select("loss", "loss", same(*LOSSES), "non-saturating", shown=True)
NORM = Choice("norm", "batch norm", same("on", "off"), "on", shown=True)
NOISE = Knob("noise", "instance noise", 0, 0.5, 0.2, step=0.01, digits=2, words={"0.00": "none"})
RATE_G = Knob("rate_g", "rate of the generator", 1e-5, 0.01, 1e-3, log=True)
RATE_D = Knob("rate_d", "of the discriminator", 1e-5, 0.01, 1e-3, log=True)
MOMENT = Knob("moment", "film", 0, 1, 1, step=0.01, digits=2, words={"1.00": "now"}, wide=True)
AGAIN = Button("again", "same weights again")
FRESH = Button("fresh", "other weights")
CONTROLS = (LOSS, NORM, NOISE, RATE_G, RATE_D, MOMENT, AGAIN, FRESH)
