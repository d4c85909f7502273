"""A character model learning from scratch while its settings change and its samples are read."""

import math

import torch
import torch.nn.functional as F
from safetensors.torch import load
from torch import Tensor

from labs.data.text import Corpus, python_source
from labs.live import Frame
from labs.live.checks import whole
from labs.live.controls import Button, Choice, Knob, Value
from labs.live.experiment import Event
from labs.models.characters import detach, fresh, passages_loss
from labs.sequences.language.challenges.learning import LEARNING
from labs.sequences.language.controls import NETS
from labs.sequences.language.export.learning import script
from labs.sequences.language.page import Page, write
from labs.sequences.language.progress import Progress, judged
from labs.sequences.language.sampling import Noise, Settings
from labs.training import Training, overshoot

HIDDEN, BATCH = 128, 32
SAMPLE = 420  # characters of a sample
PASSAGES, PASSAGE = 8, 500  # of the held-out text that are looked at, characters of each
HEAVIEST = 8_000_000  # bytes of weights that a visitor brings
WATCH = Knob("watch", "colour by unit", 0, HIDDEN - 1, 0, whole=True)
CONTROLS = (
    Choice("kind", "network", NETS, "lstm", shown=True),
    Knob("rate", "learning rate", 1e-4, 1.0, 5e-3, log=True),
    Knob("length", "sequence length", 1, 128, 64, whole=True),
    Knob("clip", "clip at", 0.01, 100, 1, log=True),
    WATCH,
    Button("again", "Same weights again"),
    Button("fresh", "New weights"),
)  # fmt: skip


class Learning(Training):
    """One recurrent layer in training on a corpus, by Adam on truncated backpropagation."""

    name = "language.train"
    controls = CONTROLS
    challenges = LEARNING
    on = {("*", "click"): "choose_unit"}
    every = 25

    def __init__(self, corpus: Corpus | None = None, *, seed: int = 1) -> None:
        self.corpus = corpus = corpus or python_source()
        self.vocabulary = corpus.vocabulary
        self.train, self.held = (self.vocabulary.encode(part) for part in corpus.parts)
        self.pairs = of_pairs(self.train, self.held, len(self.vocabulary))
        super().__init__(seed)

    def _begin(self) -> None:
        generator = torch.Generator().manual_seed(self.seed)
        self.model = fresh(self.settings["kind"], len(self.vocabulary), generator, hidden=HIDDEN)
        self._parameters = list(self.model.parameters())
        self._optimizer = torch.optim.Adam(self._parameters, self.settings["rate"], foreach=True)
        per = max(1, (len(self.train) - 1) // BATCH)
        self._starts = torch.arange(BATCH) * per  # each row of a batch reads its own part
        self._offset, self._per, self._state = 0, per, None
        self.progress = Progress()

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.progress.steps

    def changed(self, name: str, before: Value) -> None:
        """Begin again with another kind of network."""
        if name == "kind" and self.settings["kind"] != before:
            self.again()

    def choose_unit(self, event: Event) -> None:
        """Colour the sample by a unit."""
        self.settings["watch"] = whole(event.get("unit"), 0, HIDDEN - 1, "A unit")

    def evidence(self) -> tuple:
        """Return how the run goes, where it is clipped, what went wrong, how many symbols there
        are, and the perplexity of counting pairs of them.
        """
        clip, symbols = self.settings["clip"], len(self.vocabulary)
        return self.progress, clip, self.trouble, symbols, self.pairs

    def script(self) -> str:
        """Return the script of this run."""
        return script(
            self.corpus, self.settings, hidden=HIDDEN, batch=BATCH, seed=self.seed,
            steps=max(self.steps, 10),
        )  # fmt: skip

    def _advance(self) -> str:
        x, y = self._next(min(self.settings["length"], self._per - 1))
        logits, state = self.model(x, self._state)
        self._state = detach(state)
        loss = F.cross_entropy(logits.flatten(0, 1), y.flatten())
        gradients = torch.autograd.grad(loss, self._parameters)
        norm = torch.stack([g.norm() for g in gradients]).norm().item()
        if not math.isfinite(norm + loss.item()):
            return overshoot(loss.item(), self.steps, self.settings["rate"])
        shrink = min(1.0, self.settings["clip"] / (norm + 1e-9))
        for p, g in zip(self._parameters, gradients, strict=True):
            p.grad = g.mul_(shrink)
        for group in self._optimizer.param_groups:
            group["lr"] = self.settings["rate"]
        self._optimizer.step()
        self.progress.note(loss.item(), norm)
        return ""

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
            loss = passages_loss(self.model, self.held, PASSAGES, PASSAGE)
            self.progress.tests.note((self.steps, loss))
        self.page = Page(self.model, self.vocabulary, SAMPLE)
        noise = Noise(len(self.vocabulary) - 1, torch.Generator().manual_seed(self.steps))
        how = Settings(0.7)
        for _ in range(SAMPLE):
            write(self.page, how, noise)

    def weights(self) -> bytes:
        """Return the weights as they are now, as safetensors that say what they read."""
        return super().weights(kind=self.model.kind, alphabet=self.vocabulary.characters)

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
        self.again()
        self.model.load_state_dict({name: w.float() for name, w in tensors.items()})
        self._look()  # of the same step as the first test: it takes its place

    def show(self) -> Frame:
        """Return the last sample, coloured by the unit that is watched, and the curves."""
        last = self.progress.held_out
        unit = self.settings["watch"]
        return Frame(
            values={
                "sample": self.page.past().h[1:, 0, unit].detach(),
                "progress": self.progress.losses(),
                "norm": self.progress.norms(self.settings["clip"]),
            },
            notes={
                "colors": {"sample": "signed"},
                "sample": {
                    "text": self.page.text, "start": 0, "high": 1.0, "caret": False,
                    "label": f"output of unit {unit}",
                },
                "titles": {
                    "sample": f"written after {self.steps - self.steps % self.every} steps, "
                    "temperature 0.7",
                    "progress": self.trouble
                    or judged(last, len(self.vocabulary), self.settings["rate"]),
                },
                "say": self.trouble or f"Step {self.steps}: {last:.2f} nats a character.",
            },
        )  # fmt: skip


def of_pairs(train: Tensor, held: Tensor, symbols: int) -> float:
    """Return the perplexity on the held-out text, by the pairs that were counted in the other and
    one more of each; train, held: (N,), numbers below `symbols`.  NaN where there is no pair.
    """
    counts = torch.bincount(train[:-1] * symbols + train[1:], minlength=symbols**2) + 1.0
    p = counts.view(symbols, symbols) / counts.view(symbols, symbols).sum(1, keepdim=True)
    return p[held[:-1], held[1:]].log().mean().neg().exp().item()
