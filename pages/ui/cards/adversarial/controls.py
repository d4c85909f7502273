"""The controls of the attack."""

from collections.abc import Mapping, Sequence

from pages.ui.stage import Button, Choice, Control, Knob, Select

NORMS = (("linf", "L∞"), ("l2", "L2"), ("l1", "L1"))
STARTS = (("picture", "at the picture"), ("random", "at random"))


def controls(
    kind: str,
    nets: Mapping[str, str],
    attacks: Mapping[str, str],
    labels: Sequence[str],
    limits: Mapping[str, float],
    settings: Mapping[str, str | float],
    photos: Sequence[str],
) -> tuple[Control, ...]:
    """Return the controls of the attack.

    nets, attacks: name -> title.  labels: of the classes.  limits: the end of each norm's slider.
    settings: what the lab opens with.
    """
    classes = sorted(enumerate(labels), key=lambda item: item[1])
    targets = (("any", "any other class"), *((str(i), label) for i, label in classes))
    photo = kind == "photo"
    picture: tuple[Control, ...] = ()
    if photo:
        pictures = (*((n, n) for n in photos), ("yours", "your own"))
        chosen = str(settings["photo"])
        picture = (Select("photo", "photograph", pictures, chosen, shown=True),)
    return (
        Select("attack", "attack", tuple(attacks.items()), str(settings["attack"]), shown=True),
        Select("target", "turn it into", targets, "any", shown=True),
        Choice("norm", "measured in", NORMS, "linf", shown=True),
        Select("net", "network", tuple(nets.items()), next(iter(nets)), shown=True),
        Knob("eps_linf", "ε", 0, limits["linf"], settings["eps_linf"], wide=True,
             step=0.25 if photo else 0.5, digits=2 if photo else 1, unit="/255"),
        Knob("eps_l2", "ε", 0, limits["l2"], settings["eps_l2"], step=0.01, digits=2, wide=True),
        Knob("eps_l1", "ε", 0, limits["l1"], settings["eps_l1"], step=0.1, digits=1, wide=True),
        Button("least", "To the smallest that fools"),
        *picture,
        Knob("steps", "steps", 1, 40, 10),
        Knob("momentum", "momentum", 0, 1, 0, step=0.05, digits=2),
        Choice("start", "start", STARTS, "picture", shown=True),
        Knob("overshoot", "overshoot", 0, 0.5, 0.02, step=0.01, digits=2),
        Knob("confidence", "confidence", 0, 20, 0, step=0.5, digits=1),
        Knob("pixels", "pixels", 1, 20, 5),
        Knob("size", "patch", 3, 14, 9, unit=" px"),
    )  # fmt: skip
