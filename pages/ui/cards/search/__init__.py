"""The cards of the search lab: the race, what one method did, and Hyperband's arithmetic."""

from labs.basics.search import by_hand as h
from labs.basics.search import controls as c
from labs.basics.search.challenges import CHALLENGES
from labs.basics.search.lecture import Ten
from labs.basics.search.racers import NAMES
from labs.basics.search.ranges import LONGEST
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

INKS = ("dim", "accent", "negative", "gradient_positive", "done", "rose", "ink")
RACE = Card(
    "race",
    columns=(
        (Panel("trials", "space", "The space", "", "click: a trial of yours, or look at one",
               "trials as dots over two settings, coloured by their loss",
               {"size": 400, "names": NAMES, "inks": INKS}),),
        (Panel("curve", "best", "Best so far", "", "lowest loss against epochs spent",
               "the lowest loss of each method against the epochs that it spent",
               {"names": NAMES, "inks": INKS, "log": True, "xTitle": "epochs spent",
                "yTitle": "lowest loss", "width": 560, "height": 210, "last": False,
                "dashed": [1]}),
         Panel("ledger", "standings", alt="what each method spent and found",
               options={"click": True, "width": 560}),
         Panel("entry", "typed", "Ranges", "", "in the order of the settings: type your own",
               "the range of each setting", {"longest": LONGEST})),
    ),
    controls=(Transport(step="epoch", until=False), c.OBJECTIVE, c.TRAININGS, c.RACES, c.AXES,
              c.THIRD, c.ETA, c.SEED, c.AGAIN),
)  # fmt: skip
RUNS = Card(
    "runs",
    columns=(
        (Panel("runs", "runs", "Every training", "", "", "learning curves of the chosen method",
               {"width": 520, "height": 280, "inks": INKS}),),
        (Panel("parallel", "parallel", "All settings at once", "", "one line a trial",
               "trials of the chosen method as lines across all settings",
               {"width": 380, "height": 280}),),
    ),
)  # fmt: skip
HALVING = Card(
    "halving",
    columns=((Panel("ledger", "halving", alt="trials and epochs of every rung"),),),
    title="Successive halving and Hyperband, by number",
    span=7,
)
TEN = Card(
    "ten",
    columns=(
        (Panel("ledger", "slide", "Ten settings", "", "click one to look at it",
               "the lecture's ten settings with its losses and ours",
               {"click": True, "width": 560}),),
        (Panel("runs", "runs", "Every training", "", "", "learning curves of the ten",
               {"width": 460, "height": 210, "inks": INKS}),
         Panel("parallel", "parallel", "All settings at once", "", "one line a training",
               "the ten as lines across all settings", {"width": 460, "height": 200})),
    ),
    controls=(Transport(step="epoch", until=False), *Ten.controls),
)  # fmt: skip
PROCESS = Card(
    "process",
    columns=(
        (Panel("sketch", "process", "A Gaussian process", "", "click measures, a drag moves",
               "measured losses, the mean of a Gaussian process and its doubt",
               {"width": 700, "height": 300, "names": ["the true curve", "mean"],
                "parts": "draws", "band": "± 2 standard deviations", "dots": "measured",
                "xTitle": "x", "yTitle": "loss"}),
         Panel("sketch", "worth", "What a trial is worth", "", "",
               "the acquisition function over the axis",
               {"width": 700, "height": 120, "names": ["", "acquisition"], "xTitle": "x",
                "yTitle": "worth"})),
        (Panel("ledger", "next", alt="how the worth of the next place is made",
               options={"width": 340, "rows": 6}),
         Panel("sketch", "shape", "The kernel", "", "what two places share, by their distance",
               "the kernel over the distance of two places",
               {"width": 340, "height": 150, "names": ["", "k(x, x′)"],
                "xTitle": "distance, of the axis", "yTitle": "covariance"})),
    ),
    controls=(h.NEXT, h.LIKELIEST, h.CLEAR, h.FUNCTION, h.KERNEL, h.LENGTH, h.SIGNAL, h.NOISE,
              h.ACQUISITION, h.BETA, h.DRAW, h.TRUTH),
)  # fmt: skip
CARDS = [RACE, RUNS, HALVING, challenges_card(CHALLENGES, "race", 5)]
SOURCES = (
    ("Bergstra & Bengio (2012), Random Search for Hyper-Parameter Optimization",
     "https://jmlr.org/papers/v13/bergstra12a.html"),
    ("Snoek, Larochelle & Adams (2012), Practical Bayesian Optimization of Machine Learning "
     "Algorithms", "https://arxiv.org/abs/1206.2944"),
    ("Bergstra, Bardenet, Bengio & Kégl (2011), Algorithms for Hyper-Parameter Optimization (TPE)",
     "https://papers.nips.cc/paper/4443-algorithms-for-hyper-parameter-optimization"),
    ("Jamieson & Talwalkar (2016), Non-stochastic Best Arm Identification (successive halving)",
     "https://arxiv.org/abs/1502.07943"),
    ("Li, Jamieson, DeSalvo, Rostamizadeh & Talwalkar (2018), Hyperband",
     "https://jmlr.org/papers/v18/16-558.html"),
    ("Rasmussen & Williams (2006), Gaussian Processes for Machine Learning",
     "https://gaussianprocess.org/gpml/"),
    ("Akiba, Sano, Yanase, Ohta & Koyama (2019), Optuna", "https://arxiv.org/abs/1907.10902"),
)  # fmt: skip

MEASURED = (
    "Measured on this formula over 50 seeds with 27 trainings each: on average random search needs "
    "81 % of its epochs to be as good as the grid's best, not a third (it was in 18 of 50 "
    "races), because the middle of this grid happens to lie beside a minimum. Hyperband is as good "
    "as random search's best after 58 % of the epochs, successive halving after 32 %."
)
