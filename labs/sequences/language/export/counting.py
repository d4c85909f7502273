"""A script that counts the text again and prints what followed the context."""

import inspect
from functools import partial
from typing import TYPE_CHECKING

from labs.models import ngram
from labs.models.ngram import LONGEST, NGrams
from labs.sequences.language.dice import roll
from labs.sequences.language.export.sources import Shown

if TYPE_CHECKING:
    from labs.sequences.language.dice import Dice

SCRIPT = '''"""n-grams of a text, as Glassbox counted them.  Needs numpy and torch."""

import math

{ngram}

TEXT = {text!r}
PARTS = {tokens}
symbols = [*sorted(set(PARTS)), ""]
number = {{token: i for i, token in enumerate(symbols)}}
model = NGrams(torch.tensor([number[token] for token in PARTS]), len(symbols))
found = model.back_off({context!r}, {n})
total = int(found.counts.sum())
for token, count in zip(found.tokens[:12], found.counts[:12]):
    print(f"{{symbols[token]!r:12}} {{count}}/{{total}} = {{count / total:.6f}}")
'''


def script(text: str, unit: str, context: list[int], n: int) -> str:
    """Return the script that counts the text again and prints what followed the context."""
    pattern = r"\n|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|_+"
    words = f"__import__('re').findall({pattern!r}, TEXT)"
    return SCRIPT.format(
        ngram=inspect.getsource(ngram),
        text=text,
        tokens="list(TEXT)" if unit == "characters" else words,
        context=context,
        n=n,
    )


def shown(lab: "Dice") -> Shown:
    """Return the code that counted, and the script of the die as it lies."""
    unit, n = str(lab.settings["unit"]), int(lab.settings["n"])
    again = partial(script, lab.tokens.text, unit, lab.context[-LONGEST:], n)
    return [NGrams, roll], again, "ngrams.py"
