"""What a visitor's hand does to a dream."""

from labs.vision.dream import Dream


def put(dream: Dream, **settings: object) -> Dream:
    for name, value in settings.items():
        dream.receive({"setting": name, "value": value})
    return dream


def went(dream: Dream, steps: int) -> Dream:
    for _ in range(steps):
        assert dream.step()
    return dream


def scrub(dream: Dream, moment: object) -> None:
    dream.receive({"kind": "moment", "value": moment})


def paint(dream: Dream, pad: str, points: list[list[int]], width: int = 90) -> None:
    stroke = {"panel": pad, "kind": "stroke", "begin": True, "width": width}
    dream.receive(stroke | {"points": points})
    dream.receive({"panel": pad, "kind": "lift"})
