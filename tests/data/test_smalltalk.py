"""Small talk: no question of one part stands in another."""

import pytest

from labs.data.smalltalk import key, read, split


def test_questions_that_differ_in_signs_only_lie_in_one_part():
    asked = [f"how {i} are you" for i in range(400)]
    pairs = [(q, "Fine.") for q in asked] + [(f"{q.title()}?!", "Fine.") for q in asked]
    parts = split(pairs)
    keys = [{key(q) for q, _ in part} for part in parts]
    assert sum(map(len, keys)) == len(set().union(*keys)) == 400
    assert sum(map(len, parts)) == 800
    assert 20 < len(keys[2]) < 70  # a tenth
    assert [sorted(part) for part in split(pairs[::-1])] == [sorted(part) for part in parts]


def test_another_file_is_refused(tmp_path):
    file = tmp_path / "dialogues.tsv"
    file.write_text("hello\tHi.\n")
    with pytest.raises(ValueError, match="not the list"):
        read(file)
