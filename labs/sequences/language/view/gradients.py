"""How far back a loss is felt, the eigenvalues behind it, and a task that needs memory."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.live import Frame
from labs.numerals import written
from labs.sequences.language.controls import NETS
from labs.sequences.language.felt import FAR, KINDS, Felt
from labs.sequences.language.recall import SYMBOLS, Race

# half a side of the complex plane: few, so that it seldom jumps
SIDES = (1.5, 2.5, 3.5, 5.0, 7.0, 10.0, 15.0)


def reach(frame: Frame, name: str, nets: Mapping[str, Felt], radius: float | None = None) -> None:
    """The gradients over the steps back, and the powers of a spectral radius beside them."""
    if not nets:
        return
    k = torch.arange(FAR + 1.0)
    powers = [] if radius is None else [radius**k]
    frame.values[name] = torch.stack([k, *(net.reach for net in nets.values()), *powers])
    far = ", ".join(f"{kind.upper()} {left(net.reach[-1])}" for kind, net in nets.items())
    frame.notes["titles"][name] = f"{FAR} steps back: {far}"


def left(share: Tensor, how: str = ".0e") -> str:
    """Return what is left of a gradient; float32 has no number between 0 and 1.4e-45."""
    return written(share, how) if share > 0 else "less than 1e−45"


def plane(frame: Frame, name: str, kind: str, net: Felt) -> None:
    """The eigenvalues of a net's last step, and of its matrix if it has one."""
    clouds = [net.step]
    title = f"{dict(NETS)[kind]}, largest |λ|: one step {net.radius:.2f}"
    if net.matrix is not None:
        clouds.append(net.matrix)
        title += f", matrix W {net.matrix.norm(dim=0).max():.2f}"
    which = torch.cat([torch.full((1, c.shape[1]), float(i)) for i, c in enumerate(clouds)], 1)
    points = torch.cat(clouds, 1)
    frame.values[name] = torch.cat([points, which])
    most = float(points.abs().max())
    frame.notes[name] = {
        "side": next((side for side in SIDES if side >= most), most),
        "ink": KINDS.index(kind),
        "matrix": net.matrix is not None,
    }
    frame.notes["titles"][name] = title


def task(frame: Frame, race: Race, delay: int) -> None:
    """The share of right answers over the steps."""
    shares = ", ".join(f"{kind.upper()} {share:.0%}" for kind, share in race.shares().items())
    frame.values["recall"] = race.curve()
    title = f"{shares} right" if shares else f"name the first of {delay + 1} symbols"
    frame.notes["titles"]["recall"] = f"{title}; guessing is {1 / SYMBOLS:.0%}"
    frame.notes["say"] = shares
