"""What can be turned, chosen and pressed: of the attack, of what becomes of it, of the table."""

from labs.data.photos import NAMES
from labs.live.controls import Button, Choice, Control, Knob, Select, Timeline, Transport
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.nets import DIGIT_NETS, here
from labs.vision.adversarial.plan import ANY, largest
from labs.vision.adversarial.subjects import YOURS, Photograph, Subject

TITLES = tuple((name, attack.title) for name, attack in ATTACKS.items())
NORMS = (("linf", "L∞"), ("l2", "L2"), ("l1", "L1"))
LARGE = 100  # pixels a side, from where a small patch is too small to be seen by the net
STARTS = (("picture", "at the picture"), ("random", "at random"))
SURVIVAL = (
    Knob("quality", "JPEG quality", 5, 100, 75),
    Knob("blur", "blur σ", 0, 2.5, 0.7, step=0.05, digits=2, unit=" px"),
    Knob("turn", "turn", -45, 45, 10, unit="°"),
    Knob("crop", "crop", 0, 8, 2, unit=" px"),
)
TABLE = (
    Transport(step="row"),
    Button("again", "Again"),
    Select("net", "network", tuple(here(DIGIT_NETS).items()), "lenet-mnist", shown=True),
)


def controls(what: Subject) -> tuple[Control, ...]:
    """Return the controls of the attack on a kind of picture, as they stand in a row."""
    classes = sorted(enumerate(what.labels), key=lambda item: item[1])
    targets = ((ANY, "any other class"), *((str(i), label) for i, label in classes))
    first, photo = what.opening, isinstance(what, Photograph)
    sizes = (3, 14, 9) if what.side < LARGE else (3, 112, 72)  # 72: a tenth of the picture
    pictures = (*((name, name) for name in NAMES), (YOURS, "your own"))

    def budget(norm: str, step: float, digits: int, unit: str = "") -> Knob:
        name = f"eps_{norm}"
        return Knob(name, "ε", 0, largest(what, norm), first[name], step, unit=unit, digits=digits,
                    wide=True)  # fmt: skip

    return (
        Select("attack", "attack", TITLES, first["attack"], shown=True),
        Select("target", "turn it into", targets, ANY, shown=True),
        Choice("norm", "measured in", NORMS, "linf", shown=True),
        Select("net", "network", tuple(what.nets.items()), next(iter(what.nets)), shown=True),
        budget("linf", 0.25, 2, "/255") if photo else budget("linf", 0.5, 1, "/255"),
        budget("l2", 0.01, 2),
        budget("l1", 0.1, 1),
        Button("least", "To the smallest that fools", press="to_least"),
        *([Select("photo", "photograph", pictures, what.name, shown=True)] if photo else []),
        Knob("steps", "steps", 1, 40, 10, whole=True),
        Knob("momentum", "momentum", 0, 1, 0, step=0.05, digits=2),
        Choice("start", "start", STARTS, "picture", shown=True),
        Knob("overshoot", "overshoot", 0, 0.5, 0.02, step=0.01, digits=2),  # the paper's
        Knob("confidence", "confidence", 0, 20, 0, step=0.5, digits=1),
        Knob("pixels", "pixels", 1, 20, 5, whole=True),
        Knob("size", "patch", *sizes, unit=" px", whole=True),
        Timeline("moments", "step", "step of the attack"),
        Transport(until=False),
        Button("again", "From the start"),
    )
