"""How does a car learn?  By imitation, and from rewards."""

from labs.play.driving.drive import Drive
from labs.play.driving.reinforce import Reinforce

__all__ = ["Drive", "Reinforce"]
