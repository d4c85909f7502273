"""Training that is watched: the steps, and what every experiment that trains has in common."""

from labs.training.experiment import Training, begun_anew, overshoot
from labs.training.supervised import Supervised
from labs.training.trainer import Report, Trainer

__all__ = ["Report", "Supervised", "Trainer", "Training", "begun_anew", "overshoot"]
