"""The cards of the dream itself: the image at work, what it climbs, how, and where."""

from dataclasses import replace

from labs.data.photos import NAMES
from labs.vision.dream import Dream
from labs.vision.dream import controls as c
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Timeline, Transport


def cards(lab: Dream) -> list[Card]:
    """Return the cards of a dream."""
    named = {control.name: control for control in lab.controls}
    wanted = tuple(named[name] for name in ("layer", "category", "channel", "second", "weight"))
    return [
        DREAM, replace(WISH, controls=wanted), CLIMBING,
        replace(WHERE, controls=(named["outside"],)), challenges_card(lab.challenges, "dream"),
    ]  # fmt: skip


DREAM = Card(
    "dream",
    columns=(
        (
            Panel("image", "dream", "The dream", "", "step 0", "the image as it is now",
                  {"size": 600, "tall": 420, "click": False}),
        ),
        (
            Panel("image", "gradient", "Gradient", "of the objective", "in units of its mean",
                  "the gradient of the objective at every pixel",
                  {"size": 200, "tall": 165, "click": False, "scale": "layer"}),
            Panel("image", "change", "The change", "from the start", "none yet",
                  "the difference from the start, made visible",
                  {"size": 200, "tall": 165, "click": False}),
        ),
        (
            Panel("maps", "before", "Target layer before", "", "on the start",
                  "activations of the target layer for the start image",
                  {"columns": 4, "tile": 48, "click": False}),
            Panel("maps", "after", "and now", "", "click one to dream of it",
                  "activations of the target layer for the image now",
                  {"columns": 4, "tile": 48}),
        ),
        (
            Panel("curve", "objective", "Objective", "", "", "the objective over steps",
                  {"names": ["objective", "outside"], "sparing": True, "width": 220,
                   "height": 150, "yTitle": "value"}),
            Panel("bars", "says", "What the net says", "", "of the dream",
                  "the five likeliest classes of the image now",
                  {"labels": ("",) * 5, "percent": True, "click": False, "width": 220,
                   "labelWidth": 200}),
        ),
    ),
    controls=(
        Transport(), c.AGAIN, Timeline("timeline", "", "moment of the dream"), c.BRANCH,
    ),
)  # fmt: skip


STRIP = {"size": 330, "hover": False}
WISH = Card(
    "wish",
    columns=(
        (
            Panel("photo", "starts", "It starts from", "", "",
                  f"pictures to start from: {', '.join(NAMES)}, noise, the drawing",
                  STRIP | {"setting": "start"}),
            Panel("photo", "guides", "More like", "", "",
                  f"pictures that the dream shall resemble: {', '.join(NAMES)}",
                  STRIP | {"setting": "guide"}),
        ),
    ),
    title="What it climbs",
    text="Click a picture to begin with it; click another for the dream to resemble it.",
    span=4,
    stack=True,
)  # fmt: skip
CLIMBING = Card(
    "climbing",
    columns=(),
    controls=(*c.CLIMB, *c.CALM),
    title="How it climbs",
    text="Jitter, rotation and zoom move the image before the net sees it; smoothness and "
    "softness prefer shapes to grain.",
    span=4,
    stack=True,
)
WHERE = Card(
    "where",
    columns=(
        (
            Panel("pad", "mask", "Where", "", "paint on the photograph",
                  "the mask: the picture changes where it is painted",
                  {"size": 160, "over": "under"}),
        ),
        (
            Panel("pad", "drawing", "Or draw a start", "", "the dream begins with it",
                  "a drawing that the dream starts from", {"size": 160}),
        ),
    ),
    title="Where it dreams",
    text="Everywhere, or where you paint; outside, it may dream of another layer.",
    span=4,
    stack=True,
)  # fmt: skip
SOURCES = (
    ("Mordvintsev, Olah & Tyka (2015): Inceptionism: going deeper into neural networks",
     "https://research.google/blog/inceptionism-going-deeper-into-neural-networks/"),
    ("Olah, Mordvintsev & Schubert (2017): Feature visualization",
     "https://distill.pub/2017/feature-visualization/"),
    ("Simonyan, Vedaldi & Zisserman (2013): Deep inside convolutional networks",
     "https://arxiv.org/abs/1312.6034"),
    ("Engstrom et al. (2019): Adversarial robustness as a prior for learned representations",
     "https://arxiv.org/abs/1906.00945"),
    ("He, Zhang, Ren & Sun (2015): Deep residual learning", "https://arxiv.org/abs/1512.03385"),
)  # fmt: skip
