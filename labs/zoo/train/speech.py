"""Train SpeechCTC on strings of one to six spoken digits, put together while it trains.

A string is one speaker's recordings (a few mix speakers) with pauses between them, each faster or
slower, higher or lower, in a room with an echo, through a microphone with a tone of its own, with
noise, hum and clicks.  In the spectrogram it is stretched again in time and pitch, and strips of it
are covered: Park et al., "SpecAugment", https://arxiv.org/abs/1904.08779.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data import spoken
from labs.data.spoken import Recordings, evened, joined
from labs.models.speech.mel import BANDS, RATE, log_mel
from labs.models.speech.net import SpeechCTC
from labs.zoo.train.digits import Result, Say

STEPS, LEFT_OUT_STEPS = 5_000, 3_000
BATCH, FRESH, POOL = 32, 6, 3_000  # strings in a step, new ones of them, strings that are kept
RATE_OF_LEARNING, DECAY, DROPPED = 2e-3, 0.02, 0.3
TESTED = 500  # strings of four


@dataclass(frozen=True)
class Strings:
    """Makes strings of digits from recordings."""

    recordings: Recordings

    def __call__(self, g: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return a spectrogram (BANDS, T) and the digits in it, each plus one: 0 is the blank."""
        count = int(torch.randint(1, 7, (1,), generator=g))
        if _uniform(g) < 0.04:
            return self._nothing(g), torch.zeros(0, dtype=torch.long)
        chosen = self._choose(count, g)
        pitch = _between(g, -0.3, 0.26)
        waves = []
        for i in chosen:
            factor = math.exp(pitch + 0.06 * _normal(g))
            wave = evened(self.recordings.waves[i]) * 10 ** (0.2 * _normal(g))
            waves.append(quicker(_cut(wave, g), factor))
        spread = 0.5 * _uniform(g)  # seconds: some speak without pauses, some do not
        pauses = [int(RATE * spread * _uniform(g)) for _ in range(count + 1)]
        if _uniform(g) < 0.3:
            pauses[0] = pauses[-1] = 0
        wave = through_a_room(joined(waves, pauses), g)
        return log_mel(with_noise(wave, g)), self.recordings.labels[chosen] + 1

    def _choose(self, count: int, g: torch.Generator) -> Tensor:
        """Return the numbers of recordings, of one speaker four times in five."""
        speakers = self.recordings.speakers
        kinds = speakers.unique()
        one = kinds[torch.randint(len(kinds), (1,), generator=g)]
        mixed = _uniform(g) < 0.2
        of = torch.arange(len(speakers)) if mixed else (speakers == one).nonzero()[:, 0]
        return of[torch.randint(len(of), (count,), generator=g)]

    def _nothing(self, g: torch.Generator) -> Tensor:
        """Return the spectrogram of noise in which nobody speaks."""
        wave = torch.zeros(int(RATE * _between(g, 0.5, 3)))
        return log_mel(with_noise(wave, g))


def _uniform(g: torch.Generator) -> float:
    return torch.rand(1, generator=g).item()


def _normal(g: torch.Generator) -> float:
    return torch.randn(1, generator=g).item()


def _between(g: torch.Generator, low: float, high: float) -> float:
    return low + (high - low) * _uniform(g)


def _cut(wave: Tensor, g: torch.Generator) -> Tensor:
    """Return a wave whose first and last 5 ms fade, half of the time."""
    if _uniform(g) < 0.5:
        return wave
    ramp = torch.linspace(0, 1, 40)
    wave = wave.clone()
    wave[:40] *= ramp
    wave[-40:] *= ramp.flip(0)
    return wave


def quicker(wave: Tensor, factor: float) -> Tensor:
    """Return a wave played `factor` times as fast, and so much higher."""
    length = max(2, round(len(wave) / factor))
    return F.interpolate(wave[None, None], size=length, mode="linear", align_corners=True)[0, 0]


