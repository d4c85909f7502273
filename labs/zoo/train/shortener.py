"""The recipe of the net that leaves words out of a sentence."""

from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from labs.data import translations
from labs.data.shortened import Shortened, pairs, split
from labs.models.chat.words import HERE, Words, learn
from labs.models.shortener import Shortener
from labs.models.translation.pieces import PAD
from labs.zoo.train.digits import Result, Say

BATCH = 64  # sentences
LEARNING_RATE = 3e-3
NEVER = -1.0  # in the targets: padding


def parts(data: Path) -> tuple[list[Shortened], list[Shortened], list[Shortened]]:
    """Return the sentences to train on, to choose by, and to test with."""
    read = translations.read(data / "eng-fra.txt")
    return split(pairs(dict.fromkeys(e for e, _ in (*read.train, *read.choice, *read.test))))


def tensors(found: Sequence[Shortened], words: Words) -> tuple[Tensor, Tensor]:
    """Return numbers (N, S) of the words and for each the share of versions that keep it."""
    source = [torch.tensor(words.encode(" ".join(pair.words))) for pair in found]
    target = [torch.tensor(pair.share) for pair in found]
    return (
        pad_sequence(source, batch_first=True, padding_value=PAD),
        pad_sequence(target, batch_first=True, padding_value=NEVER),
    )


def loss_of(model: Shortener, found: Sequence[Shortened]) -> Tensor:
    """Return the cross-entropy in nats a word against the share of versions that keep it."""
    source, target = tensors(found, model.table)
    there = target != NEVER
    return F.binary_cross_entropy_with_logits(model(source)[there], target[there])


def fit(data: Path, seed: int, say: Say, *, epochs: int) -> Result:
    """Remake the net from `eng-fra.txt`; the part to choose by chooses the epoch."""
    train, choice, test = parts(data)
    say(f"{len(train):,} sentences to learn from, {len(test):,} to test with")
    torch.manual_seed(seed)  # of the weights and of dropout; it is a process of its own
    model = Shortener(dropout=0.3)
    optimizer = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    generator = torch.Generator().manual_seed(seed)
    best, kept = torch.inf, {}
    for epoch in range(epochs):
        model.train()
        for at in torch.randperm(len(train), generator=generator).split(BATCH):
            loss = loss_of(model, [train[i] for i in at.tolist()])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        schedule.step()
        model.eval()
        with torch.no_grad():
            seen = loss_of(model, choice).item()
        say(f"epoch {epoch}  training {loss.item():.4f}  held out {seen:.4f} nats a word")
        if seen < best:
            best, kept = seen, {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(kept)
    model.drop.p = 0.0
    model.half().float().eval()  # measure what is shipped
    return Result(model, measure(model, test) | {"training_sentences": float(len(train))})


@torch.no_grad()
def measure(model: Shortener, test: Sequence[Shortened]) -> dict[str, float]:
    """Return F1 of the kept and of the left-out words against the version that leaves out least.

    Beside it stands what keeping everything would give, and how often the result is word by word
    one of the versions.
    """
    source, _ = tensors(test, model.table)
    keep = (model(source) > 0).tolist()
    kept, dropped, everything, exact = [0, 0], [0, 0], [0, 0], 0
    for pair, tags in zip(test, keep, strict=True):
        n = len(pair.words)
        ours, theirs = {i for i in range(n) if tags[i]}, pair.kept[0]
        kept = [kept[0] + len(ours & theirs), kept[1] + len(ours) + len(theirs)]
        everything = [everything[0] + len(theirs), everything[1] + n + len(theirs)]
        gone = n - len(ours | theirs)
        dropped = [dropped[0] + gone, dropped[1] + 2 * n - len(ours) - len(theirs)]
        said = [pair.words[i] for i in sorted(ours)]
        exact += any(said == [pair.words[i] for i in sorted(k)] for k in pair.kept)
    return {
        "test_sentences": float(len(test)),
        "f1_kept": 2 * kept[0] / kept[1],
        "f1_kept_if_all_are": 2 * everything[0] / everything[1],
        "f1_left_out": 2 * dropped[0] / dropped[1],
        "a_sentence_of_the_data": exact / len(test),
        "held_out_loss": loss_of(model, test).item(),
    }


def write_table(data: Path) -> None:
    """Write the table of words anew."""
    train, _, _ = parts(data)
    learn((" ".join(pair.words) for pair in train), 2).save(HERE / "shorten.txt")
