"""The cards of the adversarial lab: before, what was added, after; then what becomes of it."""

from collections.abc import Mapping, Sequence

from labs.challenges import Challenge
from pages.ui.dares import dares
from pages.ui.stage import (
    Button,
    Card,
    Choice,
    Control,
    Knob,
    Panel,
    Select,
    Timeline,
    Transport,
)  # fmt: skip

DIGITS = tuple(str(i) for i in range(10))
NORMS = (("linf", "L∞"), ("l2", "L2"), ("l1", "L1"))
SIDES = {"digit": "28²", "photo": ""}


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
    start = (("picture", "at the picture"), ("random", "at random"))
    found: tuple[Control, ...] = (
        Select("attack", "attack", tuple(attacks.items()), "fgsm", shown=True),
        Select("target", "turn it into", targets, "any", shown=True),
        Choice("norm", "measured in", NORMS, "linf", shown=True),
        Knob("eps_linf", "ε", 0, limits["linf"], settings["eps_linf"],
             step=0.25 if photo else 0.5, digits=2 if photo else 1, unit="/255"),
        Knob("eps_l2", "ε", 0, limits["l2"], settings["eps_l2"], step=0.01, digits=2),
        Knob("eps_l1", "ε", 0, limits["l1"], settings["eps_l1"], step=0.1, digits=1),
        Button("least", "To the smallest that fools"),
        Knob("steps", "steps", 1, 40, 10),
        Knob("momentum", "momentum", 0, 1, 0, step=0.05, digits=2),
        Choice("start", "start", start, "picture", shown=True),
        Knob("confidence", "confidence", 0, 20, 0, step=0.5, digits=1),
        Knob("pixels", "pixels", 1, 20, 5),
        Knob("size", "patch", 3, 14, 9, unit=" px"),
        Select("net", "network", tuple(nets.items()), next(iter(nets)), shown=True),
    )  # fmt: skip
    if photo:
        found += (Select("photo", "photograph", (*((n, n) for n in photos), ("yours", "your own")),
                         str(settings["photo"]), shown=True),)  # fmt: skip
    return found


SURVIVAL = (
    Knob("quality", "JPEG quality", 5, 100, 75),
    Knob("blur", "blur σ", 0, 2.5, 0.7, step=0.05, digits=2, unit=" px"),
    Knob("turn", "turn", -45, 45, 10, unit="°"),
    Knob("crop", "crop", 0, 8, 2, unit=" px"),
)


def _image(kind: str, name: str, title: str, size: int, note: str, alt: str, **more) -> Panel:
    options = {"size": size, "click": False} | more
    if kind == "digit" and "map" not in options and name not in ("true", "magnified"):
        options |= {"map": "ink", "limit": 1}
    return Panel("image", name, title, SIDES[kind], note, alt, options)


def _bars(kind: str, name: str, title: str, note: str = "", width: int = 0) -> Panel:
    options = {"labels": DIGITS, "percent": True, "click": False, "width": width or 140}
    if kind == "photo":
        options |= {"labels": [""] * 5, "width": width or 250, "labelWidth": 120}
    return Panel("bars", name, title, "", note, f"probabilities, {title.lower()}", options)


def _main(kind: str, knobs: Sequence[Control]) -> Card:
    photo = kind == "photo"
    seen = _image(kind, "seen", "The photograph" if photo else "Seen as", 236 if photo else 128,
                  "", "the clean picture as the network sees it")  # fmt: skip
    gradient = _image(
        kind, "gradient", "Gradient", 128, "of the loss", "the gradient of the loss at each pixel",
        map="gradient", scale="layer", click=True,
    )  # fmt: skip
    drawing = Panel(
        "pad", "x", "Your drawing", "", "attacked with every stroke", "your drawing",
        {"size": 200, "samples": DIGITS},
    )  # fmt: skip
    added = (
        _image(kind, "true", "Added", 128, "at true scale", "the perturbation at true scale",
               **({} if photo else {"limit": 1})),
        _image(kind, "magnified", "Added", 128, "magnified", "the perturbation, magnified"),
    )  # fmt: skip
    after = _image(
        kind, "adversarial", "Attacked", 236, "", "the adversarial picture", click=not photo
    )
    columns: tuple[tuple[Panel, ...], ...]
    columns = ((seen,), (gradient,), added) if photo else ((drawing,), (seen, gradient), added)
    bars = (_bars(kind, "before", "Before"), _bars(kind, "after", "After"))
    return Card(
        "attack",
        columns=(*columns, (after,), *((bars,) if photo else ((bar,) for bar in bars))),
        controls=(*knobs, Timeline("moments", "step", "step of the attack"), Transport()),
    )


