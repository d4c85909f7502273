"""Dares about gradients through time."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.sequences.language.remembering import Remembering


LONG_AGO = 60  # steps


def _explodes(lab: "Remembering") -> bool:
    return bool(lab.untrained()["rnn"].reach[-1] > 1)


def _keeps(lab: "Remembering") -> bool:
    return bool(lab.untrained()["lstm"].reach[-1] > 0.1)


def _recalls(lab: "Remembering") -> bool:
    shares = lab.race.shares()
    return (
        lab.settings["delay"] >= LONG_AGO
        and lab.steps > 100
        and shares["lstm"] > 0.95
        and shares["rnn"] < 0.6
    )


REMEMBERING = (
    Challenge(
        "explodes",
        "Make the untrained plain RNN's gradient grow over 100 steps instead of vanishing.",
        "The matrix must stretch by more than the tanh's slopes shrink.",
        _explodes,
    ),
    Challenge(
        "keeps",
        "Open the untrained LSTM's gates until a tenth of its gradient is left after 100 steps.",
        "The forget gate is a sigmoid; a bias of 2 is not enough.",
        _keeps,
    ),
    Challenge(
        "recalls",
        f"Let the LSTM name a symbol that it saw {LONG_AGO} steps ago or more, while the plain RNN "
        "guesses.",
        "Its forget gates must be open from the beginning; give it 400 steps.",
        _recalls,
    ),
)
