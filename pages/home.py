"""The gallery: a picture, a question and a link for every lab."""

import numpy as np
import streamlit as st
import torch

from labs.basics import autodiff
from labs.basics.backprop import Backprop
from labs.basics.depth import Depth
from labs.basics.optimizers.surfaces import SURFACES, field
from labs.basics.playground import Playground
from labs.data.photos import photo
from labs.figures.sheet import sheet
from labs.vision.adversarial import Adversarial
from labs.vision.architectures.classify import OURS, classify, model_of
from labs.vision.convolution import Filter
from labs.vision.digit import Digit
from labs.vision.dream import Dream
from pages.ui import lesson


@st.cache_data
def autodiff_picture(theme: str) -> np.ndarray:
    """The lecture's function and its two derivatives over the plane, one trace a pixel."""
    x1, x2 = np.linspace(0.3, 6, 30), np.linspace(6, -6, 30)
    traces = [
        autodiff.trace("ln(x1) + x1*x2 - sin(x2)", {"x1": a, "x2": b}) for b in x2 for a in x1
    ]
    maps = np.array([[t.value, t.gradient["x1"], t.gradient["x2"]] for t in traces]).T
    maps = maps.reshape(3, 30, 30) / np.abs(maps).max(1).reshape(3, 1, 1)
    return sheet(maps, columns=3, scale=4, theme=theme)


@st.cache_data
def backprop_picture(theme: str) -> np.ndarray:
    """The gradient of each weight of a layer, for the first forty updates: a column an update."""
    lab, seen = Backprop(), []
    for key, value in (("preset", "softmax"), ("batch", "all"), ("pace", "updates")):
        lab.receive({"setting": key, "value": value})
    for _ in range(40):
        seen.append(lab.numbers().dweights[0].flatten().numpy())
        lab.step()
    return sheet(np.array(seen).T[None], columns=1, scale=9, theme=theme, map="gradient")


@st.cache_data
def optimizers_picture(theme: str) -> np.ndarray:
    """Four of the loss surfaces, by the rank of their height."""
    fields = [field(SURFACES[name]).numpy()[::-2, ::2] for name in
              ("himmelblau", "ripples", "saddle", "rosenbrock")]  # fmt: skip
    ranks = [f.ravel().argsort().argsort().reshape(f.shape) / f.size for f in fields]
    return sheet(1 - np.array(ranks), columns=4, scale=2, theme=theme, map="unsigned")


@st.cache_data
def depth_picture(theme: str) -> np.ndarray:
    """Histograms of the gradient of every layer: sigmoid, ReLU with He, fifty residual layers."""
    lab, tiles = Depth(), []
    for name in ("sigmoid", "relu", "residual50"):
        lab.receive({"setting": "preset", "value": name})
        shares = lab.mine.health().gradients.sqrt().numpy()
        columns = np.linspace(0, shares.shape[1] - 1, 48).astype(int)
        tiles.append(shares[:, columns] / shares.max())
    return sheet(np.array(tiles), columns=3, scale=3, theme=theme, map="unsigned")


@st.cache_data
def digit_picture(theme: str) -> np.ndarray:
    """LeNet's first maps of an 8, as the digit lab draws them."""
    a, _, _ = Digit().look()
    return sheet(a.conv1.numpy(), columns=6, scale=3, theme=theme)


@st.cache_data
def dream_picture(theme: str) -> np.ndarray:
    """What the photo net has made of a cat after a few steps."""
    dream = Dream()
    dream.receive({"setting": "steps", "value": 3})
    while dream.count < 12:
        dream.step()
    picture = (dream.picture[0].permute(1, 2, 0) * 255).byte().numpy()
    return np.ascontiguousarray(picture[20:100])


@st.cache_data
def spiral_maps() -> np.ndarray:
    """Units of a net that has learnt two spirals, its output last: (6, 50, 50)."""
    lab = Playground()
    lab.receive({"setting": "preset", "value": "spiral"})
    for _ in range(160):
        lab.step()
    maps = lab.frame().maps["units"].numpy()
    return np.concatenate([maps[8:13], maps[-1:]])


def playground_picture(theme: str) -> np.ndarray:
    """The plane as that net sees it."""
    return sheet(spiral_maps(), columns=6, scale=2, theme=theme)


