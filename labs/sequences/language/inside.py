"""Inside a recurrent net: one unit's gates over a text, with the arithmetic of a step."""

import re
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.models.characters import CharNet

GATES = {
    "rnn": (),
    "gru": ("reset", "update", "candidate"),
    "lstm": ("input", "forget", "candidate", "output"),
}


@dataclass(frozen=True)
class Past:
    """What a net held after each character; index 0 is the state before the first."""

    numbers: Tensor  # (T,) characters read
    h: Tensor  # (T + 1, layers, H)
    c: Tensor  # (T + 1, layers, H); zeros unless it is an LSTM

    def last(self, count: int) -> "Past":
        """Return the last `count` steps."""
        count = min(count, len(self.numbers))
        return Past(
            self.numbers[len(self.numbers) - count :],
            self.h[len(self.h) - count - 1 :],
            self.c[len(self.c) - count - 1 :],
        )


def unit_over_time(model: CharNet, past: Past, layer: int, unit: int) -> dict[str, Tensor]:
    """Return one unit's gates, memory and output at every step, (T,) each, recomputed.

    "sum" is what enters the plain RNN's tanh.  Only the unit's own rows of the weights are used.
    """
    w = {
        name: getattr(model.recurrent, f"{name}_l{layer}")
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    }
    rows = torch.arange(max(1, len(GATES[model.kind]))) * model.recurrent.hidden_size + unit
    x = model.embedding.weight[past.numbers] if layer == 0 else past.h[1:, layer - 1]
    before = past.h[:-1, layer]  # (T, H)
    from_x = x @ w["weight_ih"][rows].T + w["bias_ih"][rows]  # (T, gates)
    from_h = before @ w["weight_hh"][rows].T + w["bias_hh"][rows]
    h = past.h[1:, layer, unit]
    if model.kind == "rnn":
        return {"sum": (from_x + from_h)[:, 0], "h": h}
    if model.kind == "gru":
        r, z = torch.sigmoid(from_x + from_h)[:, :2].unbind(1)
        n = torch.tanh(from_x[:, 2] + r * from_h[:, 2])
        return {"reset": r, "update": z, "candidate": n, "h": h}
    i, f, g, o = (from_x + from_h).unbind(1)
    gates = {"input": i.sigmoid(), "forget": f.sigmoid()}
    gates |= {"candidate": g.tanh(), "output": o.sigmoid()}
    return gates | {"c": past.c[1:, layer, unit], "h": h}


def sentence(kind: str, values: dict[str, Tensor], before: tuple[float, float], at: int) -> str:
    """Return the step's arithmetic with its numbers; before: h and c of the step before."""
    text = _sentence(kind, values, before, at)
    return re.sub(r"-(0\.000\b)", r"\1", text).replace("-", "−")


def _sentence(kind: str, values: dict[str, Tensor], before: tuple[float, float], at: int) -> str:
    v = {name: x[at].item() for name, x in values.items()}
    if kind == "rnn":
        return f"h = tanh({v['sum']:.3f}) = {v['h']:.3f}"
    if kind == "gru":
        return (
            f"h = (1 − z) n + z h₋₁ = {1 - v['update']:.3f} · {v['candidate']:.3f} + "
            f"{v['update']:.3f} · {before[0]:.3f} = {v['h']:.3f}"
        )
    return (
        f"c = f c₋₁ + i g = {v['forget']:.3f} · {before[1]:.3f} + {v['input']:.3f} · "
        f"{v['candidate']:.3f} = {v['c']:.3f};  h = o tanh c = {v['output']:.3f} · "
        f"{torch.tanh(torch.tensor(v['c'])).item():.3f} = {v['h']:.3f}"
    )
