"""What there is to see: the picture, the classes, what each road says, confusion, and the map."""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

from labs.live import Frame
from labs.numerals import counted
from labs.pictures import jpeg, sheet
from labs.vision.features.teach.answer import Heads, Seen, cam, confusion, nearest, plane
from labs.vision.features.teach.examples import CLASSES, MOST, Examples
from labs.vision.features.teach.roads import ROADS, SIDE

COLUMNS = 12  # of the sheet of small pictures
DARK = 0.25  # of its brightness that remains where nothing speaks for the class


def add_now(f: Frame, seen: Seen, heads: Heads, examples: Examples, road: str) -> None:
    """Add what is seen, what speaks for the winner, the shares, and the nearest examples."""
    shares = heads.shares(seen, road)
    best = int(shares.argmax())
    names = [examples.names[label] for label in heads.present]
    order = shares.argsort(descending=True).tolist()
    f.images["seen"] = jpeg(seen.picture)
    learned = heads.shares(seen, "learned").argmax().item()
    light = DARK + (1 - DARK) * cam(heads.by["learned"], seen, learned)
    f.images["why"] = jpeg(seen.picture * light)
    near = nearest(examples, seen, road)
    tiles = torch.stack([examples.small[i] for i, _ in near])
    blank = torch.full((5 - len(tiles), *tiles.shape[1:]), 255, dtype=torch.uint8)
    f.images["near"] = jpeg(sheet(torch.cat([tiles, blank]), 5))
    said = ", ".join(f"{examples.names[examples.labels[i]]} {cosine:.2f}" for i, cosine in near[:3])
    f.notes |= {
        "says": {
            "rows": [[names[k], shares[k].item(), 0, f"{100 * shares[k].item():.1f} %"]
                     for k in order],
            "chosen": 0, "foot": "", "limit": 1,
        },
        "say": f"It says {names[best]}.",
    }  # fmt: skip
    f.notes.setdefault("photos", []).extend(("seen", "why", "near"))
    f.notes.setdefault("grids", {}).update(
        {"seen": [SIDE, SIDE], "why": [SIDE, SIDE], "near": [1, 5]}
    )
    f.notes.setdefault("titles", {}).update({
        "seen": "what is added to a class",
        "says": f"by {ROADS[road].title}",
        "why": f"for “{names[learned]}”, by the learned road",
        "near": f"cosine: {said}",
    })  # fmt: skip


def add_classes(
    f: Frame, examples: Examples, sent: set[str], shown: int | None, remark: str
) -> None:
    """Add the classes with their examples; the sheet of small pictures only when it is another."""
    if "classes" not in sent:
        sent.add("classes")
        f.images["classes"] = jpeg(sheet(torch.stack(examples.small), COLUMNS), 85)
    f.notes["classes"] = {
        "names": examples.names,
        "labels": examples.labels,
        "columns": COLUMNS,
        "shown": shown,
        "most": CLASSES,
        "remark": remark,
    }
    f.notes.setdefault("titles", {})["classes"] = (
        f"{counted(len(examples), 'example')}, at most {MOST}"
    )


def add_roads(
    f: Frame, seen: Seen, heads: Heads, examples: Examples, accuracy: Mapping[str, float], road: str
) -> None:
    """Add by road how many numbers it is, its accuracy, and what it says now."""
    rows = []
    for name, one in ROADS.items():
        shares = heads.shares(seen, name)
        best = int(shares.argmax())
        right = accuracy[name]
        rows.append(
            (
                one.title,
                f"{one.size:,}",
                "at rest" if math.isnan(right) else f"{100 * right:.0f} %",
                f"{examples.names[heads.present[best]]} {100 * shares[best].item():.0f} %",
            )
        )
    f.notes.setdefault("tables", {})["roads"] = {
        "said": "The same examples, three kinds of numbers, the same kind of head.",
        "rows": rows,
        "chosen": list(ROADS).index(road),
    }


def add_confusion(
    f: Frame, examples: Examples, left: Mapping[str, Tensor] | None, road: str
) -> None:
    """Add what was said of the examples of each class when they were left out."""
    names = [examples.names[k] for k in examples.present]
    rows = [[name, *("" for _ in names)] for name in names]
    if left is not None:
        counts = confusion(examples.targets, left[road], len(names))
        rows = [
            [name, *map(str, row)] for name, row in zip(names, counts.tolist(), strict=True)
        ]  # fmt: skip
    f.notes["confusion"] = {"head": ["is ↓ · was called →", *names], "rows": rows}
    f.notes.setdefault("titles", {})["confusion"] = f"by {ROADS[road].title}, each left out once"


def add_map(f: Frame, examples: Examples, seen: Seen, road: str, shown: int | None) -> None:
    """Add the examples on their two principal components, and what is seen among them."""
    places, here, share = plane(examples.features(road), seen.features[road])
    f.values["map"] = places.float()
    f.notes["map"] = {
        "names": examples.names,
        "labels": examples.labels,
        "columns": COLUMNS,
        "now": here.tolist(),
        "shown": shown,
    }
    f.notes.setdefault("titles", {})["map"] = (
        f"PCA of {ROADS[road].size:,} numbers: two components show {100 * share:.0f} % of the "
        "variance"
    )
