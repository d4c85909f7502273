"""The card of adversarial training."""

from labs.vision.adversarial.defence import CONTROLS
from pages.ui.cards.adversarial.pieces import gradient, image
from pages.ui.stage import Card, Panel, Transport

LINES = ("standard, clean", "standard, attacked", "robust, clean", "robust, attacked")


def _net(key: str, title: str) -> tuple[Panel, ...]:
    return (
        Panel("maps", f"{key}.kernels", f"{title}: conv1", "6 kernels", "", f"kernels, {title}",
              {"columns": 3, "tile": 52, "click": False}),
        gradient("digit", f"{key}.slope", "Its gradient", 164, "",
                 f"gradient of the winning logit, {title}"),
    )  # fmt: skip


DEFENCE = Card(
    "defence",
    columns=(
        (
            Panel("curve", "robustness", "Accuracy", "", "", "accuracies over steps",
                  {"names": LINES, "low": 0, "high": 1, "yTitle": "share right", "width": 460,
                   "height": 300}),
        ),
        (
            image("digit", "pupils.clean", "A test digit", 128, "", "the test digit"),
            image("digit", "pupils.attacked", "Attacked", 128, "for the robust net",
                  "the test digit, attacked"),
        ),
        _net("standard", "Standard"),
        _net("robust", "Robust"),
    ),
    text="Roughness: how much neighbouring weights differ, over their mean size. What takes the "
    "figure's shape is the robust net's gradient; its kernels turn sparse rather than smooth, as "
    "Madry et al. found on MNIST.",
    controls=(Transport(), *CONTROLS),
)  # fmt: skip
