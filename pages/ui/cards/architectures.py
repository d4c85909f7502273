"""The cards of the architectures lab: networks that unfold, and your own at its lessons."""

from collections.abc import Sequence

from labs.live.challenges import Challenge
from pages.ui.challenges import challenges_card
from pages.ui.stage import Button, Card, Knob, Panel, Select, Transport

NETS = (
    ("lenet", "LeNet-5"), ("alexnet", "AlexNet"), ("vgg16", "VGG-16"), ("googlenet", "GoogLeNet"),
    ("resnet18", "ResNet-18"), ("resnet50", "ResNet-50"), ("squeezenet", "SqueezeNet 1.1"),
    ("mobilenet_v2", "MobileNetV2"), ("photo", "PhotoNet (ours)"),
)  # fmt: skip
NET = Select("net", "network", NETS, "alexnet", shown=True)
BESIDE = Select("beside", "beside it", (("none", "nothing"), *NETS), "none", shown=True)
SIDE = Knob("side", "input side", 1, 512, 224, unit=" px")
CONTROLS = (NET, BESIDE, SIDE)

TITLES = dict(NETS)


def network(panel: str, net: str, controls: tuple = (), span: int = 12) -> Card:
    """One network as blocks."""
    title = TITLES[net]
    alt = f"the layers of {title} from input to output"
    return Card(
        f"card.{panel}",
        columns=((Panel("blocks", panel, title, "", "", alt),),),
        controls=controls,
        span=span,
    )


def cards(net: str, beside: str, challenges: Sequence[Challenge]) -> list[Card]:
    """Return one network or two, the arithmetic of the chosen layer, and the challenges."""
    controls = (NET, BESIDE, SIDE, Button("unfold", "Unfold all"), Button("fold", "Fold all"))
    nets = [network("left", net, controls)]
    if beside != "none":
        nets.append(network("right", beside))
    inspect = Card(
        "inspect",
        columns=(
            (
                Panel(
                    "arithmetic",
                    "arithmetic",
                    alt="what the chosen layer costs",
                    options={"height": 110},
                ),
            ),
        ),
        title="The layer you clicked",
        span=7,
    )
    return [*nets, inspect, challenges_card(challenges, "look around", 5)]


RATE = Knob("rate", "learning rate", 1e-4, 3.0, 0.02, log=True)
TRAINING = Card(
    "training",
    columns=(
        (
            Panel("curve", "loss", "Loss", "", "cross-entropy, nats", "loss over steps",
                  {"names": ["training", "test"], "log": True, "yTitle": "loss", "width": 420}),
        ),
        (
            Panel("curve", "accuracy", "Accuracy", "", "of the test digits",
                  "share of test digits read right over steps",
                  {"names": ["test"], "low": 0, "high": 1, "yTitle": "share right", "width": 420}),
        ),
    ),
    controls=(
        Transport(), RATE, Button("again", "Same weights again"), Button("fresh", "Other weights"),
    ),
)  # fmt: skip
