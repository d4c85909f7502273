"""Names by language: a name is in one part only, and each part has its share."""

import pytest
import torch

from labs.data import names
from labs.data.names import LANGUAGES, encode, parse, shared, split


@pytest.fixture
def lists():
    made = {language: tuple(f"{language} {i}" for i in range(40)) for language in LANGUAGES}
    return made | {"English": (*made["English"], "Common"), "Scottish": ("Common", "Rare")}


def test_no_name_is_in_both_parts(lists):
    train, held = split(lists)
    assert not set(train.names) & set(held.names)
    assert set(train.names) | set(held.names) == {n for own in lists.values() for n in own}
    assert len(held.names) / (len(train.names) + len(held.names)) == pytest.approx(0.15, abs=0.01)
    assert split(lists) == (train, held)


def test_shared_names_keep_all_their_languages(lists):
    assert shared(lists) == {"Common": ("English", "Scottish")}
    found = {
        n: of for part in split(lists) for n, of in zip(part.names, part.languages, strict=True)
    }
    assert len(found["Common"]) == 2
    pairs, y = split(lists)[0].pairs()
    assert len(pairs) == len(y)


def test_parse_cleans(tmp_path):
    for language in LANGUAGES:
        (tmp_path / f"{language}.txt").write_text("Maxa/B\nAb\nAb\n\n Ö\u00a0K \n", "utf-8")
    assert parse(tmp_path)["Czech"] == ("Maxa", "Ab", "Ö K")


@pytest.mark.parametrize("bad", ["", "  ", "x" * 31])
def test_no_name(bad):
    with pytest.raises(ValueError):
        encode(bad)


def test_capitals_do_not_matter():
    assert torch.equal(encode("Ödön"), encode("ödön"))


def test_every_letter_is_one_number():
    assert torch.equal(encode("İNAN"), encode("inan"))
    assert torch.equal(encode("ΣΑΣ"), encode("日本人"))  # unknown, all of them


def test_lists_need_a_download(monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    assert not names.here()
    with pytest.raises(ValueError, match="download"):
        names.load()
