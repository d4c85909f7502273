"""The cards of the autodiff lab: the graph, a node's arithmetic, the trace, the check."""

from labs.basics.autodiff import Autodiff
from labs.basics.autodiff import controls as c
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

GRAPH = Card(
    "graph",
    columns=(
        (Panel("entry", "f", alt="the expression", options={"label": "y ="}),
         Panel("graph", "graph", "Computation graph", "", "forwards and backwards",
               "the computation graph with values and adjoints", {"width": 800})),
        (Panel("sliders", "leaves", "Variables", "", "drag: every number moves",
               "the values of the variables", {"width": 230}),),
    ),
    controls=(c.PRESET, c.VERSION, Transport(speed=1, until=False), c.TIMELINE),
)  # fmt: skip
NODE = Card(
    "node",
    columns=(
        (Panel("ledger", "in", alt="what comes back to the node", options={"rows": 2}),),
        (Panel("ledger", "out", alt="what the node sends back", options={"rows": 2}),),
    ),
    title="The node at work, or the one you clicked",
    span=8,
    wrap=True,
)
TRACE = Card(
    "trace",
    columns=(
        (Panel("ledger", "trace", alt="forward and reverse trace", options={"click": True}),),
    ),
    title="The trace",
    text="The two columns: evaluated downwards on the left, read upwards on the right.",
    span=12,
)
CHECK = Card(
    "check",
    columns=((Panel("ledger", "check", "Gradient, three ways", "", "products taken",
                    "gradients by reverse mode, forward mode and differences"),),),
    controls=(c.STEP,),
    title="Is it right?",
    text="Forward mode carries one derivative from a variable on; the central difference moves "
    "the variable by h and looks.",
    span=6,
)  # fmt: skip
NET = Card(
    "net",
    columns=((Panel("graph", "net", "As neurons", "", "", "the function as a diagram of neurons",
                    {"width": 460, "column": 150, "row": 78,
                     "legend": ["activation, weight", "", "gradient"]}),),),
    title="The same function as a network",
    text="Names that begin with w, b, theta, alpha or beta are parameters; the others are inputs.",
    span=6,
)  # fmt: skip


CARDS = (GRAPH, NODE, challenges_card(Autodiff.challenges, "drag and type", 4), TRACE, CHECK, NET)
SOURCES = (
    ("Baydin, Pearlmutter, Radul & Siskind (2018), Automatic Differentiation in Machine Learning: "
     "a Survey", "https://arxiv.org/abs/1502.05767"),
    ("Rumelhart, Hinton & Williams (1986), Learning representations by back-propagating errors",
     "https://doi.org/10.1038/323533a0"),
    ("Linnainmaa (1976), Taylor expansion of the accumulated rounding error",
     "https://doi.org/10.1007/BF01931367"),
    ("Griewank & Walther (2008), Evaluating Derivatives",
     "https://doi.org/10.1137/1.9780898717761"),
    ("PyTorch, Autograd mechanics: gradients at kinks",
     "https://docs.pytorch.org/docs/stable/notes/autograd.html"),
)  # fmt: skip
