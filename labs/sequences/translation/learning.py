"""An encoder and a decoder that learn a small task from scratch, with attention or without."""

import math
import random
from collections import deque

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.data.translations import clean
from labs.live import Frame
from labs.live.checks import EMPTY, places, whole
from labs.live.controls import Button, Choice, Knob, Select, Value
from labs.live.experiment import Event
from labs.models.translation.decode import greedy
from labs.models.translation.net import TranslateAttention, TranslatePlain, Translator, fresh
from labs.models.translation.pieces import PAD
from labs.numerals import counted
from labs.sequences.translation.challenges.learning import LEARNING
from labs.sequences.translation.export import learning as export
from labs.sequences.translation.tasks import (
    COUNT,
    LONGEST,
    NUMBERS,
    TASKS,
    decode,
    draw,
    encode,
    tensors,
)
from labs.training import Training, begun_anew, overshoot
from labs.training.course import Course

EMBEDDING, HIDDEN, ALIGNMENT = 32, 64, 32
BATCH = 64
TESTS = 200  # unseen examples that exact matches are counted on
SHOWN = 6  # of them
KEPT = 256  # moments of a curve
DATE, BEYOND = 10, 2  # symbols of a right date, and of an answer that are shown beyond the right
NETS = {"attention": TranslateAttention, "plain": TranslatePlain}
OWN = {"dates": "friday the 3rd of may, 2024", "reverse": "translate", "sort": "translate",
       "copy": "translate"}  # fmt: skip
CONTROLS = (
    Select("task", "task", tuple((key, f"{key}: {text}") for key, text in TASKS.items()), "dates"),
    Choice("net", "decoder", (("attention", "with attention"), ("plain", "from one vector")),
           "attention"),
    Knob("longest", "letters, at most", 3, 24, 12, whole=True),
    Knob("rate", "learning rate", 1e-4, 0.1, 5e-3, log=True),
    Button("again", "Same weights again"),
    Button("fresh", "New weights"),
)  # fmt: skip


def make(net: str, seed: int) -> Translator:
    """Return an untrained net, its weights drawn from `seed`."""
    generator = torch.Generator().manual_seed(seed)
    return fresh(NETS[net], generator, COUNT, EMBEDDING, HIDDEN, ALIGNMENT)


