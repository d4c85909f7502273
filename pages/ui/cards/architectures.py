"""The cards of the architectures lab: networks that unfold, and your own at its lessons."""

from labs.vision.architectures import Architectures
from labs.vision.architectures import controls as c
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

INSPECT = Card(
    "inspect",
    columns=((Panel("arithmetic", "arithmetic", alt="what the chosen layer costs",
                    options={"height": 110}),),),
    title="The layer you clicked",
    span=7,
)  # fmt: skip


def cards(lab: Architectures) -> list[Card]:
    """Return one network or two, the arithmetic of the chosen layer, and the challenges."""
    nets = [network("left", str(lab.settings["net"]), c.CONTROLS)]
    if (beside := str(lab.settings["beside"])) != c.NONE:
        nets.append(network("right", beside))
    return [*nets, INSPECT, challenges_card(lab.challenges, "look around", 5)]


def network(panel: str, net: str, controls: tuple = ()) -> Card:
    """Return one network as blocks."""
    title = c.TITLES[net]
    alt = f"the layers of {title} from input to output"
    return Card(f"card.{panel}", ((Panel("blocks", panel, title, "", "", alt),),), controls)


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
    controls=(Transport(), c.RATE, c.AGAIN, c.FRESH),
)  # fmt: skip
