"""What there is to see of a conversation: each function puts one picture into the frame."""

from collections.abc import Sequence

import torch

from labs.live import Frame
from labs.models.chat.words import DESK, MARKS, YOU
from labs.models.translation.pieces import END
from labs.numerals import written
from labs.sequences.translation.chat.answer import SIGNS, Answer, Drawn, conversation
from labs.sequences.translation.chat.talk import MOST, Talk
from labs.sequences.translation.spelling import Spelled, spelled

CANDIDATES = 8  # next words that are offered
DEAREST = 6.0  # nats of the strongest colour
DRAWN = 6  # answers in the table
SAY = "say something"


def shown(talk: Talk, piece: int) -> str:
    """Return a word as it is shown."""
    return SIGNS.get(piece) or talk.net.table.symbols[piece]


def said(talk: Talk, tokens: Sequence[int]) -> Spelled:
    """Return words of the net as a text."""
    return spelled([shown(talk, t) for t in tokens])


def whole(talk: Talk) -> tuple[Spelled, list[tuple[int, int] | None]]:
    """Return the conversation as the net reads it, and for each word that the net has said the
    number of its answer and its place there.
    """
    _, words = conversation(talk.net, talk.messages)
    places: list[tuple[int, int] | None] = []
    turn, at = -1, None
    for word in words:
        if word == SIGNS[DESK]:
            turn, at = turn + 1, -1
        elif word == SIGNS[YOU]:
            at = None
        places.append((turn, at) if at is not None and at >= 0 else None)
        at = None if at is None else at + 1
    return spelled(words, (SIGNS[DESK], SIGNS[YOU])), places


def looked_at(f: Frame, talk: Talk, turn: int, place: int) -> None:
    """Add the conversation, every word coloured by how much it was looked at for one word."""
    text, places = whole(talk)
    answer = talk.answers[turn]
    weights = answer.attention[place].tolist()
    _, before = conversation(talk.net, talk.messages[: 2 * turn + 1])
    of_words = [0.0] * (len(before) - len(weights)) + weights
    f.values["talk"] = text.values(of_words)
    chosen = next((i for i, p in enumerate(places) if p == (turn, place)), None)
    f.notes.setdefault("colors", {})["talk"] = "unsigned"
    f.notes["talk"] = {
        "text": text.text, "start": 0, "high": 1.0, "caret": False,
        "selected": None if chosen is None else text.spans[chosen][0],
        "label": "share of the attention",
    }  # fmt: skip
    best = max(range(len(weights)), key=weights.__getitem__)
    word = shown(talk, [*answer.tokens, END][place])
    f.notes["titles"]["talk"] = (
        f"for “{word}” it looks most at “{answer.words[best]}”, {weights[best]:.0%}"
    )


def cost(f: Frame, talk: Talk, turn: int, place: int) -> None:
    """Add one answer, every word coloured by what it cost, and what all of it cost."""
    answer = talk.answers[turn]
    text = said(talk, (*answer.tokens, END) if answer.ended else answer.tokens)
    f.values["answer"] = text.values(answer.costs.tolist())
    f.notes.setdefault("colors", {})["answer"] = "unsigned"
    f.notes["answer"] = {
        "text": text.text, "start": 0, "high": DEAREST, "caret": False,
        "selected": text.spans[place][0] if place < len(text.spans) else None,
        "label": "nats, what each word cost",
    }  # fmt: skip
    count = len(answer.tokens) + answer.ended
    by = f", its first {answer.forced} words chosen by hand" if answer.forced else ""
    title = f"ln p = {written(answer.log_prob, '.2f')}, {-answer.log_prob / count:.2f} nats a word"
    f.notes["titles"]["answer"] = title + by
    f.notes["say"] = f"{talk.messages[2 * turn + 1]} {title}."


def next_words(f: Frame, talk: Talk, turn: int, place: int) -> None:
    """Add what could stand at a place."""
    answer = talk.answers[turn]
    p = answer.log_p[place].exp()
    found = likeliest(answer, place)
    here = [*answer.tokens, END][place]
    f.notes["next"] = {
        "rows": [[shown(talk, i), float(p[i]), 0, f"{float(p[i]):.1%}"] for i in found],
        "chosen": found.index(here) if here in found else None,
        "foot": f"the others together {max(0.0, 1 - float(p[found].sum())):.1%}",
    }
    before = shown(talk, answer.tokens[place - 1]) if place else "(start)"
    f.notes["titles"]["next"] = f"after “{before}”"


