"""What one vector costs: both nets against the length of a sentence, and what the vector knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import shorten

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from labs import zoo
from labs.data.translations import clean
from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.checks import EMPTY, places, whole
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.translation.bleu import BINS
from labs.models.translation.net import Translator
from labs.models.translation.pieces import END, PAD, START, english_french
from labs.numerals import written
from labs.sequences.translation.controls import NETS, TITLES
from labs.sequences.translation.sentences import SENTENCES

MIDDLES = (3.5, 5.5, 7.5, 9.5, 12.0, 17.0)  # where a bin stands on the axis
TYPED = "My aunt has a small green boat."
LONGEST = 400  # characters
NEAREST = 8
LINE = 44  # characters of a near sentence
DEAREST = 4.0  # nats a piece, the end of the axis
VECTOR = [*NETS.values()][-1]  # the net whose vectors are looked at: the plain one


@dataclass(frozen=True)
class Measured:
    """A net on the page's own sentences."""

    said: tuple[str, ...]  # its translations
    costs: Tensor  # (N,), of the translation that was written by hand, nats a piece
    vectors: Tensor  # (N, 2H): the last state of each direction


@cache
def measured(name: str) -> Measured:
    """Return what a net of the zoo makes of the sentences."""
    net = zoo.load(name)
    said = tuple(t.text for t in net.translate_all([english for english, _ in SENTENCES]))
    return Measured(said, costs(net, SENTENCES), vectors(net, [e for e, _ in SENTENCES]))


@torch.no_grad()
def costs(net: Translator, pairs) -> Tensor:
    """Return what the right translations cost, (N,) nats a piece, the end counted as one."""
    table = english_french()
    source = pad_sequence([torch.tensor(table.encode(e)) for e, _ in pairs], True)
    rows = [torch.tensor([START, *table.encode(f), END]) for _, f in pairs]
    target = pad_sequence(rows, True, padding_value=PAD)
    logits, y = net(source, target[:, :-1]), target[:, 1:]
    nats = F.cross_entropy(logits.mT, y, ignore_index=PAD, reduction="none")
    return nats.sum(1) / (y != PAD).sum(1)


@torch.no_grad()
def vectors(net: Translator, texts: list[str]) -> Tensor:
    """Return the vectors (N, 2H) of sentences."""
    table = english_french()
    source = pad_sequence([torch.tensor(table.encode(clean(t))) for t in texts], True)
    return net.encode(source).summary


