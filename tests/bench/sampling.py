"""Characters a second at batch 1, the LSTM of the zoo: the fast sampler against nn.LSTM stepwise.

Both draw from the same distribution and keep the last step's state; the logits are checked first.
"""

from collections.abc import Callable, Iterator
from itertools import islice

import torch

from labs import zoo
from labs.data.text import PRINTABLE
from labs.models.characters import CharNet
from labs.sequences.language import Writer, sample_steps
from labs.sequences.language.stepper import Stepper
from tests.bench.measure import Row, interleaved

LENGTH = 50  # characters a sample
NET = "char-lstm-shakespeare"


def ours(model: CharNet) -> Callable[[], None]:
    """Return what writes LENGTH characters the lab's way, with a record of each."""
    steps = sample_steps(model, "ROMEO:\n", generator=torch.Generator().manual_seed(1))
    next(steps)

    def write() -> None:
        for _ in islice(steps, LENGTH):
            pass

    return write


@torch.no_grad()
def stepwise(model: CharNet) -> Callable[[], None]:
    """Return what writes LENGTH characters with nn.LSTM, a character a call."""
    generator = torch.Generator().manual_seed(1)
    logits, state = model(PRINTABLE.encode("ROMEO:\n")[None])

    @torch.no_grad()
    def write() -> None:
        nonlocal logits, state
        for _ in range(LENGTH):
            p = torch.softmax(logits[0, -1], 0)
            number = torch.multinomial(p, 1, generator=generator)
            logits, state = model(number[None], state)

    return write


def writing() -> Callable[[], None]:
    """Return what writes LENGTH characters onto the page, all states kept, as the stage does."""
    lab = Writer()

    def write() -> None:
        for _ in range(LENGTH):
            lab.step()

    return write


def rows() -> Iterator[Row]:
    """Check that both give the same logits, then time them."""
    model = zoo.load(NET)
    numbers = PRINTABLE.encode("To be, or not to be")
    expected, _ = model(numbers[None])
    stepper = Stepper(model)
    for number, logits in zip(numbers.tolist(), expected[0], strict=True):
        torch.testing.assert_close(stepper.feed(number), logits, atol=1e-4, rtol=1e-4)
    calls = {"ours": ours(model), "stage": writing(), "nn.LSTM": stepwise(model)}
    ms = interleaved(calls, repeats=15)
    rate = {name: LENGTH / took * 1e3 for name, took in ms.items()}
    yield Row("sampling", rate["ours"], "char/s")
    yield Row("sampling onto the page", rate["stage"], "char/s", at_least=500)
    yield Row("against nn.LSTM stepwise", rate["ours"] / rate["nn.LSTM"], "times", at_least=5)
