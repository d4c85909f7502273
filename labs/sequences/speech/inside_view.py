"""The pictures of what is inside: states, gradients, and the units that decide."""

from functools import lru_cache

from torch import Tensor

from labs.live import Frame
from labs.models.speech.greedy import BLANK
from labs.models.speech.mel import BANDS, corners
from labs.models.speech.net import FRAME, HIDDEN, SYMBOLS, SpeechCTC, digits
from labs.numerals import written
from labs.sequences.speech.hearing import Heard, spoken
from labs.sequences.speech.view import STEP, axis, frame_at, hertz_ticks

VOTES = 10  # units that are listed


@lru_cache(4)
def ordered(net: SpeechCTC) -> tuple[list[int], list[list]]:
    """Return the units in the order of the symbol that each speaks for most, and where the symbols'
    groups stand, [place in [0, 1], name].
    """
    strongest = net.head.weight.argmax(0)  # (units,)
    order = strongest.argsort(stable=True)
    ticks, count = [], len(order)
    for symbol in range(len(SYMBOLS)):
        rows = (strongest[order] == symbol).nonzero()[:, 0]
        if len(rows):
            name = "–" if symbol == BLANK else SYMBOLS[symbol]
            ticks.append([(float(rows.float().mean()) + 0.5) / count, name])
    return order.tolist(), ticks


def states(f: Frame, net: SpeechCTC, heard: Heard, at: float) -> None:
    """Add the GRU's states: a row for each unit of both directions."""
    order, ticks = ordered(net)
    f.maps["states"] = heard.states.T[order][None]
    f.notes["states"] = axis(heard, at) | {
        "first": -0.5 * FRAME, "step": FRAME, "row": None, "limit": 1.0, "boxes": [],
        "ticks": ticks,
        "names": [f"unit {k % HIDDEN + 1} {'→' if k < HIDDEN else '←'}" for k in order],
    }  # fmt: skip
    f.notes["titles"]["states"] = (
        f"{HIDDEN} units forwards, {HIDDEN} backwards, by the symbol whose logit they raise most"
    )


def slope(f: Frame, heard: Heard, x: Tensor, name: str, at: float) -> None:
    """Add a gradient (BANDS, T) on the spectrogram; name: of what."""
    f.maps["slope"] = x.flip(0)[None]
    f.notes["slope"] = axis(heard, at) | {
        "first": -0.5 * STEP, "step": STEP, "row": None, "boxes": [],
        "ticks": hertz_ticks(), "limit": max(float(x.abs().max()), 1e-9),
        "names": [f"{hz:,.0f} Hz" for hz in corners()[1:-1].flip(0).tolist()],
    }  # fmt: skip
    f.notes["titles"]["slope"] = f"how {name} changes with each of {BANDS} bands" if name else ""


def where(f: Frame, heard: Heard, slopes: Tensor, done: bool) -> None:
    """Add a row for each heard digit: where the middle half of its gradient's size lies.

    done: whether the gradients (D, BANDS, T) are computed; without them there is no row.
    """
    rows = []
    for (symbol, _, _), x in zip(spoken(heard.path), slopes, strict=False):
        (start, end), (low, high) = (_middle(x.abs().double().sum(k)) for k in (0, 1))
        hz = corners()[1:-1]
        moments = f"{written(start * STEP, '.2f')}–{written(end * STEP, '.2f')}"
        rows.append([digits([symbol]), moments, f"{hz[low]:,.0f}–{hz[high]:,.0f}"])
    f.notes["where"] = {"head": ["digit", "s", "Hz"], "rows": rows}
    f.notes["titles"]["where"] = (
        "the middle half of each gradient" if rows or not done else "it hears no digit"
    )  # fmt: skip


def _middle(sizes: Tensor) -> tuple[int, int]:
    """Return between which places the middle half of sizes (N,) lies."""
    done = sizes.cumsum(0) / sizes.sum().clamp(min=1e-30)
    return int((done >= 0.25).int().argmax()), int((done >= 0.75).int().argmax())


def votes(f: Frame, net: SpeechCTC, heard: Heard, at: float) -> None:
    """Add the units that raise the logit of the frame's likeliest symbol most, or lower it most."""
    t = frame_at(heard, at)
    symbol = heard.path[t]
    terms = net.head.weight[symbol] * heard.states[t]  # (units,)
    total = float(terms.sum() + net.head.bias[symbol])
    order = terms.abs().argsort(descending=True)[:VOTES].tolist()
    name = "–" if symbol == BLANK else SYMBOLS[symbol]
    f.notes["votes"] = {
        "rows": [[f"{k % HIDDEN + 1} {'→' if k < HIDDEN else '←'}", float(terms[k]), 0,
                  written(terms[k], "+.2f")] for k in order],
        "chosen": None, "limit": max(float(terms.abs().max()), 1e-6),
        "foot": f"all {len(terms)} and the bias: {written(total, '.2f')}",
    }  # fmt: skip
    f.notes["titles"]["votes"] = f"weight × state for {name}, frame {t + 1}"
