"""The examples that are taught: small pictures, each with the class that it belongs to."""

import math
from collections.abc import Mapping, Sequence
from functools import cache

import skimage.data
import torch
import torch.nn.functional as F
from torch import Tensor

from labs.pictures import as_bytes
from labs.vision.features.teach.roads import ROADS, SIDE

MOST = 120  # examples
CLASSES = 6  # at most
NAME = 24  # characters
EACH = 6  # examples of a class of the sets that everybody has
THUMB = 44  # pixels of an example's small picture
FORMS = ("circle", "square", "triangle")
PAINTS = {"red": (0.85, 0.25, 0.2), "green": (0.2, 0.65, 0.35), "blue": (0.2, 0.4, 0.85)}


class Examples:
    """Pictures (3, 128, 128) and small ones (3, THUMB, THUMB) of bytes, their features by every
    road, and their labels.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.pictures: list[Tensor] = []
        self.small: list[Tensor] = []
        self.labels: list[int] = []
        self._features: list[dict[str, Tensor]] = []
        self.changes = 0

    def __len__(self) -> int:
        return len(self.labels)

    def add(self, x: Tensor, label: int) -> None:
        """Add a picture x: (1, 3, S, S) in [0, 1].  Raises ValueError where there is no room."""
        self.add_all(x, [label])

    def add_all(self, x: Tensor, labels: Sequence[int]) -> None:
        """Add pictures x: (N, 3, 128, 128) in [0, 1].  Raises ValueError likewise."""
        for label in labels:
            self.check(label)
        if len(self) + len(labels) > MOST:
            raise ValueError(f"There is room for {MOST} examples; remove some first.")
        x = as_bytes(x)
        found = {name: road.features(x / 255) for name, road in ROADS.items()}
        self._show(x)
        self.labels += labels
        self._features += [{name: f[k] for name, f in found.items()} for k in range(len(x))]
        self.changes += 1

    def keep(self, x: Tensor, features: Mapping[str, Tensor], label: int) -> None:
        """Add a picture x: (1, 3, S, S) of 256 levels, whose features by road (1, D) are known.

        Raises ValueError likewise.
        """
        self.check(label)
        if len(self) >= MOST:
            raise ValueError(f"There is room for {MOST} examples; remove some first.")
        self._show(as_bytes(x))
        self.labels.append(label)
        self._features.append({name: f[0] for name, f in features.items()})
        self.changes += 1

    def _show(self, x: Tensor) -> None:
        """Keep pictures x: (N, 3, S, S) of bytes, and make them small, once."""
        self.pictures += list(x)
        self.small += list(as_bytes(F.interpolate(x / 255, (THUMB, THUMB), mode="area")))

    def copy(self) -> "Examples":
        """Return the same examples, to be changed without these."""
        other = Examples(self.names)
        other.pictures, other.small = list(self.pictures), list(self.small)
        other.labels, other._features = list(self.labels), list(self._features)
        return other

    def remove(self, index: int) -> None:
        """Forget an example."""
        for row in (self.pictures, self.small, self.labels, self._features):
            del row[index]
        self.changes += 1

    def relabel(self, index: int, label: int) -> None:
        """Let an example belong to another class."""
        self.check(label)
        self.labels[index] = label
        self.changes += 1

    def rename(self, label: int, name: object) -> None:
        """Name a class.  Raises ValueError for an empty name and for one that is taken."""
        self.check(label)
        self.names[label] = clean(name, [n for k, n in enumerate(self.names) if k != label])
        self.changes += 1

    def add_class(self) -> None:
        """Add a class without examples.  Raises ValueError where there is no room."""
        if len(self.names) >= CLASSES:
            raise ValueError(f"There is room for {CLASSES} classes.")
        k = len(self.names) + 1
        while f"class {k}" in self.names:
            k += 1
        self.names.append(f"class {k}")
        self.changes += 1

    def drop_class(self, label: int) -> None:
        """Forget a class with its examples; two stay."""
        self.check(label)
        if len(self.names) <= 2:
            raise ValueError("Two classes are the fewest that can be told apart.")
        for index in reversed([i for i, own in enumerate(self.labels) if own == label]):
            self.remove(index)
        self.labels = [own - (own > label) for own in self.labels]
        del self.names[label]
        self.changes += 1

    def check(self, label: int) -> None:
        """Raise ValueError for a class that there is not."""
        if not 0 <= label < len(self.names):
            raise ValueError(f"There are {len(self.names)} classes.")

    @property
    def present(self) -> list[int]:
        """The classes that have an example."""
        return sorted(set(self.labels))

    def features(self, road: str) -> Tensor:
        """Return the features of all examples by a road: (N, D)."""
        return torch.stack([one[road] for one in self._features])

    @property
    def targets(self) -> Tensor:
        """The labels, counted among the classes that have an example: (N,)."""
        place = {label: k for k, label in enumerate(self.present)}
        return torch.tensor([place[label] for label in self.labels])


def clean(name: object, taken: Sequence[str] = ()) -> str:
    """Return a class's name as it is kept.  Raises ValueError in one sentence."""
    if not isinstance(name, str) or len(name) > 200:
        raise ValueError(f"A name has at most {NAME} characters.")
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 0 < len(name) <= NAME:
        raise ValueError(f"A name has 1 to {NAME} characters.")
    if name in taken:
        raise ValueError(f"There is a class {name} already.")
    return name


