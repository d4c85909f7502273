"""The drawing read by other nets: trained on distortions or not, its pixels in order or not."""

from collections.abc import Mapping

from labs.vision.digit.controls import DIGITS, REROLL, STRENGTH, TILT
from pages.ui.stage import Card, Panel


def _opinion(name: str, title: str, shape: str, note: str, alt: str) -> Panel:
    """Bars of ten probabilities that are only looked at."""
    options = {"labels": DIGITS, "percent": True, "click": False, "width": 150}
    return Panel("bars", name, title, shape, note, alt, options)


COPIES = Panel(
    "maps", "distorted", "Your digit, distorted", "24 times", "",
    "24 distorted copies of the drawing",
    {"columns": 6, "tile": 48, "map": "ink", "click": False, "limit": 1},
)  # fmt: skip


def distortions(accuracies: Mapping[str, float]) -> Card:
    """The drawing distorted, read by a net that was trained on such digits and one that was not.

    accuracies: measured test accuracy by panel name.
    """

    def panel(name: str, title: str, note: str) -> Panel:
        alt = f"what the net {note} says"
        return _opinion(name, title, f"{accuracies[name]:.1%}", note, alt)

    return Card(
        "distortions",
        columns=(
            (COPIES,),
            (panel("with", "With", "trained on distortions"),),
            (panel("without", "Without", "trained on MNIST as it is"),),
        ),
        controls=(TILT, STRENGTH, REROLL),
        title="Augmentation",
        text="Training digits were distorted like this. Tilt your own, and compare with a net that "
        "never saw a tilted one. Above the bars: right on MNIST's test digits.",
        span=7,
    )


def readers(accuracies: Mapping[str, float]) -> Card:
    """The same drawing read by three nets, and again with its pixels shuffled.

    accuracies: measured test accuracy by panel name.
    """
    titles = {"softmax": "softmax", "dense": "dense 784-128-10", "lenet": "LeNet-5"}

    def panel(name: str, title: str) -> Panel:
        note = f"{accuracies[name]:.1%} on test"
        return _opinion(f"reader.{name}", title, "", note, f"what {title} says")

    pixels = {"size": 104, "map": "ink", "click": False, "limit": 1}
    return Card(
        "readers",
        columns=(
            (Panel("image", "seen", "Straight", "28²", "", "the digit", pixels),),
            *((panel(name, title),) for name, title in titles.items()),
            (Panel("image", "shuffled", "Shuffled", "28²", "", "its pixels shuffled", pixels),),
            *((panel(f"{name}_shuffled", title),) for name, title in titles.items()),
        ),
        title="Is structure worth it?",
        text="On the right the pixels of every picture are shuffled in the same way. The dense "
        "nets lose nothing, exactly; the convolutional net loses its advantage: neighbours no "
        "longer belong together.",
    )
