"""Small talk: 9,782 English questions with 90 answers, so that there are many ways to ask one.

From microsoft/botframework-solutions, Chitchat.qna, https://github.com/microsoft/botframework-
solutions, MIT (Microsoft).
"""

import hashlib
from pathlib import Path

_SHA256 = "052df85eb20d7c2332be4379211fa02b57ca121f725457e785eb8847687e6f9c"
CHOICE, TEST = 0.05, 0.1  # shares of the questions that are held out
Exchange = tuple[str, str]  # question, answer


def key(question: str) -> str:
    """Return what two questions share that differ in capitals and signs only."""
    return " ".join("".join(c if c.isalnum() else " " for c in question.lower()).split())


def split(pairs: list[Exchange]) -> tuple[list[Exchange], list[Exchange], list[Exchange]]:
    """Return a training part, one to choose by, and a test part; no question is in two of them.

    The questions are ordered by a hash, so that the split is the same for every order.
    """
    parts: tuple[list[Exchange], ...] = [], [], []
    for question, answer in pairs:
        digest = hashlib.sha256(key(question).encode()).digest()
        place = int.from_bytes(digest[:4], "big") / 2**32
        parts[2 if place < TEST else 1 if place < TEST + CHOICE else 0].append((question, answer))
    return parts


def read(file: Path) -> tuple[list[Exchange], list[Exchange], list[Exchange]]:
    """Return the parts of `dialogues.tsv`.  Raises ValueError if it is another file."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise ValueError(f"{file.name} is not the list of 9,782 questions that the recipe expects.")
    lines = dict.fromkeys(data.decode().splitlines())
    return split([tuple(line.split("\t")[:2]) for line in lines if "\t" in line])
