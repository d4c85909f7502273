"""The cards of the playground: the net and its plane, then what can be asked of them."""

from labs.basics.playground import Playground
from labs.basics.playground import controls as c
from labs.basics.playground.grid import RATES, SEEDS
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

EPOCHS = Transport(step="epoch")
COURSE = {"names": ["train", "test", "A train", "A test"], "xTitle": "epoch", "sparing": True,
          "bridge": True}  # fmt: skip


NET = Card(
    "net",
    columns=(
        (
            Panel("network", "network", alt="the net: features, layers and output, each unit "
                  "as its map over the plane", options={"width": 690, "height": 520}),
            Panel("words", "story", options={"height": 132, "row": True}),
        ),
        (
            Panel("plane", "plane", "The plane", "", "output",
                  "what the net says at every place of the plane, with the points",
                  {"size": 410, "edit": True, "points": "points"}),
            Panel("curve", "loss", "Loss", "", "",
                  "loss of training and test points over epochs",
                  {**COURSE, "log": True, "yTitle": "loss", "width": 410, "height": 118}),
        ),
    ),
    controls=(
        EPOCHS, c.BATCH_STEP, c.AGAIN, c.FRESH, c.DATA, c.PRESET, *c.AT_HAND,
    ),
    hold=True,
)  # fmt: skip
UNIT = Card(
    "unit",
    columns=((Panel("weights", "unit", options={"of": "network"}),),),
    title="The unit you clicked",
    text="Type a weight, freeze it, or cut it.  Point at the plane to move the cross.",
    span=7,
)
SETUP = Card(
    "setup",
    columns=(),
    controls=c.SETTINGS,
    title="Settings",
    text="Learning rate, optimizer, batch and penalties change without a reset; a new shape keeps "
    "the trained weights that still fit.",
)  # fmt: skip
NUMBERS = Card(
    "numbers",
    columns=(
        (Panel("curve", "score", "Score", "", "", "share right, or R squared, over epochs",
               {**COURSE, "yTitle": "score", "high": 1, "width": 330, "height": 230}),),
        (Panel("cells", "confusion", "Confusion", "", "test points", "confusion matrix",
               {"cell": 44, "limit": 1, "rowTitle": "true class",
                "colTitle": "what the net says"}),),
    ),
    title="How good is it?",
    span=7,
)  # fmt: skip
HIDDEN = Card(
    "hidden",
    columns=((Panel("plane", "space", "The plane", "", "as a layer sees it",
                    "the plane's grid in the coordinates of two hidden units", {"size": 300}),),),
    controls=c.AXES,
    title="The hidden space",
    text="The same grid and points, in the coordinates of two units of one layer.",
    span=5,
    stack=True,
)  # fmt: skip
_RUN = {"size": 190, "click": False, "limit": 1}
REPLAY = Card(
    "replay",
    columns=(
        (Panel("image", "run_a", "Run A", "", "", "the plane of run A", _RUN),),
        (Panel("image", "run_b", "Run B", "now", "", "the plane of the run of now", _RUN),),
        (Panel("curve", "replay", "Both", "", "same weights, same batches",
               "losses of both runs over epochs",
               {**COURSE, "log": True, "yTitle": "loss", "width": 420, "height": 170}),),
    ),
    controls=(c.KEEP, EPOCHS, c.OPTIMIZER, c.RATE),
    title="Replay with one thing changed",
    text="Keep a run as A, change one setting, play: the same initial weights, the same batches.",
)  # fmt: skip
SWEEP = Card(
    "sweep",
    columns=((Panel("maps", "sweep", "Sixteen planes", "", "", "sixteen nets' planes",
                    {"columns": 8, "few": 3, "tile": 112, "gap": 20, "limit": 1, "labelled": True,
                     "whole": True}),),
             (Panel("cells", "grid", "256 test losses", "", "",
                    "the test losses of sixteen learning rates from sixteen seeds",
                    {"cell": 34, "map": "unsigned", "limit": 1, "digits": 2, "blank": True,
                     "click": True, "labels": tuple(map(str, SEEDS)), "columns": RATES,
                     "rowTitle": "seed", "colTitle": "learning rate"}),)),
    controls=(*c.SWEEPS, EPOCHS),
    title="Sixteen at once, or 256",
    text="Sixteen nets train together; the number is the test loss.  Click one to go on with it.  "
    "Of 256, each row is a worker's; click a cell to begin with its learning rate and seed.",
)  # fmt: skip

CARDS = (NET, UNIT, challenges_card(Playground.challenges, "play", 5), SETUP, NUMBERS, HIDDEN,
         REPLAY, SWEEP)  # fmt: skip
SOURCES = (
    ("Smilkov, Carter et al.: A neural network playground", "https://playground.tensorflow.org"),
    ("Rumelhart, Hinton & Williams (1986): Learning representations by back-propagating errors",
     "https://doi.org/10.1038/323533a0"),
    ("Glorot & Bengio (2010): Understanding the difficulty of training deep feedforward networks",
     "http://proceedings.mlr.press/v9/glorot10a.html"),
    ("Kingma & Ba (2014): Adam", "https://arxiv.org/abs/1412.6980"),
    ("Srivastava et al. (2014): Dropout", "https://jmlr.org/papers/v15/srivastava14a.html"),
    ("Olah (2014): Neural networks, manifolds, and topology",
     "https://colah.github.io/posts/2014-03-NN-Manifolds-Topology/"),
    ("Wilson et al. (2017): The marginal value of adaptive gradient methods",
     "https://arxiv.org/abs/1705.08292"),
)  # fmt: skip
