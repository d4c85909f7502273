"""What there is to see of a code that is a distribution."""

import math

import torch
from torch import Tensor

from labs.generative.autoencoders.kl import kl_terms
from labs.generative.autoencoders.variational.elbo import reparametrise
from labs.live import Frame
from labs.models.vae import DigitVAE
from labs.numerals import counted, number, written
from labs.training.course import Course

ACTIVE = 0.1  # nats, below which a number of the code tells nothing
THROWN = 8  # pictures of the drawing's own distribution
PRIOR = 16  # pictures of the prior
FINE = 241  # places at which densities are drawn
REACH = 4.0


def code(f: Frame, mean: Tensor, log_variance: Tensor, at: int, eps: Tensor) -> None:
    """Add the densities of the code's numbers beside the prior, and the die of number `at`.

    mean and log_variance: (k,).  eps: (N, k), the first of them is the throw.
    """
    x = torch.linspace(-REACH, REACH, FINE)
    spread = (log_variance / 2).exp().clamp_min(1e-3)
    density = normal(x, mean[:, None], spread[:, None])
    f.values["density"] = torch.stack([x, normal(x, torch.tensor(0.0), torch.tensor(1.0)),
                                       density[at]])  # fmt: skip
    f.values["density.parts"] = density
    kl = kl_terms(mean, log_variance)
    f.values["kl"] = kl
    m, s, e = (v.item() for v in (mean[at], (log_variance[at] / 2).exp(), eps[0, at]))
    f.notes |= {
        "ranges": {"density": [0.0, max(0.6, 1.15 * density[at].max().item())]},
        "strong": {"density": None},
        "chosen": {"kl": at},
        "titles": {
            "density": f"number {at + 1}: mean {number(m)}, spread {number(s)}",
            "kl": f"{written(kl.sum(), '.1f')} nats for your drawing",
        },
        "words": {"die": [{
            "title": f"number {at + 1}",
            "text": f"z = mean + spread · ε = {number(m)} + {number(s)} · {bracket(e)} = "
            f"{number(m + s * e)}.  KL = ½ (mean² + spread² − 1 − ln spread²) = "
            f"{number(kl[at].item())} nats"
            + (": it tells nothing of this drawing." if kl[at] < ACTIVE else "."),
        }]},
    }  # fmt: skip


def bracket(x: float) -> str:
    """Return a number as a factor stands in a product."""
    return f"({number(x)})" if x < 0 else number(x)


def normal(x: Tensor, mean: Tensor, spread: Tensor) -> Tensor:
    """Return the normal density at x."""
    return torch.exp(-0.5 * ((x - mean) / spread) ** 2) / (spread * math.sqrt(2 * math.pi))


def pictures(
    f: Frame, model: DigitVAE, x: Tensor, mean: Tensor, log_variance: Tensor, eps: Tensor
) -> None:
    """Add the drawing, what its mean decodes to, throws of its own, and throws of the prior."""
    z = reparametrise(mean, log_variance, eps[:THROWN])
    decoded = model.decode(torch.cat([mean, z, eps]))[:, 0]
    f.maps |= {
        "seen": x[0],
        "rebuilt": decoded[:1],
        "throws": decoded[1 : 1 + THROWN],
        "prior": decoded[1 + THROWN :],
    }


def course(f: Frame, history: Course, each: Tensor, beta: float, trouble: str) -> None:
    """Add both terms over steps, and what each number tells on average, (k,)."""
    steps, reconstruction, kl, active = history.table()
    f.values["terms"] = torch.stack([steps, reconstruction + kl, reconstruction, kl])
    f.values["average"] = each
    now = int(active[-1])
    total, r, k = (v[-1].item() for v in (reconstruction + kl, reconstruction, kl))
    f.notes["titles"] |= {
        "terms": trouble
        or f"−ELBO {written(total, '.1f')} = {written(r, '.1f')} + {written(k, '.1f')} nats",
        "prior": "z thrown from the prior" if now else "every throw gives the same picture",
    }
    collapsed = len(each) - now
    text = (
        f"{counted(now, 'number')} of {len(each)} {'tells' if now == 1 else 'tell'} more than "
        f"{ACTIVE} nats. "
    )
    if not now:
        text += f"The code has collapsed: at β = {beta:.1f} it costs more than it tells."
    elif beta < 0.2:
        text += (
            "With so small a β nothing keeps codes near the prior: the places between them stay "
            "empty, as in a plain autoencoder, and its throws decode to nothing known."
        )
    elif collapsed:
        text += f"The other {collapsed} lie on the prior: they cost nothing and tell nothing."
    f.notes["words"]["collapse"] = [{"title": "what is told", "text": text}]
    f.notes["say"] = trouble or text