def through_a_room(wave: Tensor, g: torch.Generator) -> Tensor:
    """Return a wave with a tone of its own, and half of the time with an echo."""
    points = 2 ** (len(wave) + RATE // 2 - 1).bit_length()
    spectrum = torch.fft.rfft(wave, points)
    place = torch.linspace(0, 1, len(spectrum))
    tone = sum(
        6 / k * _uniform(g) * torch.cos(torch.pi * k * place.sqrt() + 6.3 * _uniform(g))
        for k in (1, 2, 3, 4)
    )  # dB
    spectrum = spectrum * 10 ** (tone / 20)
    if _uniform(g) < 0.5:
        t = torch.arange(RATE // 2) / RATE
        echo = torch.randn(len(t), generator=g) * torch.exp(-6.9 * t / _between(g, 0.08, 0.5))
        echo *= _between(g, 0.1, 0.8) / echo.norm()
        echo[0] = 1
        spectrum = spectrum * torch.fft.rfft(echo, points)
    return torch.fft.irfft(spectrum, points)[: len(wave)]


def with_noise(wave: Tensor, g: torch.Generator) -> Tensor:
    """Return a wave with noise of a random colour, and now and then hum and clicks."""
    length, signal = len(wave), 0.1
    color = _between(g, 0, 2)  # 0 white, 1 pink, 2 brown
    points = 2 ** (length - 1).bit_length()
    spectrum = torch.fft.rfft(torch.randn(points, generator=g))
    spectrum = spectrum / (1 + torch.arange(len(spectrum)) * RATE / points / 50) ** (color / 2)
    noise = torch.fft.irfft(spectrum, points)[:length]
    level = signal * 10 ** (-_between(g, 3, 50) / 20)
    wave = wave + noise * (level / noise.square().mean().sqrt().clamp(min=1e-9))
    if _uniform(g) < 0.1:
        t = torch.arange(length) / RATE
        base = 50 if _uniform(g) < 0.5 else 60
        wave = wave + signal * _between(g, 0, 0.4) * torch.sin(2 * torch.pi * base * t)
    if _uniform(g) < 0.1:
        at = torch.randint(length, (3,), generator=g)
        wave = wave.clone()
        wave[at] += torch.randn(3, generator=g)
    return wave


def bent(x: Tensor, g: torch.Generator) -> Tensor:
    """Return a spectrogram (BANDS, T) stretched in time and in pitch, strips of it covered."""
    length = max(8, round(x.shape[1] * math.exp(_between(g, -0.25, 0.25))))
    scale, shift = math.exp(0.08 * _normal(g)), 0.04 * _normal(g)
    rows = torch.linspace(-1, 1, BANDS) * scale + shift
    columns = torch.linspace(-1, 1, length)
    grid = torch.stack(
        [columns.expand(BANDS, -1), rows[:, None].expand(-1, length)], 2
    )[None]  # fmt: skip
    x = F.grid_sample(x[None, None], grid, padding_mode="border", align_corners=True)[0, 0]
    quiet = x.mean()
    for size, of in ((6, 0), (6, 0), (10, 1), (10, 1)):
        if _uniform(g) < 0.5:
            span = int(torch.randint(1, size + 1, (1,), generator=g))
            at = int(torch.randint(max(1, x.shape[of] - span), (1,), generator=g))
            x.narrow(of, at, min(span, x.shape[of] - at)).fill_(quiet)
    return x


def batch(strings: list[tuple[Tensor, Tensor]], g: torch.Generator) -> tuple[Tensor, ...]:
    """Return x (N, BANDS, T), all digits (M,), and how many each string has (N,).

    Shorter ones are followed by silence.
    """
    bends = [bent(x, g) for x, _ in strings]
    longest = max(x.shape[1] for x in bends)
    x = torch.stack([F.pad(x, (0, longest - x.shape[1]), value=-100.0) for x in bends])
    return x, torch.cat([y for _, y in strings]), torch.tensor([len(y) for _, y in strings])


def alike(pool: list[tuple[Tensor, Tensor]], g: torch.Generator) -> list[tuple[Tensor, Tensor]]:
    """Return BATCH strings of nearly the same length, so that little silence is put after them."""
    some = torch.randint(len(pool), (6 * BATCH,), generator=g).tolist()
    some.sort(key=lambda i: pool[i][0].shape[1])
    at = int(torch.randint(6, (1,), generator=g)) * BATCH
    return [pool[i] for i in some[at : at + BATCH]]


def descend(recordings: Recordings, steps: int, seed: int, say: Say) -> SpeechCTC:
    """Train by AdamW, one cycle; return the moving average of the weights, rounded to float16."""
    torch.manual_seed(seed)  # initial weights and dropout; a training is its own process
    model = SpeechCTC(DROPPED).to(memory_format=torch.channels_last)
    make, g = Strings(recordings), torch.Generator().manual_seed(seed)
    rate = RATE_OF_LEARNING
    optimizer = torch.optim.AdamW(model.parameters(), rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, steps, pct_start=0.1, cycle_momentum=False
    )
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.995), use_buffers=True)
    pool: list[tuple[Tensor, Tensor]] = []
    model.train()
    for step in range(steps):
        for _ in range(FRESH if pool else 10 * BATCH):
            string = make(g)
            if len(pool) < POOL:
                pool.append(string)
            else:
                pool[int(torch.randint(POOL, (1,), generator=g))] = string
        x, y, lengths = batch(alike(pool, g), g)
        with torch.autocast("cpu", torch.bfloat16):
            log_probs = model(x).float().transpose(0, 1)  # (T, N, symbols)
        frames = torch.full((BATCH,), len(log_probs))
        loss = F.ctc_loss(log_probs, y, frames, lengths, zero_infinity=True)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        average.update_parameters(model)
        if (step + 1) % 250 == 0:
            say(f"step {step + 1}  last batch's loss {loss.item():.4f}")
    average.module.half().float()  # what is shipped
    return average.module.eval()


