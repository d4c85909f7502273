"""The GAN on the plane: a target, two nets that play, and how it goes."""

import torch

from labs.drawing.pad import Pad
from labs.generative.gan.duel import BATCH, Duel, Rules, Shape
from labs.generative.gan.measures import covered, histogram, js_divergence, kl_divergence
from labs.generative.gan.plane import view
from labs.generative.gan.plane.challenges import CHALLENGES
from labs.generative.gan.plane.controls import CONTROLS
from labs.generative.gan.plane.diagnosis import Look, diagnosis
from labs.generative.gan.plane.export import script
from labs.generative.gan.plane.situations import SITUATIONS
from labs.generative.gan.target import TARGETS, TIGHT, Target, of_ink
from labs.live import Frame
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.training.course import Course
from labs.training.experiment import begun_anew

MEASURED = 1000  # points of both sides at a look
OFTEN = 20  # steps between two looks
KEPT = 256  # looks that are drawn
REMADE = ("units_g", "units_d", "depth", "unit", "optimizer_g", "optimizer_d", "seed")


class Gan(Lab):
    """A generator of points on the plane against a discriminator."""

    name = "gan"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x",)
    on = {("x", "*"): "draw"}

    def __init__(self) -> None:
        super().__init__()
        self.pad = Pad("x")
        self.again()

    @property
    def steps(self) -> int:
        """Steps since the weights were drawn."""
        return self.count

    @property
    def target(self) -> Target:
        """The distribution that is to be learned."""
        if self.settings["target"] == "drawing":
            if self._ink[0] != self.pad.changes:
                self._ink = self.pad.changes, of_ink(self.pad.picture)
            return self._ink[1] or TARGETS["ring"]
        return TARGETS[str(self.settings["target"])]

    @property
    def rules(self) -> Rules:
        """How both nets play now."""
        s = self.settings
        return Rules(s["loss"], s["rate_g"], s["rate_d"], s["penalty"], s["clip"], s["noise"])

    def step(self) -> bool:
        """Let both nets move, the discriminator first, or one of them; False if they ran away."""
        if self.broken:
            return False
        rules, turns = self.rules, int(self.settings["turns"])
        if self.settings["pace"] == "both":
            for _ in range(turns):
                self._discriminator(rules)
            self.duel.generator_step(BATCH, rules)
            self.turn, self.mover = 0, "both"
        elif self.turn < turns:
            self._discriminator(rules)
            self.turn, self.mover = self.turn + 1, "discriminator"
        else:
            self.duel.generator_step(BATCH, rules)
            self.turn, self.mover = 0, "generator"
        self.count += 1
        if self.count % OFTEN == 0:
            self._look()
        return not self.broken

    def show(self) -> Frame:
        """Return both nets' pictures, losses, measures, and what is recognised."""
        frame, s = Frame(), self.settings
        name, text = self.diagnosis
        view.field(frame, self.duel, str(s["loss"]), self.real, self.z, self.mover)
        view.bent(frame, self.duel, self.z)
        view.courses(frame, self.looks, self.modes)
        view.words(frame, name, text, self.situation_now)
        if s["target"] == "drawing" and self.pad.empty:
            frame.notes["titles"]["x"] = "nothing is drawn yet: a ring"
        self.pad.tell(frame)
        return frame

    @property
    def modes(self) -> int:
        """How many modes the target has; 0 if they are not known."""
        centres = self.target.modes
        return 0 if centres is None else centres.shape[1]

    @property
    def diagnosis(self) -> tuple[str, str]:
        """The name of what is seen, and a sentence."""
        return diagnosis(self.recent, self.modes, self.broken)

    @property
    def situation_now(self) -> str:
        """What the settings of now are meant to show."""
        free = ("target", "pace", "seed")
        now = {k: v for k, v in self.settings.items() if v != self.usual(k) and k not in free}
        known = (s.text for s in SITUATIONS.values() if dict(s.settings) == now)
        return next(known, "Settings of your own.")

    def draw(self, event: Event) -> None:
        """Take in a stroke: the drawing becomes the target."""
        self.pad.receive(event)
        aimed = self.settings["target"] == "drawing"
        if event.get("kind") == "stroke" and not self.pad.empty:
            self.settings["target"], aimed = "drawing", True
        elif aimed and self.pad.empty and event.get("kind") != "hello":
            self.settings["target"] = self.usual("target")
        if aimed and event.get("kind") not in ("hello", "lift"):
            self._aim()

    def situation(self, key: str) -> None:
        """Set up a situation and begin again."""
        chosen = SITUATIONS[key]
        keep = {"pace": self.settings["pace"], "seed": self.settings["seed"]}
        usual = {name: self.usual(name) for name in self.settings}
        self.settings |= usual | keep | dict(chosen.settings)
        self.again()
        self.restart_challenges()

    def again(self) -> None:
        """Begin again with the weights of the seed."""
        s = self.settings
        shape = Shape(s["units_g"], s["units_d"], s["depth"], s["unit"], s["seed"])
        self.duel = Duel(shape, (s["optimizer_g"], s["optimizer_d"]))
        self.count, self.turn, self.mover, self.broken = 0, 0, "", False
        self._ink = (-1, None)
        self._aim()

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another net begins again, another target is aimed at."""
        if self.settings[name] == before:
            return
        if name in REMADE:
            self.again()
        elif name == "target":
            self._aim()

    def evidence(self) -> tuple:
        """Return the settings, the last look, the modes there are, and what is recognised."""
        return self.settings, self.recent[-1], self.modes, self.diagnosis[0]

    def to_link(self) -> dict[str, str]:
        """Return the drawn target."""
        return self.pad.address()

    def left_out(self) -> str:
        """Say that a link begins the training anew."""
        return begun_anew(self.count, "step") or self.pad.left_out()

    def from_link(self, name: str, text: str) -> None:
        """Take a drawn target."""
        self.pad.receive({"kind": "link", "value": text})
        self._aim()

    def script(self) -> str:
        """Return a script that plays the same game with torch's own modules."""
        alone = self.settings["pace"] == "one"  # then a round takes several steps
        rounds = self.count // (int(self.settings["turns"]) + 1) if alone else self.count
        return script(self.settings, rounds)

    def _discriminator(self, rules: Rules) -> None:
        self.duel.discriminator_step(self.target.draw(BATCH, self.duel.random), rules)

    def _aim(self) -> None:
        """Look anew at a target that was just chosen."""
        fixed = torch.Generator().manual_seed(0)
        self.real = self.target.draw(MEASURED, fixed)
        self.z = self.duel.noise(MEASURED, fixed)
        self.looks, self.recent = Course(KEPT), []
        self._look()

    def _look(self) -> None:
        duel, target = self.duel, self.target
        fake = duel.fakes(self.z).clone()
        self.broken = duel.broken or not bool(fake.isfinite().all())
        if self.broken:
            fake = torch.zeros_like(fake)
        p, q = histogram(self.real), histogram(fake)
        right = (duel.judge(self.real) > 0).float().mean(), (duel.judge(fake) < 0).float().mean()
        slope = duel.push(fake, str(self.settings["loss"])).norm(dim=0).mean().item()
        modes = -1 if target.modes is None else int(covered(fake, target.modes, TIGHT).sum())
        look = Look(
            self.count, *duel.losses, js_divergence(p, q), kl_divergence(p, q), modes, slope,
            (sum(right) / 2).item(), *fake.mean(1).tolist(), fake.std(1).mean().item(),
        )  # fmt: skip
        self.looks.note(look)
        self.recent = [*self.recent[-30:], look]
