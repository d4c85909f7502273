"""A user of the help desk, drawn at random: what is true of the machine, and how it is said."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from labs.data.helpdesk import grammar as g
from labs.data.helpdesk import phrases as p
from labs.data.helpdesk.desk import Question, Reading, Said, walk

UNREAD = "\ufffd"  # a word that no table holds: a name that the desk can not say again
SURE = 0.88  # how likely a user knows a fact
ASIDES = {"robot": p.ROBOT, "thanks": p.THANKS, "repeat": p.REPEAT}
VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {  # by topic: the facts and their values
    "vpn": {"system": tuple(g.SYSTEMS), "error": ("password", "network", "certificate", "none"),
            "online": ("yes", "no"), "same": ("yes", "no")},
    "mail": {"system": tuple(g.SYSTEMS), "place": ("browser", "program"),
             "error": ("password", "full", "none")},
    "password": {"system": tuple(g.SYSTEMS), "lost": ("forgotten", "locked", "expired"),
                 "phone": ("yes", "no")},
    "printer": {"system": tuple(g.SYSTEMS), "symptom": ("jam", "empty", "nothing"),
                "cable": ("yes", "no")},
    "wifi": {"system": tuple(g.SYSTEMS), "others": ("yes", "no")},
    "speed": {"system": tuple(g.SYSTEMS), "restarted": ("yes", "no"), "disk": ("yes", "no")},
}  # fmt: skip


def spoken(text: str, dice: random.Random) -> str:
    """Return a message as people type it: short forms, a word before or after, a full stop."""
    for long, short in p.SHORT:
        if long in text and dice.random() < 0.3:
            text = text.replace(long, dice.choice(short))
    if dice.random() < 0.1:
        text = f"{dice.choice(p.BEFORE)} , {text}"
    if text[-1].isalnum():
        text += dice.choices(("", " .", " !", " , please", " ..."), (60, 30, 4, 4, 2))[0]
    return text


@dataclass(frozen=True)
class Problem:
    """What is wrong, and after how many pieces of advice it is over (3: by none)."""

    topic: str
    facts: Mapping[str, str]
    unsure: frozenset[str]  # facts that the user does not know
    works_after: int

    @property
    def found(self) -> dict[str, str]:
        """The facts as far as questions can find them out."""
        usual = {f: g.DEFAULTS[f] for f in self.unsure if f not in g.HELPS}
        return {**self.facts, **usual}

    @property
    def right(self) -> tuple[str, ...]:
        """The advice that the desk should give, in order."""
        _, first = walk(self.topic, self.found)
        return (first, "second", "ticket")[: self.works_after]


class User:
    """One user with one or two problems, who answers what the desk asks."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.problems = self._problems()
        self.at = 0  # the problem that is spoken of
        self.named = dice.random() < 0.3
        known = dice.random() < 0.8
        self.name = dice.choice(g.NAMES) if self.named and known else ""
        self.advised = 0  # pieces of advice on this problem
        self.asides = 0
        self.pending: Question | None = None
        self.over = False

    def _problems(self) -> list[Problem]:
        dice = self.dice
        topics = dice.sample(list(VALUES), 2 if dice.random() < 0.2 else 1)
        system, problems = dice.choice(list(g.SYSTEMS)), []
        for topic in topics:
            facts = {fact: dice.choice(values) for fact, values in VALUES[topic].items()}
            facts["system"] = system
            unsure = frozenset(f for f in facts if dice.random() > SURE and f != "system")
            problems.append(Problem(topic, facts, unsure, dice.choices((1, 2, 3), (7, 2, 1))[0]))
        if dice.random() > SURE:  # of the machine itself
            problems = [Problem(q.topic, q.facts, q.unsure | {"system"}, q.works_after)
                        for q in problems]  # fmt: skip
        return problems

    @property
    def problem(self) -> Problem:
        """The problem that is spoken of."""
        return self.problems[self.at]

    @property
    def right(self) -> tuple[str, ...]:
        """All advice that this user should be given, in order."""
        return tuple(advice for problem in self.problems for advice in problem.right)

    def one(self, texts: g.Texts) -> str:
        """Return one of several ways to say something."""
        return self.dice.choice(texts)

    def begin(self) -> tuple[Said, str]:
        """Return the first message."""
        said, text = self._begin()
        return said, spoken(text, self.dice)

    def answer(self, desk: Reading) -> tuple[Said, str] | None:
        """Return what the user says to the desk; None where the talk is over or makes no sense."""
        found = self._answer(desk)
        return found and (found[0], spoken(found[1], self.dice))

    def _begin(self) -> tuple[Said, str]:
        hello = self.one(p.GREETINGS) if self.dice.random() < 0.6 or self.named else ""
        if self.named:
            hello += f" , {self.one(p.NAMED).format(self.name or UNREAD)}"
        way = self.dice.random()
        if hello and way < 0.3:
            return Said("hello", name=self.name), hello
        if hello:
            hello += self.one((" . ", " , ", " ! "))
        if way < 0.45:
            return Said("vague", name=self.name), hello + self.one(p.VAGUE)
        said, text = self._describe()
        return Said("problem", said.topic, said.facts, self.name), hello + text

    def _describe(self) -> tuple[Said, str]:
        """Say what is wrong, and some of what the desk would ask for."""
        problem, facts = self.problem, {}
        text = self.one(p.OPENINGS[problem.topic])
        asked = [f for f in problem.facts if f in p.HINTS and f not in problem.unsure]
        for fact in self.dice.sample(asked, min(len(asked), self.dice.choice((0, 0, 0, 1, 1, 2)))):
            hints = p.HINTS[fact].get(problem.facts[fact], ())
            if hints:
                facts[fact] = problem.facts[fact]
                text += self.one(hints)
        return Said("problem", problem.topic, facts), text

    def _answer(self, desk: Reading) -> tuple[Said, str] | None:
        if desk.advice:
            self.advised += 1
        if desk.closes:
            if self.over or self.dice.random() < 0.6:
                return None
            self.over = True
            return Said("bye"), self.one(p.BYE)
        if desk.waits and self.pending:
            desk = Reading(question=self.pending)
        elif desk.question is None:
            return None
        else:
            aside = self._aside(desk.question)
            if aside:
                self.pending = desk.question
                return aside
        self.pending = desk.question
        return self._reply(*desk.question)

    def _aside(self, question: Question) -> tuple[Said, str] | None:
        kinds = ["busy"] if question[0] == "works" else []
        if self.asides == 0:
            kinds += ["robot", "repeat", *(["thanks"] if question[0] == "works" else [])]
        kind = self.dice.choice([*kinds, ""] if kinds else [""])
        if not kind or self.dice.random() > (0.3 if kind == "busy" else 0.12):
            return None
        self.asides += 1
        return Said(kind), self.one(p.BUSY if kind == "busy" else ASIDES[kind])

    def _reply(self, kind: str, fact: str, number: int) -> tuple[Said, str] | None:
        problem = self.problem
        if kind == "problem":
            return self._describe()
        if kind == "works":
            over = self.advised >= problem.works_after
            return (Said("works"), self.one(p.WORKS)) if over else (
                Said("fails"), self.one(p.FAILS))  # fmt: skip
        if kind == "else":
            return self._next_problem()
        if fact == "topic":
            return Said("problem", problem.topic), self.one(p.CHOSEN[problem.topic])
        if fact not in problem.facts and fact != "message":
            return None  # it has nothing to do with this
        if kind == "help":
            return self._find_out(fact, number)
        return self._tell(fact)

    def _tell(self, fact: str) -> tuple[Said, str] | None:
        problem = self.problem
        of = "error" if fact == "message" else fact
        if of in problem.unsure:
            return Said("unsure"), self.one(p.UNSURE)
        value = problem.facts[of]
        if fact == "message" and value == "none":
            return None
        if fact == "error" and value != "none" and self.dice.random() < 0.4:
            return Said("seen"), self.one(p.YES)
        return Said("fact", facts={of: value}), self.one(p.ANSWERS[fact][value])

    def _find_out(self, fact: str, number: int) -> tuple[Said, str]:
        value, ways = self.problem.facts[fact], g.HELPS[fact]
        if value == ways[number][1]:
            return Said("fact", facts={fact: value}), self.one(p.YES)
        last = number == len(ways) - 2
        return Said("fact", facts={fact: value} if last else {}), self.one(p.NO)

    def _next_problem(self) -> tuple[Said, str]:
        if self.at + 1 == len(self.problems):
            return Said("done"), self.one(p.DONE)
        self.at, self.advised = self.at + 1, 0
        if self.dice.random() < 0.3:
            return Said("more"), self.one(p.MORE)
        said, text = self._describe()
        return said, self.one(p.AND_ALSO).format(text)