@cache
def textures() -> tuple[tuple[str, Tensor], ...]:
    """Return crops of scikit-image's textures, turned and lit at random, by class: (N, 3, S, S)."""
    generator = torch.Generator().manual_seed(3)
    found = []
    for name in ("brick", "grass", "gravel"):
        whole = torch.from_numpy(getattr(skimage.data, name)().copy())[None, None].float() / 255
        found.append((name, torch.cat([crop(whole, generator) for _ in range(EACH + 1)])))
    return tuple(found)


def crop(x: Tensor, generator: torch.Generator) -> Tensor:
    """Return a piece of a grey picture x: (1, 1, H, W), turned and lit at random: (1, 3, S, S)."""
    share, angle, light, top, left = torch.rand(5, generator=generator).tolist()
    side = round(110 + 120 * share)
    top, left = (round(v * (n - side)) for v, n in zip((top, left), x.shape[2:], strict=True))
    piece = x[..., top : top + side, left : left + side].rot90(round(3 * angle), (2, 3))
    piece = F.interpolate(piece, (SIDE, SIDE), mode="bilinear", antialias=True)
    return (piece * (0.6 + 0.5 * light)).clamp(0, 1).expand(1, 3, SIDE, SIDE)


@cache
def shapes() -> tuple[tuple[str, str, Tensor], ...]:
    """Return drawn shapes of every form and paint, each as form, paint, pictures (2, 3, S, S)."""
    generator = torch.Generator().manual_seed(5)
    return tuple(
        (form, paint, torch.cat([shape(form, paint, generator) for _ in range(2)]))
        for form in FORMS
        for paint in PAINTS
    )


def shape(form: str, paint: str, generator: torch.Generator) -> Tensor:
    """Return a shape of random place, size, turn and shade on paper: (1, 3, 128, 128)."""
    u = torch.rand(9, generator=generator)
    middle, size = 0.4 + 0.2 * u[:2], 0.17 + 0.13 * u[2].item()
    angle, soft = 2 * math.pi * u[3].item(), 0.012
    grid = (torch.arange(SIDE) + 0.5) / SIDE
    y, x = grid[:, None] - middle[0], grid - middle[1]
    right = x * math.cos(angle) + y * math.sin(angle)
    down = y * math.cos(angle) - x * math.sin(angle)
    if form == "circle":
        away = (x.square() + y.square()).sqrt() - size
    elif form == "square":
        away = torch.maximum(right.abs(), down.abs()) - 0.88 * size
    else:
        sides = [right * math.sin(a) - down * math.cos(a) for a in (0, 2.0944, 4.1888)]
        away = torch.stack(sides).amax(0) - 0.62 * size
    ink = torch.sigmoid(-away / soft)
    color = torch.tensor(PAINTS[paint]) * (0.75 + 0.4 * u[4]) + 0.12 * (u[5:8] - 0.5)
    paper = 0.78 + 0.2 * u[8].item()
    return (paper + (color.view(3, 1, 1) - paper) * ink).clamp(0, 1)[None]


@cache
def example_set(name: str) -> tuple[Examples, Tensor]:
    """Return a set that needs no network, to be copied, and a picture (1, 3, S, S) of its first
    class that is not in it.
    """
    if name == "textures":
        groups = [(title, x[:EACH]) for title, x in textures()]
        other = textures()[0][1][EACH:]
    else:
        which = 0 if name == "forms" else 1
        titles = FORMS if name == "forms" else tuple(PAINTS)
        groups = [(t, torch.cat([s[2] for s in shapes() if s[which] == t])) for t in titles]
        other = shape(FORMS[0], "red", torch.Generator().manual_seed(9))
    made = Examples([title for title, _ in groups])
    labels = [label for label, (_, x) in enumerate(groups) for _ in x]
    made.add_all(torch.cat([x for _, x in groups]), labels)
    return made, other
