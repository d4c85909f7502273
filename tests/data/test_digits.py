"""The digits that need no download."""

import gzip
import hashlib
import struct

import pytest
import torch

from labs.data import digits, download


def test_the_small_set():
    split = digits.small()
    assert len(split.x) + len(split.x_test) == 1797
    for x, y in ((split.x, split.y), (split.x_test, split.y_test)):
        assert x.shape == (len(y), 1, 28, 28)
        assert x.dtype == torch.float32
        assert y.dtype == torch.int64
        assert x.min() == 0
        assert 0.9 < x.max() <= 1
        assert set(y.tolist()) == set(range(10))
        assert x[..., :4, :].max() == x[..., -4:, :].max() == 0  # MNIST's margin
    assert len(split.x_test) == pytest.approx(0.2 * 1797, abs=1)


def test_no_digit_is_in_both_parts():
    split = digits.small()
    train = {row.numpy().tobytes() for row in split.x}
    assert not [row for row in split.x_test if row.numpy().tobytes() in train]


def test_it_is_the_same_every_time():
    assert digits.small() is digits.small()
    assert digits.small.__wrapped__().y.equal(digits.small().y)


def test_without_the_download_mnist_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    assert not digits.mnist_here()
    with pytest.raises(ValueError, match="download it first"):
        digits.mnist.__wrapped__()


def test_mnist_is_read_from_its_files(tmp_path, monkeypatch, rng):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    x = torch.randint(256, (7, 28, 28), generator=rng, dtype=torch.uint8)
    y = torch.randint(10, (7,), generator=rng, dtype=torch.uint8)
    for name in digits.FILES:
        raw = x if "images" in name else y
        head = struct.pack(f">HBB{raw.dim()}i", 0, 8, raw.dim(), *raw.shape)
        file = download.path("mnist", name)
        file.parent.mkdir(exist_ok=True)
        data = gzip.compress(head + raw.numpy().tobytes())
        file.write_bytes(data)
        monkeypatch.setitem(digits.FILES, name, (len(data), hashlib.sha256(data).hexdigest()))
    split = digits.mnist.__wrapped__()
    assert (split.x[:, 0] * 255).round().byte().equal(x)
    assert split.y.equal(y.long())
    with file.open("ab") as last:
        last.write(b"more")
    assert not digits.mnist_here()  # a wrong file is as good as none
    assert split.x_test.shape == (7, 1, 28, 28)
