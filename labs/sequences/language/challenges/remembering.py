"""Challenges about gradients through time."""

from labs.live.challenges import Challenge
from labs.sequences.language.recall import Race

LONG_AGO = 60  # steps


def _recalls(s: dict, untrained: dict, race: Race) -> bool:
    shares = race.shares()
    return (
        s["delay"] >= LONG_AGO
        and race.steps > 100
        and shares["lstm"] > 0.95
        and shares["rnn"] < 0.6
    )


REMEMBERING = (
    Challenge(
        "explodes",
        "Make the untrained plain RNN's gradient grow over 100 steps instead of vanishing.",
        "The matrix must stretch by more than the tanh's slopes shrink.",
        lambda s, untrained, race: bool(untrained["rnn"].reach[-1] > 1),
    ),
    Challenge(
        "keeps",
        "Open the untrained LSTM's gates until a tenth of its gradient is left after 100 steps.",
        "The forget gate is a sigmoid; a bias of 2 is not enough.",
        lambda s, untrained, race: bool(untrained["lstm"].reach[-1] > 0.1),
    ),
    Challenge(
        "recalls",
        f"Let the LSTM name a symbol that it saw {LONG_AGO} steps ago or more, while the plain RNN "
        "guesses.",
        "Its forget gates must be open from the beginning; give it 400 steps.",
        _recalls,
    ),
)
