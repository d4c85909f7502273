"""What the recipes of the translators share: batches of like length, the loop, the measurement."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data.translations import Pair, read
from labs.files import writing
from labs.models.translation.bleu import BINS, bleu
from labs.models.translation.net import Translator, fresh
from labs.models.translation.pieces import END, PAD, START, english_french
from labs.zoo.train.digits import Result, Say

LONGEST = 60  # pieces; longer sentences are left out of the training
ROWS = 256  # pieces whose logits are computed at once
KEEP = 100  # steps between two states that are kept
BEAM = 4
CLIP = 1.0  # largest norm of the gradient
Numbers = tuple[list[int], list[int]]  # the pieces of a sentence and of its translation


@dataclass(frozen=True)
class Recipe:
    """How a translator is trained by Adam: the rate rises, stays, and falls to 0 at the end."""

    steps: int
    seed: int
    warm_up: int = 400
    falling: float = 0.35  # share of the steps
    learning_rate: float = 2e-3
    dropout: float = 0.1
    smoothing: float = 0.1  # of the labels
    batch: int = 1250  # target pieces, with padding

    def rate(self, step: int) -> float:
        """Return the learning rate's factor at a step."""
        left = (self.steps - step) / (self.falling * self.steps)
        return max(0.0, min(1.0, (step + 1) / self.warm_up, left))


def encoded(pairs: Sequence[Pair]) -> list[Numbers]:
    """Return the pieces of the pairs that are short enough."""
    table = english_french()
    numbers = ((table.encode(e), table.encode(f)) for e, f in pairs)
    return [(e, f) for e, f in numbers if 0 < len(e) <= LONGEST and 0 < len(f) <= LONGEST]


def batches(
    pairs: list[Numbers], size: int, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield source (N, S) and target (N, T), start and end included, in batches of like length."""
    blur = torch.rand(len(pairs), generator=generator).tolist()
    order = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][1]), len(pairs[i][0]) + blur[i]))
    groups, group = [], []
    for i in order:
        if group and (len(group) + 1) * (len(pairs[i][1]) + 1) > size:
            groups.append(group)
            group = []
        group.append(i)
    groups.append(group)
    for at in torch.randperm(len(groups), generator=generator).tolist():
        source = [torch.tensor(pairs[i][0]) for i in groups[at]]
        target = [torch.tensor([START, *pairs[i][1], END]) for i in groups[at]]
        yield (
            pad_sequence(source, batch_first=True, padding_value=PAD),
            pad_sequence(target, batch_first=True, padding_value=PAD),
        )


class SmoothedLoss(torch.autograd.Function):
    """Cross-entropy of softmax(x E^T + b) against smoothed labels, a few rows at a time.

    The same as F.cross_entropy(..., label_smoothing=...), but the logits of all pieces and their
    gradient never lie in memory at once, which on a processor takes half of the time.
    """

    @staticmethod
    def forward(ctx, x: Tensor, E: Tensor, b: Tensor, y: Tensor, smoothing: float) -> Tensor:
        """x: (N, F), E: (V, F), b: (V,), y: (N,); return the mean loss, nats."""
        x, E, V = x.bfloat16(), E.bfloat16(), len(E)
        dx, dE, db = torch.empty_like(x), torch.zeros(E.shape), torch.zeros(V)
        total = 0.0
        for x_part, y_part, dx_part in zip(
            x.split(ROWS), y.split(ROWS), dx.split(ROWS), strict=True
        ):
            logits = (x_part @ E.T).float() + b
            top = logits.amax(1, keepdim=True)
            right = logits.gather(1, y_part[:, None])
            mean = logits.mean(1, keepdim=True)
            p = logits.sub_(top).exp_()
            sums = p.sum(1, keepdim=True)
            total += (sums.log() + top - (1 - smoothing) * right - smoothing * mean).sum().item()
            p.div_(sums).sub_(smoothing / V)
            p.scatter_add_(1, y_part[:, None], torch.full_like(right, smoothing - 1))
            db += p.sum(0)
            d = p.bfloat16()
            dx_part.copy_(d @ E)
            dE += d.T @ x_part
        ctx.save_for_backward(dx, dE, db)
        return torch.tensor(total / len(y))

    @staticmethod
    def backward(ctx, gradient: Tensor) -> tuple:
        dx, dE, db = ctx.saved_tensors
        share = gradient / len(dx)
        return dx.float() * share, dE * share, db * share, None, None


def loss_of(model: Translator, source: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
    """Return the mean loss in nats a piece, the end counted as one; products in bfloat16."""
    with torch.autocast("cpu", torch.bfloat16):
        features = model.features(source, target[:, :-1])
    y = target[:, 1:].flatten()
    there = (y != PAD).nonzero()[:, 0]
    x = features.flatten(0, 1)[there]
    return SmoothedLoss.apply(x, model.embedding.weight, model.bias, y[there], smoothing)


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