def likeliest(answer: Answer, place: int) -> list[int]:
    """Return the words offered at a place, the likeliest first."""
    return answer.log_p[place].topk(CANDIDATES).indices.tolist()


def vectors(f: Frame, talk: Talk) -> None:
    """Add the encoder's last states after each message: a column each, both directions."""
    half = talk.net.forwards.hidden_size
    states = torch.zeros(2, half, MOST)
    for i, answer in enumerate(talk.answers):
        states[:, :, i] = answer.summary.view(2, half)
    f.maps["vectors"] = states
    f.notes.setdefault("labels", {})["vectors"] = ["read forwards", "read backwards"]
    f.notes["titles"]["vectors"] = f"{2 * half} numbers after each of {len(talk.turns)} messages"


def sureness(f: Frame, talk: Talk, turn: int, limit: float) -> None:
    """Add how unsure the answers were, and what is to be said of one."""
    of_turns = [float(answer.entropies.mean()) for answer in talk.answers]
    n = len(of_turns)
    f.values["unsure"] = torch.tensor(
        [[i + 1.0 for i in range(n)], of_turns, [limit] * n] if n else [[], [], []]
    )
    f.notes["titles"]["unsure"] = "mean entropy of the next word"
    words = [{"title": "", "text": ""}]
    if n:
        answer = talk.answers[turn]
        words = [{"title": verdict(answer, limit), "text": doubts(answer, limit)}]
    f.notes.setdefault("words", {})["doubts"] = words


def verdict(answer: Answer, limit: float) -> str:
    """Return in a word or two whether an answer is to be doubted."""
    if float(answer.entropies.mean()) > limit:
        return "Unsure"
    return "Sure of itself, and it missed words" if answer.unknown else "As sure as usual"


def doubts(answer: Answer, limit: float) -> str:
    """Return in a sentence or two how unsure an answer is, and which words are not known."""
    mean = float(answer.entropies.mean())
    widest = int(answer.entropies.argmax())
    more = "more" if mean > limit else "less"
    text = (
        f"The mean entropy of this answer is {mean:.2f} nats a word; 95 % of its answers to what "
        f"it was taught, on held-out talk, lie below {limit:.2f}, so this is {more} than usual. "
        f"It is widest at word {widest + 1}, {float(answer.entropies[widest]):.2f} nats."
    )
    if answer.unknown:
        text += f" Words it does not know: {', '.join(answer.unknown[:8])}."
    return text


def others(f: Frame, talk: Talk, found: Sequence[Drawn]) -> None:
    """Add answers that were drawn by chance."""
    rows = [[said(talk, d.tokens).text or "—", written(d.log_prob, ".2f")] for d in found]
    f.notes["others"] = {"head": ["answer", "ln p"], "rows": rows}


def nothing(f: Frame, half: int) -> None:
    """Add empty pictures: nothing was said yet."""
    for name, label in (("talk", "share of the attention"), ("answer", "nats")):
        f.values[name] = torch.zeros(0)
        f.notes[name] = {"text": "", "start": 0, "high": 1.0, "caret": False, "selected": None,
                         "label": label}  # fmt: skip
    f.notes["next"] = {"rows": [], "chosen": None, "foot": SAY}
    f.notes["others"] = {"head": ["answer", "ln p"], "rows": []}
    f.maps["vectors"] = torch.zeros(2, half, MOST)
    f.values["unsure"] = torch.zeros(3, 0)
    f.notes.setdefault("words", {})["doubts"] = [{"title": "", "text": ""}]
    f.notes.setdefault("labels", {})["vectors"] = list(MARKS[:0]) or ["forwards", "backwards"]
    f.notes["titles"] |= {"talk": SAY, "answer": "", "next": "", "vectors": "", "unsure": ""}
    f.notes["say"] = "Nothing was said yet."
