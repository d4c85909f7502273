"""Pictures of the labs of Play, each computed once from the lab's own model."""

import math

import numpy as np
import streamlit as st
import torch

from labs.figures.sheet import sheet
from labs.play.board.play import Play
from labs.play.driving import Reinforce
from labs.play.driving.track import CELL, places


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
