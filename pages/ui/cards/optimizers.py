"""The cards of the optimizers lab: the surface, the losses, what a step is made of."""

from collections.abc import Iterable, Mapping, Sequence

from pages.ui.stage import Button, Card, Knob, Panel, Select, Transport

NAMES = ("SGD", "momentum", "Nesterov", "RMSProp", "Adagrad", "Adam")
SHAPES = (
    Knob("mu", "momentum μ", 0, 0.99, 0.9, step=0.01, digits=2),
    Knob("nesterov_mu", "Nesterov μ", 0, 0.99, 0.9, step=0.01, digits=2),
    Knob("rho", "RMSProp ρ", 0.5, 0.999, 0.99, step=0.001, digits=3),
    Knob("beta1", "Adam β₁", 0, 0.99, 0.9, step=0.01, digits=2),
    Knob("beta2", "Adam β₂", 0.5, 0.9999, 0.999, step=0.0001, digits=4),
)


def surface(titles: Iterable[tuple[str, str]]) -> Select:
    """Return the list of surfaces, from (key, title)."""
    return Select("surface", "surface", tuple(titles), "ravine")


def rates(usual: Mapping[str, float]) -> tuple[Knob, ...]:
    """Return a knob for each learning rate; usual: those that the surface begins with."""
    return tuple(
        Knob(name.lower(), f"{name} η", 1e-4, 3.0, usual[name], log=True) for name in NAMES
    )


def batch(usual: int) -> Knob:
    """Return the knob for the size of a batch."""
    return Knob("batch", "batch", 1, 64, usual, unit=" of 64", words={"64": "all 64: no noise"})


def race(surface: Select, batch: Knob, axes: tuple[str, str]) -> Card:
    """Return the surface and the losses beside it."""
    return Card(
        "race",
        columns=(
            (
                Panel(
                    "surface", "surface", "Loss surface", "", "drag the start",
                    "level lines of the loss with six balls and their trails",
                    {"names": NAMES, "letters": "SMNRGA", "width": 640, "height": 470, "x": axes[0],
                     "y": axes[1]},
                ),
            ),
            (
                Panel(
                    "curve", "loss", "Loss", "", "of the full batch",
                    "the loss of every ball over steps",
                    {"names": NAMES, "log": True, "yTitle": "loss", "width": 360, "height": 250},
                ),
                Panel(
                    "ledger", "explanation", alt="what moves the chosen ball",
                    options={"width": 360},
                ),
            ),
        ),
        controls=(
            surface, batch, Transport(speed=25), Button("restart", "Back to the start"),
        ),
    )  # fmt: skip


STANDINGS = Card(
    "standings",
    columns=(
        (
            Panel(
                "ledger", "standings", alt="the parts of every ball's last step",
                options={"click": True},
            ),
        ),
    ),
    title="The last step, in parts",
    text="Click a row: that ball's gradient, velocity and step are drawn on the surface, each "
    "magnified alike. The effective rate is what each coordinate's gradient was multiplied by.",
)  # fmt: skip


def settings(rates: Sequence[Knob]) -> Card:
    """Return the knobs of all optimizers."""
    return Card(
        "settings",
        columns=(),
        controls=(*rates, *SHAPES),
        title="Settings",
        text="A change runs the race again from its start, with the same number of steps.",
        span=7,
    )


SOURCES = (
    ("Polyak (1964), Some methods of speeding up the convergence of iteration methods",
     "https://doi.org/10.1016/0041-5553(64)90137-5"),
    ("Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum",
     "https://proceedings.mlr.press/v28/sutskever13.html"),
    ("Duchi, Hazan & Singer (2011), Adaptive Subgradient Methods (Adagrad)",
     "https://jmlr.org/papers/v12/duchi11a.html"),
    ("Tieleman & Hinton (2012), Lecture 6.5: RMSProp",
     "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf"),
    ("Kingma & Ba (2014), Adam", "https://arxiv.org/abs/1412.6980"),
    ("Li, Xu, Taylor, Studer & Goldstein (2017), Visualizing the Loss Landscape of Neural Nets",
     "https://arxiv.org/abs/1712.09913"),
)  # fmt: skip
