"""The gallery: a picture, a question and a link for every lab."""

import numpy as np
import streamlit as st

from labs.data.photos import photo
from labs.figures.sheet import sheet
from labs.vision.architectures.classify import OURS, classify, model_of
from labs.vision.convolution import Filter
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
def convolution_picture(theme: str) -> np.ndarray:
    """The edges of an astronaut, as the convolution lab finds them."""
    y = Filter().output()[:, 90:250, 110:430:1]
    return sheet(y.clamp(-2, 2).numpy(), columns=1, scale=2, theme=theme)


@st.cache_data
def architectures_picture(theme: str) -> np.ndarray:
    """The strongest maps of a net's second stage for a cat."""
    model, names, side = model_of(OURS)
    maps = next(iter(classify(model, photo("cat"), names, side).stages.values()))
    return sheet(maps[:12].numpy(), columns=6, scale=3, theme=theme)


# picture, alternative text, title, page, question
LABS = [
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
