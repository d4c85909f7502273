"""The recipes of the nets that answer: their conversations, the loop, and what is measured."""

import random
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import count
from pathlib import Path

import torch
import torch.nn.functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from labs.data import smalltalk
from labs.data.helpdesk.desk import read
from labs.data.helpdesk.dialogues import Dialogue, dice_from, lead_all, write
from labs.data.helpdesk.grammar import NAMES
from labs.data.helpdesk.user import UNREAD
from labs.data.words import cut
from labs.models.chat.net import WRITTEN, Answerer, HelpDesk, SmallTalk
from labs.models.chat.words import HERE, Words, learn
from labs.models.translation.decode import greedy, silent
from labs.models.translation.net import fresh
from labs.models.translation.pieces import PAD, UNKNOWN
from labs.zoo.train.digits import Result, Say
from labs.zoo.train.sentence_pairs import CLIP, Numbers, Recipe, batches
from labs.zoo.train.smoothed_loss import loss_of

Talk = tuple[str, ...]  # its messages
DIALOGUES, MEASURED, HELD = 12_000, 500, 150
STRANGE = 0.15  # share of a visitor's messages into which an unknown word is put
EASY = 0.2  # share of the desk's messages that decide nothing and are gone on with
EARLIER = 2  # exchanges of small talk before the question, at most
HOW = {"warm_up": 100, "falling": 0.5, "learning_rate": 3e-3, "batch": 800}
ON = {"warm_up": 50, "falling": 0.7, "learning_rate": 2e-3, "batch": 500, "dropout": 0.0}
TAIL = 0.95  # share of the usual answers whose entropy lies below what is called unsure


def strangers(text: str, dice: random.Random) -> str:
    """Return a message with an unknown word somewhere in it, or as it is."""
    if dice.random() > STRANGE:
        return text
    words = text.split()
    words.insert(dice.randint(0, len(words)), UNREAD)
    return " ".join(words)


def decides(text: str) -> bool:
    """Whether the desk advises, or asks for a fact: what needs more than the last message."""
    reading = read(text)
    asks = reading.question is not None and reading.question[1] not in ("", "topic")
    return bool(reading.advice) or asks or any(word in NAMES for word in text.split())


def exchanges(
    dialogue: Dialogue, words: Words, dice: random.Random, easy: float = 1.0
) -> list[Numbers]:
    """Return for messages of the desk what was said before, and the message.

    Of those that decide nothing, and are soon learnt, only the share `easy` is kept.
    """
    texts = [t if i % 2 else strangers(t, dice) for i, t in enumerate(dialogue.messages)]
    kept = range(1, len(texts), 2)
    if easy < 1:
        kept = [i for i in kept if decides(texts[i]) or dice.random() < easy]
    return [(words.read(texts[:i]), words.encode(texts[i])) for i in kept]


def small(pairs: Sequence[smalltalk.Exchange], words: Words, dice: random.Random) -> list[Numbers]:
    """Return questions with their answers; before each stand some others and their answers."""
    found = []
    for question, answer in pairs:
        before = dice.choices(pairs, k=dice.randint(0, EARLIER))
        talk = [text for pair in before for text in pair] + [question]
        found.append((words.read(talk), words.encode(answer)))
    return found


def descend(model: Answerer, epochs: Iterable[list[Numbers]], recipe: Recipe, say: Say) -> Answerer:
    """Train on one list of conversations after another; return the weights' moving average."""
    model.drop.p = recipe.dropout
    optimizer = torch.optim.Adam(
        model.parameters(), recipe.learning_rate, betas=(0.9, 0.98), fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, recipe.rate)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.99))
    model.train()
    step = 0
    for epoch, pairs in enumerate(epochs):
        total, seen = 0.0, 0
        generator = torch.Generator().manual_seed(1000 * recipe.seed + epoch)
        for source, target in batches(pairs, recipe.batch, generator):
            torch.manual_seed(1000 * recipe.seed + step)  # dropout; it is a process of its own
            loss = loss_of(model, source, target)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            total, seen, step = total + loss.item(), seen + 1, step + 1
            if step % 100 == 0 or step == recipe.steps:
                say(f"step {step}  training {total / seen:.4f} nats a word")
                total, seen = 0.0, 0
            if step == recipe.steps:
                average.module.drop.p = 0.0
                return average.module.half().float().eval()  # measure what is shipped
    raise ValueError(f"there were only {step} steps in these conversations")


