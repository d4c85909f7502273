"""What the gallery says of each lab: its page, its title, what its picture shows, its question."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One card of the gallery; `page` also names its picture."""

    page: str
    title: str
    alt: str
    question: str


LABS = (
    Entry(
        "basics/playground.py",
        "Playground",
        "what six units of a net make of the plane after learning two spirals",
        "How does a net bend the plane until the classes come apart? Train a net of your own, "
        "touch every weight, drag every point, replay, sweep, and break it.",
    ),
    Entry(
        "basics/autodiff.py",
        "Autodiff",
        "a function of two variables and its two partial derivatives over the plane",
        "Where does each number of a gradient come from? Type any expression, drag any value, and "
        "step through both passes node by node.",
    ),
    Entry(
        "basics/backprop.py",
        "Backprop",
        "the gradients of nine weights over forty updates",
        "What does each weight learn from one example? Walk both passes of a small net number by "
        "number, in the notation of your lecture.",
    ),
    Entry(
        "basics/optimizers.py",
        "Optimizers",
        "four loss surfaces from above",
        "Which way down? Six optimizers race on nine surfaces and on slices through the loss of "
        "real nets. Drag the start, turn their knobs.",
    ),
    Entry(
        "basics/depth.py",
        "Depth",
        "histograms of the gradient in every layer of three deep nets",
        "Why were deep nets hard? Follow signal and gradient through up to fifty layers, and see "
        "what initialisation, batch norm and residual connections do.",
    ),
    Entry(
        "vision/convolution.py",
        "Convolution",
        "the vertical edges of a photograph, blue and orange",
        "What does a kernel see? Drag its numbers, and the photograph answers while you do; point "
        "at the output for the sum behind every pixel.",
    ),
    Entry(
        "vision/digit.py",
        "Digit",
        "six feature maps of LeNet-5 for a drawn 8",
        "Which strokes made the network say so? Draw a digit and watch every layer of LeNet-5, "
        "forwards and backwards, while the stroke is being made.",
    ),
    Entry(
        "vision/architectures.py",
        "Architectures",
        "twelve maps of a photo network for a cat",
        "Where do a network's parameters sit? Unfold AlexNet, GoogLeNet or ResNet down to the "
        "last layer, classify a photo, and design a network of your own.",
    ),
    Entry(
        "vision/dream.py",
        "Dream",
        "a photograph of a cat, dreamt on by a network",
        "What does a network want to see? Let a picture climb the activations of any layer, and "
        "turn the knobs while it does.",
    ),
    Entry(
        "vision/adversarial.py",
        "Fool it",
        "a digit, a perturbation, and their sum, which the network misreads",
        "How little does it take? Attack a network on your own drawing or on a photograph, and "
        "drag the budget until it is fooled.",
    ),
)
