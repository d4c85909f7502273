"""What can be turned, chosen and pressed of the GAN on the plane."""

from labs.generative.gan.losses import LOSSES
from labs.generative.gan.plane.situations import SITUATIONS
from labs.generative.gan.target import TARGETS
from labs.live.controls import Button, Choice, Knob, Select, same

OPTIMIZERS = ("Adam", "RMSProp", "momentum", "SGD")

TARGET = Select("target", "target", (*same(*TARGETS), ("drawing", "your drawing")), "8 Gaussians",
                shown=True)  # fmt: skip
LOSS = Select("loss", "loss", same(*LOSSES), "non-saturating", shown=True)
PACE = Choice("pace", "a step moves", (("both", "both nets"), ("one", "one net")), "both",
              shown=True)  # fmt: skip
TURNS = Knob("turns", "discriminator steps", 1, 10, 1, whole=True)
RATE_G = Knob("rate_g", "rate of the generator", 1e-5, 0.1, 1e-3, log=True)
RATE_D = Knob("rate_d", "of the discriminator", 1e-5, 0.1, 1e-3, log=True)
PENALTY = Knob("penalty", "gradient penalty", 0, 10, 0, step=0.1, digits=1, words={"0.0": "none"})
CLIP = Knob("clip", "clipping", 0, 1, 0, step=0.01, digits=2, words={"0.00": "none"})
NOISE = Knob("noise", "instance noise", 0, 0.5, 0, step=0.01, digits=2, words={"0.00": "none"})
UNITS_G = Knob("units_g", "units of the generator", 4, 128, 64, whole=True)
UNITS_D = Knob("units_d", "of the discriminator", 4, 128, 64, whole=True)
DEPTH = Knob("depth", "hidden layers", 1, 3, 2, whole=True)
UNIT = Select("unit", "units", same("leaky relu", "relu", "tanh"), "leaky relu", shown=True)
OPTIMIZER_G = Select("optimizer_g", "optimizer of the generator", same(*OPTIMIZERS), "Adam",
                     shown=True)  # fmt: skip
OPTIMIZER_D = Select("optimizer_d", "of the discriminator", same(*OPTIMIZERS), "Adam", shown=True)
SEED = Knob("seed", "seed", 1, 999, 1, whole=True)
AGAIN = Button("again", "begin again")
SHOWN = tuple(Button(f"situation_{k}", s.title, "situation", (k,)) for k, s in SITUATIONS.items())
MAIN = (TARGET, LOSS, TURNS, RATE_G, RATE_D, PENALTY, CLIP, NOISE, PACE, SEED, AGAIN)
NETS = (UNITS_G, UNITS_D, DEPTH, UNIT, OPTIMIZER_G, OPTIMIZER_D)
CONTROLS = (*MAIN, *NETS, *SHOWN)
