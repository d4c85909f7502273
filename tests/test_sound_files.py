"""Sound files from strangers: every format, rate and number of channels, and what is none."""

import io

import av
import numpy as np
import pytest
import torch

from labs import sound_files
from labs.sound_files import RATE, decode, to_wav

CODECS = {
    "wav": "pcm_s16le", "flac": "flac", "mp3": "libmp3lame", "ipod": "aac", "webm": "libopus",
    "ogg": "libopus",
}  # fmt: skip


def tone(seconds: float, rate: int, f: float = 440.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * f * np.arange(int(seconds * rate)) / rate)


def written(name: str, samples: np.ndarray, rate: int, layout: str = "mono") -> bytes:
    """A file of one sound on all channels."""
    file = io.BytesIO()
    with av.open(file, "w", format=name) as container:
        stream = container.add_stream(CODECS[name], rate=rate, layout=layout)
        count = len(av.AudioLayout(layout).channels)
        array = np.repeat(samples.astype(np.float32)[None], count, 0)
        frame = av.AudioFrame.from_ndarray(array, format="fltp", layout=layout)
        frame.sample_rate = rate
        resampler = av.AudioResampler(stream.format, layout, rate, stream.frame_size or None)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            for packet in stream.encode(part):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return file.getvalue()


def pitch(wave: torch.Tensor) -> float:
    spectrum = torch.fft.rfft(wave).abs()
    return spectrum.argmax().item() * RATE / len(wave)


def test_every_format_rate_and_number_of_channels(subtests):
    cases = [(name, 48_000, layout) for name in CODECS for layout in ("mono", "stereo")]
    cases += [("wav", rate, "mono") for rate in (4_000, 8_000, 11_025, 22_050, 44_100, 192_000)]
    cases += [("flac", 96_000, "5.1"), ("ipod", 44_100, "stereo"), ("mp3", 22_050, "mono")]
    for name, rate, layout in cases:
        with subtests.test(f"{name} {rate} {layout}"):
            wave = decode(written(name, tone(1.0, rate), rate, layout))
            assert wave.dtype == torch.float32
            assert len(wave) / RATE == pytest.approx(1, abs=0.08)
            assert pitch(wave) == pytest.approx(440, abs=4)
            assert 0.15 < wave.abs().max() <= 1


def test_a_wav_file_of_ours_comes_back_the_same():
    wave = torch.from_numpy(tone(0.5, RATE)).float()
    assert torch.allclose(decode(to_wav(wave)), wave, atol=1e-4)


def test_ten_minutes_are_refused_with_their_length():
    data = written("flac", tone(600, RATE, 50), RATE)
    with pytest.raises(ValueError, match=r"^The recording lasts 10 min 0 s; up to 10 s work\.$"):
        decode(data)


def test_a_file_that_hides_its_length_is_stopped_where_it_is_too_long():
    data = bytearray(to_wav(torch.from_numpy(tone(12, RATE)).float()))
    data[40:44] = (8000).to_bytes(4, "little")  # claims half a second
    assert len(decode(bytes(data))) == 4000
    data = written("wav", tone(14, RATE), RATE)
    with pytest.raises(ValueError, match=r"lasts more than 10 s; up to 10 s work\.$"):
        decode(data)


def test_silence_and_nothing(subtests):
    for samples, words in (
        (np.zeros(RATE), "is silent"),
        (tone(0.01, RATE), "it takes 0.05 s or more"),
    ):
        with subtests.test(words), pytest.raises(ValueError, match=words):
            decode(written("wav", samples, RATE))


def test_what_is_no_sound_is_one_sentence(subtests):
    playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"
    listed = b"ffconcat version 1.0\nfile /etc/hostname\n"
    cases = {
        "empty": b"", "one byte": b"R", "text": b"hello" * 40, "a playlist": playlist,
        "a list of files": listed, "a picture": b"\x89PNG\r\n\x1a\n" + bytes(60),
    } | {f"only the head of {name}": written(name, tone(0.4, 48_000), 48_000)[:24]
         for name in CODECS}  # fmt: skip
    for name, data in cases.items():
        with subtests.test(name), pytest.raises(ValueError, match=r"\.$") as caught:
            decode(data)
        assert str(caught.value).count(".") <= 2


def test_torn_files_are_a_part_or_one_sentence(subtests):
    generator = np.random.default_rng(0)
    for name in CODECS:
        data = written(name, tone(1, 48_000), 48_000)
        for share in (0.1, 0.5, 0.9):
            with subtests.test(f"{name} {share}"):
                kept = bytearray(data[: int(share * len(data))])
                for variant in (bytes(kept), scattered(kept, generator)):
                    try:
                        wave = decode(variant)
                    except ValueError as fault:
                        assert "\n" not in str(fault)
                        assert str(fault).endswith((".", "?"))
                    else:
                        assert wave.isfinite().all()
                        assert wave.abs().max() <= 1


def scattered(data: bytearray, generator: np.random.Generator) -> bytes:
    data = bytearray(data)
    for at in generator.integers(12, max(13, len(data)), 20):
        if at < len(data):
            data[at] = generator.integers(256)
    return bytes(data)


def test_too_large_a_file_is_not_looked_at():
    with pytest.raises(ValueError, match=r"12\.0 MB; up to 12 MB work"):
        decode(bytes(sound_files.MAX_BYTES + 1))


def test_numbers_that_are_none_become_silence():
    wave = torch.tensor([0.5, float("nan"), float("inf"), -2.0]).repeat(400)
    assert torch.equal(sound_files.checked(wave)[:4], torch.tensor([0.5, 0.0, 0.0, -1.0]))
