"""The live road: an experiment in the server, a stage in the browser, frames of tensors between.

The browser pulls.  It opens `/live`, sends events and asks for the next frame when it has
painted the last; the channel answers when there is something newer to see, and not before.
"""

from labs.live.challenges import Challenge
from labs.live.controls import Button, Choice, Knob
from labs.live.experiment import Experiment
from labs.live.frame import Frame, encode
from labs.live.lab import Lab
from labs.live.session import Session, find, open_session

__all__ = [
    "Button",
    "Challenge",
    "Choice",
    "Experiment",
    "Frame",
    "Knob",
    "Lab",
    "Session",
    "encode",
    "find",
    "open_session",
]
