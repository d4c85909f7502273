"""Pictures of the labs of Vision, each computed once from the lab's own model."""

import io

import numpy as np
import streamlit as st
import torch
from PIL import Image

from labs.data.photos import photo
from labs.figures.sheet import sheet
from labs.figures.theme import DARK, LIGHT
from labs.vision.adversarial import Adversarial
from labs.vision.architectures.classify import OURS, classify, model_of
from labs.vision.convolution import Filter
from labs.vision.digit import Digit
from labs.vision.dream import Dream
from labs.vision.features import Edges
from labs.vision.scenes import Draw


@st.cache_data
def convolution(theme: str) -> np.ndarray:
    """The edges of an astronaut, as the convolution lab finds them."""
    y = Filter().answer.output[:, 90:250, 110:430:1]
    return sheet(y.clamp(-2, 2).numpy(), columns=1, scale=2, theme=theme)


@st.cache_data
def architectures(theme: str) -> np.ndarray:
    """The strongest maps of a net's second stage for a cat."""
    model, names, side = model_of(OURS)
    maps = next(iter(classify(model, photo("cat"), names, side).stages.values()))
    return sheet(maps[:12].numpy(), columns=6, scale=3, theme=theme)


@st.cache_data
def digit(theme: str) -> np.ndarray:
    """LeNet's first maps of an 8, and the gradient of its logit at them after pooling."""
    a, gradients, _ = Digit().look()
    rows = [
        sheet(a.conv1.numpy(), columns=6, scale=3, theme=theme),
        sheet(gradients["pool1"].numpy(), columns=6, scale=6, theme=theme, map="gradient"),
    ]
    return np.concatenate(rows)


@st.cache_data
def scenes(theme: str) -> np.ndarray:
    """A sample scene, its pixels in the colours that the net gives them."""
    frame, paper = Draw().frame(), LIGHT if theme == "light" else DARK
    drawn = Image.open(io.BytesIO(frame.images["pointed"])).convert("RGBA").resize((1024, 768), 0)
    ground = Image.new("RGBA", drawn.size, paper.card)
    return np.asarray(Image.alpha_composite(ground, drawn).convert("RGB"))


@st.cache_data
def features(theme: str) -> np.ndarray:
    """Canny's gradient of a photograph, thinned, and what two thresholds leave of it."""
    c = Edges().stages
    maps = [c.magnitude / c.magnitude.max(), c.thinned / c.magnitude.max(), c.edges.double()]
    return sheet(np.concatenate([x[0].numpy() for x in maps]), columns=3, scale=1, theme=theme,
                 map="unsigned")  # fmt: skip


@st.cache_data
def dream(theme: str) -> np.ndarray:
    """What EfficientNet-Lite0 has made of a cat after a few steps."""
    dream = Dream()
    for name, value in {"steps": 4, "size": 256}.items():
        dream.receive({"setting": name, "value": value})
    while dream.count < 16:
        dream.step()
    picture = (dream.picture[0].permute(1, 2, 0) * 255).byte().numpy()
    return np.ascontiguousarray(picture[30:120])  # of 170 rows


@st.cache_data
def adversarial(theme: str) -> np.ndarray:
    """An 8, what FGSM adds to it, and what LeNet then takes for another digit."""
    lab = Adversarial()
    clean, attacked = lab.run.x[0], lab.run.verdict.image[0]
    return sheet(
        torch.cat([clean, attacked - clean, attacked]).numpy(), columns=3, scale=6, theme=theme
    )
