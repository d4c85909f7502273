"""The recipe of the translators: the loop, and what is measured on held-out pairs."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import torch
import torch.nn.functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data.translations import Pair, read
from labs.files import writing
from labs.models.translation.bleu import BINS, bleu
from labs.models.translation.net import Translator, fresh
from labs.models.translation.pieces import PAD, english_french
from labs.zoo.train.digits import Result, Say
from labs.zoo.train.sentence_pairs import CLIP, Numbers, Recipe, batches
from labs.zoo.train.smoothed_loss import loss_of

LONGEST = 60  # pieces; longer sentences are left out of the training
KEEP = 100  # steps between two states that are kept
BEAM = 4


def encoded(pairs: Sequence[Pair]) -> list[Numbers]:
    """Return the pieces of the pairs that are short enough."""
    table = english_french()
    numbers = ((table.encode(e), table.encode(f)) for e, f in pairs)
    return [(e, f) for e, f in numbers if 0 < len(e) <= LONGEST and 0 < len(f) <= LONGEST]


def descend(kind: type[Translator], data: Path, recipe: Recipe, say: Say) -> Translator:
    """Train; return the moving average of the weights.

    The state goes to a file in the temporary folder now and then; a run of the same recipe that
    was broken off goes on from there, also with another number of steps: as long as the rate
    has not begun to fall, both runs are the same.
    """
    model = fresh(kind, torch.Generator().manual_seed(recipe.seed))
    model.drop.p = recipe.dropout
    pairs = read(data / "eng-fra.txt")
    train, choice = encoded(pairs.train), encoded(pairs.choice)
    optimizer = torch.optim.Adam(
        model.parameters(), recipe.learning_rate, betas=(0.9, 0.98), fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, recipe.rate)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.998))
    saved = resume_file(kind)
    parts = {"model": model, "average": average, "optimizer": optimizer, "schedule": schedule}
    step, epoch, within = 0, 0, 0  # steps, whole readings of the pairs, batches of the one begun
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        if state["recipe"] == asdict(recipe) | {"steps": state["recipe"]["steps"]}:
            for key, part in parts.items():
                part.load_state_dict(state[key])
            step, epoch, within = state["step"], state["epoch"], state["within"]

    def keep() -> None:
        state = {key: part.state_dict() for key, part in parts.items()}
        state |= {"recipe": asdict(recipe), "step": step, "epoch": epoch, "within": within}
        with writing(saved) as file:
            torch.save(state, file)

    while step < recipe.steps:
        generator = torch.Generator().manual_seed(1000 * recipe.seed + epoch)
        total, count = 0.0, 0
        for source, target in islice(batches(train, recipe.batch, generator), within, None):
            torch.manual_seed(1000 * recipe.seed + step)  # dropout; it is a process of its own
            model.train()
            loss = loss_of(model, source, target, recipe.smoothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            total, count, step, within = total + loss.item(), count + 1, step + 1, within + 1
            if step % KEEP == 0:
                say(f"step {step}  training {total / count:.4f} nats a piece, smoothed")
                total, count = 0.0, 0
                keep()
            if step == recipe.steps:
                break
        else:
            epoch, within = epoch + 1, 0
            seen = held_out_loss(average.module, choice)
            say(f"epoch {epoch}  step {step}  held out {seen:.4f} nats a piece")
    return average.module


def resume_file(kind: type[Translator]) -> Path:
    """Return where the state of a training is kept."""
    return Path(tempfile.gettempdir()) / f"glassbox-{kind.__name__}.resume.pt"


def train(kind: type[Translator], data: Path, seed: int, say: Say, *, steps: int) -> Result:
    """Remake a translator from the folder `data`, which holds `eng-fra.txt`."""
    model = descend(kind, data, Recipe(steps, seed), say)
    model.drop.p = 0.0
    model.half().float().eval()  # measure what is shipped: weights rounded to float16
    measured = measure(model, data)
    resume_file(kind).unlink(missing_ok=True)
    return Result(model, measured | {"steps": float(steps)})


def measure(model: Translator, data: Path) -> dict[str, float]:
    """Return BLEU and loss on the held-out pairs: on all of them, and by words of the English."""
    pairs = read(data / "eng-fra.txt").test
    references = [french for _, french in pairs]
    greedy, beam = (
        [t.text for t in model.translate_all([english for english, _ in pairs], beam=width)]
        for width in (1, BEAM)
    )
    lengths = [len(english.split()) for english, _ in pairs]

    def score(low: int, high: int) -> float:
        part = [i for i, n in enumerate(lengths) if low <= n <= high]
        return bleu([greedy[i] for i in part], [references[i] for i in part])

    return {
        "test_pairs": float(len(pairs)),
        "bleu": score(0, 1000),
        f"bleu_beam_{BEAM}": bleu(beam, references),
        "bleu_10_words_and_more": score(10, 1000),
        **{f"bleu_{low}_to_{high}_words": score(low, high) for low, high in BINS},
        "held_out_loss": held_out_loss(model, encoded(pairs)),
    }


@torch.no_grad()
def held_out_loss(model: Translator, pairs: list[Numbers]) -> float:
    """Return the mean loss in nats a piece over these pairs, in float32."""
    model.eval()
    total, count = 0.0, 0
    for source, target in batches(pairs, 4000, torch.Generator().manual_seed(0)):
        logits = model(source, target[:, :-1])
        y = target[:, 1:]
        total += F.cross_entropy(
            logits.flatten(0, 1), y.flatten(), ignore_index=PAD, reduction="sum"
        ).item()
        count += int((y != PAD).sum())
    return total / count
