"""What the page asks a visitor to try, and how it knows that it was done."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge
from labs.vision.adversarial.nets import MASKED

if TYPE_CHECKING:
    from labs.vision.adversarial.experiment import Adversarial

SMALL = {"digit": 25, "photo": 1}  # of L-infinity, in 1/255
FEW = {"digit": 8, "photo": 15}  # values


def _small(lab: "Adversarial") -> bool:
    sizes = lab.run.verdict.norms
    return lab.run.verdict.won and 0 < sizes.linf <= (SMALL[lab.subject.kind] + 0.5) / 255


def _becomes(lab: "Adversarial") -> bool:
    return lab.label(lab.run.says) == "3" and lab.plan.target == 8 and lab.run.verdict.won


def _dressed(lab: "Adversarial") -> bool:
    target, photo = lab.plan.target, lab.settings["photo"]
    aims = target is not None and lab.label(target) == "goldfish"
    return aims and photo == "coffee" and lab.run.verdict.won


def _few(lab: "Adversarial") -> bool:
    return lab.run.verdict.won and 0 < int(lab.run.verdict.norms.l0) <= FEW[lab.subject.kind]


def _tough(lab: "Adversarial") -> bool:
    mild = lab.settings["quality"] <= 75 and abs(lab.settings["turn"]) >= 10
    return bool(mild and all(lab.survived.get(name) for name in ("jpeg", "turn", "eight")))


def _seeing(lab: "Adversarial") -> bool:
    return lab.settings["net"] == MASKED and lab.run.verdict.won


def challenges(kind: str) -> tuple[Challenge, ...]:
    """Return the challenges of a kind of picture."""
    digit = kind == "digit"
    found = [
        Challenge(
            "small",
            f"Fool it although no pixel moves by more than {SMALL[kind]}/255.",
            "PGD rather than FGSM, and “To the smallest that fools”. Some pictures are easier.",
            _small,
        ),
        Challenge(
            "becomes", "Turn a 3 into an 8.", "Sample 3, a target, and a few steps.", _becomes
        )
        if digit
        else Challenge(
            "goldfish", "Turn the coffee into a goldfish.", "PGD with a target.", _dressed
        ),
        Challenge(
            "few",
            f"Fool it by changing {FEW[kind]} values or fewer.",
            "The attack that changes a few pixels, or PGD in L1; simple drawings fall first.",
            _few,
        ),
        Challenge(
            "tough",
            "Make an attack that still fools after JPEG (75 or worse) and after a turn by 10°.",
            "More than the smallest budget, and a net that is no friend of turns.",
            _tough,
        ),
    ]
    if digit:
        found.append(
            Challenge(
                "seeing",
                "“LeNet-5, logits × 100” shrugs off FGSM. Fool it all the same.",
                "Its loss has no gradient left: climb another one, or none at all.",
                _seeing,
            )
        )
    return tuple(found)
