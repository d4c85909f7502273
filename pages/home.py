"""The gallery: a picture, a question and a link for every lab."""

import numpy as np
import streamlit as st

from labs.basics.approximation import Approximation
from labs.basics.neuron import Neuron
from labs.basics.playground import Playground
from labs.figures.sheet import sheet
from labs.vision.digit import Digit
from labs.vision.dream import Dream
from pages.ui import lesson


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
def neuron_picture(theme: str) -> np.ndarray:
    """The two hidden units and the output of XNOR as the lecture builds it, over the plane."""
    lab = Neuron()
    lab.receive({"setting": "xnor"})
    return sheet(lab.frame().maps["units"].numpy(), columns=3, scale=4, theme=theme)


@st.cache_data
def approximation_picture(theme: str) -> np.ndarray:
    """What each unit adds to a wave, one row a unit, and the sum below."""
    lab = Approximation()
    for _ in range(300):
        lab.step()
    output, parts = lab.look()
    rows = np.concatenate([parts.numpy(), output.numpy()[None]]).repeat(5, axis=0)
    return sheet(rows[None], columns=1, scale=4, theme=theme)


# picture, alternative text, title, page, question
LABS = [
    (
        neuron_picture,
        "two hidden units and the output of a net for XNOR, over the plane",
        "Neuron",
        "basics/neuron.py",
        "What can one unit say? Drag its line, let two rules move it, see why it fails on XOR, and "
        "build XNOR from three of them.",
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
        approximation_picture,
        "what eight units add to a wave, row by row, and their sum",
        "Approximation",
        "basics/approximation.py",
        "How does a sum of simple bends become any function? Draw one with the pen, and see what "
        "width, depth and the bend itself are worth.",
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
