"""Inside a recurrent net: one unit's gates over a text, and which units track something.

Karpathy, Johnson & Fei-Fei (2015), Visualizing and understanding recurrent networks,
https://arxiv.org/abs/1506.02078; Strobelt et al. (2016), LSTMVis, https://arxiv.org/abs/1606.07461.
"""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from labs.models.characters import CharNet

GATES = {
    "rnn": (),
    "gru": ("reset", "update", "candidate"),
    "lstm": ("input", "forget", "candidate", "output"),
}
ON = 0.3  # a unit is on from here, as in LSTMVis


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
    told = _sentence(kind, values, before, at)
    return re.sub(r"-(0\.000\b)", r"\1", told).replace("-", "−")


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


@dataclass(frozen=True)
class Match:
    """A unit that goes with a feature of the text."""

    feature: str
    layer: int
    unit: int
    correlation: float


def match(text: str, h: Tensor, best: int = 3) -> list[Match]:
    """Return for each feature that occurs in text the `best` units by |Pearson correlation|.

    h: (length of text, layers, H), the state after each character.
    """
    H, states = h.shape[2], h.flatten(1)
    found = []
    for name, feature in FEATURES.items():
        y = torch.tensor(feature(text), dtype=torch.float32)
        if y.std() < 1e-6 or (y != y.mode().values).sum() < 10:
            continue
        r = correlation(states, y)
        for index in r.abs().topk(best).indices.tolist():
            found.append(Match(name, *divmod(index, H), r[index].item()))
    return sorted(found, key=lambda m: -abs(m.correlation))


def correlation(x: Tensor, y: Tensor) -> Tensor:
    """Return Pearson's r of each column of x: (T, K) with y: (T,); 0 for a constant column."""
    x, y = x - x.mean(0), y - y.mean()
    return (x * y[:, None]).sum(0) / (x.norm(dim=0) * y.norm()).clamp_min(1e-9)


def alike(h: Tensor, start: int, end: int) -> tuple[Tensor, Tensor]:
    """Return the units that are on throughout h[start:end], and everywhere the share that is on.

    h: (T, K).  The share is the least within a stretch as long as the brushed one, so that 1 marks
    where another such stretch begins; (T,).
    """
    on = h > ON
    units = on[start:end].all(0).nonzero()[:, 0]
    if not len(units):
        return units, torch.zeros(len(h))
    share = on[:, units].float().mean(1)
    length = end - start
    padded = torch.cat([share, torch.zeros(length - 1)])
    return units, padded.unfold(0, length, 1).amin(1)


def _running(step: Callable[[float, str], float]) -> Callable[[str], list[float]]:
    """Return a feature from a rule that goes from one value and a character to the next value."""

    def feature(text: str) -> list[float]:
        value, values = 0.0, []
        for character in text:
            value = step(value, character)
            values.append(value)
        return values

    return feature


def _indent(text: str) -> list[float]:
    depth, leading, values = 0.0, True, []
    for character in text:
        if character == "\n":
            depth, leading = 0.0, True
        elif leading and character == " ":
            depth += 1
        else:
            leading = False
        values.append(depth)
    return values


def _each(test: Callable[[str], bool]) -> Callable[[str], list[float]]:
    return lambda text: [float(test(character)) for character in text]


FEATURES: dict[str, Callable[[str], list[float]]] = {
    "position in the line": _running(lambda n, c: 0.0 if c == "\n" else n + 1),
    "length of the word so far": _running(lambda n, c: n + 1 if c.isalpha() else 0.0),
    "after a space": _each(lambda c: c == " "),
    "after a line break": _each(lambda c: c == "\n"),
    "inside double quotes": _running(lambda q, c: 1 - q if c == '"' else q),
    "inside brackets": _running(
        lambda n, c: n + 1 if c in "([{" else max(0.0, n - 1) if c in ")]}" else n
    ),
    "inside a comment": _running(lambda q, c: 1.0 if c == "#" else 0.0 if c == "\n" else q),
    "depth of the indent": _indent,
    "a capital letter": _each(str.isupper),
    "a vowel": _each(lambda c: c in "aeiouAEIOU"),
    "punctuation": _each(lambda c: c in string.punctuation),
    "a digit": _each(str.isdigit),
}
