"""Pictures of the labs of Sequences, each computed once from the lab's own model."""

import numpy as np
import streamlit as st

from labs.figures.sheet import sheet
from labs.sequences.language import Writer
from labs.sequences.names import Names
from labs.sequences.speech import Listen


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