@torch.no_grad()
def costs(model: Answerer, pairs: list[Numbers]) -> tuple[float, float]:
    """Return the mean cost of a right answer, its end included, and of one word of it, in nats."""
    total, words = 0.0, 0
    for source, target in batches(pairs, 4000, torch.Generator().manual_seed(0)):
        log_p = silent(model(source, target[:, :-1]).flatten(0, 1))
        y = target[:, 1:].flatten()
        total += F.nll_loss(log_p, y, ignore_index=PAD, reduction="sum").item()
        words += int((y != PAD).sum())
    return total / len(pairs), total / words


def answers(model: Answerer, sources: list[list[int]]) -> list[tuple[int, ...]]:
    """Return the likeliest words, one after the other, to many conversations."""
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    found = {}
    for at in range(0, len(order), 100):
        group = order[at : at + 100]
        said = greedy(model, [sources[i] for i in group], WRITTEN)
        found |= {i: best.tokens for i, (best, _) in zip(group, said, strict=True)}
    return [found[i] for i in range(len(sources))]


@torch.no_grad()
def unsureness(model: Answerer, sources: list[list[int]]) -> torch.Tensor:
    """Return (2, N) in nats, in no order: the mean entropy of the next word while the net answers,
    and the widest.
    """
    said = list(zip(sources, map(list, answers(model, sources)), strict=True))
    found = []
    for source, target in batches(said, 4000, torch.Generator().manual_seed(0)):
        log_p = silent(model(source, target[:, :-1]).flatten(0, 1))
        there = (target[:, 1:] != PAD).float()
        entropies = -(log_p.exp() * log_p.nan_to_num(neginf=0)).sum(1).view(there.shape) * there
        found.append(torch.stack([entropies.sum(1) / there.sum(1), entropies.amax(1)]))
    return torch.cat(found, 1)


def unsure(model: Answerer, usual: list[list[int]], elsewhere: Sequence[str]) -> dict[str, float]:
    """Return the entropies above which an answer is called unsure, and how often that is so where
    the question comes from another world.
    """
    limits = unsureness(model, usual).quantile(TAIL, 1)
    asked = [model.table.read([text]) for text in elsewhere]
    above = (unsureness(model, asked) > limits[:, None]).float()
    strange = torch.tensor([UNKNOWN in source for source in asked])
    return {
        "entropy_limit": float(limits[0]),
        "widest_limit": float(limits[1]),
        "elsewhere_unsure": float(above[0].mean()),
        "elsewhere_unsure_somewhere": float(above[1].mean()),
        "elsewhere_unknown_words": float(strange.float().mean()),
    }


def written(
    seed: int, seen: set[Talk], say: Say, easy: float = 1.0, names: bool = True
) -> Iterable[list[Numbers]]:
    """Yield what the grammar writes, without end; `seen` gets every dialogue."""
    generator = torch.Generator().manual_seed(seed)
    dice, words = dice_from(generator), HelpDesk().table
    while True:
        dialogues = [write(generator, names) for _ in range(DIALOGUES)]
        seen.update(d.messages for d in dialogues)
        say(f"{len(seen):,} different dialogues written")
        yield [pair for d in dialogues for pair in exchanges(d, words, dice, easy)]


def begun(seed: int, seen: set[Talk], say: Say, steps: int) -> Answerer:
    """Return a net that has learnt from all that is said."""
    model = fresh(HelpDesk, torch.Generator().manual_seed(seed))
    return descend(model, written(seed, seen, say), Recipe(steps, seed, **HOW), say)


def gone_on(
    model: Answerer, seed: int, seen: set[Talk], say: Say, steps: int, names: bool
) -> Answerer:
    """Return the net after more steps, mostly on what decides."""
    talks = written(seed, seen, say, EASY, names)
    return descend(model, talks, Recipe(steps, seed, **ON), say)


def mean(nets: Sequence[Answerer]) -> Answerer:
    """Return a net whose weights are the means of the nets', rounded to float16 (Wortsman et al.,
    "Model soups", https://arxiv.org/abs/2203.05482).
    """
    found = deepcopy(nets[0])
    states = [net.state_dict() for net in nets]
    found.load_state_dict({k: sum(s[k] for s in states) / len(states) for k in states[0]})
    return found.half().float().eval()


