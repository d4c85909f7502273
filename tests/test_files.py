"""A file is there whole, or it is not there."""

import os
import time

import pytest

from labs.files import STALE, bound, matches, parts, writing


def test_a_file_gets_its_name_when_it_is_whole(tmp_path):
    target = tmp_path / "deep" / "a.bin"
    with writing(target) as file:
        file.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_a_writer_that_fails_leaves_the_older_file(tmp_path):
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(TypeError), writing(target) as file:
        file.writelines([b"ne", "w"])
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_two_writers_at_once_do_not_mix(tmp_path):
    target = tmp_path / "a.bin"
    with writing(target) as one, writing(target) as two:
        for _ in range(3):
            one.write(b"1")
            two.write(b"2")
    assert target.read_bytes() == b"111"  # the last to end
    assert list(tmp_path.iterdir()) == [target]


def test_parts_of_the_dead_are_removed_and_those_of_the_living_stay(tmp_path):
    target = tmp_path / "a.bin"
    dead, living = tmp_path / "a.bin.1.part", tmp_path / "a.bin.2.part"
    dead.touch()
    living.touch()
    os.utime(dead, 2 * (time.time() - STALE - 60,))
    with writing(target):
        pass
    assert parts(target) == [living]


def test_a_folder_keeps_its_newest_files(tmp_path):
    for k in range(5):
        file = tmp_path / str(k)
        file.write_bytes(b"12345678")
        os.utime(file, 2 * (time.time() - 10 * k,))
    bound(tmp_path, 24)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["0", "1", "2"]


def test_a_checksum_follows_the_file(tmp_path):
    target = tmp_path / "a.bin"
    assert not matches(target, "")
    target.write_bytes(b"abc")
    assert matches(target, "ba7816bf")
    target.write_bytes(b"abd")
    os.utime(target, 2 * (time.time() + 5,))
    assert not matches(target, "ba7816bf")
    assert not matches(tmp_path, "")
