"""The pictures of the gallery, each computed once from the lab's own model."""

import io
import math
from importlib import import_module

import numpy as np
import streamlit as st
import torch
from PIL import Image

from labs.basics.approximation import Approximation
from labs.basics.autodiff import trace
from labs.basics.backprop import Backprop
from labs.basics.depth import Depth
from labs.basics.neuron import Neuron
from labs.basics.optimizers.surfaces import SURFACES, field
from labs.basics.playground import Playground
from labs.data.photos import photo
from labs.figures.sheet import sheet
from labs.figures.theme import DARK, LIGHT
from labs.generative.autoencoders import Plane
from labs.generative.gan import Digits
from labs.live.lab import Lab
from labs.play.board.play import Play
from labs.play.driving import Reinforce
from labs.play.driving.track import CELL, places
from labs.sequences.language import Writer
from labs.sequences.names import Names
from labs.sequences.speech import Listen
from labs.vision.adversarial import Adversarial
from labs.vision.architectures.classify import OURS, classify, model_of
from labs.vision.convolution import Filter
from labs.vision.digit import Digit
from labs.vision.dream import Dream
from labs.vision.features import Edges
from labs.vision.scenes import Draw
from pages.catalogue import Entry
from pages.ui.lines import curves, graph

SHAPE = 0.34  # height of a picture on a card, over its width


def framed(picture: np.ndarray) -> np.ndarray:
    """Return picture (H, W, 3) of bytes in the shape that all cards share: cut, or with a clear
    margin, as (H', W', 4).
    """
    width = picture.shape[1]
    cut = picture[: round(2 * SHAPE * width)]  # of a tall one, the upper part says enough
    tall = max(cut.shape[0], round(SHAPE * width))
    wide = max(width, round(tall / SHAPE))
    frame = np.zeros((tall, wide, 4), np.uint8)
    top, left = (tall - cut.shape[0]) // 2, (wide - width) // 2
    frame[top : top + cut.shape[0], left : left + width, :3] = cut
    frame[top : top + cut.shape[0], left : left + width, 3] = 255
    return frame


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


@st.cache_data
def language(theme: str) -> np.ndarray:
    """A third of the LSTM's units over the last characters of what it wrote."""
    units = Writer().frame().maps["units"][:, :64].numpy()
    return sheet(units.repeat(2, axis=2), columns=1, scale=3, theme=theme)


@st.cache_data
def names(theme: str) -> np.ndarray:
    """What the reader holds of three names after every letter, language by language."""
    lab, maps = Names(), []
    for name in ("Fitzgerald", "Kowalewska", "Yoshinaga"):
        lab.receive({"panel": "letters", "kind": "type", "value": name})
        maps.append(lab.reading.moving.T[:, :9].numpy())
    return sheet(np.stack(maps), columns=3, scale=7, theme=theme)


@st.cache_data
def speech(theme: str) -> np.ndarray:
    """The log-mel spectrogram of four spoken digits."""
    sound = Listen().frame().maps["sound"].numpy()
    return sheet(sound.repeat(5, axis=1).repeat(2, axis=2), columns=1, scale=1, map="unsigned",
                 theme=theme)  # fmt: skip


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


@st.cache_data
def board(theme: str) -> np.ndarray:
    """Moments of a game that the net of Connect Four plays against itself, by its policy alone."""
    lab = Play()
    for name, value in (("sides", "watch"), ("simulations", 1), ("temperature", 1)):
        lab.receive({"setting": name, "value": value})
    while lab.step():
        pass
    states = lab.now.played.states
    shown = [states[(len(states) - 1) * k // 12] for k in range(1, 13)]
    cells = np.stack([lab.game.board(state).numpy() for state in shown])
    return sheet((cells == 1) - 1.0 * (cells == 2), columns=6, scale=8, gap=6, theme=theme)


@st.cache_data
def driving(theme: str) -> np.ndarray:
    """The value of every place of a track, after some seconds of learning from rewards."""
    lab = Reinforce()
    for _ in range(700):
        lab.step()
    values = lab.frame().maps["road"][None]
    track = lab.world.track
    high, wide = track.near.shape
    fine = torch.nn.functional.interpolate(values, (high, wide), mode="bilinear")[0, 0]
    road, middles = track.clear(places(CELL)).flip(0), places(CELL).flip(0)
    low, high = fine[road > 0].min(), fine[road > 0].max()
    fine = torch.where(road > 0, 0.15 + 0.85 * (fine - low) / (high - low), 0.0)
    for x, y, heading, *_ in lab.world.cars.tolist():  # a car is orange
        away = torch.stack([middles[..., 0] - x, middles[..., 1] - y])
        along = math.cos(heading) * away[0] + math.sin(heading) * away[1]
        across = math.cos(heading) * away[1] - math.sin(heading) * away[0]
        fine[((along - 1.2).abs() < 2.1) & (across.abs() < 1)] = -1.0
    return sheet(fine[None].numpy(), columns=1, scale=3, theme=theme)


@st.cache_data
def first_map(module: str, theme: str) -> np.ndarray:
    """The first maps (K, H, W) of a lab's frame, in as many columns as fill a card best."""
    found = [maps.numpy() for maps in lab_of(module)().frame().maps.values() if maps.ndim == 3]
    if not found:
        raise ValueError(f"labs.{module} shows no maps for its card; give it a picture in COVERS")
    count, height, width = found[0].shape
    tall = {c: -(-count // c) * height / (c * width) for c in range(1, count + 1)}
    best = min(tall, key=lambda columns: abs(tall[columns] - SHAPE))
    return sheet(found[0], columns=best, scale=max(1, 300 // width), theme=theme)


def lab_of(module: str) -> type[Lab]:
    """Return the lab of a module below labs/: the first that it holds."""
    held = vars(import_module(f"labs.{module}")).values()
    return next(x for x in held if isinstance(x, type) and issubclass(x, Lab) and x is not Lab)


COVERS = {
    "neuron": neuron,
    "playground": playground,
    "approximation": approximation,
    "autodiff": autodiff,
    "backprop": backprop,
    "optimizers": optimizers,
    "depth": depth,
    "convolution": convolution,
    "architectures": architectures,
    "digit": digit,
    "features": features,
    "scenes": scenes,
    "dream": dream,
    "adversarial": adversarial,
    "language": language,
    "names": names,
    "speech": speech,
    "autoencoders": autoencoders,
    "gan": gan,
    "board": board,
    "driving": driving,
}


def cover(entry: Entry, theme: str) -> np.ndarray:
    """Return the picture (H, W, 3) on a lab's card: one of those above, or its first map."""
    if made := COVERS.get(entry.name):
        return made(theme)
    return first_map(entry.place.replace("/", "."), theme)