def train_step(
    model: Translator, optimizer: torch.optim.Optimizer, source: Tensor, target: Tensor
) -> float:
    """Take one step of Adam on a batch; return its loss in nats a symbol."""
    logits = model(source, target[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


class Learning(Training):
    """A net in training on dates or letters; its exact matches on unseen examples are counted."""

    name = "translation.learn"
    controls = CONTROLS
    challenges = LEARNING
    links = (*Training.links, "own", "symbol")
    on = {("own", "text"): "type_own", ("tests", "click"): "open_test", ("look", "click"): "choose"}
    every = 20
    slow = True

    def __init__(self, *, seed: int = 1) -> None:
        self.own: str | None = None  # what the visitor typed
        self.chosen: int | None = None  # a symbol of the answer
        self.matches: dict[str, Course] = {}  # by net: (step, share right) of its last run
        super().__init__(seed)

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self._steps

    @property
    def typed(self) -> str:
        """The example that is looked at."""
        return OWN[self.settings["task"]] if self.own is None else self.own

    def _begin(self) -> None:
        s = self.settings
        self.model = make(s["net"], self.seed)
        self._optimizer = torch.optim.Adam(self.model.parameters(), s["rate"], foreach=True)
        self._dice = random.Random(self.seed)
        unseen = random.Random(99)
        self.tests = draw(s["task"], TESTS, unseen, unseen=True, longest=s["longest"])
        self._steps = 0
        self.recent: deque[float] = deque(maxlen=20)
        self.losses: Course[tuple[int, float]] = Course(KEPT, mean=True)
        self.matches[s["net"]] = Course(KEPT)
        self.right = 0.0

    def changed(self, name: str, before: Value) -> None:
        """Begin again with another task, net or length."""
        if self.settings[name] == before or name == "rate":
            return
        if name == "task":
            self.own = None
        if name == "net":  # a run of no steps leaves no curve behind
            self.matches = {k: course for k, course in self.matches.items() if course[-1][0]}
        else:
            self.matches = {}
        self.chosen = None
        self.again()

    def type_own(self, event: Event) -> None:
        """Take in an example of the visitor's own."""
        value = event.get("value")
        if not isinstance(value, str):
            raise ValueError("An example is text.")
        line = clean(value)
        if len(line) > LONGEST:
            raise ValueError(f"The example has {len(line)} letters; the limit is {LONGEST}.")
        self.own, self.chosen = line, None

    def open_test(self, event: Event) -> None:
        """Look at one of the unseen examples."""
        row = whole(event.get("unit"), 0, SHOWN - 1, "A row")
        self.own, self.chosen = self.tests[row][0], None

    def choose(self, event: Event) -> None:
        """Choose a symbol of the answer."""
        self.chosen = whole(event.get("row"), 0, 200, "A row")

    def _advance(self) -> str:
        s = self.settings
        examples = draw(s["task"], BATCH, self._dice, unseen=False, longest=s["longest"])
        for group in self._optimizer.param_groups:
            group["lr"] = s["rate"]
        loss = train_step(self.model, self._optimizer, *tensors(examples))
        if not math.isfinite(loss):
            return overshoot(loss, self.steps, s["rate"])
        self._steps += 1
        self.recent.append(loss)
        self.losses.note((self._steps, loss))
        return ""

    def _look(self) -> None:
        answers = greedy(self.model, [encode(x) for x, _ in self.tests])
        self.answers = [decode(best.tokens) for best, _ in answers]
        right = [a == y for a, (_, y) in zip(self.answers, self.tests, strict=True)]
        self.right = sum(right) / len(right)
        self.matches[self.settings["net"]].note((self.steps, self.right))

    def show(self) -> Frame:
        """Return the curves, unseen examples with the net's answers, and one example opened."""
        frame = Frame(notes={"titles": {}})
        s = self.settings
        frame.values["loss"] = self.losses.table() if self.losses else torch.zeros(2, 0)
        frame.values["right"] = both(self.matches)
        frame.notes["tests"] = {
            "head": ["unseen", "right", "the net", ""],
            "rows": [
                [x, y, a or "—", "✓" if a == y else "✗"]
                for (x, y), a in zip(self.tests[:SHOWN], self.answers, strict=False)
            ],
        }
        unknown = sorted({c for c in self.typed.lower() if c not in NUMBERS})
        frame.notes["own"] = {"text": self.typed, "fault": None}
        self._open(frame)
        said = f"{self.right:.1%} of {TESTS} unseen right after {counted(self.steps, 'step')}"
        frame.notes["titles"] |= {
            "right": said,
            "loss": self.trouble or "nats a symbol, mean of the steps between",
            "own": f"unknown to it: {' '.join(unknown)}" if unknown else TASKS[s["task"]],
        }
        frame.notes["idle"] = ["longest"] if s["task"] == "dates" else []
        frame.notes["say"] = self.trouble or f"{said}."
        return frame

    def _open(self, frame: Frame) -> None:
        """Add the visitor's example: the answer, and what was looked at."""
        numbers = encode(self.typed)
        if numbers:
            with torch.no_grad():
                best, look = greedy(self.model, [numbers])[0]
            answer = decode(best.tokens)
        else:
            answer, look = "", torch.zeros(0, 0)
        # an untrained net babbles on; no right answer is longer
        most = BEYOND + (DATE if self.settings["task"] == "dates" else len(numbers))
        rows, how = list(answer[:most]), "" if len(answer) <= most else f", its first {most}"
        frame.values["look"] = look[:most]
        chosen = self.chosen if self.chosen is not None and self.chosen < len(rows) else None
        frame.notes["look"] = {
            "columns": list(self.typed.lower()), "rows": rows, "chosen": chosen,
        }  # fmt: skip
        if not self.model.attends:
            how += "; it looks at no letter, only at one vector"
        frame.notes["titles"]["look"] = f"“{answer or '—'}”{how}"

    def left_out(self) -> str:
        """Say that a link begins the training anew, also where only the other net has learnt."""
        taken = (course[-1][0] for course in self.matches.values() if course)
        return begun_anew(max(self.steps, *taken), "step")

    def evidence(self) -> tuple:
        """Return the settings, steps, exact matches, and the curves of both nets."""
        return self.settings, self.steps, self.right, self.matches

    def to_link(self) -> dict[str, str]:
        """Return the seed, and the visitor's own example."""
        own = "" if self.own in (None, OWN[self.settings["task"]]) else self.own or EMPTY
        symbol = "" if self.chosen is None else str(self.chosen)
        return {**super().to_link(), "own": own, "symbol": symbol}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "symbol":
            self.chosen = places(text, 200)[0]
        elif name == "own":
            self.type_own({"value": "" if text == EMPTY else text})
        else:
            super().from_link(name, text)

    def script(self) -> str:
        """Return the script of this run."""
        return export.script(
            self.settings, self.seed, max(self.steps, 20), self.typed, train_step,
            (EMBEDDING, HIDDEN, ALIGNMENT), TESTS, BATCH,
        )  # fmt: skip


def both(matches: dict[str, Course]) -> Tensor:
    """Return (3, points): steps, share right with attention and without; NaN where not measured."""
    moments = sorted({m[0] for course in matches.values() for m in course})
    table = torch.full((3, len(moments)), torch.nan)
    table[0] = torch.tensor(moments, dtype=torch.float)
    for line, net in enumerate(NETS, 1):
        found = dict(matches.get(net, ()))
        for i, step in enumerate(moments):
            if step in found:
                table[line, i] = found[step]
    return table
