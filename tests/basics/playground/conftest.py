import pytest

from labs.basics.playground import Playground


@pytest.fixture
def lab() -> Playground:
    return Playground()


def train(lab: Playground, epochs: int) -> Playground:
    for _ in range(epochs):
        if not lab.step():
            break
    return lab


def preset(name: str, **settings) -> Playground:
    lab = Playground()
    lab.receive({"setting": "preset", "value": name})
    for key, value in settings.items():
        lab.receive({"setting": key, "value": value})
    return lab
