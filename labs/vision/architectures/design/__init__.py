"""Your own network: a table of layers, checked row by row, built, and given away as code."""

from labs.vision.architectures.design.layers import KINDS, Residual, Row
from labs.vision.architectures.design.network import PARAMETERS, Design, build, design
from labs.vision.architectures.design.text import EXAMPLE, code, from_text, opened, to_text

__all__ = [
    "EXAMPLE",
    "KINDS",
    "PARAMETERS",
    "Design",
    "Residual",
    "Row",
    "build",
    "code",
    "design",
    "from_text",
    "opened",
    "to_text",
]