def train(data: Path, seed: int, say: Say) -> Result:
    """Train the net that ships, and one for each speaker who is left out; measure them."""
    recordings = spoken.load(data / "spoken_digits.npz")
    model = descend(recordings.train, STEPS, seed, say)
    metrics = measure(model, recordings.test)
    say(f"{metrics}")
    for speaker in range(spoken.SPEAKERS):
        others = recordings.where(recordings.speakers != speaker).train
        net = descend(others, LEFT_OUT_STEPS, seed, say)
        unheard = recordings.where(recordings.speakers == speaker)
        metrics[f"left_out_{speaker}_accuracy"] = single(net, unheard)
        say(f"{metrics}")
    folds = [metrics[f"left_out_{s}_accuracy"] for s in range(spoken.SPEAKERS)]
    metrics["left_out_accuracy"] = sum(folds) / len(folds)
    return Result(model, metrics)


def measure(model: SpeechCTC, test: Recordings) -> dict[str, float]:
    """Return the accuracy on single digits, and word error rates on strings of four."""
    return {
        "single_digit_accuracy": single(model, test),
        "word_error_rate": word_error_rate(model, test, None),
        "word_error_rate_20_db_noise": word_error_rate(model, test, 20.0),
    }


def single(model: SpeechCTC, test: Recordings) -> float:
    """Return the share of recordings that the net writes down as their one digit."""
    said = [model.transcribe(wave, RATE) for wave in test.waves]
    right = [s == str(y) for s, y in zip(said, test.labels.tolist(), strict=True)]
    return sum(right) / len(right)


def word_error_rate(model: SpeechCTC, test: Recordings, noise: float | None) -> float:
    """Return the edits for each digit of TESTED strings of four by one speaker each.

    noise: dB that white noise lies below the speech; None for none.
    """
    g = torch.Generator().manual_seed(0)
    edits = 0
    for number in range(TESTED):
        of = (test.speakers == number % spoken.SPEAKERS).nonzero()[:, 0]
        chosen = of[torch.randint(len(of), (4,), generator=g)]
        pauses = torch.randint(RATE // 20, RATE // 2, (5,), generator=g).tolist()
        wave = joined([evened(test.waves[i]) for i in chosen], pauses)
        if noise is not None:
            wave = wave + torch.randn(len(wave), generator=g) * 0.1 * 10 ** (-noise / 20)
        truth = "".join(map(str, test.labels[chosen].tolist()))
        edits += distance(model.transcribe(wave, RATE), truth)
    return edits / (4 * TESTED)


def distance(a: str, b: str) -> int:
    """Return how many symbols are put in, left out or changed to make b of a (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
