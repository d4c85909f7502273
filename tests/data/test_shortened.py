"""Sentences that contain another one: found as by trying everything."""

import itertools

from labs.data.shortened import LEAST, SCATTERED, Shortened, drops, pairs, split

LIST = (
    "He is a great scientist.", "He is a scientist.", "I saw him go out.", "I saw him.",
    "Did you see that car?", "Did you see that?", "Did you see it?", "See that!",
    "That that is is.", "That is.",
)  # fmt: skip


def test_a_sentence_is_found_with_the_places_of_what_stays():
    found = {" ".join(pair.words): pair for pair in pairs(LIST)}
    great = found["he is a great scientist ."]
    assert great.kept == (frozenset({0, 1, 2, 4, 5}),)
    assert great.share == [1, 1, 1, 0, 1, 1]
    assert "did you see that car ?" in found
    assert "did you see that ?" not in found  # "see that !" ends in another sign
    assert len(found["that that is is ."].kept) == 1  # four ways to one sentence


def test_it_finds_what_trying_every_subset_finds():
    known = {(*tuple(s.lower().rstrip(".!?").split()), s[-1]) for s in LIST}
    for pair in pairs(LIST):
        n = len(pair.words)
        wanted = {
            words
            for k in range(2, n)
            for keep in itertools.combinations(range(n - 1), k)
            if (words := tuple(pair.words[i] for i in (*keep, n - 1))) in known
            and words != pair.words
        }
        assert {tuple(pair.words[i] for i in sorted(k)) for k in pair.kept} <= wanted
        assert pair.kept


def test_what_is_left_out_is_little_or_at_a_stretch_and_never_the_sign_at_the_end():
    for count in (4, 9, 14):
        for drop in drops(count):
            assert count - 1 not in drop
            assert count - 1 - len(drop) >= LEAST * (count - 1)
            stretch = drop == tuple(range(drop[0], drop[0] + len(drop)))
            assert stretch or len(drop) <= SCATTERED


def test_the_parts_share_no_sentence():
    found = [Shortened((str(i), "word", "."), (frozenset({1, 2}),)) for i in range(300)]
    train, choice, test = split(found)
    assert len(train) + len(choice) + len(test) == 300
    assert not {p.words for p in train} & {p.words for p in (*choice, *test)}
    assert 10 < len(test) < 60
    assert [len(part) for part in split(found[::-1])] == [len(train), len(choice), len(test)]
