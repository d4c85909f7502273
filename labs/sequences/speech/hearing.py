"""What the net hears: a wave, its spectrogram, states, symbols of each frame, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor

from labs.models.speech.greedy import BLANK, best_path, collapse
from labs.models.speech.mel import SILENT, log_mel
from labs.models.speech.net import STRIDE, SpeechCTC, digits
from labs.sequences.speech import ctc
from labs.sequences.speech.prefixes import prefix_search
from labs.sequences.speech.through_time import input_gradients

LIKELY = 5  # texts that are listed
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
    x = x.clone()
    for first, last, low, high in boxes:
        x[low : high + 1, first : last + 1] = SILENT
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


def digit_near(path: Sequence[int], t: int) -> int | None:
    """Return the number of the heard digit nearest to frame t; None where there is none."""
    parts = spoken(path)
    if not parts:
        return None
    return min(range(len(parts)), key=lambda i: max(parts[i][1] - t, t - parts[i][2] + 1, 0))


def likeliest_texts(heard: Heard, count: int = LIKELY) -> list[tuple[str, float]]:
    """Return the `count` texts with most probability, and ln p of each."""
    return [(digits(list(text)), p) for text, p in prefix_search(heard.log_probs)[:count]]


def gradients(net: SpeechCTC, heard: Heard) -> Tensor:
    """Return gradients at x, (D + 1, BANDS, T) for each dB: of each of D digits that are heard,
    d logit / d x, and of the whole answer, d ln p(answer | x) / d x over all its paths.

    The logit of a digit is summed over the frames in which the best path has it.  A logit, because
    the probability of what is sure hardly changes.
    """
    parts = spoken(heard.path)
    back = heard.states.new_zeros(len(parts) + 1, *heard.log_probs.shape)
    for i, (symbol, a, b) in enumerate(parts):
        back[i, a:b, symbol] = 1
    back[-1] = ctc.logit_gradient(heard.log_probs, heard.lattice)
    with torch.enable_grad():
        x = heard.x.detach().expand(len(back), -1, -1).clone().requires_grad_()
        features = net.features(x)
    read = features[0].detach()
    at_features = input_gradients(net.gru, read, heard.states, back @ net.head.weight.detach())
    return torch.autograd.grad(features, x, at_features)[0]


def reasons(slopes: Tensor, frames: int) -> Tensor:
    """Return how much each digit owes to each frame's sound, (D, frames), at most 1: the sizes of
    its gradient (D, BANDS, T), added over the bands and the frame's windows.
    """
    if not len(slopes):
        return slopes.new_zeros(0, frames)
    sizes = slopes.abs().sum(1)  # (D, T)
    owed = torch.nn.functional.avg_pool1d(
        sizes[:, None], 2 * STRIDE + 1, STRIDE, padding=STRIDE, count_include_pad=False
    )[:, 0, :frames]
    return owed / owed.amax(1, keepdim=True).clamp(min=1e-12)
