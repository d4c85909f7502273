"""Layer-wise pretraining: three deep nets on few labels, each allowed the same multiply-adds."""

import math

import torch
from torch import Tensor

from labs.data.digits import mnist, small
from labs.generative.autoencoders.pretraining import view
from labs.generative.autoencoders.pretraining.challenges import CHALLENGES
from labs.generative.autoencoders.pretraining.controls import CONTROLS
from labs.generative.autoencoders.pretraining.export import script
from labs.generative.autoencoders.pretraining.stack import Reader, Stack, random_layers
from labs.generative.autoencoders.pretraining.verdict import alone
from labs.generative.autoencoders.pretraining.view import NAMES, verdict_of
from labs.live import Frame
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.training.course import Course
from labs.training.experiment import begun_anew, overshoot

UNITS = 128  # of each hidden layer
UNLABELLED, TESTED = 5000, 360  # digits at most
MARK = 12e9  # multiply-adds at which the nets are compared
BEYOND = 1.5  # times the pretraining's cost, from which the mark lies further out
EVERY = 10  # steps of a net between two looks
KEPT, RUNS = 128, 4  # looks of a net that are drawn; runs in the table
FUNCTIONS = {NAMES[1]: (torch.sigmoid, 1.0), NAMES[2]: (torch.relu, 2.0)}  # and the gain


class Pretraining(Lab):
    """A stack in training, and three readers; whoever has spent least takes the next step."""

    name = "autoencoders.pretraining"
    controls = CONTROLS
    challenges = CHALLENGES

    def __init__(self, data: str = "UCI digits") -> None:
        """data: the name of the digits."""
        super().__init__()
        self.data = mnist() if data == "MNIST" else small()
        self.x, self.y = (part[:UNLABELLED] for part in (self.data.x.flatten(1), self.data.y))
        self.x_test = self.data.x_test[:TESTED].flatten(1)
        self.y_test = self.data.y_test[:TESTED]
        self.runs: list[tuple[str, ...]] = []
        self.again()

    @property
    def steps(self) -> int:
        """Steps of all nets together since the weights were drawn."""
        return self.count

    def step(self) -> bool:
        """Let the net that has spent least take a step; False when one has run away."""
        if self.trouble:
            return False
        name = min(NAMES, key=self.spent)
        self.count += 1
        if name not in self.readers:
            self.stack.step()
            if self.stack.learned:
                self._tune()
            return True
        reader, rate = self.readers[name], self.settings["learning_rate"]
        before = reader.spent
        loss = reader.step(*self.labelled, rate)
        if not math.isfinite(loss):
            self.trouble = overshoot(loss, reader.steps, rate)
            return False
        if reader.steps % EVERY == 0 or before < self.mark <= reader.spent:
            self._look(name)
        if not self.verdict and len(self.right) == len(NAMES):
            self._compare()
        return True

    def show(self) -> Frame:
        """Return the race, the table of runs, and what the layers hold."""
        frame = Frame()
        view.race(frame, [self.courses[name] for name in NAMES], self.mark)
        verdict = self.verdict or "The mark has not been reached yet."
        view.progress(frame, self.stack, self.readers, verdict, self.trouble)
        view.table(frame, self.runs)
        if self.sees("layers"):
            view.layers(frame, self.stack, self.readers, self.examples)
        return frame

    def spent(self, name: str) -> int:
        """Return what a net has spent so far, in multiply-adds."""
        return self.readers[name].spent if name in self.readers else self.stack.spent

    def again(self) -> None:
        """Begin again with the weights and labels of the seed."""
        s = self.settings
        self.seed = int(s["seed"])
        self.sizes = [784, *[UNITS] * int(s["depth"])]
        self.labelled = self._labelled(s["labels"])
        self.stack = Stack(self.x, self.sizes, int(s["sweeps"]), self.seed)
        self.mark = max(MARK, BEYOND * self.stack.cost)
        self.readers = {
            name: Reader(random_layers([*self.sizes, 10], gain, self._random()), f, self.seed)
            for name, (f, gain) in FUNCTIONS.items()
        }
        self.courses = {name: Course(KEPT) for name in NAMES}
        self.right: dict[str, Tensor] = {}  # which test digits each read at the mark
        self.count, self.trouble, self.verdict = 0, "", ""
        for name in self.readers:
            self._look(name)

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: all but the learning rate begin again."""
        if name != "learning_rate" and self.settings[name] != before:
            self.again()

    def evidence(self) -> tuple:
        """Return the settings, whether the mark is passed, and on how many test digits only the
        pretrained net was right there, and only the random sigmoid one.
        """
        return self.settings, bool(self.verdict), self.split

    @property
    def split(self) -> tuple[int, int]:
        """On how many test digits only one of the two sigmoid nets was right at the mark."""
        return alone(self.right[NAMES[0]], self.right[NAMES[1]]) if self.verdict else (0, 0)

    @property
    def examples(self) -> Tensor:
        """A test digit of each class, (10, 784)."""
        return self.x_test[[int((self.y_test == k).nonzero()[0]) for k in range(10)]]

    def left_out(self) -> str:
        """Say that a link begins the training anew, and that the table stays."""
        table = "The table of runs stays here." if self.runs else ""
        return begun_anew(self.count, "step") or table

    def script(self) -> str:
        """Return the script that trains the same nets; none for downloaded digits."""
        if self.data.name == "MNIST":
            return ""
        steps = {name: self.readers[name].steps if name in self.readers else 0 for name in NAMES}
        return script(self.settings, self.sizes, steps)

    def _random(self) -> torch.Generator:
        return torch.Generator().manual_seed(self.seed)

    def _labelled(self, labels: Value) -> tuple[Tensor, Tensor]:
        """As many labelled digits of each class, in the order of the seed; or all."""
        if labels == "all":
            return self.x, self.y
        order = torch.randperm(len(self.x), generator=self._random())
        each = int(labels) // 10
        chosen = torch.cat([order[self.y[order] == k][:each] for k in range(10)])
        return self.x[chosen], self.y[chosen]

    def _tune(self) -> None:
        """Make the stack a deep net with an output layer of random weights."""
        layers = self.stack.layers() + random_layers([UNITS, 10], 1.0, self._random())
        self.readers[NAMES[0]] = Reader(layers, torch.sigmoid, self.seed, self.stack.spent)
        self._look(NAMES[0])

    def _look(self, name: str) -> None:
        """Measure a net on the test digits; it costs it nothing."""
        reader = self.readers[name]
        with torch.no_grad():
            right = reader.logits(self.x_test).argmax(1) == self.y_test
        self.courses[name].note((reader.spent / view.BILLION, right.float().mean().item()))
        if reader.spent >= self.mark and name not in self.right:
            self.right[name] = right

    def _compare(self) -> None:
        """Say what came out at the mark, and add it to the table."""
        found = [self.right[name].float().mean().item() for name in NAMES]
        s, split = self.settings, alone(self.right[NAMES[0]], self.right[NAMES[1]])
        self.verdict = verdict_of(found, split, len(self.labelled[0]), len(self.y_test), self.mark)
        run = (str(s["labels"]), str(s["depth"]), f"{s['sweeps']:.0f}", str(self.seed))
        self.runs = [*self.runs, (*run, *(f"{a:.1%}" for a in found))][-RUNS:]
