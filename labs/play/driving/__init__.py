"""How does a car learn?  By imitation, and from rewards."""

from labs.play.driving.drive import Drive

__all__ = ["Drive"]
