"""An attack under way: its moments so far, and what the network says of the last one."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from labs.images import quantise
from labs.vision.adversarial.ball import Norms, norms
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.record import Slope, Step, fooled, margin

KEPT = 160  # moments; when there are more, only every second, fourth, ... step is kept


@dataclass(frozen=True)
class Moment:
    """One record of the attack, of the picture on the stage alone."""

    count: int  # records before it
    image: Tensor  # (1, C, H, W)
    logits: Tensor  # (1, K)
    loss: float
    margin: float  # of the class that it had, in logits
    says: int
    fooled: int  # of all pictures under attack, as floats


class Run:
    """One plan carried out on one picture, all at once (`finish`) or bit by bit (`advance`)."""

    def __init__(
        self,
        model: nn.Module,
        x: Tensor,
        before: Tensor,
        plan: Plan,
        known: Slope | None = None,
    ) -> None:
        """x: (1, C, H, W), or with `method.many` (N, C, H, W), the first being the one on the
        stage.  before: (N, K), the logits of x.  known: the loss's slope at x, if it was taken.
        """
        self.model, self.plan = model, plan
        self.x, self.before = x[:1], before[:1]
        self.says = int(self.before.argmax())
        self.label = self.says if plan.target is None else plan.target
        self.classes = before.argmax(1)  # (N,), of all pictures before the attack
        y = self.classes if plan.target is None else torch.full((len(x),), plan.target)
        self.moments: list[Moment] = []
        self.count = 0
        self.done = False
        self.shown: int | None = None  # the moment scrubbed to; None: the last
        self._stride = 1  # steps between two moments; the last one is always there
        self._steps = plan.run(model, x, y, known=known)
        self._judged: tuple[int, Verdict] | None = None  # the count of a moment, and its verdict
        self.advance()

    @property
    def begun(self) -> bool:
        """Whether anything happened beyond the start."""
        return self.count > 1 or self.done

    def advance(self) -> bool:
        """Take one more step; False when the attack is over."""
        step: Step | None = next(self._steps, None)
        if step is None:
            self.done = True
            return False
        self._note([step])
        return True

    def finish(self) -> "Run":
        """Carry the plan out to its end."""
        self._note(list(self._steps))
        self.done = True
        return self

    def _note(self, steps: Sequence[Step]) -> None:
        """Keep what is looked at of these steps, read off them all at once."""
        if not steps:
            return
        logits = torch.cat([step.logits[:1] for step in steps])  # (T, K)
        lead = margin(logits, torch.full((len(steps),), self.says)).tolist()
        loss = torch.cat([step.loss[:1] for step in steps]).tolist()
        said = logits.argmax(1).tolist()
        for i, step in enumerate(steps):
            image = step.image[:1].clone()
            won = self._fooled(step) if len(self.classes) > 1 else int(self.fools(said[i]))
            self._keep(Moment(self.count, image, logits[i : i + 1], loss[i], lead[i], said[i], won))
            self.count += 1

    def _keep(self, moment: Moment) -> None:
        """Add a moment; let go of those between two strides."""
        if self.moments and self.moments[-1].count % self._stride:
            self.moments.pop()
        self.moments.append(moment)
        if len(self.moments) > KEPT:
            self._stride *= 2
            self.moments = [*self.moments[:-1:2], moment]
            self.shown = None if self.shown is None else self.shown // 2

    def _fooled(self, step: Step) -> int:
        now = step.logits.argmax(1)
        return int(fooled(self.classes, now, self.plan.target).sum())

    def fools(self, now: int, was: int | None = None) -> bool:
        """Whether the attack has fooled whoever says `now` of the attacked picture.

        was: what they say of the clean picture; None: they are the net under attack.  An attack
        that aims at the class that the picture has for this net fools nobody else either.
        """
        target = self.plan.target
        return target != self.says and fooled(self.says if was is None else was, now, target)

    @property
    def moment(self) -> Moment:
        """The moment on the stage."""
        return self.moments[-1 if self.shown is None else self.shown]

    @property
    def verdict(self) -> "Verdict":
        """What the network says of the moment on the stage."""
        moment = self.moment
        if self._judged is None or self._judged[0] != moment.count:
            image = quantise(moment.image)
            with torch.no_grad():
                logits = self.model(image)
            won, as_float = self.fools(int(logits.argmax())), self.fools(moment.says)
            sizes = norms(image - self.x)
            self._judged = moment.count, Verdict(image, logits, won, as_float, sizes)
        return self._judged[1]


@dataclass(frozen=True)
class Verdict:
    """The picture as a file would hold it, and whether it fools; the float picture beside it."""

    image: Tensor  # (1, C, H, W), rounded to 8 bits
    logits: Tensor  # (1, K), of it
    won: bool  # of the 8-bit picture
    won_as_float: bool
    norms: Norms  # of the 8-bit picture's change

    @property
    def says(self) -> int:
        """The class that the 8-bit picture is given."""
        return int(self.logits.argmax())

    @property
    def p(self) -> Tensor:
        """softmax(logits): (K,)."""
        return self.logits[0].softmax(0)
