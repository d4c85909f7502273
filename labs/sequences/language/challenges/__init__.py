"""What the lab asks a visitor to try, part by part, and how it knows that it was done."""

from labs.sequences.language.challenges.counting import COUNTING
from labs.sequences.language.challenges.learning import LEARNING
from labs.sequences.language.challenges.remembering import REMEMBERING
from labs.sequences.language.challenges.writing import WRITING

__all__ = ["COUNTING", "LEARNING", "REMEMBERING", "WRITING"]
