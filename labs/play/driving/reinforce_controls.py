"""What can be turned, chosen and pressed where cars learn from rewards."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from labs.live.controls import Button, Choice, Knob, same
from labs.play.driving.controls import PEN, TRACK
from labs.play.driving.reward import Reward

METHOD = Choice("method", "method", same("DQN", "policy gradient", "PPO"), "PPO", shown=True)
EPSILON = Knob("epsilon", "exploration ε", 0, 1, 0.1, step=0.01, digits=2)
ENTROPY = Knob("entropy", "weight of the entropy", 0, 0.2, 0.01, step=0.005, digits=3)
GAMMA = Knob("gamma", "discount γ", 0, 0.99, 0.97, step=0.01, digits=2)
RATE = Knob("rate", "learning rate", 1e-5, 0.1, 1e-3, log=True, digits=5)
HOLD = Knob("hold", "target net held for", 1, 2000, 250, unit=" updates", whole=True)
CLIP = Knob("clip", "PPO's clip", 0.02, 1, 0.2, step=0.01, digits=2)
EPOCHS = Knob("epochs", "epochs a rollout", 1, 12, 4, whole=True)
START = Choice("start", "cars begin", (("line", "at the line"), ("anywhere", "anywhere"),
               ("either", "anywhere, either way")),
               "anywhere", shown=True)  # fmt: skip
SEED = Knob("seed", "seed", 1, 99, 1, whole=True)
AGAIN = Button("again", "begin again")
SHOWN = Choice("shown", "on the road", (("value", "value of every place"), ("none", "nothing")),
               "value", shown=True)  # fmt: skip
ARROWS = Choice("arrows", "policy's arrows", (("yes", "on"), ("no", "off")), "yes", shown=True)
PACE = Knob("pace", "of a car at", 0, 18, 8, step=0.5, digits=1, unit=" m/s")
USUAL = Reward()
REWARD = (
    Knob("progress", "a metre along the lap", -0.5, 0.5, USUAL.progress, step=0.01, digits=2),
    Knob("gain", "a metre forwards, backwards free", 0, 0.5, USUAL.gain, step=0.01, digits=2),
    Knob("speed", "a metre driven, wherever to", 0, 0.5, USUAL.speed, step=0.01, digits=2),
    Knob("middle", "a second in the middle of the road", 0, 5, USUAL.middle, step=0.1, digits=1),
    Knob("time", "a second that goes by", -5, 0, USUAL.time, step=0.1, digits=1),
    Knob("crash", "a crash", -30, 0, USUAL.crash, step=0.5, digits=1),
)


@dataclass(frozen=True)
class Situation:
    """A title, what was meant, and the reward."""

    title: str
    text: str
    reward: Reward
    start: str = "anywhere"  # where cars begin


SITUATIONS: Mapping[str, Situation] = {
    "works": Situation("progress", "A metre along the lap is paid for, a crash costs: laps.",
                       USUAL),
    "middle": Situation("keep to the middle", "Meant: a careful driver.  A second in the middle of "
                        "the road is paid for, whether the car moves or not.",
                        Reward(0, 0, 0, 0.5, 0, -2.0)),
    "hurry": Situation("hurry", "Meant: a quick driver.  Every second costs a point, and a crash "
                       "less than two of them.", Reward(0, 0, 0, 0, -1.0, -1.0)),
    "fear": Situation("fear", "Meant: a safe driver.  A crash costs as much as hundreds of metres "
                      "bring.", Reward(0.02, 0, 0, 0, 0, -30.0)),
    "wrong": Situation("a sign mistaken", "A metre along the lap costs what it should bring.",
                       Reward(-0.1, 0, 0, 0, 0, -2.0)),
    "speed": Situation("speed", "Meant: a racing driver.  A metre is paid for, wherever it leads, "
                       "and half of the cars begin the other way round.",
                       Reward(0, 0, 0.1, 0, 0, -2.0), "either"),
}  # fmt: skip
PRESSED = tuple(Button(f"try_{k}", s.title, "situation", (k,)) for k, s in SITUATIONS.items())
MAIN = (METHOD, TRACK, PEN, EPSILON, ENTROPY, GAMMA, RATE, SEED, AGAIN)
LOOK = (SHOWN, ARROWS, PACE)
MORE = (START, HOLD, CLIP, EPOCHS)
CONTROLS = (*MAIN, *LOOK, *MORE, *REWARD, *PRESSED)
PAID = tuple(asdict(USUAL))
