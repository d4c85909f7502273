"""The cards of the neuron lab: a unit and its line, its sum, and two layers to build."""

from labs.basics.neuron import Neuron
from labs.basics.neuron import controls as c
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

UNIT = Card(
    "unit",
    columns=(
        (Panel("plane", "plane", "The unit and its line", "", "",
               "what the unit says at every place, its line with two handles, and the points",
               {"size": 430, "edit": True, "points": "points", "clear": "the gate's corners",
                "handles": ["The line: drag it to move it", "The arrow: drag it to turn the line "
                            "and to make it steeper"]}),),
        (Panel("arithmetic", "arithmetic", alt="the weighted sum, term by term",
               options={"height": 190}),
         Panel("words", "news", options={"height": 190})),
        (Panel("table", "truth", "Truth table", "", "", "the four corners, their sum and output",
               {"head": ["x₁  x₂", "z", "y", "wanted", "right"], "lines": 0, "width": 260}),
         Panel("curve", "course", "Learning", "", "", "loss over updates",
               {"names": ["loss"], "yTitle": "loss", "xTitle": "update", "low": 0, "width": 260,
                "height": 130})),
    ),
    controls=(c.GATE, c.KIND, Transport(step="update"), c.RATE, c.ZERO, c.LECTURE, *c.WEIGHTS),
    hold=True,
)  # fmt: skip
LAYERS = Card(
    "layers",
    columns=(
        (Panel("network", "network", alt="two inputs, two hidden units and an output, each as its "
               "map over the plane",
               options={"width": 330, "height": 240, "fixed": True, "reach": 40}),),
        (Panel("weights", "unit", options={"of": "network", "plain": True, "width": 350}),),
        (Panel("table", "table", "Truth table", "", "",
               "the four corners with both hidden units and the output",
               {"head": ["x₁  x₂", "unit 1", "unit 2", "y", "XNOR", "right"], "lines": 1}),),
    ),
    controls=(*c.PUT, c.XNOR),
    title="Two layers: build XNOR",
    text="Click a unit, give it a gate or type its weights.  XNOR wants 1 0 0 1.",
)  # fmt: skip


CARDS = (UNIT, challenges_card(Neuron.challenges), LAYERS)
SOURCES = (
    ("McCulloch & Pitts (1943): A logical calculus of the ideas immanent in nervous activity",
     "https://doi.org/10.1007/BF02478259"),
    ("Rosenblatt (1958): The perceptron", "https://doi.org/10.1037/h0042519"),
    ("Novikoff (1962): On convergence proofs on perceptrons",
     "https://apps.dtic.mil/sti/citations/AD0298258"),
    ("Minsky & Papert (1969): Perceptrons", "https://mitpress.mit.edu/9780262630221/perceptrons/"),
)  # fmt: skip
