"""Scripts that give the page's numbers again, with nothing but torch, numpy and safetensors."""

from labs.sequences.language.export import counting, learning, memory, writing

__all__ = ["counting", "learning", "memory", "writing"]
