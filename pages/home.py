"""The gallery: a picture, a question and a link for every lab."""

import numpy as np
import streamlit as st
import torch

from labs.figures.sheet import sheet
from labs.vision.adversarial import Adversarial
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
def adversarial_picture(theme: str) -> np.ndarray:
    """An 8, what FGSM adds to it, and what LeNet then takes for another digit."""
    lab = Adversarial()
    clean, attacked = lab.run.x[0], lab.run.verdict.image[0]
    return sheet(
        torch.cat([clean, attacked - clean, attacked]).numpy(), columns=3, scale=6, theme=theme
    )


# picture, alternative text, title, page, question
LABS = [
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
