"""A character model learning from scratch while its settings change and its samples are read."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from safetensors.torch import load, save
from torch import Tensor, nn

from labs.data.text import Corpus
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.models.characters import KINDS, CharNet, detach, held_out_loss
from labs.sequences.language.page import Page
from labs.sequences.language.sampling import Noise, Settings, distribution, known, throw

HIDDEN, EMBEDDING, BATCH = 128, 32, 32
EVERY = 25  # steps between two samples
SAMPLE = 420  # characters of a sample
LOOK = 4000  # held-out characters looked at
POINTS = 240  # of a curve on the screen
HEAVIEST = 8_000_000  # bytes of weights that a visitor brings


@dataclass(frozen=True)
class Report:
    """What one step did; the loss is measured before it."""

    step: int
    loss: float  # nats a character
    norm: float  # of the gradient, before clipping


class Training:
    """One recurrent layer in training on a corpus, by Adam on truncated backpropagation."""

    def __init__(self, corpus: Corpus, *, seed: int = 1) -> None:
        self.corpus = corpus
        self.vocabulary = corpus.vocabulary
        self.train, self.held = (self.vocabulary.encode(part) for part in corpus.parts)
        self.seed = seed
        self.settings: dict[str, str | float] = {
            "kind": "lstm", "rate": 5e-3, "length": 64, "clip": 1.0, "watch": 0,
        }  # fmt: skip
        self._begin()

    def _begin(self) -> None:
        """Begin again with the weights and the places in the text of this seed."""
        generator = torch.Generator().manual_seed(self.seed)
        self.model = fresh(self.settings["kind"], len(self.vocabulary), generator)
        self._parameters = list(self.model.parameters())
        self._optimizer = torch.optim.Adam(self._parameters, self.settings["rate"], foreach=True)
        per = max(1, (len(self.train) - 1) // BATCH)
        self._starts = torch.arange(BATCH) * per  # each row of a batch reads its own part
        self._offset, self._per, self._state = 0, per, None
        self.steps = 0
        self.reports: list[Report] = []
        self.tests: list[tuple[int, float]] = []
        self.trouble = ""
        self._look()

    def receive(self, event: Mapping) -> None:
        """Take in a setting or a click.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if event.get("kind") == "click":
            self.settings["watch"] = whole(event.get("unit"), 0, HIDDEN - 1, "A unit")
        elif name == "kind":
            self.settings["kind"] = option(value, KINDS, "The network")
            self._begin()
        elif name == "rate":
            self.settings["rate"] = number(value, 1e-4, 1.0, "The learning rate")
        elif name == "length":
            self.settings["length"] = rounded(value, 1, 128, "The sequence length")
        elif name == "clip":
            self.settings["clip"] = number(value, 0.01, 100.0, "The clipping")
        elif name == "watch":
            self.settings["watch"] = rounded(value, 0, HIDDEN - 1, "The unit")
        elif name == "again":
            self._begin()
        elif name == "fresh":
            self.seed += 1
            self._begin()
        elif name != "visible":
            raise ValueError(f"The training has no setting {shown(name)}.")

    def step(self) -> bool:
        """Take one optimizer step; False when the numbers have run away."""
        if self.trouble:
            return False
        x, y = self._next(min(int(self.settings["length"]), self._per - 1))
        logits, state = self.model(x, self._state)
        self._state = detach(state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        gradients = torch.autograd.grad(loss, self._parameters)
        norm = torch.stack([g.norm() for g in gradients]).norm().item()
        if not math.isfinite(norm + loss.item()):
            self.trouble = (
                f"The loss became {loss.item()} at step {self.steps}: at a learning rate of "
                f"{self.settings['rate']:.2g} the steps overshoot.  Start again with a smaller one."
            )
            return False
        shrink = min(1.0, float(self.settings["clip"]) / (norm + 1e-9))
        for p, g in zip(self._parameters, gradients, strict=True):
            p.grad = g.mul_(shrink)
        for group in self._optimizer.param_groups:
            group["lr"] = self.settings["rate"]
        self._optimizer.step()
        self.steps += 1
        self.reports.append(Report(self.steps, loss.item(), norm))
        if self.steps % EVERY == 0:
            self._look()
        return True

    def _next(self, length: int) -> tuple[Tensor, Tensor]:
        """Return the next characters of every row and those that follow them, (BATCH, length)."""
        if self._offset + length >= self._per:
            self._offset, self._state = 0, None
        at = self._starts[:, None] + self._offset + torch.arange(length + 1)
        window = self.train[at.clamp(max=len(self.train) - 1)]
        self._offset += length
        return window[:, :-1], window[:, 1:]

    def _look(self) -> None:
        """Let the net as it is now write a sample, and measure it on the held-out text."""
        if len(self.held) > 1:
            self.tests.append((self.steps, held_out_loss(self.model, self.held[:LOOK])))
        self.page = Page(self.model, self.vocabulary, SAMPLE)
        noise = Noise(len(self.vocabulary) - 1, torch.Generator().manual_seed(self.steps))
        how = Settings(0.7)
        for _ in range(SAMPLE):
            _, p = distribution(known(self.page.logits.detach()), how)
            number = throw(p, noise.next())
            self.page.add(self.vocabulary.symbols[number], number)

    def weights(self) -> bytes:
        """Return the weights as they are now, as safetensors that say what they read."""
        tensors = {name: w.contiguous() for name, w in self.model.state_dict().items()}
        return save(tensors, {"kind": self.model.kind, "alphabet": self.vocabulary.characters})

    def take(self, data: bytes) -> None:
        """Go on from weights of this shape.  Raises ValueError in one sentence."""
        if len(data) > HEAVIEST:
            raise ValueError(f"The file has {len(data):,} bytes; the limit is {HEAVIEST:,}.")
        try:
            tensors = load(data)
        except Exception:  # safetensors has a class of its own, and no file is too strange
            raise ValueError("The file is not in safetensors format.") from None
        own = self.model.state_dict()
        same = tensors.keys() == own.keys() and all(
            tensors[name].shape == own[name].shape for name in own
        )
        if not same:
            raise ValueError(
                f"The weights do not fit: this net is a {self.model.kind.upper()} of {HIDDEN} "
                f"units that reads {len(self.vocabulary)} symbols."
            )
        if not all(w.isfinite().all() for w in tensors.values()):
            raise ValueError("Some of the weights are no numbers.")
        self._begin()
        self.model.load_state_dict({name: w.float() for name, w in tensors.items()})
        self.tests.clear()
        self._look()

    def frame(self) -> Frame:
        """Return the last sample, coloured by the unit that is watched, and the curves."""
        last = self.tests[-1][1] if self.tests else float("nan")
        unit = int(self.settings["watch"])
        return Frame(
            values={
                "sample": self.page.past().h[1:, 0, unit].detach(),
                "progress": self._curve(),
                "norm": self._norms(),
            },
            notes={
                "settings": self.settings,
                "colors": {"sample": "signed"},
                "sample": {
                    "text": self.page.text, "start": 0, "high": 1.0, "caret": False,
                    "label": f"output of unit {unit}",
                },
                "titles": {
                    "sample": f"written after {self.steps - self.steps % EVERY} steps, "
                    "temperature 0.7",
                    "progress": self.trouble
                    or f"held out {last:.3f} nats, perplexity {math.exp(min(last, 50)):.1f}",
                },
                "say": self.trouble or f"Step {self.steps}: {last:.2f} nats a character.",
            },
        )  # fmt: skip

    def history(self) -> dict[str, tuple[list[float], list[float]]]:
        """Return the losses so far, as (steps, values) by name."""
        lines = {"training batch": ([r.step for r in self.reports], [r.loss for r in self.reports])}
        if self.tests:
            steps, losses = zip(*self.tests, strict=True)
            lines["held out"] = (list(steps), list(losses))
        return lines

    def _rows(self) -> list[tuple[int, float, float]]:
        """Return step, mean loss and mean norm of each stretch of steps, at most POINTS."""
        stride = max(1, math.ceil(len(self.reports) / POINTS))
        rows = []
        for i in range(0, len(self.reports), stride):
            part = self.reports[i : i + stride]
            rows.append((part[-1].step, *(
                sum(getattr(r, name) for r in part) / len(part) for name in ("loss", "norm")
            )))  # fmt: skip
        return rows

    def _curve(self) -> Tensor:
        """Return (3, points): steps, training loss, held-out loss."""
        rows = [
            (step, loss, self.tests[min(step // EVERY, len(self.tests) - 1)][1])
            if self.tests
            else (step, loss, math.nan)
            for step, loss, _ in self._rows()
        ]
        return torch.tensor(rows).T.contiguous() if rows else torch.zeros(3, 0)

    def _norms(self) -> Tensor:
        """Return (3, points): steps, norm of the gradient, where it is clipped."""
        rows = [(step, norm, float(self.settings["clip"])) for step, _, norm in self._rows()]
        return torch.tensor(rows).T.contiguous() if rows else torch.zeros(3, 0)


@torch.no_grad()
def fresh(kind: str, vocabulary: int, generator: torch.Generator, hidden: int = HIDDEN) -> CharNet:
    """Return an untrained net of one layer with torch's usual initial weights from `generator`."""
    with torch.device("meta"):  # without weights: torch would draw them from the global seed
        empty = KINDS[kind](vocabulary, EMBEDDING, hidden, layers=1)
    model = empty.to_empty(device="cpu")
    bound = 1 / math.sqrt(hidden)
    for module in model.modules():
        if isinstance(module, nn.Embedding):
            module.weight.normal_(generator=generator)
        elif isinstance(module, nn.Linear | nn.RNNBase):
            for p in module.parameters():
                p.uniform_(-bound, bound, generator=generator)
    return model
