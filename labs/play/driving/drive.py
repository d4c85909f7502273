"""Drive and imitate: one lap by hand or by the script, and a net that drives on."""

import math

import torch

from labs.live import Frame
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.play.driving import drive_view as view
from labs.play.driving import scripts
from labs.play.driving.controls import CONTROLS
from labs.play.driving.drive_challenges import CHALLENGES, Seen
from labs.play.driving.driver import pursue
from labs.play.driving.ground import OnGround
from labs.play.driving.hand import Hand
from labs.play.driving.imitation import Apprentice, Memory
from labs.play.driving.trip import TICK, Lap, Trip
from labs.training.course import Course
from labs.training.experiment import begun_anew

WHO = ("you", "script", "net")
UPDATES = {"rays": 4, "dense": 4, "convolution": 2}  # optimizer steps a tick
ENOUGH = 30  # decisions from which it learns
MOST = 12_000  # decisions that are kept
FORGOTTEN = 20  # decisions before the car left the road, which nobody shall learn
ASTRAY, HOME = 2.2, 0.6  # metres from the middle: where the script takes over, and gives back
STUCK, ROLLING = 0.5, 4.0  # m/s: the same for a car that stopped
TRAINED = 1000  # optimizer steps before which a net's faults are no wonder


class Drive(OnGround):
    """A car, whoever drives it, and a net that imitates."""

    name = "driving"
    controls = CONTROLS
    challenges = CHALLENGES
    on = OnGround.on | {("road", "drive"): "hold", ("road", "move"): "point"}

    def __init__(self) -> None:
        super().__init__()
        self.hand = Hand()
        self.forget()
        self.settings["driver"] = "script"
        self.first = self.example = True  # what the script does until somebody drives
        self.set_out()

    @property
    def steps(self) -> int:
        """Ticks of the clock since all laps were forgotten."""
        return self.count

    @property
    def where(self) -> tuple[str, bool]:
        """The track, and whether it is driven backwards."""
        return self.ground.name, self.ground.back

    def forget(self) -> None:
        """Forget all laps, and what was learned from them."""
        self.count, self.corrections = 0, 0
        self.laps: list[Lap] = []
        self.settings["driver"], self.example = "you", False
        self.taught: set[tuple[str, bool]] = set()  # tracks and directions in the data
        self.failed: dict[tuple[str, bool], int] = {}  # where a net failed, after how many helps
        self.memory = Memory(str(self.settings["eyes"]), self.settings["shifted"] == "yes")
        self.losses = Course(400, mean=True)
        self.eager = self.helping = False
        self.first = True
        self._fresh_net()
        self.set_out()

    def _fresh_net(self) -> None:
        """Draw the weights anew; what was recorded stays."""
        self.random = torch.Generator().manual_seed(int(self.settings["seed"]))
        self.net = Apprentice(str(self.settings["eyes"]), self.random)
        self.phases = 2 * math.pi * torch.rand(3, generator=self.random)
        self.losses.cut(-1)

    def set_out(self) -> None:
        """Put the car at the line."""
        self.trip = Trip(self.ground.track)
        self.who = str(self.settings["driver"])
        self.trip.begin(self.who)
        self.sent.discard("road")

    def record(self) -> None:
        """Let the script drive a lap, which is recorded; then the net drives on."""
        if self.example:
            self.forget()
        self.settings["driver"], self.first, self.eager = "script", True, True
        self.set_out()

    def hold(self, event: Event) -> None:
        """Take in which keys are held."""
        self.hand.keys(event)
        self._begin()
        self.eager = self.hand.active

    def point(self, event: Event) -> None:
        """Take in where a pointer is held."""
        self.hand.point(event)
        self._begin()
        self.eager = True

    def _begin(self) -> None:
        """Forget the script's example where a hand takes its wheel: the visitor's lap begins."""
        if self.example and self.settings["driver"] == "script" and self.hand.active:
            self.forget()

    def lift(self, event: Event) -> None:
        """Let go of the wheel."""
        self.hand.lift()
        self.eager = False

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting."""
        s = self.settings
        if s[name] == before:
            return
        if name in ("track", "way"):
            self.ground.choose(str(s["track"]), s["way"] == "back")
            self.set_out()
        elif name in ("eyes", "shifted"):
            self.memory.again(str(s["eyes"]), s["shifted"] == "yes")
            self._fresh_net()
        elif name in ("seed", "mirrored"):
            self._fresh_net()
        elif name == "driver":
            if s["driver"] == "you" and self.example:
                self.forget()
            self.first = s["driver"] != "net" and not self.memory.cars
            self.who = str(s["driver"])
            self.trip.begin(self.who)

    def step(self) -> bool:
        """Drive for a thirtieth of a second, and learn from what is remembered."""
        self.count += 1
        driver = str(self.settings["driver"])
        steer, pedal, who = self._wheel(driver)
        self.who = who
        if who != "net":
            self._remember(steer, pedal)
        helped = who != driver
        off, lap = self.trip.drive(steer, pedal, WHO.index(who), helped)
        if off and who != "net":
            self.memory.drop(FORGOTTEN)
        stopped = float(self.trip.car[3]) < STUCK
        if who == "net" and self.net.updates > TRAINED and (off or stopped):
            self.failed.setdefault(self.where, self.corrections)
        if lap is not None:
            self._finish(lap)
        if len(self.memory) >= ENOUGH:
            for _ in range(UPDATES[self.net.eyes]):
                self.net.learn(self.memory, self.settings["mirrored"] == "yes")
            self.losses.note((self.count, self.net.loss))
        return True

    def _wheel(self, driver: str) -> tuple[float, float, str]:
        """Return steer, pedal, and who gives them now."""
        car = self.trip.car
        if self.hand.active or driver == "you":
            if self.hand.active and driver == "net" and not self.helping:
                self.corrections += 1
            self.helping = driver == "net"
            return *self.hand.drive(car, TICK), "you"
        if driver == "script" or self._script_helps():
            steer, pedal = pursue(self.ground.track, car[None], wander=self._wander(driver))
            return steer.item(), pedal.item(), "script"
        steer, pedal = self.net.drive(self.ground.track, car[None])[0].tolist()
        return steer, pedal, "net"

    def _script_helps(self) -> bool:
        """Whether the script has the wheel of a net that went astray, or stopped."""
        away, speed = abs(self.trip.offset), float(self.trip.car[3])
        lost = away > ASTRAY or speed < STUCK
        if self.settings["teacher"] == "script" and lost and not self.helping:
            self.helping, self.corrections = True, self.corrections + 1
        elif (away < HOME and speed > ROLLING) or self.settings["teacher"] == "you":
            self.helping = False
        return self.helping

    def _wander(self, driver: str) -> float:
        """Return where the script's unsteady hand aims, metres to the left of the middle."""
        if driver != "script":
            return 0.0
        t = self.count * TICK
        waves = [math.sin(2 * math.pi * f * t + float(p))
                 for f, p in zip((0.11, 0.23, 0.31), self.phases, strict=True)]  # fmt: skip
        return float(self.settings["hand"]) * sum(waves) / 2

    def _remember(self, steer: float, pedal: float) -> None:
        moving = float(self.trip.car[3]) > 0.5 or pedal > 0
        if moving and len(self.memory) < MOST:
            self.memory.add(self.ground.track, self.trip.car, steer, pedal)
            self.taught.add(self.where)

    def _finish(self, lap: Lap) -> None:
        """Take note of a lap; after the first that was recorded the net has the wheel."""
        self.laps = [*self.laps[-7:], lap]
        if self.first and lap.driver != "net":
            self.first = False
            self.settings["driver"] = "net"
            self.trip.begin("net")

    def show(self) -> Frame:
        """Return the road, what the car sees, what the net looks at, and how it learns."""
        frame = Frame()
        self.ground.show(frame, self.sent)
        view.road(frame, self.trip, WHO.index(self.who))
        view.eyes(frame, self.net, self.trip)
        view.course(frame, self.losses)
        view.words(frame, self.trip, self.who, self.laps, len(self.memory), self.corrections)
        return frame

    def evidence(self) -> tuple[Seen]:
        """Return what the challenges look at."""
        since = self.corrections - self.failed.get(self.where, self.corrections)
        return (Seen(tuple(self.laps), frozenset(self.taught), since, *self.where),)

    def script(self) -> str:
        """Return a script that records a lap, learns at once, and lets the net drive on."""
        eyes = str(self.settings["eyes"])
        return scripts.lap(self.settings, self.ground.track, UPDATES[eyes])

    def usual(self, name: str) -> Value | None:
        """Return what an address need not say: who drove when it was made, since that began with
        laps that it does not hold.
        """
        if name == "driver" and getattr(self, "count", 0):
            return self.settings["driver"]
        return super().usual(name)

    def left_out(self) -> str:
        """Say that a link begins with no lap, and without the pen."""
        return super().left_out() or begun_anew(self.count, "tick", "drive")
