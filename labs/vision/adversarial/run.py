"""An attack under way: its moments so far, and what the network says of the last one."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from labs.vision.adversarial.ball import Norms, norms
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.record import Step, margin

KEPT = 160  # moments; when there are more, every other one is let go


@dataclass(frozen=True)
class Moment:
    """One record of the attack, of the picture on the stage alone."""

    count: int  # records before it
    image: Tensor  # (1, C, H, W)
    logits: Tensor  # (1, K)
    loss: float
    margin: float  # of the class that it had, in logits
    says: int


class Run:
    """One plan carried out on one picture, all at once (`finish`) or bit by bit (`advance`)."""

    def __init__(self, model: nn.Module, x: Tensor, before: Tensor, plan: Plan) -> None:
        """x: (1, C, H, W), or with `method.many` (N, C, H, W), the first being the one on the
        stage.  before: (N, K), the logits of x.
        """
        self.model, self.plan = model, plan
        self.x, self.before = x[:1], before[:1]
        self.says = int(self.before.argmax())
        self.label = self.says if plan.target is None else plan.target
        y = before.argmax(1) if plan.target is None else torch.full((len(x),), plan.target)
        self.moments: list[Moment] = []
        self.count = 0
        self.done = False
        self.shown: int | None = None  # the moment scrubbed to; None: the last
        self._steps = plan.run(model, x, y)
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
        was = torch.tensor([self.says])
        self.moments.append(
            Moment(
                self.count, step.image[:1].clone(), step.logits[:1].clone(),
                step.loss[0].item(), margin(step.logits[:1], was).item(),
                int(step.logits[0].argmax()),
            )
        )  # fmt: skip
        self.count += 1
        if len(self.moments) > KEPT:
            self.moments = self.moments[:1] + self.moments[1:-1:2] + self.moments[-1:]
        return True

    def finish(self) -> "Run":
        """Carry the plan out to its end."""
        while self.advance():
            pass
        return self

    def fools(self, said: int) -> bool:
        """Whether a verdict is what the attack is after."""
        return said != self.says if self.plan.target is None else said == self.plan.target

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
            sizes = norms(image - quantise(self.x))
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


def quantise(x: Tensor) -> Tensor:
    """Return x in [0, 1] rounded to the 256 levels that a file has."""
    return (x * 255).round() / 255
