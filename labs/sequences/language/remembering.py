"""The memory experiment: gradients through time, live, and three nets on a task that needs them."""

import math
from collections.abc import Mapping
from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor

from labs import zoo
from labs.data.text import PRINTABLE, python_manual
from labs.live import Frame
from labs.live.checks import number, rounded, shown
from labs.sequences.language.learning import fresh
from labs.sequences.language.memory import Recall, prepare, reach, recall_batch, rescale

FAR = 100  # steps back
TEXTS = 16
HIDDEN = 64  # of the untrained nets
KINDS = ("rnn", "gru", "lstm")
SYMBOLS, CELLS, BATCH = 4, 32, 64
WINDOW = 20  # steps that an accuracy is the mean of
POINTS = 240


@cache
def passages() -> tuple[Tensor, Tensor]:
    """Return texts x: (FAR + 1, TEXTS) from Python's manual, and the character after each."""
    numbers = PRINTABLE.encode(python_manual().text)
    generator = torch.Generator().manual_seed(3)
    starts = torch.randint(len(numbers) - FAR - 2, (TEXTS,), generator=generator)
    at = starts + torch.arange(FAR + 2)[:, None]
    return numbers[at[:-1]], numbers[at[-1]]


@cache
def trained() -> dict[str, Tensor]:
    """Return the reach of the zoo's nets, by kind."""
    names = {kind: f"char-{kind}-shakespeare" for kind in KINDS}
    x, y = passages()
    return {k: reach(zoo.load(n), x, y) for k, n in names.items() if n in zoo.manifest()}


class Remembering:
    """Untrained nets whose weights obey the knobs; a step trains three more to recall."""

    def __init__(self) -> None:
        self.settings: dict[str, float] = {
            "radius": 0.9, "bias": 0.0, "delay": 40, "recall_rate": 1e-2, "recall_bias": 5.0,
        }  # fmt: skip
        self._reached: tuple | None = None
        self._begin()

    def _begin(self) -> None:
        """Begin the task again with the same first weights."""
        self.generator = torch.Generator().manual_seed(1)
        self.nets = {
            kind: prepare(
                Recall(kind, 2 * SYMBOLS, CELLS), self.settings["recall_bias"], self.generator
            )
            for kind in KINDS
        }
        self.optimizers = {
            kind: torch.optim.Adam(net.parameters(), foreach=True)
            for kind, net in self.nets.items()
        }
        self.steps = 0
        self.right: list[list[float]] = []  # share right, by step and kind

    def receive(self, event: Mapping) -> None:
        """Take in a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if name == "radius":
            self.settings["radius"] = number(value, 0.1, 3.0, "The spectral radius")
        elif name == "bias":
            self.settings["bias"] = number(value, -3.0, 6.0, "The forget bias")
        elif name == "recall_rate":
            self.settings["recall_rate"] = number(value, 1e-4, 0.3, "The learning rate")
        elif name == "delay":
            self.settings["delay"] = rounded(value, 1, 100, "The delay")
            self._begin()
        elif name == "recall_bias":
            self.settings["recall_bias"] = number(value, -3.0, 6.0, "The forget bias")
            self._begin()
        elif name == "again":
            self._begin()
        elif name != "visible":
            raise ValueError(f"The memory part has no setting {shown(name)}.")

    def untrained(self) -> dict[str, Tensor]:
        """Return the reach of untrained nets, by kind: the RNN at the spectral radius chosen, the
        LSTM at the forget bias.
        """
        x, y = passages()
        found = {}
        for kind in KINDS:
            model = fresh(kind, len(PRINTABLE), torch.Generator().manual_seed(1), HIDDEN)
            if kind == "rnn":
                rescale(model, self.settings["radius"])
            if kind == "lstm":
                with torch.no_grad():
                    model.recurrent.bias_hh_l0[HIDDEN : 2 * HIDDEN] += self.settings["bias"]
            found[kind] = reach(model, x, y)
        return found

    def eigenvalues(self) -> Tensor:
        """Return the eigenvalues of the untrained RNN's recurrent matrix, complex (H,)."""
        model = fresh("rnn", len(PRINTABLE), torch.Generator().manual_seed(1), HIDDEN)
        rescale(model, self.settings["radius"])
        return torch.linalg.eigvals(model.recurrent.weight_hh_l0.detach())

    def step(self) -> bool:
        """Give the three nets the same batch, and each one optimizer step."""
        x, y = recall_batch(BATCH, int(self.settings["delay"]), SYMBOLS, self.generator)
        row = []
        for kind, net in self.nets.items():
            optimizer = self.optimizers[kind]
            for group in optimizer.param_groups:
                group["lr"] = self.settings["recall_rate"]
            logits = net(x)
            parameters = list(net.parameters())
            gradients = torch.autograd.grad(F.cross_entropy(logits, y), parameters)
            norm = torch.stack([g.norm() for g in gradients]).norm().item()
            for p, g in zip(parameters, gradients, strict=True):
                p.grad = g / max(1.0, norm)
            optimizer.step()
            row.append((logits.argmax(1) == y).float().mean().item())
        self.right.append(row)
        self.steps += 1
        return True

    def frame(self) -> Frame:
        """Return the reach of untrained and trained nets, and how the task goes."""
        key = (self.settings["radius"], self.settings["bias"])
        if self._reached is None or self._reached[0] != key:
            self._reached = (key, self.untrained())
        reached, k = self._reached[1], torch.arange(FAR + 1.0)
        power = self.settings["radius"] ** k
        values = {
            "untrained": torch.stack([k, *reached.values(), power]),
            "recall": self._curve(),
        }
        if known := trained():
            values["trained"] = torch.stack([k, *known.values()])
        last = self.right[-WINDOW:]
        shares = [sum(row[i] for row in last) / max(1, len(last)) for i in range(len(KINDS))]
        delay = int(self.settings["delay"])
        told = ", ".join(f"{kind.upper()} {s:.0%}" for kind, s in zip(KINDS, shares, strict=True))
        return Frame(
            values=values,
            notes={
                "settings": self.settings,
                "titles": {
                    "recall": f"{told} right; guessing is {1 / SYMBOLS:.0%}"
                    if last
                    else f"name the first of {delay + 1} symbols; guessing is {1 / SYMBOLS:.0%}",
                    "untrained": f"{FAR} steps back the RNN's is "
                    f"{reached['rnn'][-1].item():.1e} of the last",
                },
                "say": told,
            },
        )

    def _curve(self) -> Tensor:
        """Return (4, points): steps, and the share right of each net over some steps."""
        stride = max(WINDOW, math.ceil(len(self.right) / POINTS))
        rows = []
        for i in range(0, len(self.right) - WINDOW + 1, stride):
            part = self.right[i : i + stride]
            means = [sum(row[j] for row in part) / len(part) for j in range(len(KINDS))]
            rows.append((i + len(part), *means))
        return torch.tensor(rows).T.contiguous() if rows else torch.zeros(4, 0)
