"""Train SpeechCTC on strings of one to six spoken digits; measure it on takes that it never heard.

What it learns from is made by `speech_strings` while it trains.  A net for each speaker is trained
without that speaker, to measure what it makes of a stranger's voice.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data import spoken
from labs.data.spoken import RATE, Recordings, evened, joined
from labs.models.speech.mel import SILENT
from labs.models.speech.net import SpeechCTC
from labs.zoo.train.digits import Result, Say
from labs.zoo.train.speech_strings import Strings, bent

STEPS, LEFT_OUT_STEPS = 3_500, 2_500
BATCH, FRESH, POOL = 24, 5, 3_000  # strings in a step, new ones of them, strings that are kept
RATE_OF_LEARNING, DECAY, DROPPED = 2e-3, 0.02, 0.3
TESTED = 500  # strings of four


def batch(strings: list[tuple[Tensor, Tensor]], g: torch.Generator) -> tuple[Tensor, ...]:
    """Return x (N, BANDS, T), all digits (M,), and how many each string has (N,).

    Shorter ones are followed by silence.
    """
    bends = [bent(x, g) for x, _ in strings]
    longest = max(x.shape[1] for x in bends)
    x = torch.stack([F.pad(x, (0, longest - x.shape[1]), value=SILENT) for x in bends])
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
    folds = [left_out(recordings, speaker, seed + 2, say) for speaker in range(spoken.SPEAKERS)]
    metrics |= {f"left_out_{speaker}_accuracy": share for speaker, share in enumerate(folds)}
    metrics["left_out_accuracy"] = sum(folds) / len(folds)
    return Result(model, metrics)


def left_out(recordings: Recordings, speaker: int, seed: int, say: Say) -> float:
    """Return the accuracy on all single digits of a speaker whom a net never heard."""
    net = descend(recordings.where(recordings.speakers != speaker).train, LEFT_OUT_STEPS, seed, say)
    share = single(net, recordings.where(recordings.speakers == speaker))
    say(f"speaker {speaker} left out: {share:.2%} right")
    return share


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