def help_desk(
    data: Path, seed: int, say: Say, *, steps: int, more: int, last: Sequence[int]
) -> Result:
    """Remake the net of the help desk; the grammar writes what it learns from.

    At first it learns from all that is said, then in some rounds mostly from what decides; in each
    the rate rises and falls again.  In the last ones nobody is called by name: forty names, each
    seldom, are not learnt in this time, and a desk that calls you by another is worse than one
    that calls you by none.  What ships is the mean of the nets after these.
    """
    seen: set[Talk] = set()
    model = begun(seed, seen, say, steps)
    model = gone_on(model, seed + 2, seen, say, more, True)
    rounds = [model]
    for number, few in enumerate(last, seed + 3):
        rounds.append(gone_on(deepcopy(rounds[-1]), number, seen, say, few, False))
    model = mean(rounds[1:])
    spent = {"steps": float(steps + more + sum(last))}
    return Result(model, measure_help_desk(model, data, seed, seen) | spent)


def measure_help_desk(model: Answerer, data: Path, seed: int, seen: set[Talk]) -> dict[str, float]:
    """Return how many simulated users are led to the right end, and what an answer costs."""
    unseen = torch.Generator().manual_seed(seed + 1)
    dialogues = [d for d in (write(unseen) for _ in range(HELD)) if d.messages not in seen]
    held = [pair for d in dialogues for pair in exchanges(d, model.table, random.Random(seed))]

    def said(talks: Sequence[Sequence[str]]) -> list[str]:
        found = answers(model, [model.table.read(messages) for messages in talks])
        return [" ".join(cut(model.table.decode(tokens))) for tokens in found]

    led = lead_all(said, MEASURED, unseen)
    turn, word = costs(model, held)
    strange = [q for q, _ in smalltalk.read(data / "dialogues.tsv")[2]]
    return {
        "led_to_the_right_end": sum(d.right for d in led) / len(led),
        "led_dialogues": float(len(led)),
        "nats_a_turn": turn,
        "nats_a_turn_of_the_rules": sum(d.nats for d in dialogues) / len(held),
        "nats_a_word": word,
        **unsure(model, [source for source, _ in held], strange[:500]),
    }


def small_talk(data: Path, seed: int, say: Say, *, steps: int) -> Result:
    """Remake the net of small talk from `dialogues.tsv`."""
    train, _, test = smalltalk.read(data / "dialogues.tsv")
    dice = dice_from(torch.Generator().manual_seed(seed))
    words = SmallTalk().table
    epochs = (small(train, words, dice) for _ in count())
    model = fresh(SmallTalk, torch.Generator().manual_seed(seed))
    model = descend(model, epochs, Recipe(steps, seed, **HOW, dropout=0.3), say)
    return Result(model, measure_small_talk(model, test, seed) | {"steps": float(steps)})


def measure_small_talk(
    model: Answerer, test: Sequence[smalltalk.Exchange], seed: int
) -> dict[str, float]:
    """Return how many held-out questions get their answer, alone and after other talk."""
    words = model.table
    alone = [(words.read([q]), words.encode(a)) for q, a in test]
    turn, word = costs(model, alone)
    desk = torch.Generator().manual_seed(seed)
    strange = [write(desk).messages[0] for _ in range(MEASURED)]
    return {
        "test_questions": float(len(test)),
        "right": right(model, alone),
        "right_after_other_talk": right(model, small(test, words, random.Random(seed))),
        "nats_a_turn": turn,
        "nats_a_word": word,
        **unsure(model, [source for source, _ in alone], strange),
    }


def right(model: Answerer, pairs: list[Numbers]) -> float:
    """Return the share of questions that are answered word by word as in the data."""
    said = answers(model, [source for source, _ in pairs])
    return sum(list(s) == a for s, (_, a) in zip(said, pairs, strict=True)) / len(pairs)


def write_tables(data: Path, seed: int = 11) -> None:
    """Write both tables of words anew."""
    generator = torch.Generator().manual_seed(seed)
    learn(m for _ in range(DIALOGUES) for m in write(generator).messages).save(
        HERE / "helpdesk.txt"
    )
    train, _, _ = smalltalk.read(data / "dialogues.tsv")
    answers_ = [a for a in dict.fromkeys(a for _, a in train) for _ in range(2)]
    learn([*(q for q, _ in train), *answers_], 2).save(HERE / "smalltalk.txt")
