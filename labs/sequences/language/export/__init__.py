"""Scripts that give the page's numbers again, with nothing but torch, numpy and safetensors."""

from labs.sequences.language.export import counting, guessing, learning, memory, writing

__all__ = ["counting", "guessing", "learning", "memory", "writing"]
