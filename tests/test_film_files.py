"""Films: what was put in comes out again, picture by picture."""

import io
from fractions import Fraction

import av
import pytest
import torch
from torch import Tensor

from labs import film_files


def played(data: bytes) -> tuple[Tensor, Fraction, str]:
    """Return a film's pictures (N, 3, H, W) of bytes, its rate and its comment."""
    with av.open(io.BytesIO(data)) as file:
        stream = file.streams.video[0]
        pictures = [torch.from_numpy(f.to_ndarray(format="rgb24")) for f in file.decode(stream)]
        return torch.stack(pictures).movedim(3, 1), stream.average_rate, file.metadata["comment"]


@pytest.mark.parametrize("encoder", film_files.ENCODERS)
def test_a_film_holds_its_pictures(encoder, rng, monkeypatch):
    """Squares that move, in colour and in grey, on an odd number of pixels."""
    monkeypatch.setattr(film_files, "ENCODERS", {encoder: film_files.ENCODERS[encoder]})
    for channels in (3, 1):
        images = []
        for k in range(6):
            image = torch.full((channels, 41, 55), 230, dtype=torch.uint8)
            image[:, 8:24, 4 + 6 * k : 20 + 6 * k] = 20 + 30 * k
            image[0, 24:40, 16:32] = 128
            images.append(image)
        got, rate, comment = played(
            film_files.mp4(images, rate=Fraction(10), held=3, comment="six squares")
        )
        assert (rate, comment, len(got)) == (10, "six squares", 8)
        want = torch.stack([*images, images[-1], images[-1]]).expand(-1, 3, -1, -1)
        away = (got[..., :41, :55].float() - want).abs()
        assert away.mean() < 4
        for k, picture in enumerate(got[:6].float()):  # each is nearest to its own
            others = [
                (picture[:, :41, :55] - image.expand(3, -1, -1)).abs().mean() for image in images
            ]
            assert torch.tensor(others).argmin() == k
