"""Small tasks from one sequence to another: dates as people write them, and letters in order."""

import datetime
import random

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from labs.models.translation.pieces import END, PAD, SPECIAL, START, UNKNOWN

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SYMBOLS = f"{LETTERS}0123456789 ,.-/"
TASKS = {
    "dates": "a date as people write it, into ISO 8601",
    "reverse": "letters, the last one first",
    "sort": "letters in the order of the alphabet",
    "copy": "letters as they are",
}
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
          "september", "october", "november", "december")  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST, LAST = datetime.date(1930, 1, 1), datetime.date(2049, 12, 31)
UNSEEN = 10  # every tenth day, and every tenth string of letters, is in no training
LONGEST = 40  # symbols of an example of one's own
Example = tuple[str, str]


def ordinal(day: int) -> str:
    """Return "1st", "2nd", "3rd", "4th" ..."""
    if day // 10 == 1:
        return f"{day}th"
    return f"{day}{({1: 'st', 2: 'nd', 3: 'rd'}).get(day % 10, 'th')}"


FORMS = (  # the day, the month and the year as words
    "{th} of {month} {year}",
    "the {th} of {month} {year}",
    "{day} {month} {year}",
    "{month} {day}, {year}",
    "{month} {th}, {year}",
    "{weekday}, {day} {month} {year}",
    "{weekday} the {th} of {month}, {year}",
    "{day} {mon} {year}",
    "{mon} {day}, {year}",
    "{day}.{number}.{year}",
)


def written(date: datetime.date, form: str) -> str:
    """Return a date as people write it, in small letters."""
    month = MONTHS[date.month - 1]
    return form.format(
        th=ordinal(date.day), day=date.day, month=month, mon=month[:3], year=date.year,
        number=date.month, weekday=DAYS[date.weekday()],
    )  # fmt: skip


def answer(task: str, letters: str) -> str:
    """Return what a task of letters makes of them."""
    return {"reverse": letters[::-1], "sort": "".join(sorted(letters)), "copy": letters}[task]


def draw(
    task: str, count: int, dice: random.Random, *, unseen: bool, longest: int
) -> list[Example]:
    """Return examples that are in no training, or such as trainings are made of.

    longest: letters of a string; the shortest has 3.
    """
    found = []
    while len(found) < count:
        if task == "dates":
            number = dice.randrange(FIRST.toordinal(), LAST.toordinal() + 1)
            if (number % UNSEEN == 0) == unseen:
                date = datetime.date.fromordinal(number)
                found.append((written(date, dice.choice(FORMS)), date.isoformat()))
            continue
        letters = "".join(dice.choices(LETTERS, k=dice.randint(min(3, longest), longest)))
        if (sum(map(ord, letters)) % UNSEEN == 0) == unseen:
            found.append((letters, answer(task, letters)))
    return found


NUMBERS = {symbol: i + len(SPECIAL) for i, symbol in enumerate(SYMBOLS)}
COUNT = len(SPECIAL) + len(SYMBOLS)


def encode(text: str) -> list[int]:
    """Return the numbers of a text's symbols; capitals are small letters."""
    return [NUMBERS.get(c, UNKNOWN) for c in text.lower()]


def decode(numbers: tuple[int, ...]) -> str:
    """Return the text of these symbols."""
    return "".join(SYMBOLS[i - len(SPECIAL)] for i in numbers if i >= len(SPECIAL))


def tensors(examples: list[Example]) -> tuple[Tensor, Tensor]:
    """Return source (N, S) and target (N, T), start and end included."""
    source = [torch.tensor(encode(x)) for x, _ in examples]
    target = [torch.tensor([START, *encode(y), END]) for _, y in examples]
    return pad_sequence(source, True, padding_value=PAD), pad_sequence(
        target, True, padding_value=PAD
    )