def cards(
    kind: str,
    knobs: Sequence[Control],
    challenges: Sequence[Challenge],
    nets: Sequence[str],
    measured: str,
) -> list[Card]:
    """Return the cards of the attack.

    nets: the names of those that know this kind of picture.  measured: a sentence of how much the
    standard and the robust one withstand.
    """
    facts = Panel("table", "facts", alt="the verdict", options={"rows": 7, "lines": 4})
    path = Panel(
        "curve", "path", "Every step", "", "", "loss and lead over the attack's steps",
        {"names": ["loss it works on", "lead of the first class, logits"], "width": 290,
         "height": 130, "yTitle": "loss, lead"},
    )  # fmt: skip
    sight = Panel("table", "masking", "Can the attack see?", "", "", "signs of gradient masking",
                  {"rows": 0, "lines": 5})  # fmt: skip
    pixel = Panel("table", "pixel", options={
        "rows": 5, "lines": 2, "head": ["", "red", "green", "blue"] if kind == "photo" else [],
    })  # fmt: skip
    click = "Click a pixel of the gradient" + (
        "." if kind == "photo" else " or of the attacked picture."
    )
    found = [
        _main(kind, knobs),
        Card("facts", columns=((facts,),), title="Verdict on the picture in 8 bits", span=4),
        Card("path", columns=((path, sight),), title="How it got there", span=4),
        dares(challenges, "try", 4),
        _survive(kind),
        Card("pixel", columns=((pixel,),), title="One pixel's arithmetic", span=4, text=click),
    ]
    if len(nets) > 1:
        found.append(_transfer(len(nets) - 1))
    if any(name.endswith("robust") for name in nets):
        found.append(_rivals(kind, measured))
    return found


def _survive(kind: str) -> Card:
    titles = {
        "eight": "As a PNG", "jpeg": "JPEG", "blur": "Blurred", "turn": "Turned", "crop": "Cropped",
    }  # fmt: skip
    return Card(
        "survive",
        columns=tuple(
            (_image(kind, f"survive.{name}", title, 112, "", f"the attacked picture: {title}"),)
            for name, title in titles.items()
        ),
        controls=SURVIVAL,
        title="Does it survive?",
        text="The attacked picture after what pictures go through, read again by the same net.",
        span=8,
        wrap=True,
    )


def _transfer(others: int) -> Card:
    head = ["network", "clean", "attacked", "fooled too?"]
    table = Panel("table", "transfer", options={"rows": others, "lines": 0, "head": head})
    return Card(
        "survive-transfer", columns=((table,),), title="Does it transfer?", span=5,
        text="The same picture shown to nets that the attack has never met.",
    )  # fmt: skip


def _rivals(kind: str, measured: str) -> Card:
    nets = (("standard", "Standard net"), ("robust", "Robust net"))
    return Card(
        "rivals",
        columns=(
            tuple(_image(kind, f"{key}.image", title, 150, "", f"{title}, attacked")
                  for key, title in nets),
            tuple(_image(kind, f"{key}.gradient", "Its gradient", 150, "of the winning logit",
                         f"{title}: gradient at the pixels", map="gradient", scale="layer")
                  for key, title in nets),
            tuple(_bars(kind, f"{key}.after", "Attacked, it says", width=210) for key, _ in nets),
        ),
        title="Standard and robust, side by side",
        text="Both under the same attack, each by its own gradient. What the robust net reacts to "
        f"is the figure itself. {measured}",
        span=7,
        wrap=True,
    )  # fmt: skip