@st.cache_data
def adversarial_picture(theme: str) -> np.ndarray:
    """An 8, what FGSM adds to it, and what LeNet then takes for another digit."""
    lab = Adversarial()
    clean, attacked = lab.run.x[0], lab.run.verdict.image[0]
    return sheet(
        torch.cat([clean, attacked - clean, attacked]).numpy(), columns=3, scale=6, theme=theme
    )


@st.cache_data
def convolution_picture(theme: str) -> np.ndarray:
    """The edges of an astronaut, as the convolution lab finds them."""
    y = Filter().output()[:, 90:250, 110:430:1]
    return sheet(y.clamp(-2, 2).numpy(), columns=1, scale=2, theme=theme)


def architectures_picture(theme: str) -> np.ndarray:
    """The strongest maps of a net's second stage for a cat."""
    model, names, side = model_of(OURS)
    maps = next(iter(classify(model, photo("cat"), names, side).stages.values()))
    return sheet(maps[:12].numpy(), columns=6, scale=3, theme=theme)


# picture, alternative text, title, page, question
LABS = [
    (
        autodiff_picture,
        "a function of two variables and its two partial derivatives over the plane",
        "Autodiff",
        "basics/autodiff.py",
        "Where does each number of a gradient come from? Type any expression, drag any value, and "
        "step through both passes node by node.",
    ),
    (
        backprop_picture,
        "the gradients of nine weights over forty updates",
        "Backprop",
        "basics/backprop.py",
        "What does each weight learn from one example? Walk both passes of a small net number by "
        "number, in the notation of your lecture.",
    ),
    (
        optimizers_picture,
        "four loss surfaces from above",
        "Optimizers",
        "basics/optimizers.py",
        "Which way down? Six optimizers race on nine surfaces and on slices through the loss of "
        "real nets. Drag the start, turn their knobs.",
    ),
    (
        depth_picture,
        "histograms of the gradient in every layer of three deep nets",
        "Depth",
        "basics/depth.py",
        "Why were deep nets hard? Follow signal and gradient through up to fifty layers, and see "
        "what initialisation, batch norm and residual connections do.",
    ),
    (
        playground_picture,
        "what six units of a net make of the plane after learning two spirals",
        "Playground",
        "basics/playground.py",
        "How does a net bend the plane until the classes come apart? Train a net of your own, "
        "touch every weight, drag every point, replay, sweep, and break it.",
    ),
    (
        convolution_picture,
        "the vertical edges of a photograph, blue and orange",
        "Convolution",
        "vision/convolution.py",
        "What does a kernel see? Drag its numbers, and the photograph answers while you do; point "
        "at the output for the sum behind every pixel.",
    ),
    (
        architectures_picture,
        "twelve maps of a photo network for a cat",
        "Architectures",
        "vision/architectures.py",
        "Where do a network's parameters sit? Unfold AlexNet, GoogLeNet or ResNet down to the "
        "last layer, classify a photo, and design a network of your own.",
    ),
    (
        digit_picture,
        "six feature maps of LeNet-5 for a drawn 8",
        "Digit",
        "vision/digit.py",
        "Which strokes made the network say so? Draw a digit and watch every layer of LeNet-5, "
        "forwards and backwards, while the stroke is being made.",
    ),
    (
        dream_picture,
        "a photograph of a cat, dreamt on by a network",
        "Dream",
        "vision/dream.py",
        "What does a network want to see? Let a picture climb the activations of any layer, and "
        "turn the knobs while it does.",
    ),
    (
        adversarial_picture,
        "a digit, a perturbation, and their sum, which the network misreads",
        "Fool it",
        "vision/adversarial.py",
        "How little does it take? Attack a network on your own drawing or on a photograph, and "
        "drag the budget until it is fooled.",
    ),
]

st.title("Glassbox", anchor=False)
st.markdown(
    ":gray[Open a network and watch it work. Everything on the screen is a tensor of a real "
    "PyTorch model, and it moves while you move.]"
)
for row in range(0, len(LABS), 2):
    for column, (picture, alt, title, page, question) in zip(
        st.columns(2), LABS[row : row + 2], strict=False
    ):
        with column, st.container(border=True):
            st.image(picture(lesson.theme()), width="stretch", alt=alt)
            st.page_link(page, label=f"**{title}**")
            st.markdown(question)