def plane(points: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the two directions (2, D) in which points (N, D) differ most, their mean (D,), and
    the points on them (2, N).
    """
    middle = points.mean(0)
    axes = torch.linalg.svd(points - middle, full_matrices=False).Vh[:2]
    return axes, middle, axes @ (points - middle).T


def by_length() -> Tensor:
    """Return (3, bins): words, BLEU of both nets on the held-out pairs, as the manifest has it."""
    rows = [list(MIDDLES)]
    for name in NETS.values():
        metrics: Mapping[str, float] = zoo.manifest()[name]["metrics"]
        rows.append([metrics.get(f"bleu_{a}_to_{b}_words", torch.nan) for a, b in BINS])
    return torch.tensor(rows)


def _apart(chosen: int) -> bool:
    return _gap(chosen) > 1.2


def _blind(chosen: int) -> bool:
    return _gap(chosen) < 0


def _gap(chosen: int) -> float:
    """What the right words cost more without attention, nats a piece."""
    found = [float(measured(name).costs[chosen]) for name in NETS.values()]
    return found[-1] - found[0]


CHALLENGES = (
    Challenge("apart", "Open a sentence whose right translation costs more than 1.2 nats a piece "
        "more without attention.", "Look among the long ones.", _apart),
    Challenge("blind", "Open a sentence for which the net without attention is surer of the right "
        "words.", "A short sentence fits into one vector.", _blind),
)  # fmt: skip


class Bottleneck(Lab):
    """Both nets on sentences of every length; one of them is opened."""

    name = "translation.length"
    challenges = CHALLENGES
    links = ("opened", "near")
    on = {
        ("pairs", "click"): "open_dot",
        ("vectors", "click"): "open_dot",
        ("alike", "click"): "open_near",
        ("near", "text"): "type_near",
    }

    def __init__(self) -> None:
        super().__init__()
        self.opened, self.typed = 27, TYPED

    def open_dot(self, event: Event) -> None:
        """Open the sentence of a dot."""
        unit = whole(event.get("unit"), 0, 2 * len(SENTENCES) - 1, "A point")
        self.opened = unit % len(SENTENCES)

    def open_near(self, event: Event) -> None:
        """Open a sentence of the list."""
        row = whole(event.get("unit"), 0, NEAREST - 1, "A row")
        if self.typed:
            self.opened = self.alike()[row][0]

    def type_near(self, event: Event) -> None:
        """Look which sentences lie near another one."""
        value = event.get("value")
        if not isinstance(value, str) or len(value) > LONGEST:
            raise ValueError(f"A sentence is text of at most {LONGEST} characters.")
        self.typed = clean(value)

    def alike(self) -> list[tuple[int, float]]:
        """Return the sentences whose vectors point most in the typed one's direction, and the
        cosine of the angle between.
        """
        points = measured(VECTOR).vectors
        own = vectors(zoo.load(VECTOR), [self.typed])
        found = F.cosine_similarity(points, own).topk(NEAREST)
        return list(zip(found.indices.tolist(), found.values.tolist(), strict=True))

    def show(self) -> Frame:
        """Return BLEU by length, the sentences as dots, the opened one, and its neighbours."""
        f = Frame(notes={"titles": {}})
        f.values["bleu"] = by_length()
        self._dots(f)
        self._opened(f)
        self._vectors(f)
        return f

    def _dots(self, f: Frame) -> None:
        words = torch.tensor([float(len(e.split())) for e, _ in SENTENCES])
        both = [measured(name) for name in NETS.values()]
        rows = [torch.stack([words, m.costs, torch.full_like(words, k)])
                for k, m in enumerate(both)]  # fmt: skip
        f.values["pairs"] = torch.cat(rows, 1)
        f.notes["pairs"] = {
            "low": [0, 0], "high": [26, DEAREST], "now": None,
            "chosen": [self.opened, self.opened + len(SENTENCES)],
            "texts": [f"{written(float(c), '.2f')}  {e[:60]}" for m in both
                      for (e, _), c in zip(SENTENCES, m.costs, strict=True)],
        }  # fmt: skip

    def _opened(self, f: Frame) -> None:
        english, french = SENTENCES[self.opened]
        texts = [
            {"title": f"English, {len(english.split())} words", "text": english},
            {"title": "written by hand", "text": french},
        ]
        for key, name in NETS.items():
            found = measured(name)
            cost = written(float(found.costs[self.opened]), ".2f")
            title = f"{TITLES[key]}; the line above costs it {cost} nats a piece"
            texts.append({"title": title, "text": found.said[self.opened]})
        f.notes["words"] = {"opened": texts}
        f.notes["say"] = f"{english} {texts[2]['text']}"

    def _vectors(self, f: Frame) -> None:
        points = measured(VECTOR).vectors
        axes, middle, on = plane(points)
        reach = float(on.abs().max()) * 1.15
        now = None
        f.notes["near"] = {"text": self.typed, "fault": None}
        f.notes["alike"] = {"rows": [], "chosen": None, "foot": "type a sentence"}
        if english_french().encode(clean(self.typed)):
            own = vectors(zoo.load(VECTOR), [self.typed])[0]
            now = (axes @ (own - middle)).clamp(-reach, reach).tolist()
            f.notes["alike"] = {
                "rows": [[shorten(SENTENCES[i][0], LINE, placeholder=" …"), max(c, 0.0), 0,
                          written(c, ".3f")] for i, c in self.alike()],
                "chosen": None, "foot": "cosine of the angle between the vectors",
            }  # fmt: skip
        f.values["vectors"] = torch.cat([on, torch.zeros(1, on.shape[1])])
        f.notes["vectors"] = {
            "low": [-reach, -reach], "high": [reach, reach], "now": now, "chosen": [self.opened],
            "texts": [e[:64] for e, _ in SENTENCES],
        }  # fmt: skip

    def evidence(self) -> tuple:
        """Return the sentence that is open."""
        return (self.opened,)

    def to_link(self) -> dict[str, str]:
        """Return the open sentence and the typed one."""
        near = "" if self.typed == TYPED else self.typed or EMPTY
        return {"opened": str(self.opened) if self.opened != 27 else "", "near": near}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "opened":
            self.opened = places(text, len(SENTENCES) - 1)[0]
        else:
            self.type_near({"value": "" if text == EMPTY else text})
