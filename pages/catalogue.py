"""All pages in one table: navigation, gallery and lectures read it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A lab's page: `place` is its file below pages/, its lab below labs/, and ends in its URL."""

    place: str  # "basics/neuron"
    title: str
    question: str
    hint: str = ""  # what to do first, after the question at the head of the page
    about: str = ""  # what else there is, after the question in the gallery
    alt: str = ""  # what the gallery's picture shows
    new: bool = False  # whether the gallery says so

    @property
    def name(self) -> str:
        """The page in an address, and its lab."""
        return self.place.rsplit("/", 1)[-1]


SECTIONS: Mapping[str, tuple[Entry, ...]] = {
    "Basics": (
        Entry(
            "basics/neuron",
            "Neuron",
            "What can one unit say?",
            hint="It cuts the plane in two: drag the cut.",
            about="Drag its line, let two rules move it, see why it fails on XOR, and build XNOR "
            "from three of them.",
            alt="two hidden units and the output of a net for XNOR, over the plane",
        ),
        Entry(
            "basics/playground",
            "Playground",
            "How does a net bend the plane until the classes come apart?",
            hint="Touch everything.",
            about="Train a net of your own, touch every weight, drag every point, replay, sweep, "
            "and break it.",
            alt="what six units of a net make of the plane after learning two spirals",
        ),
        Entry(
            "basics/approximation",
            "Approximation",
            "How does a sum of simple bends become any function?",
            hint="Draw one, and press play.",
            about="Draw one with the pen, and see what width, depth and the bend itself are worth.",
            alt="a wave, what eight units add to it, and their sum",
        ),
        Entry(
            "basics/autodiff",
            "Autodiff",
            "Where does each number of a gradient come from?",
            hint="Type any expression, drag any value.",
            about="Type any expression, drag any value, and step through both passes node by node.",
            alt="a function of two variables and its two partial derivatives over the plane",
        ),
        Entry(
            "basics/backprop",
            "Backprop",
            "What does each weight learn from one example?",
            hint="Walk both passes, number by number.",
            about="Walk both passes of a small net number by number, in the notation of your "
            "lecture.",
            alt="a small net with the numbers of its forward pass",
        ),
        Entry(
            "basics/optimizers",
            "Optimizers",
            "Which way down?",
            hint="Six optimizers race from one start; drag it, turn their knobs.",
            about="Six optimizers race on nine surfaces and on slices through the loss of real "
            "nets. Drag the start, turn their knobs.",
            alt="four loss surfaces from above",
        ),
        Entry(
            "basics/depth",
            "Depth",
            "Why were deep nets hard?",
            hint="Follow signal and gradient through every layer.",
            about="Follow signal and gradient through up to fifty layers, and see what "
            "initialisation, batch norm and residual connections do.",
            alt="histograms of the gradient in every layer of three deep nets",
        ),
        Entry(
            "basics/search",
            "Search",
            "Which settings should be tried next?",
            hint="Six methods race with the same budget; point into the space and race with them.",
            about="Grid, random, Bayesian, TPE, successive halving and Hyperband race with the "
            "same budget, and you with them; a Gaussian process under your hand.",
            alt="the loss over two of three settings",
        ),
    ),
    "Vision": (
        Entry(
            "vision/convolution",
            "Convolution",
            "What does a kernel see?",
            hint="Drag its numbers and watch the picture answer.",
            about="Drag its numbers, and the photograph answers while you do; then channels, "
            "pooling, stages in a row, and a kernel that is learned.",
            alt="the vertical edges of a photograph, blue and orange",
        ),
        Entry(
            "vision/features",
            "Features",
            "What do people make of a picture by hand, and what do networks learn?",
            about="Edges, corners, histograms and key points step by step; then a network's own, "
            "and classes that you teach it in seconds.",
            alt="the gradient of a photograph, thinned, and its edges",
        ),
        Entry(
            "vision/architectures",
            "Architectures",
            "Where do a network's parameters sit, and what does each layer make of the picture?",
            about="Unfold AlexNet, GoogLeNet or ResNet down to the last layer, classify a photo, "
            "and design a network of your own.",
            alt="twelve maps of a photo network for a cat",
        ),
        Entry(
            "vision/digit",
            "Digit",
            "Which strokes made the network say so?",
            hint="Every layer of LeNet-5 answers as you draw.",
            about="Draw a digit and watch every layer of LeNet-5, forwards and backwards, while "
            "the stroke is being made.",
            alt="six feature maps of LeNet-5 for a drawn 8",
        ),
        Entry(
            "vision/scenes",
            "Scenes",
            "Which pixel, which box?",
            hint="Draw a few things, and they are named while you draw.",
            about="Draw a scene: boxes with names and coloured pixels answer while you do. Then "
            "the grid, suppression, precision and recall, and a net that learns it all.",
            alt="a drawn scene whose pixels are coloured by class, with boxes",
        ),
        Entry(
            "vision/dream",
            "Dream",
            "What does a network want to see?",
            hint="Let it climb, and turn the knobs while it does.",
            about="Let a picture climb the activations of any layer, and turn the knobs while it "
            "does.",
            alt="a photograph of a cat, dreamt on by a network",
        ),
        Entry(
            "vision/adversarial",
            "Fool it",
            "How little does it take?",
            hint="Draw, or take a photograph, and drag ε until it is fooled.",
            about="Attack a network on your own drawing or on a photograph, and drag the budget "
            "until it is fooled.",
            alt="a digit, a perturbation, and their sum, which the network misreads",
        ),
    ),
    "Sequences": (
        Entry(
            "sequences/language",
            "Language",
            "How does a network write?",
            hint="Let it, and look at any unit while it does.",
            about="Roll the weighted die of n-grams, let an LSTM go on from your words, colour the "
            "text by any unit, and watch one learn to write.",
            alt="64 units of an LSTM over 96 characters of its own text",
        ),
        Entry(
            "sequences/names",
            "Names",
            "Where does a name come from?",
            hint="The answer moves with every letter.",
            about="Three recurrent readers change their minds letter by letter, and a fourth "
            "writes names of its own.",
            alt="what a network thinks of three names after every letter",
        ),
        Entry(
            "sequences/translation",
            "Translation",
            "How does a sentence become another?",
            hint="Type English, and drag what it looks at.",
            about="An encoder reads, a decoder writes French after every key: drag its attention, "
            "choose other words, see the beam search, watch a small one learn dates, and talk with "
            "a help desk that is built in the same way.",
            alt="the states of an encoder that reads a sentence forwards and backwards",
        ),
        Entry(
            "sequences/speech",
            "Speech",
            "Where are the sounds?",
            hint="Type, speak or draw digits, and switch sounds off.",
            about="Digits as a wave and a log-mel spectrogram, heard by a recurrent net: drag over "
            "the sound, switch parts of it off, see which sounds made it say so, all paths through "
            "the lattice, and the sums of connectionist temporal classification by hand.",
            alt="a log-mel spectrogram of four spoken digits",
            new=True,
        ),
    ),
    "Generative": (
        Entry(
            "generative/autoencoders",
            "Autoencoders",
            "What is worth remembering?",
            hint="Draw through a few numbers, and drag them.",
            about="Draw through a bottleneck and drag its numbers, see a linear net find the "
            "principal components, take noise off, walk over a plane on which every place is a "
            "digit, move twenty numbers, weigh both terms of a variational autoencoder, and let "
            "Boltzmann machines complete a drawing and begin a deep net.",
            alt="digits decoded from places on a plane, each between its neighbours",
        ),
        Entry(
            "generative/gan",
            "GAN",
            "How does a forger learn from an expert?",
            hint="Choose a target or draw one, and press play.",
            about="Two nets against each other on the plane, with all that can go wrong and its "
            "cure; then digits: walk through the forger's noise, hear the expert on your drawing, "
            "watch one learn from nothing, and set it beside autoencoders.",
            alt="forged digits from 0 to 9, four of each",
        ),
    ),
    "Play": (
        Entry(
            "play/board",
            "Board",
            "What does it think before it moves?",
            hint="Play against it, and watch its search.",
            about="Play Connect Four or Go against a net, see its policy and its value before and "
            "after the search, open the search tree, let AlphaGo's stages play each other, and "
            "watch one learn by self-play.",
            alt="boards of a game that a net plays against itself",
            new=True,
        ),
        Entry(
            "play/driving",
            "Driving",
            "How does a car learn?",
            hint="Drive a lap, and a net drives on.",
            about="Draw a track, drive one lap with keys or finger, and a net drives on; or let "
            "sixty-four cars find out by reward: DQN, policy gradient and PPO, with the loopholes "
            "that they find. Pole balancing and a grid world, number by number.",
            alt="a road from above, coloured by what a car expects at every place of it",
            new=True,
        ),
    ),
}
ENTRIES: Mapping[str, Entry] = {e.name: e for row in SECTIONS.values() for e in row}
