"""One class dreamt by two nets from the same noise, and what the standard net says of both.

A net trained against attacks has gradients that people can read, so its dreams of a class show
that class: Engstrom et al., "Adversarial robustness as a prior for learned representations",
https://arxiv.org/abs/1906.00945
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.photo import CLASSES
from labs.pictures import jpeg
from labs.vision.dream.ascent import Ascent, Step, ascend, octave_sizes
from labs.vision.dream.controls import ONCE_MORE, STRENGTH, WANTED
from labs.vision.dream.nets import OURS, nets, network
from labs.vision.dream.objective import LOGITS, Objective
from labs.vision.dream.parametrisation import noise
from labs.vision.dream.transforms import Transforms

SIDE = 128
HOW = Ascent(
    steps=24, step_size=0.02, octaves=3, octave_scale=1.5, smooth=0.3,
    transforms=Transforms(jitter=8, scale=0.1, rotation=8),
)  # fmt: skip
SHOWN = 6  # classes whose probability is shown


def classes(ks: Tensor) -> Objective:
    """A class for each image of a batch: image i wants the logit of class ks[i]."""
    return Objective(
        "a class each", frozenset({LOGITS}), lambda a: a[LOGITS].gather(1, ks[:, None]).sum()
    )


def class_steps(
    net: str, ks: Sequence[int], *, side: int = SIDE, how: Ascent = HOW, seed: int = 0
) -> Iterator[Step]:
    """Yield the steps of dreams of the classes ks by one net, all from the same noise."""
    generator = torch.Generator().manual_seed(seed)
    image = noise(1, side, side, generator=generator).expand(len(ks), -1, -1, -1)
    objective = classes(torch.tensor(ks))
    sizes = octave_sizes((side, side), how)
    for number in range(how.steps * len(sizes)):
        octave = number // how.steps
        image, (pull,) = ascend(network(net), image, objective, how, sizes[octave], generator)
        yield Step(number + 1, octave, image, pull.gradient, pull.value)


class Pair(Lab):
    """A class dreamt by each of our nets, a step of both at a time."""

    name = "pair"
    controls = (WANTED, STRENGTH, ONCE_MORE)
    slow = True

    def __init__(self) -> None:
        super().__init__()
        self.nets = [name for name in OURS if name in nets()]
        self.begin()
        self.eager = False  # until somebody looks

    def begin(self) -> None:
        """Begin both dreams again."""
        how = replace(HOW, step_size=float(self.settings["strength"]))
        self.runs = [class_steps(net, [self._wanted], how=how) for net in self.nets]
        self.images = [noise(1, SIDE, SIDE, generator=torch.Generator().manual_seed(0))] * 2
        self.steps = 0
        self.eager = True  # a new dream goes on by itself

    def receive(self, event: Event) -> None:
        """Take in an event; begin when somebody looks."""
        super().receive(event)
        if event.get("setting") == "visible":
            self.eager = self.sees("pair") and self.steps == 0

    def changed(self, name: str, before: Value) -> None:
        """Begin again with another class or step size."""
        self.begin()

    def step(self) -> bool:
        """Take a step of each dream; False when the last octave is done."""
        self.eager = False
        steps = [next(run, None) for run in self.runs]
        if None in steps:
            return False
        self.images = [step.image for step in steps]
        self.steps += 1
        return self.steps < HOW.steps * HOW.octaves

    def show(self) -> Frame:
        """Return both dreams, and the standard net's opinion of each."""
        wanted, total = self.settings["wanted"], HOW.steps * HOW.octaves
        frame = Frame(notes={"titles": {}, "labels": {}})
        frame.notes["say"] = f"Step {self.steps} of {total}, dreaming of {wanted}."
        judge = network(self.nets[0])
        for name, image in zip(self.nets, self.images, strict=False):
            with torch.no_grad():
                p = judge(image, [LOGITS])[LOGITS][0].softmax(0)
            order = p.argsort(descending=True)
            rank = int((order == self._wanted).nonzero()) + 1
            frame.images[name] = jpeg(image)
            frame.values[f"{name}:says"] = p[order[:SHOWN]]
            frame.notes["labels"][f"{name}:says"] = [CLASSES[i] for i in order[:SHOWN]]
            frame.notes["titles"][f"{name}:says"] = f"“{wanted}” is number {rank}"
        return frame

    @property
    def _wanted(self) -> int:
        return CLASSES.index(str(self.settings["wanted"]))
