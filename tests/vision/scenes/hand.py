"""A hand that draws held-out doodles on the pad of a scene."""

from functools import partial

from labs.live.lab import Lab
from labs.vision.scenes.samples import Place, doodle

STREET: tuple[Place, ...] = (
    ("house", 3, 62, 62, 100), ("fish", 2, 180, 54, 84), ("sailboat", 5, 70, 142, 88),
    ("apple", 7, 190, 142, 70),
)  # fmt: skip
SMALL: tuple[Place, ...] = (("apple", 7, 128, 96, 34),)
FISH: tuple[Place, ...] = (("fish", 2, 128, 96, 100),)
PAIR: tuple[Place, ...] = (("fish", 2, 90, 96, 90), ("fish", 2, 160, 100, 90))
MANY: tuple[Place, ...] = tuple(
    (name, 2, 30 + 49 * (i % 5), 36 + 60 * (i // 5), 38)
    for i, name in enumerate(
        ("fish", "apple", "house", "flower", "eye", "sailboat", "cat", "tree", "car", "guitar",
         "camera", "umbrella", "airplane", "bicycle", "headphones")
    )
)  # fmt: skip


def draw(lab: Lab, places: tuple[Place, ...]) -> None:
    """Clear the pad, and draw doodles stroke by stroke."""
    lab.receive({"panel": "x", "kind": "clear"})
    for place in places:
        for stroke in doodle(*place):
            points = [list(p) for p in stroke.points]
            event = {"begin": True, "width": stroke.width, "erase": False, "points": points}
            lab.receive({"panel": "x", "kind": "stroke", **event})
    lab.receive({"panel": "x", "kind": "lift"})


street, small, fish, pair, many = (
    partial(draw, places=places) for places in (STREET, SMALL, FISH, PAIR, MANY)
)
