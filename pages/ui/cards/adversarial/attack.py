"""The main card, and what is told of the attack beside it."""

from labs.vision.adversarial import Adversarial
from labs.vision.adversarial.controls import controls
from labs.vision.adversarial.nets import measured
from pages.ui.cards.adversarial.after import rivals, survival, transfer
from pages.ui.cards.adversarial.pieces import DIGITS, bars, gradient, image
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

Columns = tuple[tuple[Panel, ...], ...]


def cards(lab: Adversarial) -> list[Card]:
    """Return the cards of the attack on the lab's kind of picture."""
    what = lab.subject
    columns = _photo() if what.kind == "photo" else _digit()
    found = [
        Card("attack", columns=columns, controls=controls(what)),
        _verdict(what.kind),
        _path(),
        challenges_card(lab.challenges, "try", 4),
        survival(what.kind, 7 if len(what.nets) > 1 else 12),
    ]
    if len(what.nets) > 1:
        found.append(transfer(len(what.nets) - 1))
    if any(name.endswith("robust") for name in what.nets):
        found.append(rivals(what.kind, measured(what.kind)))
    return found


def _digit() -> Columns:
    drawing = Panel(
        "pad", "x", "Your drawing", "", "attacked with every stroke", "your drawing",
        {"size": 200, "samples": DIGITS},
    )  # fmt: skip
    return (
        (drawing,),
        (
            image("digit", "seen", "Seen as x", 128, "", "the digit as the network sees it"),
            _gradient("digit", 128),
        ),
        (
            image("digit", "true", "Added x′ − x", 128, "at true scale", "what was added",
                  map="signed", limit=1),
            image("digit", "magnified", "Added x′ − x", 128, "magnified",
                  "what was added, magnified", map="signed"),
        ),
        (image("digit", "adversarial", "Attacked x′", 252, "", "the attacked digit", click=True),),
        (bars("digit", "before", "Before", "what it says of x"),),
        (bars("digit", "after", "After", "what it says of x′"),),
    )  # fmt: skip


def _photo() -> Columns:
    return (
        (image("photo", "seen", "The photograph x", 210, "", "the photograph, clean"),),
        (
            _gradient("photo", 96),
            image("photo", "true", "Added x′ − x", 96, "true scale",
                  "what was added, at true scale on grey"),
        ),
        (image("photo", "magnified", "Added x′ − x", 210, "magnified", "what was added, larger"),),
        (image("photo", "adversarial", "Attacked x′", 210, "", "the attacked photograph"),),
        (
            bars("photo", "before", "Before", "what it says of x"),
            bars("photo", "after", "After", "what it says of x′"),
        ),
    )  # fmt: skip


def _gradient(kind: str, size: int) -> Panel:
    return gradient(kind, "gradient", "Gradient", size, "of the loss at x",
                    "the gradient of the loss at each pixel", click=True)  # fmt: skip


def _verdict(kind: str) -> Card:
    facts = Panel("table", "facts", alt="the verdict", options={"rows": 7, "lines": 4})
    where = "the gradient" if kind == "photo" else "the gradient or of x′"
    pixel = Panel(
        "table", "pixel", "One pixel's arithmetic", "", f"click a pixel of {where}",
        "the arithmetic of one pixel",
        {"rows": 5, "lines": 2, "head": ["", "red", "green", "blue"] if kind == "photo" else []},
    )  # fmt: skip
    return Card("facts", ((facts, pixel),), title="Verdict on the picture in 8 bits", span=4)


def _path() -> Card:
    path = Panel(
        "curve", "path", "Every step", "", "", "loss and lead over the attack's steps",
        {"names": ["loss it works on", "lead of the first class, logits"], "width": 290,
         "height": 150, "yTitle": "loss, lead"},
    )  # fmt: skip
    sight = Panel("table", "masking", "Can the attack see?", "", "signs of gradient masking",
                  "signs of gradient masking", {"rows": 0, "lines": 6})  # fmt: skip
    return Card("path", columns=((path, sight),), title="How it got there", span=4)
