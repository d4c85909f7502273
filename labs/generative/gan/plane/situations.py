"""Situations that show what goes wrong in a GAN, and what cures it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Situation:
    """A title, a sentence, and the settings that are not the usual ones."""

    title: str
    text: str
    settings: Mapping[str, Any] = field(default_factory=dict)


_STRONG = {"loss": "minimax", "turns": 5, "rate_g": 2e-4, "rate_d": 5e-3}
_HASTY = {"unit": "tanh", "rate_g": 5e-3}
SITUATIONS: Mapping[str, Situation] = {
    "works": Situation("it works", "Equal rates, the non-saturating loss: all eight modes."),
    "collapse": Situation(
        "mode collapse",
        "A quick discriminator against a slow generator with the minimax loss: all fakes gather "
        "on one mode.",
        _STRONG,
    ),
    "collapse_cured": Situation(
        "cured by equal rates",
        "Nothing but the rates of both nets brought together again.",
        _STRONG | {"turns": 1, "rate_g": 1e-3, "rate_d": 1e-3},
    ),
    "vanishing": Situation(
        "vanishing gradient",
        "Ten discriminator steps for each of a generator that hardly moves: it is never wrong, "
        "and with the minimax loss the fakes are told nothing.",
        {"loss": "minimax", "turns": 10, "rate_g": 1e-5, "rate_d": 1e-2},
    ),
    "vanishing_cured": Situation(
        "cured by instance noise",
        "The same discriminator, with noise on all that it judges: it cannot be sure, and its "
        "field has a slope again.",
        {"turns": 10, "rate_g": 1e-3, "rate_d": 1e-3, "noise": 0.2},
    ),
    "cycling": Situation(
        "cycling",
        "A generator that is too quick: it runs to where the discriminator looks least, and is "
        "chased from there.",
        _HASTY,
    ),
    "cycling_cured": Situation(
        "cured by a slower generator",
        "The same nets with a slower generator.",
        _HASTY | {"rate_g": 1e-3},
    ),
    "wasserstein": Situation(
        "Wasserstein",
        "The gradient penalty keeps the slope of the field near 1 everywhere.",
        {"loss": "wasserstein", "penalty": 1.0, "turns": 3},
    ),
}
