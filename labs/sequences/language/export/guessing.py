"""A script that writes the network's passage of a question again."""

from functools import partial

from labs.sequences.language import quiz
from labs.sequences.language.export.sources import Shown
from labs.sequences.language.export.writing import script
from labs.sequences.language.sampling import Settings, sample_steps


def shown(question: quiz.Question, temperature: float) -> Shown:
    """Return the code that made a question, and the script of the passage that the net wrote."""
    model, _ = quiz.subject()
    how = Settings(temperature)
    again = partial(script, model, question.prefix, quiz.LENGTH, how, question.seed)
    return [quiz.ask, quiz.written, quiz.cost, sample_steps], again, "passage.py"
