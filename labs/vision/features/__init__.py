"""Features of pictures: what people made by hand, and what networks learned."""

from labs.vision.features.edges import Edges

__all__ = ["Edges"]
