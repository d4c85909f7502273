"""Dialogues between a user and the desk: written by rule, or led by whoever answers."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from labs.data.helpdesk.desk import Desk, read
from labs.data.helpdesk.user import User

LONGEST = 41  # messages of one dialogue; one that runs on is broken off
Answer = Callable[[Sequence[str]], str]  # all messages so far, the user's first -> what is said


@dataclass(frozen=True)
class Dialogue:
    """Messages, the user's and the desk's in turn, and whether it came to the right end."""

    messages: tuple[str, ...]
    right: bool
    nats: float = 0.0  # of the rules' own choices between ways to say the same


def dice_from(generator: torch.Generator) -> random.Random:
    """Return dice whose seed is drawn from a generator."""
    return random.Random(int(torch.randint(2**62, (1,), generator=generator)))


def write(generator: torch.Generator) -> Dialogue:
    """Return one dialogue whose desk follows the rules."""
    dice = dice_from(generator)
    user, desk = User(dice), Desk(dice)
    said, text = user.begin()
    messages, advice, closed = [text], [], False
    while len(messages) < LONGEST:
        messages.append(desk.answer(said))
        reading = read(messages[-1])
        advice += [reading.advice] if reading.advice else []
        closed = closed or reading.closes
        next_ = user.answer(reading)
        if next_ is None:
            break
        said, text = next_
        messages.append(text)
    return Dialogue(tuple(messages), closed and tuple(advice) == user.right, desk.nats)


def lead(answer: Answer, generator: torch.Generator) -> Dialogue:
    """Return one dialogue whose desk is `answer`.

    Its end is right if all advice was that of the rules, in order, nothing else was advised, and
    the desk took its leave.
    """
    user = User(dice_from(generator))
    messages, advice, closed = [user.begin()[1]], [], False
    while len(messages) < LONGEST:
        messages.append(answer(messages))
        reading = read(messages[-1])
        advice += [reading.advice] if reading.advice else []
        closed = closed or reading.closes
        next_ = user.answer(reading)
        if next_ is None:
            break
        messages.append(next_[1])
    return Dialogue(tuple(messages), closed and tuple(advice) == user.right)
