"""Sixty-four cars that learn from rewards, at once and on one net."""

from collections import deque

import torch

from labs.live import Frame
from labs.live.controls import Value
from labs.play.driving import reinforce_view as view
from labs.play.driving import scripts
from labs.play.driving.actor import ActorCritic
from labs.play.driving.dqn import DQN
from labs.play.driving.ground import OnGround
from labs.play.driving.habits import Habits
from labs.play.driving.learning import Report
from labs.play.driving.reinforce_challenges import CHALLENGES, Seen
from labs.play.driving.reinforce_controls import CONTROLS, PAID, SITUATIONS
from labs.play.driving.reward import Reward
from labs.play.driving.world import SECONDS, World
from labs.training.course import Course
from labs.training.experiment import begun_anew

CARS = 64
MARKED = 60  # crashes whose places are shown
KEPT = 400  # moments of the curves
ANEW = ("method", "seed", "start")


class Reinforce(OnGround):
    """Cars, their reward, and what they learn from it."""

    name = "driving.reward"
    controls = CONTROLS
    challenges = CHALLENGES

    def __init__(self) -> None:
        super().__init__()
        self.again()

    @property
    def steps(self) -> int:
        """Decisions of every car, and optimizer steps between them, since it began."""
        return self.count

    @property
    def reward(self) -> Reward:
        """What is paid for now."""
        return Reward(**{name: float(self.settings[name]) for name in PAID})

    def again(self) -> None:
        """Begin again with the weights and the places of the seed."""
        s = self.settings
        self.random = torch.Generator().manual_seed(int(s["seed"]))
        rate = float(s["rate"])
        self.learner = (DQN(self.random, rate) if s["method"] == "DQN"
                        else ActorCritic(str(s["method"]), self.random, rate))  # fmt: skip
        self._tune()
        self.earned = Course(KEPT, mean=True, every=20)
        self.lives = Course(KEPT, mean=True, every=4)
        self.count, self.decisions, self.trouble = 0, 0, ""
        self.set_out()

    def set_out(self) -> None:
        """Put the cars on the track; what was learned stays."""
        places = torch.Generator().manual_seed(100 + int(self.settings["seed"]))  # of cars alone
        self.world = World(self.ground.track, CARS, places, str(self.settings["start"]))
        self.seen = self.world.see()
        self.habits, self.crashes = Habits(), deque(maxlen=MARKED)
        self.laps: list[tuple[int, float]] = []  # by decisions: seconds of the first car's laps
        self.since = 0.0  # metres at which its lap began
        self.began = 0  # and its age then
        self.sent.discard("road")

    def _tune(self) -> None:
        """Give the learner the settings that act while it learns."""
        s = self.settings
        for group in self.learner.optimizer.param_groups:
            group["lr"] = float(s["rate"])
        if isinstance(self.learner, DQN):
            self.learner.hold = int(s["hold"])
        else:
            self.learner.clip, self.learner.epochs = float(s["clip"]), int(s["epochs"])

    def situation(self, key: str) -> None:
        """Pay for what a situation says, and begin again."""
        chosen = SITUATIONS[key]
        self.settings |= {name: getattr(chosen.reward, name) for name in PAID}
        self.settings["start"] = chosen.start
        self.again()
        self.restart_challenges()

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: some begin again, most act while it learns."""
        if self.settings[name] == before:
            return
        if name in ANEW:
            self.again()
        elif name == "track":
            self.ground.choose(str(self.settings["track"]))
            self.set_out()
        elif name in PAID:
            self.habits = Habits()
        else:
            self._tune()

    def step(self) -> bool:
        """Let every car decide once, or take an optimizer step; False when the numbers ran away."""
        if self.trouble:
            return False
        s, world = self.settings, self.world
        explore = float(s["epsilon"] if s["method"] == "DQN" else s["entropy"])
        before = world.cars
        report, self.seen = self.learner.step(world, self.seen, self.reward, explore,
                                              float(s["gamma"]))  # fmt: skip
        self.count += 1
        if report is not None:
            self._note(report, before)
        if self.count % 50 == 0 and not bool(self.learner.value(self.seen).isfinite().all()):
            self.trouble = (
                f"The numbers ran away by step {self.count:,}: the learning rate of "
                f"{float(s['rate']):.2g} is too large; begin again with a smaller one."
            )
        return not self.trouble

    def _note(self, report: Report, before: torch.Tensor) -> None:
        """Take in what a decision led to."""
        self.decisions += 1
        stays = ~report.ended
        turned = (self.world.cars[:, 2] - before[:, 2])[stays]
        if len(turned):
            self.habits.note(report, self.world.cars[stays, 3], turned)
        self.earned.note((self.decisions, report.earned.mean().item() / SECONDS,
                          report.crashed.float().mean().item() / SECONDS))  # fmt: skip
        if report.ended.any():
            laps = report.gone[report.ended].mean().item() / self.world.track.length
            self.lives.note((self.decisions, laps))
        self.crashes += [(x, y, self.decisions) for x, y in before[report.crashed, :2].tolist()]
        self._lap(report)

    def _lap(self, report: Report) -> None:
        """Count the laps of the first car."""
        if report.ended[0]:
            self.since, self.began = 0.0, 0
        elif report.gone[0].item() - self.since >= self.world.track.length:
            age = int(self.world.age[0])
            self.laps = [*self.laps[-7:], (self.decisions, (age - self.began) * SECONDS)]
            self.since, self.began = report.gone[0].item(), age

    def show(self) -> Frame:
        """Return the road with its cars, the field over it, the curves, and what they do."""
        frame, s = Frame(), self.settings
        limit = view.places(frame, self.ground.track, self.learner, s)
        self.ground.show(frame, self.sent, limit=limit, map="signed", bare=s["shown"] == "none")
        view.cars(frame, self.world, self.crashes, self.decisions)
        view.actions(frame, self.learner, self.seen[:1])
        view.courses(frame, self.earned, self.lives)
        view.words(frame, self.habits, self.laps, self.decisions, self.trouble, self._meant())
        dqn = s["method"] == "DQN"
        ppo = ("clip", "epochs") if s["method"] != "PPO" else ()
        frame.notes["idle"] = [*(("entropy",) if dqn else ("epsilon", "hold")), *ppo]
        return frame

    def script(self) -> str:
        """Return a script that trains the same cars as long, with the settings of now."""
        return scripts.cars(self.settings, self.ground.track, self.reward, self.count)

    def _meant(self) -> str:
        """Return what the reward is for, where it is one of the situations."""
        known = (s.text for s in SITUATIONS.values() if s.reward == self.reward)
        return next(known, "A reward of your own.")

    def evidence(self) -> tuple[Seen]:
        """Return what the challenges look at."""
        return (Seen(self.habits.name, tuple(self.laps), self.ground.name, self.reward,
                     float(self.settings["gamma"]), self.habits.count),)  # fmt: skip

    def left_out(self) -> str:
        """Say that a link begins the training anew, and without the pen."""
        return super().left_out() or begun_anew(self.count, "step")
