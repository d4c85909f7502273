"""Learning a small task live: the examples, the net, the script."""

import datetime
import random

import pytest

from labs.models.translation.pieces import UNKNOWN
from labs.sequences.translation.learning import Learning
from labs.sequences.translation.tasks import FORMS, TASKS, decode, draw, encode, ordinal, written
from tests.sentences import is_one_sentence


def test_dates_are_those_of_the_calendar():
    days = [datetime.date(2024, 5, d) for d in range(1, 32)]
    assert [ordinal(d.day)[-2:] for d in days[:4]] == ["st", "nd", "rd", "th"]
    assert {ordinal(d) for d in (11, 12, 13, 21, 31)} == {"11th", "12th", "13th", "21st", "31st"}
    assert written(days[2], FORMS[1]) == "the 3rd of may 2024"
    assert written(days[2], FORMS[5]) == f"{days[2]:%A}, 3 may 2024".lower()


@pytest.mark.parametrize("task", TASKS)
def test_what_is_unseen_is_in_no_training_and_all_of_it_can_be_read(task):
    def some(unseen):
        return draw(task, 400, random.Random(1), unseen=unseen, longest=8)

    assert not {y for _, y in some(True)} & {y for _, y in some(False)}
    assert not any(UNKNOWN in encode(x + y) for x, y in some(True))
    assert all(decode(tuple(encode(y))) == y for _, y in some(True))


def test_with_attention_it_soon_reverses_letters_and_looks_from_the_end():
    lab = Learning()
    lab.receive({"setting": "longest", "value": 4})
    lab.receive({"setting": "task", "value": "reverse"})
    while lab.right < 0.9 and lab.steps < 200:
        lab.step()
    assert lab.right >= 0.9
    lab.receive({"panel": "own", "kind": "text", "value": "abcd"})
    frame = lab.frame()
    assert "".join(frame.notes["look"]["rows"]) == "dcba"
    assert frame.values["look"].argmax(1).tolist() == [3, 2, 1, 0]


def test_the_script_prints_the_numbers_of_the_page(printed):
    lab = Learning()
    lab.receive({"setting": "longest", "value": 3})
    lab.receive({"setting": "task", "value": "sort"})
    for _ in range(20):
        lab.step()
    last = printed(lab.script()).splitlines()
    assert f"loss {lab.recent[-1]:.6f} nats  {lab.right:.1%}" in last[0]
    assert last[-1].endswith("".join(lab.frame().notes["look"]["rows"]))


def test_both_curves_stay_and_what_is_too_long_is_refused():
    lab = Learning()
    for _ in range(lab.every):
        lab.step()
    lab.receive({"setting": "net", "value": "plain"})
    right = lab.frame().values["right"]
    assert right[0].tolist() == [0, lab.every]
    assert right.isnan().tolist() == [[False] * 2, [False] * 2, [False, True]]  # of both nets
    assert lab.steps == 0
    assert is_one_sentence(lab.left_out())  # no link holds the other's curve
    with pytest.raises(ValueError) as fault:
        lab.receive({"panel": "own", "kind": "text", "value": "x" * 41})
    assert is_one_sentence(str(fault.value))
    lab.receive({"panel": "own", "kind": "text", "value": ""})
    assert lab.frame().notes["look"]["rows"] == []
