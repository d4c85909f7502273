"""The same learners on the oldest task of the field: sixteen poles to be balanced."""

import torch

from labs.live import Frame
from labs.live.controls import Button, Choice, Knob, Value, same
from labs.live.lab import Lab
from labs.numerals import counted, written
from labs.play.driving import pole, scripts
from labs.play.driving.actor import ActorCritic
from labs.play.driving.dqn import DQN
from labs.play.driving.pole_challenges import CHALLENGES, Seen
from labs.training.course import Course
from labs.training.experiment import begun_anew

POLES, SHOWN = 16, 6
PUSH = 0.4  # m/s

METHOD = Choice("method", "method", same("DQN", "policy gradient", "PPO"), "PPO", shown=True)
GAMMA = Knob("gamma", "discount γ", 0, 0.999, 0.99, step=0.001, digits=3)
RATE = Knob("rate", "learning rate", 1e-5, 0.1, 1e-3, log=True, digits=5)
EXPLORE = Knob("epsilon", "exploration ε", 0, 1, 0.05, step=0.01, digits=2)
HALF = Knob("half", "half the pole's length", 0.1, 0.8, pole.HALF, step=0.05, digits=2, unit=" m")
SEED = Knob("seed", "seed", 1, 99, 1, whole=True)
PUSHED = Button("push", "push all carts")
AGAIN = Button("again", "begin again")
CONTROLS = (METHOD, GAMMA, RATE, EXPLORE, SEED, AGAIN, HALF, PUSHED)


class Pole(Lab):
    """Sixteen carts that learn to keep their poles up."""

    name = "driving.pole"
    controls = CONTROLS
    challenges = CHALLENGES

    def __init__(self) -> None:
        super().__init__()
        self.again()

    @property
    def steps(self) -> int:
        """Decisions and optimizer steps since it began."""
        return self.count

    def again(self) -> None:
        """Begin again with the weights of the seed."""
        s = self.settings
        self.random = torch.Generator().manual_seed(int(s["seed"]))
        name, rate = str(s["method"]), float(s["rate"])
        self.learner = (DQN(self.random, rate, 4, 2) if name == "DQN"
                        else ActorCritic(name, self.random, rate, 4, 2))  # fmt: skip
        self.poles = pole.Poles(POLES, self.random)
        self.poles.half = float(s["half"])
        self.seen = self.poles.see()
        self.lives, self.count, self.decisions = Course(400, mean=True), 0, 0
        self.lengths = torch.full((POLES,), torch.nan)  # decisions of each cart's last life
        self.pushed, self.before = 0, 0.0  # how often all were, and how well they did before

    def push(self) -> None:
        """Push all carts."""
        self.poles.push(PUSH if self.pushed % 2 else -PUSH)
        self.seen = self.poles.see()
        self.pushed, self.before = self.pushed + 1, self.mean
        self.lengths = torch.full((POLES,), torch.nan)

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another method begins again, the pole's length acts at once."""
        if self.settings[name] == before:
            return
        if name in ("method", "seed"):
            self.again()
        elif name == "half":
            self.poles.half = float(self.settings["half"])
            self.lengths = torch.full((POLES,), torch.nan)
        elif name == "rate":
            for group in self.learner.optimizer.param_groups:
                group["lr"] = float(self.settings["rate"])

    def step(self) -> bool:
        """Let every cart decide once, or take an optimizer step."""
        s = self.settings
        explore = float(s["epsilon"]) if s["method"] == "DQN" else 0.0
        report, self.seen = self.learner.step(self.poles, self.seen, self.poles, explore,
                                              float(s["gamma"]))  # fmt: skip
        self.count += 1
        if report is None:
            return True
        self.decisions += 1
        if report.ended.any():
            lengths = report.gone[report.ended]
            self.lengths[report.ended] = lengths
            self.lives.note((self.decisions, lengths.mean().item()))
        return True

    @property
    def mean(self) -> float:
        """Decisions that each cart's last life took on average, 0 before all had one."""
        return 0.0 if self.lengths.isnan().any() else self.lengths.mean().item()

    def show(self) -> Frame:
        """Return some of the carts, how long they stay up, and what the first one decides."""
        frame, state = Frame(), self.poles.state
        frame.maps["carts"] = pole.pictures(state[:SHOWN], self.poles.half)
        ages = self.poles.age[:SHOWN].tolist()
        frame.notes["labels"] = {"carts": [f"up for {age * pole.SECONDS:.1f} s" for age in ages]}
        table = self.lives.table()
        frame.values["lives"] = table if table.numel() else torch.full((2, 1), torch.nan)
        seen = self.seen[:1]
        scores = (self.learner.scores(seen) if isinstance(self.learner, DQN)
                  else self.learner.preferences(seen))[0]  # fmt: skip
        frame.values["actions"] = scores.nan_to_num(0.0, 0.0, 0.0)
        what = "Q" if isinstance(self.learner, DQN) else "probability"
        frame.notes["titles"] = {"actions": f"{what} of each push"}
        x, v, angle, spin = state[0].tolist()
        degrees, turning = angle * 57.29578, spin * 57.29578
        frame.notes["words"] = {"now": [
            {"title": "The first cart", "text": f"x = {written(x, '.2f')} m, "
             f"{written(v, '.2f')} m/s; pole {written(degrees, '.1f')}°, "
             f"{written(turning, '.0f')}° a second."},
            {"title": counted(self.decisions, "decision") + " of each cart",
             "text": f"Each cart's last life took {self.mean:.0f} decisions on average, of "
                     f"{pole.LONGEST}." if self.mean else "Too few poles have fallen to say more."},
        ]}  # fmt: skip
        frame.notes["idle"] = [] if self.settings["method"] == "DQN" else ["epsilon"]
        return frame

    def evidence(self) -> tuple[Seen]:
        """Return what the challenges look at."""
        s = self.settings
        return (Seen(self.mean, float(s["half"]), str(s["method"]), self.before,
                     float(s["gamma"])),)  # fmt: skip

    def script(self) -> str:
        """Return a script that trains the same carts as long, with the settings of now."""
        return scripts.poles(self.settings, self.count)

    def left_out(self) -> str:
        """Say that a link begins the training anew."""
        return begun_anew(self.count, "step") or (
            "The link begins before the push." if self.pushed else ""
        )
