"""Pictures of the labs of Basics, each computed once from the lab's own model."""

import numpy as np
import streamlit as st

from labs.basics.approximation import Approximation
from labs.basics.autodiff import trace
from labs.basics.backprop import Backprop
from labs.basics.depth import Depth
from labs.basics.neuron import Neuron
from labs.basics.optimizers.surfaces import SURFACES, field
from labs.basics.playground import Playground
from labs.figures.sheet import sheet
from pages.ui.covers.drawn import curves, graph


@st.cache_data
def neuron(theme: str) -> np.ndarray:
    """The two hidden units and the output of XNOR as the lecture builds it, over the plane."""
    lab = Neuron()
    lab.receive({"setting": "xnor"})
    return sheet(lab.frame().maps["units"].numpy(), columns=3, scale=4, theme=theme)


@st.cache_data
def spiral_maps() -> np.ndarray:
    """Units of a net that has learnt two spirals, its output last: (6, 50, 50)."""
    lab = Playground()
    lab.receive({"setting": "preset", "value": "spiral"})
    for _ in range(160):
        lab.step()
    maps = lab.frame().maps["units"].numpy()
    return np.concatenate([maps[8:13], maps[-1:]])


def playground(theme: str) -> np.ndarray:
    """The plane as that net sees it."""
    return sheet(spiral_maps(), columns=6, scale=2, theme=theme)


@st.cache_data
def approximation(theme: str) -> np.ndarray:
    """A wave, what each unit adds, and their sum."""
    lab = Approximation()
    for _ in range(1500):
        lab.step()
    values = lab.frame().values
    x, wave, output = values["sketch"].numpy()
    parts = [(np.stack([x, part]), "line", 2) for part in values["sketch.parts"].numpy()]
    whole = [(np.stack([x, wave]), "dim", 5), (np.stack([x, output]), "accent", 3)]
    return curves([*parts, *whole], theme)


@st.cache_data
def autodiff(theme: str) -> np.ndarray:
    """The lecture's function and its two derivatives over the plane, one trace a pixel."""
    x1, x2 = np.linspace(0.3, 6, 30), np.linspace(6, -6, 30)
    traces = [trace("ln(x1) + x1*x2 - sin(x2)", {"x1": a, "x2": b}) for b in x2 for a in x1]
    maps = np.array([[t.value, t.gradient["x1"], t.gradient["x2"]] for t in traces]).T
    maps = maps.reshape(3, 30, 30) / np.abs(maps).max(1).reshape(3, 1, 1)
    return sheet(maps, columns=3, scale=4, theme=theme)


@st.cache_data
def backprop(theme: str) -> np.ndarray:
    """A small net with the numbers of its forward pass."""
    lab = Backprop()
    lab.receive({"setting": "preset", "value": "softmax"})
    told = lab.frame().notes["diagram"]
    return graph(told["nodes"], told["edges"], theme)


@st.cache_data
def optimizers(theme: str) -> np.ndarray:
    """Four of the loss surfaces, by the rank of their height."""
    fields = [field(SURFACES[name]).numpy()[::-2, ::2] for name in
              ("himmelblau", "ripples", "saddle", "rosenbrock")]  # fmt: skip
    ranks = [f.ravel().argsort().argsort().reshape(f.shape) / f.size for f in fields]
    return sheet(1 - np.array(ranks), columns=4, scale=2, theme=theme, map="unsigned")


@st.cache_data
def depth(theme: str) -> np.ndarray:
    """Histograms of the gradient of every layer: sigmoid, ReLU with He, fifty residual layers."""
    lab, tiles = Depth(), []
    for name in ("sigmoid", "relu", "residual50"):
        lab.receive({"setting": "preset", "value": name})
        shares = lab.mine.health().gradients.sqrt().numpy()
        columns = np.linspace(0, shares.shape[1] - 1, 48).astype(int)
        tiles.append(shares[:, columns] / shares.max())
    return sheet(np.array(tiles), columns=3, scale=3, theme=theme, map="unsigned")
