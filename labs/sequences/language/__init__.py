"""Text from memory: counting, sampling, looking inside, training, and how far back a net sees."""

from labs.sequences.language.sampling import sample_steps
from labs.sequences.language.writer import Writer

__all__ = ["Writer", "sample_steps"]
