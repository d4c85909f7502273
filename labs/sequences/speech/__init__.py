"""Speech: where are the sounds?"""

from labs.sequences.speech.listen import Listen
from labs.sequences.speech.sums import Sums

__all__ = ["Listen", "Sums"]
