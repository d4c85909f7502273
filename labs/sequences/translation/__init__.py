"""From one sequence to another: how does a sentence become another?"""

from labs.sequences.translation.experiment import Translate

__all__ = ["Translate"]
