"""The cards of driving and imitating: the road, what the car sees, what the net learns."""

from labs.play.driving import controls as c
from pages.ui.stage import Card, Panel, Transport

RAYS = ["90° right", "60°", "35°", "15°", "ahead", "15°", "35°", "60°", "90° left"]
ROAD = Card(
    "road",
    columns=(
        (Panel("track", "road", "The road", "", "arrow keys or a held pointer drive; nine rays "
               "measure the way to the road's edge", "a road from "
               "above, the car with its rays, and the way that it came",
               {"width": 760, "names": ["you", "the script: a rule, no net", "the net"],
                "drive": True, "edit": True, "marks": "left the road"}),),
        (Panel("image", "camera", "From the driver's seat", "32×24 pixels", "what the car sees",
               "the road ahead as the car's camera sees it",
               {"map": "grey", "limit": 1, "size": 256}),
         Panel("words", "now", options={"height": 160, "live": False}),
         Panel("table", "laps", options={"head": ["whole laps of", "time", "off road", "helped"],
               "rows": 3, "width": 256})),
    ),
    controls=(Transport(speed=30, until=False), *c.ROAD),
    hold=True,
)  # fmt: skip
LEARN = Card(
    "learn",
    columns=(
        (Panel("image", "looks", "What turns its wheel", "gradient", "purple: brighter steers "
               "further left", "the gradient of the steering wheel by every pixel of the camera",
               {"map": "gradient", "size": 256}),
         Panel("bars", "rays", "What turns its wheel", "nine rays", "", "",
               {"labels": RAYS, "beside": "slopes", "heads": ["gradient", "metres"],
                "width": 420}),),
        (Panel("curve", "loss", "Imitation", "mean squared error", "", "the loss over ticks",
               {"names": ["loss"], "width": 480, "height": 220, "xTitle": "ticks",
                "yTitle": "loss", "log": True}),),
    ),
    controls=c.LEARN,
    title="What it learns from its driver",
    text="The net is shown what you or the script saw and did, and learns to do the same; nothing "
    "tells it why. What one lap does not teach: the way back to the middle (side cameras, "
    "corrections), the other direction (mirror), another track.",
)  # fmt: skip
CARDS = (ROAD, LEARN)
