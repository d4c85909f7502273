"""A class at the same task: runs that are alike trained as one net with copies.

Each has its own weights, points, order and learning rate, and becomes what it would alone, up to
rounding.
"""

from collections.abc import Hashable, Sequence

import torch

from labs.basics.playground.exam import Exam
from labs.basics.playground.run import Run
from labs.models.dense import Together, Training, train_step


def alike(run: Run) -> Hashable | None:
    """Return what runs must share to be trained as one; None: this one trains by itself."""
    setup, net = run.setup, run.net
    if run.fault or run.taken or net.free is not None:
        return None
    if any(layer.dropout or layer.batch_norm for layer in net.layers):
        return None  # they keep numbers of their own
    shape = net.inputs, net.layers, run.exam.sizes, setup.batch
    return *shape, setup.task, setup.optimizer, setup.l1, setup.l2, setup.max_norm


@torch.inference_mode()
def finish_epochs(runs: Sequence[Run]) -> list[bool]:
    """Train runs that are alike for one epoch each, as `Run.finish_epoch` would."""
    for run in runs:
        run.begin_epoch()
    before = [run.net.theta.clone() for run in runs]
    x, t = (torch.stack(part) for part in zip(*(run.shuffled for run in runs), strict=True))
    setup, nets = runs[0].setup, [run.net for run in runs]
    optimizers = [run.optimizer for run in runs]
    together = Together(nets[0], len(runs))
    together.gather(nets, optimizers)
    rates = before[0].new_tensor([run.how().learning_rate for run in runs])[:, None]
    how = Training(setup.task.loss, rates, setup.l1, setup.l2, setup.max_norm)
    for batch in zip(x.split(setup.batch, -1), t.split(setup.batch, -1), strict=True):
        train_step(together.net, *batch, together.optimizer, how)
    together.scatter(nets, optimizers)
    p = together.net.forward(torch.stack([run.exam.x for run in runs]))
    epochs = [run.epoch + 1 for run in runs]
    moments = Exam.mark_all([run.exam for run in runs], epochs, p.output)
    seen = zip(*(h.unbind() for h in p.h), strict=True)
    return list(map(Run.end_epoch, runs, before, moments, seen))
