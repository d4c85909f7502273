"""The cards of the architectures lab: networks that unfold, and your own at its lessons."""

from labs.vision.architectures import Architectures
from labs.vision.architectures import controls as c
from labs.vision.architectures.photograph import Photograph
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


def photo(lab: Photograph) -> list[Card]:
    """Return a photograph under the hand, what the network says, and the maps of its stages."""
    stages = tuple(
        (Panel("maps", panel, name, "", "its strongest maps", f"maps of {name}",
               {"columns": 4, "tile": 38, "click": False, "hover": False}),)
        for panel, name in lab.panels.items()
    )  # fmt: skip
    return [
        PHOTO,
        Card("stages", stages, title="What each stage sees",
             text="Maps keep their places while the photograph changes; each stage has its scale.",
             wrap=True),
        challenges_card(lab.challenges, "paint"),
    ]  # fmt: skip


BARS = {"labels": ("",) * 5, "percent": True, "width": 220, "labelWidth": 200}
PHOTO = Card(
    "photo",
    columns=(
        (Panel("pad", "cover", "The photograph", "", "paint on it",
               "the photograph; what is painted over is grey for the network",
               {"size": 310, "over": "picture"}),
         Panel("camera", "camera", options={"side": 384})),
        (Panel("image", "lit", "What speaks for it", "", "",
               "the photograph, bright where Grad-CAM is large", {"size": 310, "click": False}),
         Panel("image", "cam", "Grad-CAM", "", "", "Grad-CAM of the last stage",
               {"size": 110, "click": False})),
        (Panel("bars", "says", "The network says", "", "click one to ask why",
               "the five likeliest classes", BARS),
         Panel("bars", "before", "Without paint", "", "",
               "the five likeliest classes of the photograph without paint",
               BARS | {"click": False})),
    ),
    controls=c.OF_PHOTO,
    title="Move it, blur it, paint over it",
)  # fmt: skip
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
