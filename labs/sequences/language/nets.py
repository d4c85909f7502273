"""The trained character models that the lab can open, and how each begins."""

from dataclasses import dataclass

from labs import zoo
from labs.models.characters import CharNet


@dataclass(frozen=True)
class Net:
    """A checkpoint of the zoo, its name for people, and a beginning that it would know."""

    checkpoint: str
    title: str
    begins: str


HAMLET = "HAMLET:\nTo be, or not to be, that is the question:\n"
NETS = {
    "lstm": Net("char-lstm-shakespeare", "LSTM, Shakespeare", HAMLET),
    "gru": Net("char-gru-shakespeare", "GRU, Shakespeare", HAMLET),
    "rnn": Net("char-rnn-shakespeare", "plain RNN, Shakespeare", HAMLET),
    "python": Net("char-lstm-python", "LSTM, Python", "def read(self, name):\n    "),
}


def shipped() -> dict[str, Net]:
    """Return the nets whose weights are in the zoo."""
    return {key: net for key, net in NETS.items() if net.checkpoint in zoo.manifest()}


def load(key: str) -> CharNet:
    """Return the trained net `key`, shared and frozen."""
    return zoo.load(NETS[key].checkpoint)
