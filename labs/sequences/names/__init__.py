"""Where does a name come from?  Letter by letter, in both directions."""

from labs.sequences.names.experiment import Names

__all__ = ["Names"]
