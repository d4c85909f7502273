"""The desk's side by rule: what it knows, what it asks next, and what it advises."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from labs.data.helpdesk import grammar as g

KEPT = ("system",)  # facts that hold for the next problem too
Question = tuple[str, str, int]  # kind, fact, number of the question that helps to find it out
PROBLEM, TOPIC, WORKS, ELSE = (
    ("problem", "", 0), ("ask", "topic", 0), ("works", "", 0), ("else", "", 0),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a user means by a message."""

    kind: str  # hello, vague, problem, fact, unsure, works, fails, busy, robot, thanks, ...
    topic: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


def walk(topic: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Return ("ask", fact) or ("advise", advice): what follows from what is known of a topic."""
    node = g.TOPICS[topic]
    while not isinstance(node, str):
        fact, ways = node
        if fact not in known:
            return "ask", fact
        node = ways[known[fact]]
    return "advise", node


def asked(question: Question) -> g.Texts:
    """Return the ways to ask a question."""
    kind, fact, number = question
    if kind == "help":
        return g.HELPS[fact][number][0]
    return {"problem": g.NEXT, "works": g.ASK_AFTER, "else": g.ELSE}.get(kind) or g.QUESTIONS[fact]


class Desk:
    """One dialogue from the desk's side; it is given what is meant, not what is said."""

    def __init__(self, dice: random.Random, names: bool = False) -> None:
        """names: whether it calls those by name who said theirs."""
        self.dice, self.names = dice, names
        self.name, self.topic = "", ""
        self.known: dict[str, str] = {}
        self.pending: Question | None = None
        self.greeted, self.over = False, False
        self.tries = 0
        self.nats = 0.0  # of all choices between ways to say the same

    def answer(self, said: Said) -> str:
        """Return what the desk says to a message."""
        self.name = (said.name or self.name) if self.names else ""
        if self.over:
            return self.one(g.LAST)
        if said.kind in ("busy", "robot", "thanks", "repeat"):
            return self._aside(said.kind)
        first = "" if self.greeted else self._hello()
        return " ".join(f"{first}{self._next(said, bool(first))}".split())

    def one(self, texts: g.Texts) -> str:
        """Return one of several ways to say something."""
        self.nats += math.log(len(texts))
        return self.dice.choice(texts)

    def _ask(self, question: Question) -> str:
        self.pending = question
        return self.one(asked(question))

    def _hello(self) -> str:
        self.greeted = True
        return " ".join([self.one(g.HELLO), *([self.name] if self.name else []), ". "])

    def _aside(self, kind: str) -> str:
        if kind == "busy":
            return self.one(g.PATIENCE)
        texts = {"robot": g.MACHINE, "thanks": g.POLITE, "repeat": g.AGAIN}[kind]
        return f"{self.one(texts)} {self._ask(self.pending or PROBLEM)}"

    def _next(self, said: Said, first: bool) -> str:
        if said.kind == "hello":
            self.pending = PROBLEM
            return self.one(g.WELCOME)
        if said.kind == "vague":
            return self._ask(TOPIC)
        if said.kind == "more":
            return self._ask(PROBLEM)
        if said.kind == "done":
            self.over, self.pending = True, None
            return self.one(g.CLOSING) + (f" , {self.name} ." if self.name else " .")
        if said.kind == "works":
            return f"{self.one(g.SOLVED)} {self._ask(ELSE)}"
        if said.kind == "fails":
            return self._again()
        if said.topic:
            self.topic, self.tries = said.topic, 0
            self.known = {k: v for k, v in self.known.items() if k in KEPT}
        self.known |= said.facts
        if said.kind == "unsure":
            help_ = self._help()
            if help_:
                return self._ask(help_)
        if said.kind == "seen":  # an error message, but which?
            return self._ask(("ask", "message", 0))
        sorry = f"{self.one(g.SORRY)} " if first else ""
        return sorry + self._go_on()

    def _help(self) -> Question | None:
        """Return the question that helps with the pending one; or take what is usual."""
        _, fact, _ = self.pending or PROBLEM
        if fact in g.HELPS:
            return "help", fact, 0
        self.known["error" if fact == "message" else fact] = g.DEFAULTS[fact]
        return None

    def _go_on(self) -> str:
        if self.pending and self.pending[0] == "help" and self.pending[1] not in self.known:
            _, fact, number = self.pending
            return self._ask(("help", fact, number + 1))
        kind, what = walk(self.topic, self.known)
        if kind == "ask":
            return self._ask(("ask", what, 0))
        self.tries = 1
        return f"{self.one(g.ADVICE[what])} {self._ask(WORKS)}"

    def _again(self) -> str:
        self.tries += 1
        if self.tries == 2:
            self.pending = WORKS
            return self.one(g.SECOND)
        return f"{self.one(g.TICKET)} {self._ask(ELSE)}"


@dataclass(frozen=True)
class Reading:
    """What a sentence of the desk means to a user."""

    advice: str = ""  # of `grammar.ADVICE`, or "second" or "ticket"
    question: Question | None = None
    waits: bool = False
    closes: bool = False


@cache
def _endings() -> tuple[tuple[str, Question], ...]:
    questions = [PROBLEM, WORKS, ELSE, *(("ask", fact, 0) for fact in g.QUESTIONS)]
    questions += [("help", f, i) for f, ways in g.HELPS.items() for i in range(len(ways) - 1)]
    return tuple((text, question) for question in questions for text in asked(question))


def read(text: str) -> Reading:
    """Return what a sentence of the desk means; `Reading()` for one that it would never say."""
    advice = next((key for key, texts in g.ADVICE.items() if any(t in text for t in texts)), "")
    if any(t in text for t in g.SECOND):
        advice = "second"
    elif any(t in text for t in g.TICKET):
        advice = "ticket"
    question = next((q for ending, q in _endings() if text.endswith(ending)), None)
    closes = any(t in text for t in g.CLOSING) or text in g.LAST
    return Reading(advice, question, text in g.PATIENCE, closes)
