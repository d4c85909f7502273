"""What the net hears: a wave, its spectrogram, states, symbols of each frame, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor

from labs.models.speech.greedy import BLANK, best_path, collapse
from labs.models.speech.mel import log_mel
from labs.models.speech.net import RANGE, SpeechCTC, digits
from labs.sequences.speech import ctc

Box = tuple[int, int, int, int]  # first and last window, lowest and highest band


@dataclass(frozen=True)
class Heard:
    """A wave and what became of it; T windows, F frames of the net."""

    wave: Tensor  # (N,)
    x: Tensor  # (BANDS, T) in dB, with what is switched off
    states: Tensor  # (F, 2 HIDDEN)
    log_probs: Tensor  # (F, symbols)
    path: list[int]  # the likeliest symbol of each frame
    answer: list[int]  # symbols
    lattice: ctc.Lattice  # of the answer
    way: list[int]  # the row of the lattice at each frame, on the likeliest path of the answer

    @property
    def text(self) -> str:
        """The digits that are heard."""
        return digits(self.answer)


def switched_off(x: Tensor, boxes: Sequence[Box]) -> Tensor:
    """Return a spectrogram (BANDS, T) in dB with silence in the boxes."""
    if not boxes:
        return x
    x, floor = x.clone(), float(x.max()) - RANGE
    for first, last, low, high in boxes:
        part = x[low : high + 1, first : last + 1]
        part.clamp_(max=floor)
    return x


@torch.no_grad()
def hear(net: SpeechCTC, wave: Tensor, boxes: Sequence[Box] = ()) -> Heard:
    """Return what the net makes of a wave (N,) at 8 kHz, with these boxes switched off."""
    x = switched_off(log_mel(wave), boxes)
    states = net.states(net.features(x[None]))
    log_probs = net.read(states)[0].double()
    path = best_path(log_probs)
    answer = collapse(path)
    return Heard(
        wave, x, states[0], log_probs, path, answer, ctc.lattice(log_probs, answer),
        ctc.likeliest(log_probs, answer),
    )  # fmt: skip


def runs(path: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the stretches of equal symbols of a path: (symbol, first frame, frame after it)."""
    found, at = [], 0
    for symbol, group in groupby(path):
        count = sum(1 for _ in group)
        found.append((symbol, at, at + count))
        at += count
    return found


def spoken(path: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the stretches of a path that are no blank, one for each symbol of the answer."""
    return [run for run in runs(path) if run[0] != BLANK]


@torch.enable_grad()
def gradient(net: SpeechCTC, heard: Heard, of: int | None = None) -> Tensor:
    """Return d ln p / d x, (BANDS, T) nats for each dB: which sounds made it say so.

    p is the probability of the whole answer, or with `of` of its symbol number `of`, at the frames
    where the best path has it.
    """
    x = heard.x[None].detach().clone().requires_grad_()
    log_probs = net(x)[0]
    if of is None:
        said = ctc.lattice(log_probs.double(), heard.answer).log_prob
    else:
        symbol, first, last = spoken(heard.path)[of]
        said = log_probs[first:last, symbol].sum()
    (slope,) = torch.autograd.grad(said, x)
    return slope[0]
