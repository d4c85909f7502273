"""What there is to see of a translation: each function puts one picture into the frame."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.live import Frame
from labs.models.translation.pieces import END, SPACE, english_french
from labs.sequences.translation.trace import READ, WRITTEN, Trace, shown

CANDIDATES = 10  # next words that are offered
DEAREST = 6.0  # nats of the strongest colour
NOTHING = "type a sentence"


def likeliest(trace: Trace, place: int) -> list[int]:
    """Return the pieces offered at a place, the likeliest first."""
    return trace.log_p[place].topk(CANDIDATES).indices.tolist()


def aligned(f: Frame, name: str, trace: Trace, chosen: int) -> None:
    """Add the weights with which each piece was written; the chosen place may be the end's."""
    T = len(trace.tokens)
    f.values[name] = trace.attention[:T]
    moved = [*trace.acts.aims]
    if trace.acts.off_from is not None:
        moved += range(trace.acts.off_from, T)
    f.notes[name] = {
        "columns": [shown(p) for p in trace.source],
        "rows": [shown(p) for p in trace.tokens],
        "chosen": chosen if chosen < T else None,
        "moved": sorted({row for row in moved if row < T}),
        "forced": [*range(min(len(trace.acts.forced), T))],
    }


def french(f: Frame, trace: Trace, chosen: int, attends: bool) -> None:
    """Add the sentence, every character coloured by what its piece cost, and what it costs."""
    text, values, starts = spelled(trace)
    f.values["french"] = values
    f.notes.setdefault("colors", {})["french"] = "unsigned"
    f.notes["french"] = {
        "text": text, "start": 0, "high": DEAREST, "typed": trace.acts.teacher, "caret": False,
        "selected": starts[chosen] if chosen < len(starts) else None,
        "label": "nats, what each piece cost",
    }  # fmt: skip
    read = trace.acts.teacher
    verb = "your sentence costs" if read else "it costs"
    end = "" if trace.ended else "; it found no end"
    per = -trace.log_prob / (len(trace.tokens) + trace.ended)
    said = f"{verb} {-trace.log_prob:.2f} nats, {per:.2f} a piece{end}"
    f.notes["titles"]["french"] = said
    lines = "what was looked at for each piece"
    if not attends:
        lines = "it looks at no word: all it has is one vector"
    f.notes["titles"]["aligned"] = lines
    f.notes["say"] = f"{trace.text or 'Nothing'}, {said}."


def spelled(trace: Trace) -> tuple[str, Tensor, list[int]]:
    """Return the sentence as its pieces spell it, what each character's piece cost (N,), and
    where each piece begins.
    """
    costs, text, values, starts = trace.costs, "", [], []
    for piece, cost in zip(trace.tokens, costs.tolist(), strict=False):
        word = english_french().symbols[piece].replace(SPACE, " ")
        word = word.lstrip() if not text else word
        starts.append(len(text) + (len(word) - len(word.lstrip())))
        text += word
        values += [cost] * len(word)
    table = english_french().decode(trace.tokens)
    if len(table) == len(text):  # with the capitals of beginnings
        text = table
    return text, torch.tensor(values), starts


def piece_at(trace: Trace, index: int) -> int:
    """Return the piece that a character of the sentence belongs to."""
    starts = spelled(trace)[2]
    return max((i for i, start in enumerate(starts) if start <= index), default=0)


def next_words(f: Frame, trace: Trace, place: int) -> None:
    """Add what could stand at a place."""
    log_p = trace.log_p[place]
    found = likeliest(trace, place)
    here = trace.tokens[place] if place < len(trace.tokens) else END
    p = log_p.exp()
    f.notes["next"] = {
        "rows": [[shown(i), float(p[i]), 0, f"{float(p[i]):.1%}"] for i in found],
        "chosen": found.index(here) if here in found else None,
        "foot": f"the others together {max(0.0, 1 - float(p[found].sum())):.1%}",
    }
    before = shown(trace.tokens[place - 1]) if place else "(start)"
    f.notes["titles"]["next"] = f"after {before}"


def inside(f: Frame, trace: Trace) -> None:
    """Add the encoder's states as they fill, the vector, and the decoder's states."""
    S, H = len(trace.source), trace.encoded.states.shape[2] // 2
    states = torch.zeros(2, H, READ)
    states[:, :, :S] = trace.encoded.states[0].T.reshape(2, H, S)
    f.maps["states"] = states
    off = sorted(trace.acts.zeroed)
    f.notes.setdefault("labels", {})["states"] = ["read forwards", "read backwards"]
    f.notes["titles"]["states"] = (
        f"{H} units down, pieces to the right; "
        + (f"at 0: {', '.join(map(str, off[:6]))}{' …' if len(off) > 6 else ''}" if off else
           "click one to set it to 0")
    )  # fmt: skip
    f.maps["vector"] = trace.encoded.summary.reshape(1, 16, -1)
    f.notes["titles"]["vector"] = f"{2 * H} numbers: the last state of each direction"
    T = len(trace.states)
    decoder = torch.zeros(1, trace.states.shape[1], WRITTEN // 2)
    kept = trace.states[: WRITTEN // 2].T
    decoder[0, :, : kept.shape[1]] = kept
    f.maps["decoder"] = decoder
    f.notes["titles"]["decoder"] = f"s_0 to s_{T - 1}, each made from the one before"


def notice(f: Frame, trace: Trace, others: Mapping[str, str]) -> None:
    """Say under the typed sentence what was not read, or what other nets say, by name."""
    said = []
    if trace.left_out:
        said.append(f"only the first {READ} pieces are read, {trace.left_out} are left out")
    if trace.unknown:
        said.append(f"unknown to it: {' '.join(trace.unknown[:8])}")
    said = said or [f"{name}: {text or '—'}" for name, text in others.items()]
    f.notes["titles"]["english"] = "; ".join(said) or "read after every key"


def nothing(f: Frame, units: int, decoder: int) -> None:
    """Add empty pictures: there is nothing to read."""
    for name in ("aligned", "matrix"):
        f.values[name] = torch.zeros(0, 0)
        f.notes[name] = {"columns": [], "rows": [], "chosen": None, "moved": [], "forced": []}
    f.values["french"] = torch.zeros(0)
    f.notes["french"] = {"text": "", "start": 0, "high": DEAREST, "typed": "", "caret": False,
                         "selected": None, "label": "nats, what each piece cost"}  # fmt: skip
    f.notes["next"] = {"rows": [], "chosen": None, "foot": NOTHING}
    f.maps["states"] = torch.zeros(2, units, READ)
    f.maps["vector"] = torch.zeros(1, 16, 2 * units // 16)
    f.maps["decoder"] = torch.zeros(1, decoder, WRITTEN // 2)
    f.notes["titles"] |= dict.fromkeys(("french", "aligned", "english"), NOTHING)
    f.notes["say"] = "No sentence yet."
