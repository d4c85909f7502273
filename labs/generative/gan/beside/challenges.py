"""What three nets beside each other ask a visitor to try, and how it knows that it was done."""

from torch import Tensor

from labs.live.challenges import Challenge

CLEAR = 0.8  # LeNet's share of a picture on the way
NEAR = 4.0  # squared error


def _clear(own: bool, ways: dict[str, Tensor], error: float, searched: bool) -> bool:
    read = ways["vae"]
    different = read[0].argmax() != read[-1].argmax()
    return own and bool(different) and bool((read.amax(1) > CLEAR).all())


def _forged(own: bool, ways: dict[str, Tensor], error: float, searched: bool) -> bool:
    return own and searched and error < NEAR


CHALLENGES = (
    Challenge("clear", "Draw a digit from which the VAE's way to another digit B stays clear, with "
              "LeNet at least 80 % sure of every picture.", "Some digits are neighbours.", _clear),
    Challenge("forged", "Draw what the GAN can forge: have its nearest fake come within a squared "
              "error of 4.", "It learned from MNIST's digits, not from yours.", _forged),
)  # fmt: skip
