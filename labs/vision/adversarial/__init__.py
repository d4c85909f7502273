"""Adversarial examples: attacks on a drawing or a photograph, and what can be done about them."""

from labs.vision.adversarial.experiment import Adversarial

__all__ = ["Adversarial"]
