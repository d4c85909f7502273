"""Dialogues between a user and the desk: written by rule, or led by whoever answers."""

import random
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

import torch

from labs.data.helpdesk.desk import Desk, Said, read
from labs.data.helpdesk.user import User

LONGEST = 41  # messages of one dialogue; one that runs on is broken off
Answer = Callable[[Sequence[str]], str]  # all messages so far, the user's first -> what is said
Answers = Callable[[Sequence[Sequence[str]]], Sequence[str]]  # the same for many talks at once


@dataclass(frozen=True)
class Dialogue:
    """Messages, the user's and the desk's in turn, and whether it came to the right end."""

    messages: tuple[str, ...]
    right: bool
    nats: float = 0.0  # of the rules' own choices between ways to say the same


def dice_from(generator: torch.Generator) -> random.Random:
    """Return dice whose seed is drawn from a generator."""
    return random.Random(int(torch.randint(2**62, (1,), generator=generator)))


def leading(user: User) -> Generator[tuple[Said, tuple[str, ...]], str, Dialogue]:
    """Yield what the user means and the messages so far, be sent what the desk says to them, and
    return the dialogue.

    Its end is right if all advice was that of the rules, in order, nothing else was advised, and
    the desk took its leave.
    """
    said, text = user.begin()
    messages, advice, closed = [text], [], False
    while len(messages) < LONGEST:
        messages.append((yield said, tuple(messages)))
        reading = read(messages[-1])
        advice += [reading.advice] if reading.advice else []
        closed = closed or reading.closes
        next_ = user.answer(reading)
        if next_ is None:
            break
        said, text = next_
        messages.append(text)
    return Dialogue(tuple(messages), closed and tuple(advice) == user.right)


def write(generator: torch.Generator, names: bool = False) -> Dialogue:
    """Return one dialogue whose desk follows the rules; names: and calls users by theirs."""
    dice = dice_from(generator)
    talk, desk = leading(User(dice)), Desk(dice, names)
    said, _ = next(talk)
    while True:
        try:
            said, _ = talk.send(desk.answer(said))
        except StopIteration as end:
            return replace(end.value, nats=desk.nats)


def lead(answer: Answer, generator: torch.Generator) -> Dialogue:
    """Return one dialogue whose desk is `answer`."""
    return lead_all(lambda many: [answer(messages) for messages in many], 1, generator)[0]


def lead_all(answers: Answers, count: int, generator: torch.Generator) -> list[Dialogue]:
    """Return dialogues whose desk is `answers`, which is given all talks that go on at once."""
    talks = [leading(User(dice_from(generator))) for _ in range(count)]
    said, done = {i: next(talk)[1] for i, talk in enumerate(talks)}, {}
    while said:
        for i, text in zip(list(said), answers(list(said.values())), strict=True):
            try:
                _, said[i] = talks[i].send(text)
            except StopIteration as end:
                done[i] = end.value
                del said[i]
    return [done[i] for i in range(count)]
