"""Pictures of the labs of Generative, each computed once from the lab's own model."""

import numpy as np
import streamlit as st
import torch

from labs.figures.sheet import sheet
from labs.generative.autoencoders import Plane
from labs.generative.gan import Digits


@st.cache_data
def autoencoders(theme: str) -> np.ndarray:
    """Pictures decoded from a strip of the plane of codes."""
    x, y = torch.linspace(-2.6, 2.6, 12), torch.linspace(1.6, -1.6, 4)
    codes = torch.stack(torch.meshgrid(x, y, indexing="xy"), 2).view(-1, 2)
    pictures = Plane().net.decode(codes)[:, 0].numpy()
    return sheet(pictures, columns=12, scale=1, gap=0, theme=theme, map="ink")


@st.cache_data
def gan(theme: str) -> np.ndarray:
    """Four forged digits of every class."""
    model = Digits().gan
    z = torch.randn(40, model.latent, generator=torch.Generator().manual_seed(2))
    pictures = model(z, torch.arange(40) % 10)[:, 0].numpy()
    return sheet(pictures, columns=10, scale=1, gap=2, theme=theme, map="ink")
