"""What a visitor's hand does to the lab."""

from labs.vision.adversarial import Adversarial


def setting(lab: Adversarial, **settings: object) -> Adversarial:
    for name, value in settings.items():
        lab.receive({"setting": name, "value": value})
    return lab


def to_the_end(lab: Adversarial, most: int = 2000) -> Adversarial:
    while lab.step() and lab.run.count < most:
        pass
    return lab


def met(lab: Adversarial) -> list[str]:
    """The challenges that are met once the hand rests."""
    lab.rest()
    return lab.frame().notes["met"]
