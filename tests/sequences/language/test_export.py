"""The scripts that are taken away print what the screen shows."""

import pytest
import torch

from labs.sequences.language import Writer, quiz
from labs.sequences.language.dice import Dice
from labs.sequences.language.felt import untrained
from labs.sequences.language.learning import Learning
from labs.sequences.language.remembering import Remembering
from labs.sequences.language.tokens import COWS
from tests.sequences.language.test_learning import CORPUS


def test_the_page_is_written_again(printed):
    lab = Writer()
    lab.receive({"panel": "page", "kind": "type", "value": "KING:\nWhat"})
    lab.receive({"setting": "temperature", "value": 0.6})
    lab.receive({"setting": "again"})
    for _ in range(200):
        lab.step()
    assert printed(lab.script()).rstrip("\n") == lab.page.text.rstrip("\n")


def test_a_passage_of_the_quiz_is_written_again(printed, monkeypatch):
    model = Writer().page.model
    monkeypatch.setattr(quiz, "subject", lambda: (model, CORPUS))
    question = quiz.ask(model, CORPUS, 0.7, torch.Generator().manual_seed(4))
    script = quiz.script(question, 0.7)
    made = question.passages[1 - question.real]
    assert printed(script).rstrip("\n") == (question.prefix + made).rstrip("\n")


def test_the_cows_are_counted_again(printed):
    lab = Dice(COWS)
    lines = printed(lab.script())
    assert lines.splitlines()[0].split() == ["'corn'", "4/11", "=", "0.363636"]


def test_the_gradients_come_out_again(printed):
    lab = Remembering()
    lab.receive({"setting": "radius", "value": 1.3})
    lab.receive({"setting": "bias", "value": 2.0})
    lines = printed(lab.script()).splitlines()
    for kind, knob in {"rnn": 1.3, "gru": 0.0, "lstm": 2.0}.items():
        line = next(i for i, text in enumerate(lines) if text.startswith(kind))
        reach = [float(word) for word in lines[line].split()[2::2]]
        net = untrained(kind, knob)
        assert reach == pytest.approx([net.reach[k].item() for k in (0, 1, 5, 20, 50, 100)],
                                      rel=2e-3)  # fmt: skip
        assert float(lines[line + 1].split()[-1]) == pytest.approx(net.radius, abs=2e-4)


def test_the_net_learns_again(printed):
    lab = Learning(CORPUS, seed=3)
    lab.receive({"setting": "kind", "value": "gru"})
    lab.receive({"setting": "length", "value": 40})
    lab.receive({"setting": "clip", "value": 0.5})
    for _ in range(12):
        lab.step()
    lines = [line.split() for line in printed(lab.script()).splitlines()]
    assert [int(words[1]) for words in lines] == list(range(1, 13))
    for at, name in ((3, "loss"), (-1, "norm")):
        shown = [getattr(report, name) for report in lab.progress.reports]
        assert [float(words[at]) for words in lines] == pytest.approx(shown, abs=1e-4)
