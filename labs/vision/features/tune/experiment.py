"""Two heads on one body: trained alone or together, on features that stay or move along."""

import math

import torch

from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.controls import Button, Knob, Value
from labs.live.lab import Lab
from labs.numerals import counted, percent
from labs.pictures import as_bytes, jpeg, sheet
from labs.vision.features.tune.runs import EACH, HELD, KINDS, TASKS, Run, drawings

MOST = 48  # steps
PACE = 4  # steps between two measurements
TITLES = {
    "frozen": "body frozen, two heads", "form": "block + form", "colour": "block + colour",
    "both": "block + both heads",
}  # fmt: skip
BODIES = {"frozen": "1", "form": "2 with colour", "colour": "2 with form", "both": "1"}
CURVES = {  # by measured quantity: the runs that are drawn
    "form": ("frozen", "form", "both"), "colour": ("frozen", "colour", "both"),
    "kept": tuple(KINDS),
}  # fmt: skip
CHALLENGES = (
    Challenge(
        "gentle", "Train for 12 steps so gently that every body still knows nine of ten "
        "photographs, and tells nine of ten forms.",
        "A smaller rate; the heads learn anyway.",
        lambda s, steps, last: steps >= 12 and min(m["kept"] for m in last.values()) >= 0.9
        and last["both"]["form"] >= 0.9,
    ),
    Challenge(
        "amnesia", "Make a body forget three of four photographs.",
        "A larger rate.",
        lambda s, steps, last: steps > 0 and min(m["kept"] for m in last.values()) <= 0.25,
    ),
)  # fmt: skip


class Tune(Lab):
    """Four ways to learn two tasks, side by side from the same beginning."""

    name = "features.tune"
    controls = (
        Knob("examples", "drawings of each kind", 1, EACH, 1, whole=True),
        Knob("rate", "learning rate", 1e-5, 3e-3, 2e-4, log=True, step=1e-5, digits=5),
        Button("again", "From the beginning", trains=True),
    )
    challenges = CHALLENGES
    slow = True

    def __init__(self) -> None:
        super().__init__()
        self.again()

    def again(self) -> None:
        """Begin anew."""
        self.runs: dict[str, Run] = {}  # made at the first step: each holds a block of its own
        self.steps = 0
        self.measured: list[tuple[int, dict[str, dict[str, float]]]] = []

    def step(self) -> bool:
        """Take one step of every run."""
        if self.steps >= MOST:
            return False
        s = self.settings
        if not self.runs:
            self.runs = {kind: Run(kind, s["examples"], s["rate"]) for kind in KINDS}
            self._measure()
        for run in self.runs.values():
            run.step()
        self.steps += 1
        if self.steps % PACE == 0:
            self._measure()
        return self.steps < MOST

    def _measure(self) -> None:
        found = {kind: run.measure() for kind, run in self.runs.items()}
        self.measured.append((self.steps, found))

    def changed(self, name: str, before: Value) -> None:
        """Another setting is another training."""
        self.again()

    @property
    def last(self) -> dict[str, dict[str, float]]:
        """The last measurement; NaN before the first."""
        none = {kind: dict.fromkeys((*KINDS[kind][0], "kept"), math.nan) for kind in KINDS}
        return self.measured[-1][1] if self.measured else none

    def show(self) -> Frame:
        """Return some drawings, the curves, and what each way costs and gives."""
        frame, shown = Frame(), drawings()[0]
        if "some" not in self.sent:
            self.sent.add("some")
            frame.images["some"] = jpeg(sheet(as_bytes(shown), 3))
        for name, kinds in CURVES.items():
            rows = [[at, *(found[kind][name] for kind in kinds)] for at, found in self.measured]
            frame.values[name] = (
                torch.tensor(rows).T.contiguous() if rows else torch.zeros(1 + len(kinds), 0)
            )
        losses = [[k, *(run.losses[k] for run in self.runs.values())] for k in range(self.steps)]
        frame.values["losses"] = (
            torch.tensor(losses).T.contiguous() if losses else torch.zeros(1 + len(KINDS), 0)
        )
        last = self.last
        rows = []
        for kind in KINDS:
            trained = f"{self.runs[kind].parameters:,}" if self.runs else "–"
            cells = [percent(last[kind].get(name, math.nan)) for name in (*TASKS, "kept")]
            rows.append((TITLES[kind], trained, BODIES[kind], *cells))
        n = 9 * int(self.settings["examples"])
        frame.notes |= {
            "photos": ["some"],
            "grids": {"some": [3, 3]},
            "tables": {"ways": {"said": f"{counted(n, 'drawing')} to learn from, {9 * HELD} held "
                                f"out, 28 pieces of photographs; step {self.steps}.",
                                "rows": rows}},
            "titles": {"some": "3 forms in 3 colours, with grain"},
            "say": f"Step {self.steps}.",
        }  # fmt: skip
        return frame

    def left_out(self) -> str:
        """Return what no address holds."""
        return "A training is not in the link: press play again." if self.steps else ""

    def evidence(self) -> tuple:
        """Return settings, steps, and the last measurement."""
        return self.settings, self.steps, self.last
