"""A plane through the states of a reader: where languages lie, and the way of a name."""

from functools import cache

import torch
from torch import Tensor

from labs import zoo
from labs.data.names import LANGUAGES, encode
from labs.sequences.names.reading import WRITER, readers, states, write

EACH = 16  # names of a language


@cache
def landmarks() -> tuple[Tensor, Tensor, dict[str, tuple[float, float]]]:
    """Return the states' mean (H,), the two main directions (H, 2), and each language's place.

    Principal components of the last states over names that the zoo's writer made up; without the
    writer, of single letters, and no places.
    """
    main = next(iter(readers().values()))
    ends = []
    if WRITER in zoo.manifest():
        generator = torch.Generator().manual_seed(1)
        for number in range(len(LANGUAGES)):
            made = write(zoo.load(WRITER), number, EACH, 0.8, generator)
            ends.append(torch.stack([states(main, encode(n or "a"))[-1] for n in made]))
    else:
        ends.append(torch.stack([states(main, encode(c))[-1] for c in "abcdefghijklmnop"]))
    cloud = torch.cat(ends)
    mean = cloud.mean(0)
    _, _, V = torch.linalg.svd(cloud - mean, full_matrices=False)
    axes = V[:2].T
    if len(ends) < len(LANGUAGES):
        return mean, axes, {}
    places = {
        language: tuple(((own.mean(0) - mean) @ axes).tolist())
        for language, own in zip(LANGUAGES, ends, strict=True)
    }
    return mean, axes, places


def project(trail: Tensor) -> tuple[Tensor, dict[str, tuple[float, float]]]:
    """Return states: (T, H) in the plane, (T, 2), and the languages' places there."""
    mean, axes, places = landmarks()
    return (trail - mean) @ axes, places
