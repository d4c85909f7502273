"""The cards of the bottleneck: the way through, training, what each number does, PCA, tests."""

from labs.generative.autoencoders.bottleneck import controls as c
from pages.ui.cards.autoencoders.pieces import PAD, ink, inks
from pages.ui.stage import Card, Panel, Transport

WAY = Card(
    "way",
    columns=(
        (PAD,),
        (ink("seen", "Goes in", "28²", "cropped, centred", "the drawing as the net sees it"),),
        (Panel("cells", "code", "The code", "", "drag a number up or down",
               "the numbers of the code",
               {"cell": 38, "edit": True, "blank": True, "map": "signed", "digits": 1}),),
        (ink("rebuilt", "Comes out", "28²", "", "what the net makes of the code"),
         ink("by_pca", "By PCA", "28²", "", "what as many principal components make of it")),
        (Panel("curve", "error", "Error", "", "", "squared errors over steps",
               {"names": ["training", "test", "PCA"], "log": True, "width": 330, "height": 230,
                "yTitle": "squared error", "dashed": [3]}),),
    ),
    controls=(Transport(), c.CODE, c.DEPTH, c.ACTIVATION, c.NOISE, c.SPARSE, c.RATE, c.SEED,
              c.AGAIN),
    hold=True,
)  # fmt: skip
BASIS = {"columns": 4, "tile": 66, "click": False, "scale": "layer"}
LOOKS = Card(
    "looks",
    columns=((Panel("maps", "looks", "What each number does", "", "", "what each number of the "
                    "code adds to the picture", {**BASIS, "columns": 8, "tile": 62}),),),
    title="A vocabulary of strokes",
    text="The picture is a sum of these, as much of each as the code says; with hidden layers they "
    "depend on the drawing. Noise in training and an l1 penalty change what they look like.",
    span=6,
)  # fmt: skip
PCA = Card(
    "pca",
    columns=(
        (Panel("maps", "own", "The net's subspace", "", "", "axes of the subspace that the net "
               "spans", BASIS),),
        (Panel("maps", "principal", "Principal components", "", "", "the principal components",
               BASIS),),
        (Panel("curve", "angle", "Largest angle between both", "", "", "largest principal angle "
               "over steps", {"names": ["degrees"], "low": 0, "high": 90, "width": 300,
                              "height": 200, "yTitle": "degrees", "ticks": [0, 45, 90]}),),
    ),
    title="Linear = PCA",
    text="A linear autoencoder is never told about variances, and finds the subspace of the "
    "principal components. Which basis of it the net uses is chance; turned to its own principal "
    "axes it shows the same pictures.",
)  # fmt: skip
TESTS = Card(
    "tests",
    columns=((inks("tests", "Digits that it has not seen", "", "", "ten test digits, and below "
                   "them what comes back", 10, 52),),),
    title="Test digits",
    text="Above: in. Below: out.",
    span=6,
)  # fmt: skip
CARDS = (WAY, PCA, LOOKS, TESTS)
