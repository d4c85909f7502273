"""What a long training costs: a frame and the memory after 100,000 steps, against 1,000.

A step is noted as training notes it, without its arithmetic, which never grows.
"""

import gc
import sys
import time
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch

from labs.basics.approximation import Approximation
from labs.basics.approximation.fit import OFTEN
from labs.basics.backprop import Backprop
from labs.basics.depth import Depth
from labs.basics.playground import Playground
from labs.data import digits
from labs.data.text import python_manual
from labs.live import encode
from labs.sequences.language.learning import Learning as LearningText
from labs.sequences.language.remembering import Remembering
from labs.training import Supervised
from labs.training.supervised import Look
from labs.training.trainer import Report
from labs.vision.adversarial.defence import Defence
from labs.vision.architectures import design
from labs.vision.architectures.learning import Learning as LearningDesign
from labs.vision.convolution.fit import Fit
from labs.vision.digit.learning import Learning as LearningDigits
from labs.vision.dream import Dream
from tests.bench.measure import Row

FEW, MANY = 1_000, 100_000
ROUNDS = 20
CODE = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


def _supervised(lab: Supervised) -> None:
    lab.trainer.steps += 1
    report = Report(lab.steps, 1 / lab.steps, 0.5, 1.0)
    lab.recent.append(report)
    lab.reports.note(report)
    if lab.steps % lab.every == 0:
        lab.tests.note(Look(lab.steps, 1 / lab.steps, 0.5))


def _text(lab: LearningText) -> None:
    lab.progress.note(1 / (1 + lab.steps), 1.0)
    if lab.steps % lab.every == 0:
        lab.progress.tests.note((lab.steps, 1 / lab.steps))


def _recall(lab: Remembering) -> None:
    lab.race.note([0.25, 0.5, 0.75])


def _depth(lab: Depth) -> None:
    for side in (lab.mine, lab.second):
        side.steps += 1
        side.losses.note((side.steps, 1 / side.steps))


def _backprop(lab: Backprop) -> None:
    lab.updates += 1
    lab.history.note((lab.updates, 1 / lab.updates))


def _fit(lab: Fit) -> None:
    way = lab.run
    way.steps += 1
    way.history.note((way.steps, 1 / way.steps, 1 / way.steps))


def _approximation(lab: Approximation) -> None:
    lab.fit.count += 1
    if lab.fit.count % OFTEN == 0:
        lab.fit.history.note((lab.fit.count, 1 / lab.fit.count))


def _playground(lab: Playground) -> None:
    run = lab.run
    run.epoch, run.steps = run.epoch + 1, run.steps + 1
    run.note(run.history[-1]._replace(epoch=run.epoch, train=1 / run.epoch), run.seen)


def _dream(lab: Dream) -> None:
    lab.count += 1
    lab.past.add(lab.count, lab.image, 1 / lab.count)


def _defence(lab: Defence) -> None:
    for pupil in (lab.standard, lab.robust):
        pupil.trainer.steps += 1
        if pupil.trainer.steps % lab.every == 0:
            pupil.looks.note((pupil.trainer.steps, 0.5, 0.25))


LABS: Mapping[str, tuple[Callable[[], Any], Callable[[Any], None]]] = {
    "digit": (lambda: LearningDigits(digits.small()), _supervised),
    "architectures": (lambda: LearningDesign(design.EXAMPLE, digits.small()), _supervised),
    "language": (lambda: LearningText(python_manual()), _text),
    "memory": (Remembering, _recall),
    "depth": (Depth, _depth),
    "backprop": (Backprop, _backprop),
    "convolution": (Fit, _fit),
    "approximation": (Approximation, _approximation),
    "playground": (Playground, _playground),
    "dream": (Dream, _dream),
    "adversarial": (lambda: Defence(digits.small()), _defence),
}


def after(name: str, steps: int) -> Any:
    """Return a lab's experiment with so many more steps behind it, as far as its records know."""
    make, note = LABS[name]
    lab = make()
    for _ in range(steps):
        note(lab)
    return lab


def memory(root: object) -> int:
    """Return the bytes of everything that hangs on an object, tensors' storage too, code not."""
    seen, waiting, total = set(), [root], 0
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, CODE):
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        if isinstance(one, torch.Tensor):
            storage = one.untyped_storage()
            total += storage.nbytes() if storage.data_ptr() not in seen else 0
            seen.add(storage.data_ptr())
        waiting.extend(gc.get_referents(one))
    return total


def best(lab: Any, calls: int = 5) -> float:
    """Return the seconds of a frame and its encoding, the best of some."""
    times = []
    for _ in range(calls):
        began = time.perf_counter()
        encode(lab.frame())
        times.append(time.perf_counter() - began)
    return min(times)


def rows() -> Iterator[Row]:
    """Compare each lab with itself, early and late."""
    for name in LABS:
        few, many = after(name, FEW), after(name, MANY)
        early, late = best(few), best(many)
        for _ in range(ROUNDS):  # in turn: a busy machine is busy for both
            early, late = min(early, best(few)), min(late, best(many))
        grown = memory(many) / memory(few)
        yield Row(f"{name}: a frame, late against early", late / early, "times",
                  at_most=1.1)  # fmt: skip
        yield Row(f"{name}: memory, late against early", grown, "times", at_most=1.1)
