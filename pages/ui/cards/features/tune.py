"""Two heads on one body."""

from labs.vision.features.tune import Tune
from pages.ui.stage import Card, Panel, Transport


def curve(name: str, title: str, note: str, names: list[str], **more: object) -> Panel:
    """Return the panel of one measured quantity."""
    options = {"names": names, "width": 285, "height": 190, "last": False} | more
    return Panel("curve", name, title, "", note, f"{title} over steps", options)


SHARE = {"low": 0, "high": 1, "yTitle": "share"}
TUNE = Card(
    "tune",
    columns=(
        (Panel("photo", "some", "The drawings", "", "", "nine of the drawings",
               {"size": 200, "pointer": False}),),
        (curve("form", "Form told right", "of drawings held out",
               ["frozen", "form alone", "together"], **SHARE),),
        (curve("colour", "Colour told right", "of drawings held out",
               ["frozen", "colour alone", "together"], **SHARE),),
        (curve("kept", "Photographs still known", "ImageNet's own head says what it said",
               ["frozen", "form", "colour", "together"], **SHARE),),
    ),
    controls=(Transport(), *Tune.controls),
)  # fmt: skip
WAYS = Card(
    "ways",
    columns=(
        (Panel("table", "ways", alt="what each way costs and gives",
               options={"head": ["trained", "numbers", "bodies for both answers", "form", "colour",
                                 "photographs"], "rows": 4, "lines": 1}),),
        (curve("losses", "Loss", "of both tasks together, or of one",
               ["frozen", "form", "colour", "together"], yTitle="loss"),),
    ),
    title="What it costs, what it gives",
    wrap=True,
)  # fmt: skip
CARDS = (TUNE, WAYS)
