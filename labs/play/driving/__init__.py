"""How does a car learn?  By imitation, and from rewards."""

from labs.play.driving.drive import Drive
from labs.play.driving.grid_lab import Grid
from labs.play.driving.pole_lab import Pole
from labs.play.driving.reinforce import Reinforce

__all__ = ["Drive", "Grid", "Pole", "Reinforce"]
