"""What there is to see of a Boltzmann machine's chain."""

import torch
from torch import Tensor

from labs.live import Frame
from labs.models.rbm import RBM
from labs.numerals import counted, written
from labs.training.course import Course
from labs.zoo.reading import read_as, shares

SHOWN = 24  # hidden units whose weights are shown


def chain(
    f: Frame, rbm: RBM, start: Tensor, v: Tensor, h: Tensor, held: Tensor, count: int
) -> None:
    """Add the drawing of 0 and 1, the chain's state and its pixels' probabilities.

    start, v: (1, 784) of 0 and 1.  h: (1, hidden).  held: which pixels are held fast.
    """
    p = torch.where(held, start, rbm.visible(h))
    f.maps |= {
        "start": start.view(1, 28, 28), "state": v.view(1, 28, 28),
        "probability": p.view(1, 28, 28),
    }  # fmt: skip
    picture = p.view(1, 1, 28, 28)
    box = held.view(28, 28)
    rows, cols = box.any(1).sum().item(), box.any(0).sum().item()
    f.notes |= {
        "marks": {"start": [{"unit": 0, "box": [0, 0, rows, cols]}] if rows else []},
        "titles": {
            "state": f"after {counted(count, 'step')} of the chain",
            "probability": read_as(picture),
        },
        "say": f"After {counted(count, 'step')} LeNet reads {int(shares(picture).argmax())}.",
    }


def units(f: Frame, rbm: RBM, h: Tensor) -> None:
    """Add the hidden units' probabilities, and the weights of those that are surest."""
    f.maps["hidden"] = h.view(1, 20, 20)
    strongest = h[0].topk(SHOWN).indices
    f.maps["weights"] = rbm.W[:, strongest].T.reshape(SHOWN, 28, 28)
    f.notes["titles"]["hidden"] = f"{int((h > 0.5).sum())} of {h.shape[1]} more likely on than off"


def energy(f: Frame, energies: Course) -> None:
    """Add the free energy along the chain."""
    f.values["energy"] = energies.table()
    f.notes["titles"]["energy"] = f"F(v) = {written(energies[-1][1], '.1f')}"
