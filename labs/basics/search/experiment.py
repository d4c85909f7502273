"""The search lab: six methods and you, with the same number of epochs to spend on one objective.

What is shown is the race of the first seed, with your own trials in it; when it is over, races with
other seeds are run for the mean of each method, of which the curves are kept.
"""

import secrets

import torch
from torch import Tensor

from labs.basics.search import view
from labs.basics.search.challenges import CHALLENGES
from labs.basics.search.controls import CONTROLS
from labs.basics.search.export import script
from labs.basics.search.far import Far
from labs.basics.search.journal import Journal, named
from labs.basics.search.objectives import OBJECTIVES, Objective
from labs.basics.search.race import Race
from labs.basics.search.racers import NAMES, YOU, Racer, Trial
from labs.basics.search.ranges import LONGEST, ranged, said, within
from labs.basics.search.space import Axis
from labs.live import Frame
from labs.live.checks import number, option, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.training.experiment import begun_anew

METHODS = tuple(name for name in NAMES if name != YOU)
FIRST = "random"  # the method that is looked at to begin with
AFRESH = ("objective", "trainings", "eta", "seed")  # settings that begin another race


class Search(Lab):
    """A race between methods that choose settings."""

    name = "search"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("ranges", "journal", "mine", "method")  # what begins anew first
    slow = True  # a Gaussian process thinks for tens of milliseconds before it asks
    on = {
        ("typed", "text"): "type_ranges",
        ("space", "try"): "try_place",
        ("space", "click"): "pick",
        ("standings", "click"): "choose",
        ("runs", "click"): "pick_own",
        ("parallel", "click"): "pick_own",
    }

    def __init__(self) -> None:
        super().__init__()
        self.axes: tuple[Axis, ...] | None = None  # the visitor's own ranges
        self.fault: dict | None = None  # in what is typed as ranges
        self.token = ""  # of the journal on disk
        self.far: Far | None = None
        self.owner = secrets.token_hex(4)  # in the line for the workers
        self.again()

    @property
    def objective(self) -> Objective:
        """What is searched, in the visitor's ranges where there are some."""
        usual = OBJECTIVES[str(self.settings["objective"])]
        return usual if self.axes is None else within(usual, self.axes)

    @property
    def eager(self) -> bool:
        """Whether a trial of yours waits for its training."""
        you = self.race.racers[YOU]
        return bool(you.waiting or you.batch()) and you.spent < you.budget

    @property
    def racer(self) -> Racer:
        """The method that is looked at."""
        return self.race.racers[self.chosen]

    def again(self) -> None:
        """Begin with no trial at all."""
        self.begin(Journal())

    def begin(self, journal: Journal) -> None:
        """Begin the race; what the journal knows need not be trained again."""
        self.release()
        self.journal = journal
        self.race = self._race(int(self.settings["seed"]), NAMES)
        for name, racer in self.race.racers.items():
            racer.known = journal.losses(name)
            racer.finished = self._keep
        self.other: Race | None = None  # the race with another seed that is run now
        self.past: list[dict[str, Tensor]] = []  # the best losses of those that were
        self.far: Far | None = None  # the race that workers train now
        self.trouble = ""
        self.chosen = FIRST
        self.picked: Trial | None = None

    def release(self) -> None:
        """Give up what is on its way to the workers."""
        if self.far is not None:
            self.far.calls.cancel()

    def step(self) -> bool:
        """Train one epoch of whoever has spent least, or let workers train; False when all is
        spent.
        """
        if self._advance(self.race):
            return True
        if self.other is None and len(self.past) + 1 < self.settings["races"]:
            seed = int(self.settings["seed"]) + len(self.past) + 1
            self.other = self._race(seed, METHODS)
        if self.other is None:
            return False
        if not self._advance(self.other):
            self.past.append({name: self.other.curve(name) for name in METHODS})
            self.other = None
        return True

    def show(self) -> Frame:
        """Return the space with its trials, the best losses, and what the chosen method did."""
        return view.frame(self)

    def changed(self, name: str, before: Value) -> None:
        """Begin another race where a setting asks for it."""
        if name in AFRESH and self.settings[name] != before:
            if name == "objective":
                if not OBJECTIVES[str(self.settings[name])].here():
                    raise ValueError("MNIST is not here yet; download it with the button above.")
                self.axes = self.fault = None
            self.token = ""
            self.again()
        if name == "races":
            del self.past[max(0, int(self.settings["races"]) - 1) :]

    def evidence(self) -> tuple:
        """Return the settings, the race, and the best losses of all races by method."""
        return self.settings, self.race, self.curves()

    def curves(self) -> dict[str, Tensor]:
        """Return by racer the best losses of every race so far, (races, POINTS)."""
        every = [*self.past]
        if self.other is not None:
            every.append({name: self.other.curve(name) for name in METHODS})
        return {
            name: torch.stack([self.race.curve(name), *(one[name] for one in every if name in one)])
            for name in NAMES
        }

    def to_link(self) -> dict[str, str]:
        """Return the visitor's ranges and trials, the journal where trainings are kept, and the
        method that is looked at.
        """
        you = self.race.racers[YOU]
        tried = [*(trial.unit for trial in you.trials), *you.waiting]
        mine = ";".join(",".join(f"{u:.4g}" for u in unit) for unit in tried)
        method = "" if self.chosen == FIRST else self.chosen
        ranges = "" if self.axes is None else said(self.axes)
        return {"ranges": ranges, "journal": self.token, "mine": mine, "method": method}

    def left_out(self) -> str:
        """Say that a link begins the race anew, or what of it is kept."""
        if self.fault is not None:
            return "The link has the ranges that are searched, not those that are typed."
        if self.race.steps and self.token:
            return "The link runs the race again; only trainings that are through are kept."
        return begun_anew(self.race.steps, "epoch")

    def from_link(self, name: str, text: str) -> None:
        """Take the ranges or places of a link, a journal's trainings, or the method to look at."""
        if name == "ranges":
            self._search_in(text)
            return
        if name == "method":
            self.chosen = option(text, NAMES, "The method of the link")
            return
        if name == "journal":
            self.begin(Journal(named(text)))
            self.token = text
            return
        most = int(self.settings["trainings"])
        for part in text[:4000].split(";")[:most]:
            try:
                unit = [number(float(u), 0, 1, "A setting") for u in part.split(",")]
            except ValueError:
                unit = []
            if len(unit) != len(self.objective.axes):
                raise ValueError(f"The link says {part[:20]!r}, which is no place of this space.")
            self.race.racers[YOU].waiting.append(tuple(unit))

    def script(self) -> str:
        """Return a script that trains the chosen method's trials again."""
        return script(self.objective, self.racer, self.race.seed)

    def type_ranges(self, event: Event) -> None:
        """Search in other ranges; what is none is told below, and the last good ones stay."""
        text = event.get("value")
        if not isinstance(text, str):
            raise ValueError("Ranges are typed as text.")
        try:
            self._search_in(text)
        except ValueError as fault:
            self.fault = {"at": 0, "text": str(fault), "typed": text[:LONGEST]}

    def _search_in(self, text: str) -> None:
        usual = OBJECTIVES[str(self.settings["objective"])].axes
        axes = ranged(usual, text)
        self.fault = None
        if axes != self.objective.axes:
            self.axes = None if axes == usual else axes
            self.token = ""
            self.again()

    def try_place(self, event: Event) -> None:
        """Train at a place of your own."""
        across, up = (number(event.get(key), 0, 1, "A place in the space") for key in "xy")
        you = self.race.racers[YOU]
        left = int(self.settings["trainings"]) - len(you.trials) - len(you.waiting)
        if left < 1:
            raise ValueError(
                f"Your budget of {self.settings['trainings']} trainings is spent; begin again."
            )
        i, j = (int(k) for k in str(self.settings["axes"]))
        unit = [float(self.settings["third"])] * 3
        unit[i], unit[j] = across, up
        unit = [round(u, 4) for u in unit]  # as a link writes them
        you.waiting.append(tuple(unit))
        self.chosen, self.picked = YOU, None

    def pick(self, event: Event) -> None:
        """Look at one of all trials."""
        every = self.race.every_trial()
        at = whole(event.get("unit"), 0, len(every) - 1, "A trial")
        self.chosen, self.picked = every[at]

    def pick_own(self, event: Event) -> None:
        """Look at a trial of the chosen method."""
        trials = self.racer.trials
        self.picked = trials[whole(event.get("unit"), 0, len(trials) - 1, "A trial")]

    def choose(self, event: Event) -> None:
        """Look at another method."""
        self.chosen = NAMES[whole(event.get("unit"), 0, len(NAMES) - 1, "A method")]
        self.picked = None

    def _advance(self, race: Race) -> bool:
        """Take a step of a race: here, or of a heavy one with what the workers have done."""
        if not self.objective.heavy or self.trouble:
            return race.step()
        if self.far is None or self.far.race is not race:
            self.far = Far(race, self.owner)
        try:
            return self.far.step()
        except RuntimeError as fault:
            self.far.calls.cancel()
            self.trouble = f"{fault}; trained in the server instead"
            return True

    def _race(self, seed: int, names: tuple[str, ...]) -> Race:
        return Race(self.objective, int(self.settings["trainings"]), seed,
                    int(self.settings["eta"]), names)  # fmt: skip

    def _keep(self, racer: Racer, trial: Trial) -> None:
        """Write a finished trial of a real training to disk, so that no one loses it."""
        if self.objective.shape is not None or trial.number in racer.known:
            return
        if not self.token:
            self.token = secrets.token_urlsafe(16)
            self.journal.open(named(self.token))
        self.journal.add(racer, trial)
