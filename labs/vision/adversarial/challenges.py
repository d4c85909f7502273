"""What the page asks a visitor to try, and how it knows that it was done."""

from collections.abc import Mapping

from labs.live.challenges import Challenge
from labs.vision.adversarial.nets import MASKED
from labs.vision.adversarial.scene import Scene

SMALL = {"digit": 25, "photo": 1}  # of L-infinity, in 1/255
FEW = {"digit": 8, "photo": 15}  # values
SURE = 0.9  # the probability of a goldfish
Survived = Mapping[str, bool]  # by treatment, if that is in sight


def _small(now: Scene, _: Survived) -> bool:
    largest = (SMALL[now.subject.kind] + 0.5) / 255
    return now.won and 0 < now.verdict.norms.linf <= largest


def _becomes(now: Scene, _: Survived) -> bool:
    return now.label(now.run.says) == "3" and now.plan.target == 8 and now.won


def _dressed(now: Scene, _: Survived) -> bool:
    target, photo = now.plan.target, now.settings["photo"]
    aims = target is not None and now.label(target) == "goldfish"
    sure = aims and now.verdict.p[target] > SURE
    return sure and photo == "coffee" and now.won


def _few(now: Scene, _: Survived) -> bool:
    return now.won and 0 < int(now.verdict.norms.l0) <= FEW[now.subject.kind]


def _tough(now: Scene, survived: Survived) -> bool:
    mild = now.settings["quality"] <= 75 and abs(now.settings["turn"]) >= 10
    return bool(mild and all(survived.get(name) for name in ("jpeg", "turn", "eight")))


def _seeing(now: Scene, _: Survived) -> bool:
    return now.settings["net"] == MASKED and now.won


def challenges(kind: str) -> tuple[Challenge, ...]:
    """Return the challenges of a kind of picture."""
    of_digits = (
        Challenge(
            "becomes", "Turn a 3 into an 8.", "Sample 3, a target, and a few steps.", _becomes
        ),
        Challenge(
            "seeing",
            "“LeNet-5, logits × 100” shrugs off FGSM. Fool it all the same.",
            "Its loss has no gradient left: climb another one, or none at all.",
            _seeing,
        ),
    )
    of_photos = (
        Challenge(
            "goldfish",
            "Turn the coffee into a goldfish, of which the net is sure to 90 %.",
            "PGD with a target, and more room than it needs to win.",
            _dressed,
        ),
    )
    aimed, *more = of_digits if kind == "digit" else of_photos
    return (
        Challenge(
            "small",
            f"Fool it although no pixel moves by more than {SMALL[kind]}/255.",
            "PGD rather than FGSM, and “To the smallest that fools”. Some pictures are easier.",
            _small,
        ),
        aimed,
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
        *more,
    )