def turning(nets: Mapping[str, str]) -> Card:
    """Return the table of what each digit needs to become each other."""
    return Card(
        "turning",
        columns=((Panel(
            "cells", "turning", "Smallest ε", "10×10", "", "smallest budget from digit to digit",
            {"cell": 28, "map": "unsigned", "limit": 128, "digits": 0,
             "rowTitle": "the digit drawn", "colTitle": "what it becomes"},
        ),),),
        controls=(
            Transport(step="row"), Button("again", "Again"),
            Select("net", "network", tuple(nets.items()), "lenet-mnist", shown=True),
        ),
    )  # fmt: skip


BUDGET = Knob("budget", "opponent's ε", 0, 80, 38, unit="/255")
LEARNING_RATE = Knob("learning_rate", "learning rate", 1e-3, 0.3, 0.03, log=True)


def _pupil(key: str, title: str) -> tuple[Panel, ...]:
    return (
        Panel("maps", f"{key}.kernels", f"{title}: conv1", "6 kernels", "", f"kernels, {title}",
              {"columns": 3, "tile": 52, "click": False}),
        Panel("image", f"{key}.slope", "gradient at a test digit", "28²", "",
              f"gradient of the winning logit, {title}",
              {"size": 160, "click": False, "scale": "layer"}),
    )  # fmt: skip


DEFENCE = Card(
    "defence",
    columns=(
        (Panel(
            "curve", "robustness", "Accuracy", "", "", "accuracies over steps",
            {"names": ["standard, clean", "standard, attacked", "robust, clean",
                       "robust, attacked"],
             "low": 0, "high": 1, "yTitle": "share right", "width": 430, "height": 240},
        ),),
        _pupil("standard", "Standard"),
        _pupil("robust", "Robust"),
    ),
    controls=(
        Transport(), LEARNING_RATE, BUDGET, Button("again", "Same weights again"),
        Button("fresh", "New weights"),
    ),
)  # fmt: skip

SOURCES = (
    ("Szegedy et al. (2013): Intriguing properties of neural networks (L-BFGS)",
     "https://arxiv.org/abs/1312.6199"),
    ("Goodfellow, Shlens & Szegedy (2014): Explaining and harnessing adversarial examples (FGSM)",
     "https://arxiv.org/abs/1412.6572"),
    ("Madry et al. (2017): Towards deep learning models resistant to adversarial attacks (PGD)",
     "https://arxiv.org/abs/1706.06083"),
    ("Moosavi-Dezfooli et al. (2015): DeepFool", "https://arxiv.org/abs/1511.04599"),
    ("Carlini & Wagner (2016): Towards evaluating the robustness of neural networks",
     "https://arxiv.org/abs/1608.04644"),
    ("Su et al. (2017): One pixel attack", "https://arxiv.org/abs/1710.08864"),
    ("Andriushchenko et al. (2019): Square attack", "https://arxiv.org/abs/1912.00049"),
    ("Moosavi-Dezfooli et al. (2016): Universal adversarial perturbations",
     "https://arxiv.org/abs/1610.08401"),
    ("Brown et al. (2017): Adversarial patch", "https://arxiv.org/abs/1712.09665"),
    ("Dong et al. (2017): Boosting adversarial attacks with momentum",
     "https://arxiv.org/abs/1710.06081"),
    ("Athalye, Carlini & Wagner (2018): Obfuscated gradients give a false sense of security",
     "https://arxiv.org/abs/1802.00420"),
    ("Tsipras et al. (2018): Robustness may be at odds with accuracy",
     "https://arxiv.org/abs/1805.12152"),
)  # fmt: skip
