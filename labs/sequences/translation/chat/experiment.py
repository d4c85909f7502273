"""The conversation lab: a message is answered, and every word of the answer can be opened."""

from dataclasses import replace

import torch

from labs import zoo
from labs.live import Frame
from labs.live.checks import EMPTY, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.chat.net import Answerer
from labs.models.translation.pieces import END
from labs.sequences.translation.chat import view
from labs.sequences.translation.chat.answer import WRITTEN, Answer, Drawn, draw
from labs.sequences.translation.chat.challenges import CHALLENGES
from labs.sequences.translation.chat.controls import CONTROLS, NETS
from labs.sequences.translation.chat.examples import BEGUN, EXAMPLES
from labs.sequences.translation.chat.export import script
from labs.sequences.translation.chat.talk import MOST, Talk, Turn, checked, from_text, to_text


class Chat(Lab):
    """A talk with one of two nets, and what a hand chose of its answers."""

    name = "translation.chat"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("talk", "said", "word")
    undoable = True
    on = {
        ("talk", "text"): "say",
        ("talk", "click"): "choose_in_talk",
        ("answer", "click"): "choose_in_answer",
        ("next", "click"): "say_instead",
        ("others", "click"): "take_other",
    }

    def __init__(self) -> None:
        super().__init__()
        self.chosen: tuple[int, int] | None = None  # turn and place; None: the least sure, now
        self.roll = 0  # how often other answers were drawn
        self._begin()

    @property
    def net(self) -> Answerer:
        """The net that answers."""
        return zoo.load(self.net_name)

    @property
    def net_name(self) -> str:
        """Its name in the zoo."""
        return NETS[self.settings["world"]]

    @property
    def limit(self) -> float:
        """The entropy above which an answer is called unsure, measured on held-out talk."""
        return zoo.manifest()[self.net_name]["metrics"]["entropy_limit"]

    @property
    def lines(self) -> tuple[str, ...]:
        """What the chosen example says."""
        of = EXAMPLES[self.settings["world"]]
        return of.get(self.settings["example"]) or next(iter(of.values()))

    @property
    def place(self) -> tuple[int, int]:
        """The answer and the word of it that are looked at, the end counted as one."""
        last = len(self.talk.turns) - 1
        turn = last if self.chosen is None else min(self.chosen[0], last)
        answer = self.talk.answers[turn]
        if self.chosen is None:
            return turn, int(answer.entropies.argmax())
        return turn, min(self.chosen[1], len(answer.log_p) - 1)

    @property
    def opened(self) -> Answer | None:
        """The answer that is looked at; None in an empty talk."""
        return self.talk.answers[self.place[0]] if self.talk.turns else None

    def _begin(self) -> None:
        self.talk, self.chosen = Talk(self.net, map(Turn, self.lines[:BEGUN])), None

    def changed(self, name: str, before: Value) -> None:
        """Begin an example, or a talk with the other net."""
        if name in ("world", "example"):
            self._begin()

    def say(self, event: Event) -> None:
        """Take in a message; the net answers."""
        message = checked(event.get("value"))
        talk = Talk(self.net)
        talk.turns, talk.answers = self.talk.turns, self.talk.answers
        talk.add(Turn(message))
        self.talk, self.chosen = talk, None

    def next_line(self) -> None:
        """Say the next line of the example.  Raises ValueError where it has none."""
        if len(self.talk.turns) >= len(self.lines):
            raise ValueError("The example has no further line; type one of your own.")
        self.say({"value": self.lines[len(self.talk.turns)]})

    def anew(self) -> None:
        """Forget the talk."""
        self.talk, self.chosen = Talk(self.net), None

    def its_own(self) -> None:
        """Let the net answer as it will, everywhere."""
        self.talk = Talk(self.net, [replace(turn, forced=()) for turn in self.talk.turns])

    def again(self) -> None:
        """Draw other answers."""
        self.roll = (self.roll + 1) % 1000

    def choose_in_talk(self, event: Event) -> None:
        """Open the word of a character in the conversation; -1 opens the least sure one."""
        at = whole(event.get("index"), -1, 20_000, "A place in the text")
        if at < 0 or not self.talk.turns:
            self.chosen = None
            return
        text, found = view.whole(self.talk)
        word = text.word_at(at)
        self.chosen = found[word] if word is not None and found[word] else self.chosen

    def choose_in_answer(self, event: Event) -> None:
        """Open the word of a character in the answer."""
        at = whole(event.get("index"), -1, 20_000, "A place in the text")
        if at < 0 or not self.talk.turns:
            self.chosen = None
            return
        turn, _ = self.place
        answer = self.opened
        word = view.said(self.talk, (*answer.tokens, END)).word_at(at)
        if word is not None:
            self.chosen = turn, word

    def say_instead(self, event: Event) -> None:
        """Have another word at the chosen place; the net goes on from there."""
        unit = whole(event.get("unit"), 0, view.CANDIDATES - 1, "A row")
        if not self.talk.turns:
            return
        turn, place = self.place
        if place >= WRITTEN:
            raise ValueError(f"An answer has at most {WRITTEN} words.")
        word = view.likeliest(self.opened, place)[unit]
        self.talk = self.talk.having(turn, (*self.opened.tokens[:place], word))
        self.chosen = turn, place

    def take_other(self, event: Event) -> None:
        """Have one of the drawn answers."""
        unit = whole(event.get("unit"), 0, view.DRAWN - 1, "A row")
        found = self.drawn()
        if unit < len(found):
            turn, _ = self.place
            other = found[unit]
            end = (END,) if other.ended else ()
            self.talk = self.talk.having(turn, (*other.tokens, *end))
            self.chosen = turn, 0

    def said(self) -> tuple[list[str], list[str]]:
        """Return all messages, and for each answer what is to be said of its doubts."""
        doubts = []
        for answer in self.talk.answers:
            mean = float(answer.entropies.mean())
            words = [f"unsure: {mean:.2f} nats a word"] if mean > self.limit else []
            words += [f"unknown to it: {', '.join(answer.unknown[:6])}"] if answer.unknown else []
            doubts.append("; ".join(words))
        return self.talk.messages, doubts

    def drawn(self) -> list[Drawn]:
        """Return other answers to the chosen message, drawn at the temperature of the knob."""
        if self.opened is None:
            return []
        generator = torch.Generator().manual_seed(1000 * self.roll + len(self.opened.source))
        return draw(
            self.net, self.opened.source, view.DRAWN, self.settings["temperature"], generator
        )

    def show(self) -> Frame:
        """Return the conversation, what was looked at, and how sure the net is."""
        frame = Frame(notes={"titles": {}, "idle": self._idle()})
        if not self.talk.turns:
            view.nothing(frame, self.net.forwards.hidden_size)
            return frame
        turn, place = self.place
        view.looked_at(frame, self.talk, turn, place)
        view.cost(frame, self.talk, turn, place)
        view.next_words(frame, self.talk, turn, place)
        view.sureness(frame, self.talk, turn, self.limit)
        view.vectors(frame, self.talk)
        if self.sees("others"):
            view.others(frame, self.talk, self.drawn())
        return frame

    def _idle(self) -> list[str]:
        turns = self.talk.turns
        idle = {
            "next_line": len(turns) >= min(len(self.lines), MOST),
            "anew": not turns,
            "its_own": not any(turn.forced for turn in turns),
        }
        return [name for name, off in idle.items() if off]

    def evidence(self) -> tuple:
        """Return the talk, the settings, the limit of the usual, and the place that is opened."""
        return self.talk, self.settings, self.limit, self.chosen

    def to_link(self) -> dict[str, str]:
        """Return what was said, what a hand chose of the answers, and the opened word."""
        messages = tuple(turn.message for turn in self.talk.turns)
        usual = messages == self.lines[:BEGUN]
        word = "" if self.chosen is None or not messages else "{}.{}".format(*self.chosen)
        talk = "" if usual else "\n".join(messages) or EMPTY
        return {"talk": talk, "said": to_text(self.talk.turns), "word": word}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "word":
            turn, place = places(text, MOST - 1, WRITTEN)
            self.chosen = turn, place
            return
        if name == "talk":
            lines = [] if text == EMPTY else text.split("\n")
            turns = [Turn(checked(line)) for line in lines]
        else:
            turns = from_text(text, self.talk.turns, len(self.net.table), WRITTEN + 1)
        self.talk, self.chosen = Talk(self.net, turns), None

    def left_out(self) -> str:
        """Say that the drawn answers are drawn anew."""
        return "The link draws other answers anew." if self.roll else ""

    def script(self) -> str:
        """Return the script that holds the talk again.  Raises ValueError without one."""
        if not self.talk.turns:
            raise ValueError("There is nothing to answer; say something.")
        return script(self.net, self.talk)
